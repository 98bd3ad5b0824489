"""Directions turned round: increased against 降低, above against 低于, benign against 恶性."""

from collections.abc import Iterator

from aligner.checks.poles import clashes
from aligner.checks.quantity_findings import of_check
from aligner.checks.reading import CheckContext, Reading
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Compare which way things change, and the limits numbers set (≥18 against ≤18)."""
    del context
    yield from of_check(reading, "direction")
    for clash in clashes(reading.en_cues, reading.zh_cues, "direction"):
        en, zh = clash.en, clash.zh
        message = f"English says '{en.text}', Chinese says {zh.text}: the direction is turned round"
        yield reading.finding("direction", "warning", message, (en.span, zh.span))
