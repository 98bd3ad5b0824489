"""All alignments that are left, as one graph, and sums over them.

A cell has four states: after a step, after an unmatched English clause, after an unmatched Chinese one,
after any of these. Unmatched English clauses go before Chinese ones, so that no alignment is counted
twice. Cells of one diagonal do not depend on one another and are treated together; so may be several
documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from aligner.alignment.candidates import NEVER, STEP_KINDS, Candidates
from aligner.alignment.clauses import Doubles
from aligner.encoders.text import Ints


@dataclass(frozen=True)
class Level:
    """The cells of one diagonal, the steps that end there and those that start there."""

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
        source: ``(e,)`` cell each step starts in.
        target: ``(e,)`` cell it ends in, ascending.
        above: ``(c,)`` cell with one English clause less; ``c`` where there is none.
        left: ``(c,)`` cell with one Chinese clause less.
        below: ``(c,)`` cell with one English clause more.
        right: ``(c,)`` cell with one Chinese clause more.
        first: where each document starts.
        last: where it ends.
        depth: ``(c,)`` how many clauses of both sides lie before a cell.
        document: ``(c,)`` which document a cell belongs to.
        kind: ``(e,)`` number of each step's kind in ``STEP_KINDS``.
        step_rows: ``(e,)`` place of each step among those of its kind, of all documents one after another.
        cell_rows: ``(c,)`` likewise for cells.
        by_source: ``(e,)`` order of steps by the cell they start in.
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
    depth: Ints
    document: Ints
    kind: Ints
    step_rows: Ints
    cell_rows: Ints
    by_source: Ints
    levels: Sequence[Level]

    @staticmethod
    def of(documents: Sequence[Candidates]) -> Lattice:
        """Build the graph of one or more documents."""
        sizes = [len(document.cells) for document in documents]
        cells = np.concatenate([document.cells for document in documents])
        owner = np.repeat(np.arange(len(documents)), sizes)
        steps = np.concatenate([steps for document in documents for steps in document.by_kind])
        counts = [len(steps) for document in documents for steps in document.by_kind]
        kinds = len(STEP_KINDS)
        step_owner = np.repeat(np.repeat(np.arange(len(documents)), kinds), counts)
        kind = np.repeat(np.tile(np.arange(kinds), len(documents)), counts)
        rows = np.empty(len(kind), dtype=np.int64)
        for one in range(kinds):
            rows[kind == one] = np.arange((kind == one).sum())
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
            find(step_owner, steps[:, 0], steps[:, 2]),
            find(step_owner, steps[:, 1], steps[:, 3]),
        )
        good = np.flatnonzero((source < len(cells)) & (target < len(cells)))
        chosen = good[np.lexsort((source[good], target[good]))]
        source, target = source[chosen], target[chosen]
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
            diagonal[order],
            who,
            kind[chosen],
            rows[chosen],
            order,
            by_source,
            _levels(diagonal[order], target, source[by_source]),
        )


def _levels(diagonal: Ints, target: Ints, source: Ints) -> list[Level]:
    bounds = np.concatenate([[0], np.flatnonzero(np.diff(diagonal)) + 1, [len(diagonal)]])
    cells = (slice(*ends) for ends in pairwise(bounds.tolist()))
    sides = _grouped(target, bounds), _grouped(source, bounds)
    return [Level(own, *ending, *starting) for own, ending, starting in zip(cells, *sides, strict=True)]


def _grouped(cells: Ints, bounds: Ints) -> Iterator[tuple[slice, Ints, Ints]]:
    """Yield the steps between bounds of ascending cells, where runs of equal ones begin, and these."""
    begins = np.flatnonzero(np.diff(cells, prepend=-1))
    steps, groups = np.searchsorted(cells, bounds).tolist(), np.searchsorted(cells[begins], bounds).tolist()
    for (first, last), group in zip(pairwise(steps), pairwise(groups), strict=True):
        yield slice(first, last), begins[slice(*group)] - first, cells[begins[slice(*group)]]


@dataclass(frozen=True)
class Scores:
    """Log scores of steps ``(e,)`` and, by the cell it ends in ``(c,)``, of an unmatched clause.

    Such a clause opens a stretch of unmatched ones or extends it.
    """

    steps: Doubles
    en_opens: Doubles
    en_extends: Doubles
    zh_opens: Doubles
    zh_extends: Doubles


def _group_sum(values: Doubles, begin: Ints) -> Doubles:
    top = np.maximum.reduceat(values, begin)
    sizes = np.diff(np.append(begin, len(values)))
    result: Doubles = top + np.log(np.add.reduceat(np.exp(values - np.repeat(top, sizes)), begin))
    return result


@dataclass(frozen=True)
class Sums:
    """Logs of sums over all alignments, by cell and by what leads there; one more row than cells, of NEVER.

    Attributes:
        after_step: ``(c + 1,)`` of all beginnings that reach a cell by a step.
        after_en: by an English null.
        after_zh: by a Chinese null.
        after_any: by any of these.
        from_step: ``(c + 1,)`` of all ends that may follow a step.
        from_en: an English null.
        from_zh: a Chinese null.
        total: of whole alignments, one a document.
    """

    after_step: Doubles
    after_en: Doubles
    after_zh: Doubles
    after_any: Doubles
    from_step: Doubles
    from_en: Doubles
    from_zh: Doubles
    total: Doubles


def sum_paths(lattice: Lattice, scores: Scores) -> Sums:
    """Sum over all alignments, forwards and backwards."""
    forward = _forward(lattice, scores)
    return Sums(*forward, *_backward(lattice, scores), forward[3][lattice.last])


def posteriors(lattice: Lattice, scores: Scores, sums: Sums) -> Scores:
    """Return the probability of every step and null."""
    m, x, y, t = sums.after_step, sums.after_en, sums.after_zh, sums.after_any
    bm, bx, by = sums.from_step, sums.from_en, sums.from_zh
    whole = sums.total[lattice.document]
    by_cell = Scores(
        t[lattice.source] + scores.steps + bm[lattice.target] - whole[lattice.target],
        m[lattice.above] + scores.en_opens + bx[:-1] - whole,
        x[lattice.above] + scores.en_extends + bx[:-1] - whole,
        np.logaddexp(m, x)[lattice.left] + scores.zh_opens + by[:-1] - whole,
        y[lattice.left] + scores.zh_extends + by[:-1] - whole,
    )
    return Scores(*(np.exp(np.minimum(v, 0.0)) for v in vars(by_cell).values()))


def _forward(g: Lattice, s: Scores) -> tuple[Doubles, Doubles, Doubles, Doubles]:
    cells = len(g.above)
    m, x, y, t = (np.full(cells + 1, NEVER) for _ in range(4))
    m[g.first] = 0.0
    for level in g.levels:
        p = level.cells
        if len(level.ends):
            m[level.ends_at] = _group_sum(t[g.source[level.ending]] + s.steps[level.ending], level.ends)
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
    target, steps = g.target[g.by_source], s.steps[g.by_source]
    for level in reversed(g.levels):
        p = level.cells
        if len(level.starts):
            q = level.starting
            after[level.starts_at] = _group_sum(m[target[q]] + steps[q], level.starts)
        below, right = g.below[p], g.right[p]
        y[p] = np.logaddexp(after[p], y[right] + zh_extends[right])
        either = np.logaddexp(after[p], y[right] + zh_opens[right])
        x[p] = np.logaddexp(either, x[below] + en_extends[below])
        m[p] = np.logaddexp(either, x[below] + en_opens[below])
    return m, x, y
