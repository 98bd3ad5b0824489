"""What an unmatched clause looks like: how good its best partner nearby is, and whom that one prefers."""

from __future__ import annotations

import numpy as np

from aligner.alignment.clauses import Clauses, Doubles
from aligner.alignment.scale import Scale
from aligner.alignment.similarity import Block, Similarities
from aligner.alignment.step_features import WINDOW
from aligner.encoders.text import Ints

NAMES = (
    "alone_best",  # greatest cosine with a clause of the other side near the place
    "alone_rival",  # how much more that partner likes another clause of this side
    "alone_short",
    "alone_repeats",  # how nearly it says what a clause shortly before it says
    "match",
    "begins",  # the clause begins a sentence
    "ends",  # it ends one
    "whole",  # it is one
    "place",  # on the other side, a sentence boundary is there
)
REPEATS = 12


def alone(similarities: Similarities, cells: Ints, scale: Scale) -> tuple[Doubles, Doubles]:
    """Describe the English and the Chinese clause before each cell as unmatched: ``(c, len(NAMES))``."""
    en, zh = similarities.blocks[0].en, similarities.blocks[0].zh
    i, j = cells.T
    result = np.zeros((2, len(NAMES), len(cells)))
    for at, block in similarities.parts(i):
        result[0, :2, at] = _partners(block, i[at] - 1, j[at], "en").T
        result[1, :2, at] = _partners(block, i[at], j[at] - 1, "zh").T
    for side, (own, number, ratio) in enumerate(((en, i - 1, scale.ratio[i]), (zh, j - 1, 1.0))):
        at = np.maximum(number, 0)
        result[side, :2] /= scale.match[i]
        result[side, 2] = 1.0 / np.sqrt(own.lengths[at] * ratio + 2.0)
        result[side, 3] = _repeats(own)[at]
        result[side, 4] = scale.match[i]
        other = (zh.boundary[j], en.boundary[i])[side]
        begins, ends = own.boundary[at], own.boundary[np.minimum(at + 1, len(own))]
        result[side, 5:] = begins, ends, begins & ends, other
        result[side] *= number >= 0
    return result[0].T, result[1].T


def _partners(block: Block, i: Ints, j: Ints, side: str) -> Doubles:
    """Return the best partner's cosine, and by how much another clause of this side beats it."""
    n, m = len(block.en), len(block.zh)
    steps = np.arange(-WINDOW, WINDOW + 1)[:, None]

    def cosines(x: Ints, y: Ints) -> Doubles:
        one = np.ones_like(x)
        outside = (x < 0) | (x >= n) | (y < 0) | (y >= m)
        return np.where(outside, -1.0, block.cosines(x, one, y, one))

    still = 0 * steps
    x, y = (i + still, j + steps) if side == "en" else (i + steps, j + still)
    own = cosines(x, y)
    best = own.argmax(axis=0)
    columns = np.arange(len(i))
    x, y = x[best, columns], y[best, columns]
    rivals = cosines(x + steps, y + still) if side == "en" else cosines(x + still, y + steps)
    rivals[WINDOW] = -1.0  # the clause itself
    return np.stack([own[best, columns], rivals.max(axis=0) - own[best, columns]])


def _repeats(side: Clauses) -> Doubles:
    """Return, from 0 to 1, how nearly each clause repeats one of the ``REPEATS`` before it."""
    nearest = np.zeros(len(side))
    for back in range(1, min(REPEATS + 1, len(side))):
        cosines = np.einsum("ij,ij->i", side.vectors[back:], side.vectors[:-back])
        np.maximum(nearest[back:], cosines, out=nearest[back:])
    return np.maximum(nearest - 0.9, 0.0) * 10.0
