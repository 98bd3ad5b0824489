"""Sides and anatomical opposites: left against 右, posterior against 前路, intradural against 硬膜外."""

from collections.abc import Iterator

from aligner.checks.base import Check, of_pair
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.checks.polarity import conflicts, swaps
from aligner.types import Finding


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Compare the sides that are named, and which side each number is said of."""
    del context
    for conflict in conflicts(parsed.en_cues, parsed.zh_cues, "laterality"):
        en, zh = conflict.en, conflict.zh
        message = f"English says '{en.text}', Chinese says {zh.text}: the opposite"
        yield parsed.finding(
            "laterality", "error" if conflict.is_whole else "warning", message, (en.span, zh.span)
        )
    for swap in swaps(parsed, "laterality"):
        message = (
            f"English says {swap.value} of '{swap.en.text}', Chinese of {swap.zh.text}: the sides are swapped"
        )
        yield parsed.finding("laterality", "error", message, (swap.en.span, swap.zh.span))


CHECK = Check(
    check,
    wrong=of_pair("The left knee was replaced.", "行右膝关节置换。"),
    right=of_pair("The left knee was replaced.", "行左膝关节置换。"),
)
