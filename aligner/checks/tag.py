"""Markup and placeholders of a translation tool that were lost, added or changed."""

import re
from collections import Counter
from collections.abc import Iterator

from aligner.checks.base import Check, of_pair
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.text.addresses import TAG
from aligner.types import Finding, Severity, Span

_STYLE = re.compile(r"</?(?:i|b|u|em|strong|sub|sup|italic|bold)\b", re.IGNORECASE)


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Compare tags by name and number; letters in italics or set low are a note."""
    del context
    if not parsed.pair.en.strip() or not parsed.pair.zh.strip():
        return
    mine, theirs = _tags(parsed.pair.en), _tags(parsed.pair.zh)
    for one, other, words in ((mine, theirs, "not in the Chinese"), (theirs, mine, "not in the English")):
        lacking = Counter(tag for tag, _ in one) - Counter(tag for tag, _ in other)
        for tag in lacking:
            span = [place for name, place in one if name == tag][-lacking[tag]]
            severity: Severity = "info" if _STYLE.match(tag) else "warning"
            spans = (span, None) if one is mine else (None, span)
            yield parsed.finding(
                "tag", severity, f"The tag {tag} is {words}", spans, category="locale conventions"
            )

    if parsed.pair.source is not None:
        for codes, words in zip(parsed.pair.source.code_differences(), ("Chinese", "English"), strict=True):
            for code in dict.fromkeys(codes):
                message = f"The inline code {code} is not in the {words}"
                yield parsed.finding("tag", "warning", message, (None, None), category="locale conventions")


def _tags(text: str) -> list[tuple[str, Span]]:
    return [(match.group(), match.span()) for match in TAG.finditer(text)]


CHECK = Check(
    check,
    wrong=of_pair('Pain <g id="1">recurred</g>.', '疼痛<g id="1">复发。'),
    right=of_pair('Pain <g id="1">recurred</g>.', '疼痛<g id="1">复发</g>。'),
)
