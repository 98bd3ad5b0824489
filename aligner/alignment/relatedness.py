"""How far two texts translate each other at all: aligned in some way even two of different subjects are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aligner.alignment.clauses import Clauses
from aligner.types import Bead

# Mean cosine of the beads' texts (not centred) times the share of the text that is in beads, on constructed,
# journal and MEDLINE abstracts and on the same with the next one's other side: at least .49 where they
# belong together (.38 of their first three sentences), .15 to .40 for nine in ten that do not.
MIDDLE, WIDTH = 0.36, 0.025


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
    share = max(sizes.sum() / side.total[-1] for side, sizes in zip((en, zh), lengths, strict=True))
    weight = lengths[0] / en.total[-1] + lengths[1] / zh.total[-1]
    likeness = float((cosines * weight).sum() / weight.sum() * min(share, 1.0))
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
