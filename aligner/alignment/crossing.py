"""How much a step's clauses stand in another order on the other side.

Each clause of one side likes a clause of the other most. Where the order must be kept, some get less than
they like; what is lost tells that clauses inside the step cross.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.clauses import Clauses, Doubles
from aligner.alignment.scale import Scale
from aligner.encoders.text import Ints

NAMES = (
    "crossed_en",  # mean cosine that English clauses lose by keeping the order, by length
    "crossed_zh",
)
PART = 256  # steps at a time
NEVER = -1e3


def crossed(en: Clauses, zh: Clauses, steps: Ints, scale: Scale) -> Doubles:
    """Describe steps ``(e, 4)``, English clauses from and to, Chinese from and to; ``(e, len(NAMES))``."""
    result = np.zeros((len(steps), len(NAMES)))
    sizes = steps[:, 1::2] - steps[:, ::2]
    several = np.flatnonzero(sizes.min(axis=1, initial=9) > 1)  # else there is but one order
    for start in range(0, len(several), PART):
        at = several[start : start + PART]
        result[at] = _lost(en, zh, steps[at]) / scale.match[steps[at, 0], None]
    return result


def _lost(en: Clauses, zh: Clauses, steps: Ints) -> Doubles:
    (top, left), (bottom, right) = steps[:, ::2].min(axis=0), steps[:, 1::2].max(axis=0)
    table = en.vectors[top:bottom] @ zh.vectors[left:right].T
    rows, columns = (
        steps[:, side, None] + np.arange((steps[:, side + 1] - steps[:, side]).max()) for side in (0, 2)
    )
    inside = rows < steps[:, 1, None], columns < steps[:, 3, None]
    rows, columns = np.minimum(rows, bottom - 1), np.minimum(columns, right - 1)
    cosines = table[rows[:, :, None] - top, columns[:, None, :] - left].astype(np.float64)
    cosines[~(inside[0][:, :, None] & inside[1][:, None, :])] = NEVER
    weights = en.lengths[rows] * inside[0], zh.lengths[columns] * inside[1]
    return np.stack([_by_order(cosines, weights[0]), _by_order(cosines.swapaxes(1, 2), weights[1])], axis=1)


def _by_order(cosines: Doubles, weights: NDArray[np.float64]) -> Doubles:
    """Return what rows' best cosines ``(k, rows, columns)`` lose where columns must not fall, by weight."""
    free = (np.maximum(cosines.max(axis=2), -1.0) * weights).sum(axis=1)
    kept = np.zeros((len(cosines), cosines.shape[2]))
    for row in range(cosines.shape[1]):
        kept = np.maximum.accumulate(kept, axis=1) + cosines[:, row] * weights[:, row, None]
    lost: Doubles = (free - kept.max(axis=1)) / weights.sum(axis=1)
    return lost
