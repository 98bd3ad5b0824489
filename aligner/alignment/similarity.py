"""Cosines of runs of clauses near the band, each read from running sums of one table of products.

A run's mean vector points where the sum of its clauses' weighted vectors does, so the product of any two
runs is the sum over a rectangle of the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aligner.alignment.band import Band
from aligner.alignment.clauses import Clauses, Doubles
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
