"""Alignments drawn from the model: forward filtering, backward sampling.

Where all but every alignment passes one cell that is a sentence boundary on both sides, the document falls
into parts that are drawn for themselves, all at once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from aligner.alignment.clauses import Bools, Doubles
from aligner.alignment.lattice import Lattice, Scores, Sums
from aligner.encoders.text import Ints

MOST, FEWEST, BUDGET = 200, 20, 400_000  # alignments drawn of a part; fewer of one with very many cells
PAST = 1e-4  # probability of going past a cell that parts a document
STEP, EN_NULL, ZH_NULL = range(3)


@dataclass(frozen=True)
class Part:
    """A stretch of a document and the alignments drawn of it.

    Attributes:
        first: the cell it starts in, ``(i, j)``.
        last: the cell it ends in.
        paths: different alignments: their steps in order, by the numbers of the lattice.
        counts: how often each was drawn.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    paths: list[list[int]]
    counts: list[int]


class Sampler:
    """The lattice of one document, made ready to draw from."""

    def __init__(self, lattice: Lattice, scores: Scores, sums: Sums) -> None:
        """Work out with which probability each step and each kind of null leads to a cell."""
        self.lattice, self.sums = lattice, sums
        m, x, y, t = sums.after_step, sums.after_en, sums.after_zh, sums.after_any
        into = np.exp(np.minimum(t[lattice.source] + scores.steps - m[lattice.target], 0.0))
        self.running = np.concatenate([[0.0], np.cumsum(into)])
        self.first_into = np.searchsorted(lattice.target, np.arange(len(lattice.above) + 1))
        cells = len(lattice.above)
        above, left = lattice.above, lattice.left
        # rows: the probability that what led to the cell before was a step; a step or an English null
        self.before_any = _shares(m, x, t)
        self.before_en = _shares(m[above] + scores.en_opens, np.full(cells, np.inf), x[:cells])
        self.before_zh = _shares(m[left] + scores.zh_opens, x[left] + scores.zh_opens, y[:cells])

    def parts(self, cells: Ints, corner: Bools, seed: int) -> list[Part]:
        """Return the parts of the document, in order.

        Args:
            cells: ``(c, 2)`` the lattice's cells.
            corner: ``(c,)`` whether a sentence boundary is there on both sides.
            seed: what chance is drawn from.
        """
        s, whole = self.sums, float(self.sums.total[0])
        ways = np.stack([s.after_step + s.from_step, s.after_en + s.from_en, s.after_zh + s.from_zh])[:, :-1]
        chances = np.exp(np.minimum(ways - whole, 0.0))
        certain = np.flatnonzero(corner & (chances.sum(axis=0) >= 1.0 - PAST))
        certain = np.unique(np.append(certain, [self.lattice.first[0], self.lattice.last[0]]))
        certain = certain[np.argsort(cells[certain].sum(axis=1), kind="stable")]
        if len(certain) < 2:
            return []
        size = cells[certain].sum(axis=1)
        draws = np.clip(BUDGET // np.maximum(np.diff(size) + len(certain), 1), FEWEST, MOST)
        part = np.repeat(np.arange(len(certain) - 1), draws)
        random = np.random.default_rng(seed)
        drawn = self._draw(certain, part, chances, size, random)
        found: list[Counter[tuple[int, ...]]] = [Counter() for _ in range(len(certain) - 1)]
        for owner, path in zip(part.tolist(), drawn, strict=True):
            if path is not None:
                found[owner][path] += 1
        corners = [(int(i), int(j)) for i, j in cells[certain].tolist()]
        return [
            Part(corners[k], corners[k + 1], [list(path) for path in paths], list(paths.values()))
            for k, paths in enumerate(some or Counter({(): 1}) for some in found)
        ]

    def _draw(
        self, certain: Ints, part: Ints, chances: Doubles, size: Ints, random: np.random.Generator
    ) -> list[tuple[int, ...] | None]:
        """Walk back from the end of each lane's part to its start; None for a lane that went past it."""
        g = self.lattice
        cell, stop, least = certain[part + 1].copy(), certain[part], size[part]
        ways = np.cumsum(chances[:, cell], axis=0)
        state = _choose(ways[:2] / ways[2], random)
        depth = g.depth
        moves: list[tuple[Ints, Ints]] = [(part[:0], part[:0])]
        alive = np.arange(len(part))
        reached = np.zeros(len(part), dtype=np.bool_)
        while len(alive):
            here, how = cell[alive], state[alive]
            by = [alive[how == kind] for kind in (STEP, EN_NULL, ZH_NULL)]
            if len(by[STEP]):
                steps = self._steps(here[how == STEP], random)
                moves.append((by[STEP], steps))
                cell[by[STEP]] = g.source[steps]
                state[by[STEP]] = _choose(self.before_any[:, g.source[steps]], random)
            for kind, table, back in ((EN_NULL, self.before_en, g.above), (ZH_NULL, self.before_zh, g.left)):
                if len(by[kind]):
                    at = here[how == kind]
                    cell[by[kind]], state[by[kind]] = back[at], _choose(table[:, at], random)
            reached[alive] = cell[alive] == stop[alive]
            alive = alive[~reached[alive] & (depth[cell[alive]] > least[alive])]
        lanes, steps = (np.concatenate(column) for column in zip(*moves[::-1], strict=True))
        order = np.argsort(lanes, kind="stable")
        bounds = np.searchsorted(lanes[order], np.arange(len(part) + 1)).tolist()
        path = steps[order].tolist()
        return [
            tuple(path[first:last]) if good else None
            for first, last, good in zip(bounds[:-1], bounds[1:], reached.tolist(), strict=True)
        ]

    def _steps(self, cells: Ints, random: np.random.Generator) -> Ints:
        first, last = self.first_into[cells], self.first_into[cells + 1]
        low, high = self.running[first], self.running[last]
        wanted = low + random.random(len(cells)) * (high - low)
        found = np.searchsorted(self.running, wanted, side="right") - 1
        return np.asarray(np.clip(found, first, last - 1), dtype=np.int64)


def _shares(one: Doubles, two: Doubles, whole: Doubles) -> Doubles:
    """Return ``(2, c)`` the running shares of two of a cell's ways in the sum over all."""
    first = np.exp(np.minimum(one - whole, 0.0))
    return np.stack([first, first + np.exp(np.minimum(two - whole, 0.0))])


def _choose(running: Doubles, random: np.random.Generator) -> Ints:
    """Draw 0, 1 or 2 by the running shares ``(2, k)`` of 0 and of 0 or 1."""
    chance = random.random(running.shape[1])
    return np.asarray((chance >= running[0]).astype(np.int64) + (chance >= running[1]), dtype=np.int64)
