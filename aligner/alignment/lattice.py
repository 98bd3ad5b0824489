"""All alignments that are left, as one graph, and sums over them.

A cell has four states: after a bead, after an unmatched English sentence, after an unmatched Chinese one,
after any of these. Unmatched English sentences go before Chinese ones, so that no alignment is counted
twice. Cells of one diagonal do not depend on one another and are treated together; so may be several
documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.prune import NEVER, Candidates
from aligner.encoders.text import Ints

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Level:
    """The cells of one diagonal, the beads that end there and those that start there."""

    cells: slice
    ending: slice
    ends: Ints
    ends_at: Ints
    starting: slice
    starts: Ints
    starts_at: Ints


@dataclass(frozen=True)
class Lattice:
    """The graph.

    Attributes:
        source: ``(e,)`` cell each bead starts in.
        target: ``(e,)`` cell it ends in, ascending.
        above: ``(c,)`` cell with one English sentence less; ``c`` where there is none.
        left: ``(c,)`` cell with one Chinese sentence less.
        below: ``(c,)`` cell with one English sentence more.
        right: ``(c,)`` cell with one Chinese sentence more.
        first: where each document starts.
        last: where it ends.
        document: ``(c,)`` which document a cell belongs to.
        bead_rows: ``(e,)`` place of each bead in the candidates it came from, documents one after another.
        cell_rows: ``(c,)`` likewise for cells.
        by_source: ``(e,)`` order of beads by the cell they start in.
        levels: the diagonals.
    """

    source: Ints
    target: Ints
    above: Ints
    left: Ints
    below: Ints
    right: Ints
    first: Ints
    last: Ints
    document: Ints
    bead_rows: Ints
    cell_rows: Ints
    by_source: Ints
    levels: Sequence[Level]

    @staticmethod
    def of(documents: Sequence[Candidates]) -> Lattice:
        """Build the graph of one or more documents."""
        sizes = [len(document.cells) for document in documents]
        cells = np.concatenate([document.cells for document in documents])
        owner = np.repeat(np.arange(len(documents)), sizes)
        beads = np.concatenate([document.beads for document in documents])
        bead_owner = np.repeat(np.arange(len(documents)), [len(document.beads) for document in documents])
        span = int(cells.max()) + 8

        def key(document: Ints, i: Ints, j: Ints) -> Ints:
            return ((document * 2 * span + i + j) * span + i).astype(np.int64)

        keys = key(owner, cells[:, 0], cells[:, 1])
        diagonal = cells.sum(axis=1)
        order = np.lexsort((keys, diagonal))
        by_key = np.argsort(keys[order], kind="stable")
        sorted_keys = keys[order][by_key]

        def find(document: Ints, i: Ints, j: Ints) -> Ints:
            wanted = key(document, i, j)
            at = np.minimum(np.searchsorted(sorted_keys, wanted), len(sorted_keys) - 1)
            good = (sorted_keys[at] == wanted) & (i >= 0) & (j >= 0)
            return np.where(good, by_key[at], len(cells))

        i, j, who = cells[order, 0], cells[order, 1], owner[order]
        source, target = (
            find(bead_owner, beads[:, 0], beads[:, 2]),
            find(bead_owner, beads[:, 1], beads[:, 3]),
        )
        good = np.flatnonzero((source < len(cells)) & (target < len(cells)))
        bead_rows = good[np.lexsort((source[good], target[good]))]
        source, target = source[bead_rows], target[bead_rows]
        ends = np.array([document.cells.max(axis=0) for document in documents])
        number = np.arange(len(documents))
        by_source = np.argsort(source, kind="stable")
        return Lattice(
            source,
            target,
            find(who, i - 1, j),
            find(who, i, j - 1),
            find(who, i + 1, j),
            find(who, i, j + 1),
            find(number, 0 * number, 0 * number),
            find(number, ends[:, 0], ends[:, 1]),
            who,
            bead_rows,
            order,
            by_source,
            _levels(diagonal[order], target, source[by_source]),
        )


def _levels(diagonal: Ints, target: Ints, source: Ints) -> list[Level]:
    bounds = np.concatenate([[0], np.flatnonzero(np.diff(diagonal)) + 1, [len(diagonal)]])
    ending, starting = np.searchsorted(target, bounds), np.searchsorted(source, bounds)
    levels = []
    for n in range(len(bounds) - 1):
        e, s = (
            slice(int(ending[n]), int(ending[n + 1])),
            slice(int(starting[n]), int(starting[n + 1])),
        )
        levels.append(
            Level(
                slice(int(bounds[n]), int(bounds[n + 1])),
                e,
                *_groups(target[e]),
                s,
                *_groups(source[s]),
            )
        )
    return levels


def _groups(cells: Ints) -> tuple[Ints, Ints]:
    """Return where runs of equal numbers begin, and the numbers."""
    begin = (
        np.flatnonzero(np.concatenate([[True], cells[1:] != cells[:-1]]))
        if len(cells)
        else np.zeros(0, np.int64)
    )
    return begin, cells[begin]


@dataclass(frozen=True)
class Scores:
    """Log scores of beads ``(e,)`` and, by the cell it ends in ``(c,)``, of an unmatched sentence.

    Such a sentence opens a stretch of unmatched ones or extends it.
    """

    beads: Doubles
    en_opens: Doubles
    en_extends: Doubles
    zh_opens: Doubles
    zh_extends: Doubles


def _group_sum(values: Doubles, begin: Ints) -> Doubles:
    top = np.maximum.reduceat(values, begin)
    sizes = np.diff(np.append(begin, len(values)))
    result: Doubles = top + np.log(np.add.reduceat(np.exp(values - np.repeat(top, sizes)), begin))
    return result


def posteriors(lattice: Lattice, scores: Scores) -> tuple[Scores, Doubles]:
    """Return the probability of every bead and null, and the log of each document's total."""
    m, x, y, t = _forward(lattice, scores)
    bm, bx, by = _backward(lattice, scores)
    total = t[lattice.last]
    whole = total[lattice.document]
    by_cell = Scores(
        t[lattice.source] + scores.beads + bm[lattice.target] - whole[lattice.target],
        m[lattice.above] + scores.en_opens + bx[:-1] - whole,
        x[lattice.above] + scores.en_extends + bx[:-1] - whole,
        np.logaddexp(m, x)[lattice.left] + scores.zh_opens + by[:-1] - whole,
        y[lattice.left] + scores.zh_extends + by[:-1] - whole,
    )
    return Scores(*(np.exp(np.minimum(v, 0.0)) for v in vars(by_cell).values())), total


def _forward(g: Lattice, s: Scores) -> tuple[Doubles, Doubles, Doubles, Doubles]:
    cells = len(g.above)
    m, x, y, t = (np.full(cells + 1, NEVER) for _ in range(4))
    m[g.first] = 0.0
    for level in g.levels:
        p = level.cells
        if len(level.ends):
            m[level.ends_at] = _group_sum(t[g.source[level.ending]] + s.beads[level.ending], level.ends)
        above, left = g.above[p], g.left[p]
        x[p] = np.logaddexp(m[above] + s.en_opens[p], x[above] + s.en_extends[p])
        y[p] = np.logaddexp(np.logaddexp(m[left], x[left]) + s.zh_opens[p], y[left] + s.zh_extends[p])
        t[p] = np.logaddexp(np.logaddexp(m[p], x[p]), y[p])
    return m, x, y, t


def _backward(g: Lattice, s: Scores) -> tuple[Doubles, Doubles, Doubles]:
    cells = len(g.above)
    m, x, y, after = (np.full(cells + 1, NEVER) for _ in range(4))
    after[g.last] = 0.0
    en_opens, en_extends, zh_opens, zh_extends = (
        np.append(v, NEVER) for v in (s.en_opens, s.en_extends, s.zh_opens, s.zh_extends)
    )
    target, beads = g.target[g.by_source], s.beads[g.by_source]
    for level in reversed(g.levels):
        p = level.cells
        if len(level.starts):
            q = level.starting
            after[level.starts_at] = _group_sum(m[target[q]] + beads[q], level.starts)
        below, right = g.below[p], g.right[p]
        y[p] = np.logaddexp(after[p], y[right] + zh_extends[right])
        either = np.logaddexp(after[p], y[right] + zh_opens[right])
        x[p] = np.logaddexp(either, x[below] + en_extends[below])
        m[p] = np.logaddexp(either, x[below] + en_opens[below])
    return m, x, y
