"""How far two texts translate each other at all: aligned in some way even two of different subjects are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aligner.alignment.clauses import Clauses
from aligner.types import Bead

# Mean cosine of the beads' texts (not centred) times the share of the text that is surely in beads: on
# constructed, journal and MEDLINE abstracts at least .47 where they belong together (novels .36, first three
# sentences .37), and with the next abstract's other side .05 to .34 for nine in ten.
MIDDLE, WIDTH = 0.33, 0.025


def scaled(beads: Sequence[Bead], en: Clauses, zh: Clauses) -> list[Bead]:
    """Multiply the scores of matched beads and units by the probability that the texts belong together."""
    matched = [bead for bead in beads if bead.en and bead.zh]
    if not matched:
        return list(beads)
    spans = [
        (side.starts_of([ids[0] for ids in numbers]), side.starts_of([ids[-1] + 1 for ids in numbers]))
        for side, numbers in ((en, [bead.en for bead in matched]), (zh, [bead.zh for bead in matched]))
    ]
    vectors = [side.composed_runs(*span) for side, span in zip((en, zh), spans, strict=True)]
    cosines = np.einsum("ij,ij->i", *vectors)
    lengths = [
        side.total[last] - side.total[first] for side, (first, last) in zip((en, zh), spans, strict=True)
    ]
    scores = np.array([bead.score for bead in matched])
    sure = max((sizes @ scores) / side.total[-1] for side, sizes in zip((en, zh), lengths, strict=True))
    weight = lengths[0] / en.total[-1] + lengths[1] / zh.total[-1]
    likeness = float((cosines * weight).sum() / weight.sum() * min(sure, 1.0))
    related = 1.0 / (1.0 + np.exp((MIDDLE - likeness) / WIDTH))
    return [
        replace(
            bead,
            score=bead.score * related,
            units=tuple(replace(unit, score=unit.score * related) for unit in bead.units),
        )
        if bead.en and bead.zh
        else bead
        for bead in beads
    ]
