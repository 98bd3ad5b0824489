"""Translation units measured against gold ones, by their texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.evaluation.gold import Gold
from aligner.text.joining import join_sentences
from aligner.types import Bead

CLOSE = 0.9  # character overlap (Dice) on both sides of a unit that is nearly right

Texts = tuple[str, str]


@dataclass
class UnitTally:
    """Counts over units; a bead that is not cut is one, an unmatched sentence too.

    Attributes:
        exact: units whose two texts equal those of a gold unit, but for white space.
        close: units of which either text nearly does.
        predicted: units.
        gold: gold units.
        scored: each unit's score and whether it is exactly right.
    """

    exact: int
    close: int
    predicted: int
    gold: int
    scored: list[tuple[float, bool]]


def tally_units(document: Gold, beads: Sequence[Bead]) -> UnitTally:
    """Compare the units of a document's beads with the gold ones."""
    wanted = list(_gold_units(document))
    scored = [(texts, score) for bead in beads for texts, score in _units(document, bead)]
    got = [texts for texts, _ in scored]
    free, close = list(got), 0
    for want in wanted:
        best = max(free, key=lambda one: _overlap(want, one), default=None)
        if best is not None and _overlap(want, best) >= CLOSE:
            close += 1
            free.remove(best)
    return UnitTally(
        exact=(Counter(wanted) & Counter(got)).total(),
        close=close,
        predicted=len(got),
        gold=len(wanted),
        scored=[(score, texts in wanted) for texts, score in scored],
    )


def _gold_units(document: Gold) -> Iterator[Texts]:
    for bead in sorted(document.beads):
        if bead in document.units:
            yield from (_squeezed(*parts) for parts in document.units[bead])
        else:
            yield _squeezed(*_texts(document, *bead))


def _units(document: Gold, bead: Bead) -> Iterator[tuple[Texts, float]]:
    en, zh = _texts(document, bead.en, bead.zh)
    if not bead.units:
        yield _squeezed(en, zh), bead.score
    for unit in bead.units:
        yield _squeezed(en[slice(*unit.en_span)], zh[slice(*unit.zh_span)]), unit.score


def _texts(document: Gold, en: Sequence[int], zh: Sequence[int]) -> Texts:
    return (
        join_sentences((document.en[i] for i in en), "en"),
        join_sentences((document.zh[j] for j in zh), "zh"),
    )


def _squeezed(en: str, zh: str) -> Texts:
    return "".join(en.split()), "".join(zh.split())


def _overlap(one: Texts, two: Texts) -> float:
    """Return the lesser Dice coefficient of both texts' characters."""
    return min(
        2 * (Counter(a) & Counter(b)).total() / (len(a) + len(b)) if a or b else 1.0
        for a, b in zip(one, two, strict=True)
    )
