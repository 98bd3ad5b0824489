"""English that nothing in the Chinese renders."""

from collections.abc import Iterator

from aligner.checks.base import Check, of_pair
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.types import Finding


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Find unmatched sentences, and clauses and list items without a counterpart."""
    del context
    en = parsed.pair.en
    if en.strip() and not parsed.pair.zh.strip():
        message = "The sentence has no counterpart in the Chinese"
        yield parsed.finding("omission", "warning", message, ((0, len(en)), None))
        return
    if not any(map(str.isalnum, parsed.pair.zh)):
        if any(map(str.isalnum, en)):
            message = "The Chinese holds nothing but marks"
            yield parsed.finding("omission", "error", message, ((0, len(en)), (0, len(parsed.pair.zh))))
        return
    for one in parsed.uncovered["omission"]:
        message = f"Nothing in the Chinese seems to render '{en[slice(*one.span)]}'"
        yield parsed.finding(
            "omission", one.severity, message, (one.span, None), probability=round(one.probability, 4)
        )


CHECK = Check(
    check,
    wrong=of_pair("Age, sex, height and weight were noted.", "记录年龄、性别、身高。"),
    right=of_pair("Age, sex, height and weight were noted.", "记录年龄、性别、身高和体重。"),
)
