"""What the gold beads of a document allow in its lattice.

Gold that crosses, is not contiguous or is too large is left open, like sentences that no gold bead holds: any
alignment of them is allowed, and training sums over all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.coarse import LARGEST
from aligner.alignment.prune import Candidates
from aligner.alignment.side import LONGEST

Bools = NDArray[np.bool_]
Quad = tuple[int, int, int, int]


@dataclass(frozen=True)
class Allowed:
    """Which candidates an alignment that agrees with the gold may use.

    Attributes:
        beads: ``(e,)``.
        en: ``(c,)`` whether the English sentence before the cell may be unmatched.
        zh: likewise of the Chinese one.
    """

    beads: Bools
    en: Bools
    zh: Bools


@dataclass(frozen=True)
class Path:
    """The usable gold: beads in order, and which sentences are known to be unmatched."""

    beads: list[Quad]
    en_alone: set[int]
    zh_alone: set[int]

    @staticmethod
    def of(beads: Sequence[tuple[Sequence[int], Sequence[int]]]) -> Path:
        """Sort the gold beads; of those that cross keep the longest ordered chain."""
        quads, alone = [], (set[int](), set[int]())
        for en, zh in beads:
            if en and zh:
                small = max(len(en), len(zh)) <= LONGEST and len(en) + len(zh) <= LARGEST
                if small and _contiguous(en) and _contiguous(zh):
                    quads.append((en[0], en[-1] + 1, zh[0], zh[-1] + 1))
            else:
                alone[0].update(en)
                alone[1].update(zh)
        return Path(_chain(sorted(quads)), *alone)

    def forced(self, candidates: Candidates, n: int, m: int) -> Candidates:
        """Add the gold beads and the cells on the way from one to the next."""
        beads = {tuple(bead) for bead in candidates.beads.tolist()} | set(self.beads)
        cells = {tuple(cell) for cell in candidates.cells.tolist()}
        i, j = 0, 0
        for i0, i1, j0, j1 in [*self.beads, (n, n, m, m)]:
            cells |= {(x, j) for x in range(i, i0 + 1)} | {(i0, y) for y in range(j, j0 + 1)} | {(i1, j1)}
            i, j = i1, j1
        return replace(candidates, beads=np.array(sorted(beads)), cells=np.array(sorted(cells)))

    def allowed(self, candidates: Candidates, n: int, m: int) -> Allowed:
        """Say which candidates agree."""
        en_free, en_open = self._free(0, self.en_alone, n)
        zh_free, zh_open = self._free(2, self.zh_alone, m)
        en_known, zh_known = (np.concatenate([[0], np.cumsum(~x)]) for x in (en_open, zh_open))
        gold = set(self.beads)
        i0, i1, j0, j1 = candidates.beads.T
        right = np.array([tuple(bead) in gold for bead in candidates.beads.tolist()], dtype=np.bool_)
        right |= (en_known[i0] == en_known[i1]) & (zh_known[j0] == zh_known[j1])
        i, j = candidates.cells.T
        return Allowed(
            right,
            (i > 0) & en_free[np.maximum(i - 1, 0)],
            (j > 0) & zh_free[np.maximum(j - 1, 0)],
        )

    def _free(self, place: int, alone: set[int], count: int) -> tuple[Bools, Bools]:
        """Return which sentences may be unmatched, and which of them may also be matched."""
        free = np.ones(count, dtype=np.bool_)
        for bead in self.beads:
            free[bead[place] : bead[place + 1]] = False
        still_open = free.copy()
        still_open[sorted(alone)] = False
        return free, still_open


def _contiguous(numbers: Sequence[int]) -> bool:
    return numbers[-1] - numbers[0] + 1 == len(numbers)


def _chain(quads: list[Quad]) -> list[Quad]:
    best: list[list[Quad]] = []
    for quad in quads:
        before = [chain for chain in best if chain[-1][1] <= quad[0] and chain[-1][3] <= quad[2]]
        best.append([*max(before, key=len, default=[]), quad])
    return max(best, key=len, default=[])
