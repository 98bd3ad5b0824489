"""Which places of the alignment table are looked at: all of a short text's, a band of a long one's.

The band lies around a chain of clause pairs that stand out.

Candidates are each clause's nearest ones of the other side; a pair weighs what its cosine exceeds the
mean of both clauses' nearest cosines (CSLS; Conneau et al. 2018). The heaviest chain that only ever goes
forward on both sides holds the anchors; anchors that few others stand near are dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.scale import Nearest
from aligner.encoders.text import Ints

EXACT_CELLS = 3600
MARGIN = 15
NEAR, FEWEST = 12, 3
OPEN_CELLS, CORRIDOR = 100_000, 40


@dataclass(frozen=True)
class Band:
    """For each number of English clauses done, the numbers of Chinese clauses that may be done.

    A cell ``(i, j)`` stands for ``i`` English and ``j`` Chinese clauses done. Cells are numbered row by
    row.

    Attributes:
        low: ``(n + 1,)`` first ``j`` of each row, never falling.
        high: ``(n + 1,)`` last ``j`` of each row, never falling.
    """

    low: Ints
    high: Ints

    @staticmethod
    def whole(n: int, m: int) -> Band:
        """Return the table of all cells of ``n`` by ``m`` clauses."""
        return Band(np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m, dtype=np.int64))

    @cached_property
    def first(self) -> Ints:
        """``(n + 2,)`` number of each row's first cell; the last is the count of cells."""
        return np.concatenate([[0], np.cumsum(self.high - self.low + 1)])

    def __len__(self) -> int:
        return int(self.first[-1])

    def number(self, i: Ints, j: Ints) -> Ints:
        """Return the cells' numbers; those outside get the number that follows the last."""
        row = np.clip(i, 0, len(self.low) - 1)
        inside = (i == row) & (self.low[row] <= j) & (j <= self.high[row])
        return np.where(inside, self.first[row] + j - self.low[row], len(self))

    @cached_property
    def cells(self) -> tuple[Ints, Ints]:
        """``i`` and ``j`` of each cell."""
        i = np.repeat(np.arange(len(self.low)), self.high - self.low + 1)
        return i, np.arange(len(self)) - self.first[i] + self.low[i]


def anchors_of(nearest: Nearest) -> Ints:
    """Return the anchors of a long text, ``(k, 2)``; a short one has none and needs none."""
    if (len(nearest.zh) + 1) * (len(nearest.en) + 1) <= EXACT_CELLS:
        return np.zeros((0, 2), dtype=np.int64)
    return without_lonely(chain(*pairs(nearest)))


def band_of(anchors: Ints, n: int, m: int) -> Band:
    """Return all cells of a short text, a band around the anchors of a long one."""
    return Band.whole(n, m) if (n + 1) * (m + 1) <= EXACT_CELLS else around(anchors, n, m)


def pairs(nearest: Nearest) -> tuple[Ints, Ints, NDArray[np.float64]]:
    """Return English and Chinese numbers and weights of the candidates that weigh anything."""
    n, m = len(nearest.zh), len(nearest.en)
    i = np.concatenate([np.repeat(np.arange(n), nearest.zh.shape[1]), nearest.en.ravel()])
    j = np.concatenate([nearest.zh.ravel(), np.repeat(np.arange(m), nearest.en.shape[1])])
    cosine = np.concatenate([nearest.zh_cosines.ravel(), nearest.en_cosines.ravel()]).astype(np.float64)
    usual = nearest.zh_cosines.mean(axis=1)[i] + nearest.en_cosines.mean(axis=1)[j]
    weight = cosine - usual / 2
    _, once = np.unique(i * m + j, return_index=True)
    once = once[weight[once] > 1e-6]
    return i[once], j[once], weight[once]


def chain(i: Ints, j: Ints, weight: NDArray[np.float64]) -> Ints:
    """Return ``(k, 2)`` the heaviest strictly ascending chain, by a Fenwick tree over Chinese numbers."""
    order = np.lexsort((-j, i))  # of one English clause the later partner first: no two of them fit one chain
    size = int(j.max(initial=0)) + 2
    best, holder = [0.0] * (size + 1), [-1] * (size + 1)
    total, before = [0.0] * len(i), [-1] * len(i)
    columns, weights = j.tolist(), weight.tolist()
    for k in order.tolist():
        top, at, where = 0.0, -1, columns[k]
        while where > 0:
            if best[where] > top:
                top, at = best[where], holder[where]
            where -= where & -where
        total[k], before[k] = top + weights[k], at
        where = columns[k] + 1
        while where <= size:
            if total[k] > best[where]:
                best[where], holder[where] = total[k], k
            where += where & -where
    links: list[int] = []
    k = max(order.tolist(), key=total.__getitem__, default=-1)
    while k >= 0:
        links.append(k)
        k = before[k]
    return np.stack([i[links[::-1]], j[links[::-1]]], axis=1)


def without_lonely(anchors: Ints) -> Ints:
    """Drop anchors with fewer than ``FEWEST`` others nearby on the chain."""
    if not len(anchors):
        return anchors
    near = np.zeros(len(anchors), dtype=np.int64)
    for step in range(1, FEWEST + 1):
        close = (np.abs(anchors[step:] - anchors[:-step]) <= NEAR).all(axis=1)
        near[step:] += close
        near[:-step] += close
    return anchors[near >= FEWEST]


def around(anchors: Ints, n: int, m: int) -> Band:
    """Return the band of the rectangles between neighbouring anchors, widened by ``MARGIN`` clauses."""
    low, high = np.full(n + 1, m), np.zeros(n + 1, dtype=np.int64)
    corners = np.concatenate([[[0, 0]], anchors, [[n, m]]]).tolist()
    for (i0, j0), (i1, j1) in pairwise(corners):
        rows = np.arange(max(0, i0 - MARGIN), min(n, i1 + MARGIN) + 1)
        if (i1 - i0) * (j1 - j0) <= OPEN_CELLS:
            first, last = (
                np.full(len(rows), j0 - MARGIN),
                np.full(len(rows), j1 + MARGIN),
            )
        else:  # nothing to hold on to: along the diagonal
            slope = (j1 - j0) / (i1 - i0)
            middle = j0 + np.round((rows - i0) * slope).astype(np.int64)
            room = CORRIDOR + int(2 * slope)
            first, last = middle - room, middle + room
        low[rows] = np.minimum(low[rows], np.clip(first, 0, m))
        high[rows] = np.maximum(high[rows], np.clip(last, 0, m))
    return Band(np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high))
