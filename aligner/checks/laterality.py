"""Sides and anatomical opposites: left against 右, posterior against 前路, intradural against 硬膜外."""

from collections.abc import Iterator

from aligner.checks.poles import clashes, swaps
from aligner.checks.reading import CheckContext, Reading
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Compare the sides that are named, and which side each number is said of."""
    del context
    for clash in clashes(reading.en_cues, reading.zh_cues, "laterality"):
        en, zh = clash.en, clash.zh
        message = f"English says '{en.text}', Chinese says {zh.text}: the opposite"
        yield reading.finding(
            "laterality", "error" if clash.is_whole else "warning", message, (en.span, zh.span)
        )
    for swap in swaps(reading, "laterality"):
        message = (
            f"English says {swap.value} of '{swap.en.text}', Chinese of {swap.zh.text}: the sides are swapped"
        )
        yield reading.finding("laterality", "error", message, (swap.en.span, swap.zh.span))
