"""Composed vectors of runs of sentences: as if each run were a text of its own."""

from __future__ import annotations

import numpy as np

from aligner.alignment.products import Doubles
from aligner.alignment.side import Side
from aligner.encoders.text import Floats, Ints

PLACES = 16  # a run's key is its start times this plus its size


def composed_cosines(en: Side, zh: Side, beads: Ints) -> Doubles:
    """Return the cosine of the two runs of each bead ``(e, 4)``, each run made once."""
    cosines: Doubles = np.einsum("ij,ij->i", _vectors(en, beads[:, :2]), _vectors(zh, beads[:, 2:]))
    return cosines


def _vectors(side: Side, spans: Ints) -> Floats:
    keys, row = np.unique(spans[:, 0] * PLACES + spans[:, 1] - spans[:, 0], return_inverse=True)
    starts, sizes = keys // PLACES, keys % PLACES
    vectors = side.vectors[starts]
    several = sizes > 1
    if several.any():
        vectors[several] = side.runs(starts[several], starts[several] + sizes[several])
    return np.asarray(vectors[row], dtype=np.float32)
