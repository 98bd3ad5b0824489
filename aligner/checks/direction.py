"""Directions turned round: increased against 降低, above against 低于, benign against 恶性."""

from collections.abc import Iterator

from aligner.checks.base import Check, of_pair
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.checks.polarity import conflicts
from aligner.checks.quantity import differing
from aligner.types import Finding


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Compare which way things change, and the limits numbers set (≥18 against ≤18)."""
    yield from differing(parsed, context, "direction")
    for conflict in conflicts(parsed.en_cues, parsed.zh_cues, "direction"):
        en, zh = conflict.en, conflict.zh
        message = f"English says '{en.text}', Chinese says {zh.text}: the direction is turned round"
        yield parsed.finding("direction", "warning", message, (en.span, zh.span))


CHECK = Check(
    check,
    wrong=of_pair("Pain scores were lower after surgery.", "手术后疼痛评分升高。"),
    right=of_pair("Pain scores were lower after surgery.", "手术后疼痛评分降低。"),
)
