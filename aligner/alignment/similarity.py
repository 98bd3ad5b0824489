"""Cosines of runs of clauses near the band, each read from running sums of one table of products.

A run's mean vector points where the sum of its clauses' weighted vectors does, so the product of any two
runs is the sum over a rectangle of the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aligner.alignment.band import Band
from aligner.alignment.clauses import MAX_RUN, Clauses, Doubles
from aligner.encoders.text import Ints

BLOCK_ROWS = 128
MARGIN = 20


@dataclass(frozen=True)
class Block:
    """Products of some English clauses and the Chinese ones near them, with ``MARGIN`` more all round.

    Attributes:
        en: the English side.
        zh: the Chinese side.
        top: number of the first English clause; clauses outside the text count nothing.
        left: number of the first Chinese one.
        sums: running sums over both axes, with a zero row and column before them.
    """

    en: Clauses
    zh: Clauses
    top: int
    left: int
    sums: Doubles

    @staticmethod
    def of(en: Clauses, zh: Clauses, rows: tuple[int, int], columns: tuple[int, int]) -> Block:
        """Multiply English clauses ``rows`` by Chinese clauses ``columns`` and what is around them."""
        top, bottom, left, right = (
            rows[0] - MARGIN,
            rows[1] + MARGIN,
            columns[0] - MARGIN,
            columns[1] + MARGIN,
        )
        sums = np.zeros((bottom - top + 1, right - left + 1))
        r0, r1, c0, c1 = max(top, 0), min(bottom, len(en)), max(left, 0), min(right, len(zh))
        inner = sums[1 + r0 - top : 1 + r1 - top, 1 + c0 - left : 1 + c1 - left]
        inner[:] = en.weighted[r0:r1] @ zh.weighted[c0:c1].T
        np.cumsum(sums, axis=0, out=sums)
        return Block(en, zh, top, left, np.cumsum(sums, axis=1, out=sums))

    def cosines(self, i: Ints, a: Ints, j: Ints, b: Ints) -> Doubles:
        """Return cosines of runs: ``a`` English clauses from ``i`` on, ``b`` Chinese ones from ``j`` on.

        Arrays of one shape; 0 for clauses outside the text. No further than ``MARGIN`` from the block.
        """
        width, flat = self.sums.shape[1], self.sums.ravel()
        r0 = (i - self.top) * width + (j - self.left)
        r1 = r0 + a * width
        total = flat[r1 + b] - flat[r0 + b] - flat[r1] + flat[r0]
        x, y = np.minimum(np.maximum(i, 0), len(self.en)), np.minimum(np.maximum(j, 0), len(self.zh))
        result: Doubles = total / (self.en.norms[a, x] * self.zh.norms[b, y])
        return result

    def beside(self) -> Beside:
        """Return the cosines of runs with single clauses, of all of the block."""
        rows = np.clip(np.arange(len(self.sums) - 1) + self.top, 0, len(self.en))
        columns = np.clip(np.arange(self.sums.shape[1] - 1) + self.left, 0, len(self.zh))
        en_norms, zh_norms = self.en.norms[1 : MAX_RUN + 1, rows], self.zh.norms[1 : MAX_RUN + 1, columns]
        by_column, by_row = np.diff(self.sums, axis=1), np.diff(self.sums, axis=0)
        en, zh = np.zeros((2, MAX_RUN, len(rows), len(columns)))
        for k in range(min(MAX_RUN, len(rows), len(columns))):
            np.subtract(by_column[k + 1 :], by_column[: -k - 1], out=en[k, : len(rows) - k])
            np.subtract(by_row[:, k + 1 :], by_row[:, : -k - 1], out=zh[k, :, : len(columns) - k])
        en /= en_norms[:, :, None] * zh_norms[0]
        zh /= en_norms[0][:, None] * zh_norms[:, None, :]
        return Beside(self.top, self.left, en, zh)


@dataclass(frozen=True)
class Beside:
    """Cosines of runs with single clauses: of a run of one side with what stands beside the other's.

    Attributes:
        top: number of the first English clause.
        left: number of the first Chinese one.
        en_runs: ``(MAX_RUN, rows, columns)`` of 1, 2, ... English clauses from a row's on with a Chinese one.
        zh_runs: likewise of an English clause with Chinese runs.
    """

    top: int
    left: int
    en_runs: Doubles
    zh_runs: Doubles

    def en(self, i: Ints, a: Ints, j: Ints) -> Doubles:
        """Return cosines of ``a`` English clauses from ``i`` on with Chinese clause ``j``."""
        return np.asarray(self.en_runs[a - 1, i - self.top, j - self.left])

    def zh(self, i: Ints, j: Ints, b: Ints) -> Doubles:
        """Return cosines of English clause ``i`` with ``b`` Chinese ones from ``j`` on."""
        return np.asarray(self.zh_runs[b - 1, i - self.top, j - self.left])


class Similarities:
    """All blocks of a band."""

    def __init__(self, en: Clauses, zh: Clauses, band: Band) -> None:
        self.band, self.blocks = band, []
        for start in range(0, len(en) + 1, BLOCK_ROWS):
            stop = min(start + BLOCK_ROWS, len(en) + 1)
            columns = (int(band.low[start]), int(band.high[stop - 1]) + 1)
            self.blocks.append(Block.of(en, zh, (start, stop), columns))

    def parts(self, i: Ints) -> Iterator[tuple[Ints, Block]]:
        """Yield, block by block, the places of those ``i`` that lie in it."""
        owner = i // BLOCK_ROWS
        order = np.argsort(owner, kind="stable")
        bounds = np.searchsorted(owner[order], np.arange(len(self.blocks) + 1))
        for number, block in enumerate(self.blocks):
            if bounds[number + 1] > bounds[number]:
                yield order[bounds[number] : bounds[number + 1]], block
