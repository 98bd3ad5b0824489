"""Chinese that renders nothing in the English."""

from collections.abc import Iterator

from aligner.checks.base import Check
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.types import Finding


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Find unmatched sentences, and clauses and list items without a counterpart."""
    del context
    zh = parsed.pair.zh
    if zh.strip() and not parsed.pair.en.strip():
        message = "The sentence has no counterpart in the English"
        yield parsed.finding("addition", "warning", message, (None, (0, len(zh))))
        return
    for one in parsed.uncovered["addition"]:
        message = f"{zh[slice(*one.span)]} seems to render nothing in the English"
        yield parsed.finding(
            "addition", one.severity, message, (None, one.span), probability=round(one.probability, 4)
        )


CHECK = Check(
    check,
    wrong=(("Pain recurred after surgery.", "术后疼痛复发。"), ("", "随后再次手术。")),
    right=(("Pain recurred after surgery.", "术后疼痛复发。"),),
)
