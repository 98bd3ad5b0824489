"""The sentences of one side near some beads: their sums, values and headings, and how clauses are covered."""

from __future__ import annotations

import numpy as np

from aligner.alignment.clauses import Clauses, Doubles
from aligner.alignment.evidence import Keys, keys
from aligner.alignment.runs import running
from aligner.alignment.sections import opening
from aligner.encoders.text import Ints
from aligner.types import Language

NEAR = 3  # sentences to either side


class Side:
    """The sentences of one side from ``first`` to ``last``."""

    def __init__(self, clauses: Clauses, language: Language, first: int, last: int) -> None:
        """Sum up the clauses of each sentence."""
        bounds = clauses.sentence_bounds[first : last + 1]
        at = slice(int(bounds[0]), int(bounds[-1]))
        self.clauses, self.first, self.size = clauses, first, last - first
        self.bounds = bounds - bounds[0]
        self.vectors, self.lengths = clauses.vectors[at], clauses.lengths[at]
        self.total = running(self.lengths)[self.bounds]
        self.sums = np.add.reduceat(clauses.weighted[at], self.bounds[:-1], axis=0).astype(np.float64)
        self.squares = running_both(self.sums @ self.sums.T)
        self.keys: list[Keys] = [
            frozenset().union(*(keys(text, language) for text in clauses.texts[i:k]))
            for i, k in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
        ]
        self.headings = [opening(clauses.texts[k], language) for k in bounds[:-1].tolist()]

    def union(self, first: int, last: int) -> Keys:
        """Return the keys of some sentences."""
        empty: Keys = frozenset()
        return empty.union(*self.keys[max(first, 0) : last])

    def composed(self, first: Ints, last: Ints) -> Doubles:
        """Return the composed vectors of runs of sentences, less the mean."""
        bounds = self.clauses.sentence_bounds
        starts = bounds[first + self.first]
        return self.clauses.runs(starts, bounds[last + self.first] - starts).astype(np.float64)


def running_both(table: Doubles) -> Doubles:
    """Return running sums along both axes, with zeros before them."""
    return running(running(table).T).T


def rectangle(sums: Doubles, a: Ints, b: Ints, c: Ints, d: Ints) -> Doubles:
    """Return sums over rows from ``a`` to ``b`` and columns from ``c`` to ``d``, of running sums."""
    result: Doubles = sums[b, d] - sums[a, d] - sums[b, c] + sums[a, c]
    return result


def covered(
    table: Doubles, side: Side, own: tuple[Ints, Ints], other: tuple[Ints, Ints]
) -> tuple[Doubles, ...]:
    """Return how beads' clauses are covered by those of the other side most like them.

    How much better they are covered outside the bead, by length and at most; the least covered; how well all
    are, by length, and of their sentences the least; how much better a sentence is outside, at most.

    Args:
        table: ``(clauses, sentences)`` cosine of each clause with that of a sentence which it is most like.
        side: the clauses' side.
        own: its sentences in each bead, from and to.
        other: those of the other side.
    """
    sizes = own[1] - own[0]
    bead = np.repeat(np.arange(len(sizes)), sizes)
    begins = np.cumsum(sizes) - sizes
    sentence = own[0][bead] + np.arange(len(bead)) - begins[bead]
    counts = side.bounds[sentence + 1] - side.bounds[sentence]
    row = np.repeat(np.arange(len(bead)), counts)
    starts = np.cumsum(counts) - counts
    clause = side.bounds[sentence][row] + np.arange(len(row)) - starts[row]
    first, last = (ends[bead][row] for ends in other)
    inside = _most(table, clause, first, last)
    outside = np.maximum(
        _most(table, clause, np.maximum(first - NEAR, 0), first),
        _most(table, clause, last, np.minimum(last + NEAR, table.shape[1])),
    )
    outside = np.where(outside > -np.inf, outside, 0.0)
    lengths = side.lengths[clause]
    weights = np.add.reduceat(lengths, starts)
    within = np.add.reduceat(inside * lengths, starts)
    pulled = np.add.reduceat((outside - inside) * lengths, starts) / weights
    clauses = starts[begins]
    drawn = np.maximum(outside - inside, 0.0)
    return (
        np.add.reduceat(drawn * lengths, clauses) / np.add.reduceat(weights, begins),
        np.maximum.reduceat(drawn, clauses),
        np.minimum.reduceat(inside, clauses),
        np.add.reduceat(within, begins) / np.add.reduceat(weights, begins),
        np.minimum.reduceat(within / weights, begins),
        np.maximum.reduceat(pulled, begins),
    )


def _most(table: Doubles, row: Ints, first: Ints, last: Ints) -> Doubles:
    """Return the greatest entry of rows between columns; minus infinity where there are none."""
    result = np.full(len(row), -np.inf)
    for k in range(int((last - first).max(initial=0))):
        column = first + k
        inside = column < last
        result = np.where(inside, np.maximum(result, table[row, np.where(inside, column, 0)]), result)
    return result
