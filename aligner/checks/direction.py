"""Words for their opposite: directions turned round, opposite terms, one statistic for another."""

from collections.abc import Iterator
from functools import partial

from aligner.checks.base import Check, decide, of_pair
from aligner.checks.decision import Candidate
from aligner.checks.owner import exchanged
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.checks.polarity import conflicts
from aligner.checks.quantity import differing
from aligner.types import Finding

SAYING = {
    "direction": "English says '{en}', Chinese says {zh}: the direction is turned round",
    "opposite": "English says '{en}', Chinese says {zh}: the opposite",
    "statistic": "English says '{en}', Chinese says {zh}: another statistic",
    "laterality": "English says '{en}', Chinese says {zh}: the opposite",
    "term": "English says '{en}', Chinese says {zh}",
}
"""What is said of a concept of each check whose ends were exchanged."""


def candidates(parsed: ParsedPair) -> Iterator[Candidate]:
    """Find the concepts of all these checks that may be turned round."""
    for check, saying in SAYING.items():
        yield from conflicts(parsed, check, saying)


def turned(parsed: ParsedPair, context: CheckContext, check: str) -> Iterator[Finding]:
    """Find the concepts of one check that are turned round, and its differing quantities."""
    yield from differing(parsed, context, check)
    yield from decide(parsed, conflicts(parsed, check, SAYING[check]))
    if check in ("direction", "laterality"):
        yield from exchanged(parsed, check)


def _check(name: str, en: str, right: str, wrong: str) -> Check:
    return Check(partial(turned, check=name), of_pair(en, wrong), of_pair(en, right))


DIRECTION = _check(
    "direction", "Pain scores were lower after surgery.", "手术后疼痛评分降低。", "手术后疼痛评分升高。"
)
OPPOSITE = _check(
    "opposite", "Hypoglycemia occurred in two patients.", "2例患者出现低血糖。", "2例患者出现高血糖。"
)
LATERALITY = _check("laterality", "The left knee was replaced.", "行左膝关节置换。", "行右膝关节置换。")
