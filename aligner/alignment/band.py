"""Which places of the alignment table are looked at: all of a short text's, a band of a long one's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aligner.encoders.text import Ints


@dataclass(frozen=True)
class Band:
    """For each number of English sentences done, the numbers of Chinese sentences that may be done.

    A cell ``(i, j)`` stands for ``i`` English and ``j`` Chinese sentences done. Cells are numbered row by
    row.

    Attributes:
        low: ``(n + 1,)`` first ``j`` of each row, never falling.
        high: ``(n + 1,)`` last ``j`` of each row, never falling.
    """

    low: Ints
    high: Ints

    @staticmethod
    def whole(n: int, m: int) -> Band:
        """Return the table of all cells of ``n`` by ``m`` sentences."""
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
