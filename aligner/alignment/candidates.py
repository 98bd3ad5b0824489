"""Which steps and cells of the alignment are worth a closer look.

A first score, from vectors and lengths alone, is given to every step in the band; all alignments of the band
are summed over, forwards and backwards (a chain of steps with affine nulls, one row of cells at a time;
semi-Markov: Sarawagi & Cohen 2004), and what has no real chance is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.band import Band
from aligner.alignment.clauses import MAX_RUN, Bools, Doubles
from aligner.alignment.scale import Scale
from aligner.alignment.similarity import Block, Similarities
from aligner.encoders.text import Floats, Ints

MAX_STEP = 8  # clauses of both languages in one step
SHAPES = np.array(
    [(a, b) for a in range(1, MAX_RUN + 1) for b in range(1, MAX_RUN + 1) if a + b <= MAX_STEP],
    dtype=np.int64,
)
# Set by hand on development texts; training replaces this score, it only has to keep what is right.
SIMILARITY, AROUND, LENGTH, SIZE = 11.0, 0.7, 4.0, 1.6
OPEN, EXTEND = -4.5, -0.3
SOFTEN = 3.0  # characters added to both lengths, so that two short texts never differ much
TEMPERATURE = 0.5
NEVER = -1e30
FORBIDDEN = -1e3  # log score of what training does not allow
LEAST = 3e-4
SETTLED = 0.95
CROWDED, ROOM = 25, 4  # steps a clause; cells to either side of the middle

STEP_KINDS = ("steps", "whole", "swaps")

Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class Candidates:
    """Steps and cells that are left.

    Attributes:
        steps: ``(e, 4)`` English clauses from and to, Chinese ones from and to.
        cells: ``(c, 2)`` cells that an alignment may pass.
        en_open: ``(n,)`` whether an English clause is in no step that the first score is all but sure of.
        zh_open: ``(m,)`` likewise.
        whole: ``(w, 4)`` steps of whole sentences, scored as such; also in numbers of clauses.
        swaps: ``(k, 6)`` steps of sentences in another order: like ``steps``, and where each side is parted.
    """

    steps: Ints
    cells: Ints
    en_open: Bools
    zh_open: Bools
    whole: Ints = field(default_factory=lambda: np.zeros((0, 4), dtype=np.int64))
    swaps: Ints = field(default_factory=lambda: np.zeros((0, 6), dtype=np.int64))

    @property
    def by_kind(self) -> tuple[Ints, Ints, Ints]:
        """Steps of each kind, ``(number, 4)``, in the order of ``STEP_KINDS``."""
        return self.steps, self.whole, self.swaps[:, :4]


@dataclass(frozen=True)
class FirstScores:
    """Log scores by the cell a step ends in.

    Attributes:
        steps: ``(shapes, cells)``; minus infinity where a step would begin before the text does.
        en_null: ``(cells,)`` of leaving the English clause before the cell unmatched, once it is begun.
        zh_null: likewise of the Chinese one.
    """

    steps: Floats
    en_null: Doubles
    zh_null: Doubles


def passes_by(steps: Ints, corners: Ints) -> Bools:
    """Tell which steps ``(e, 4 or more)`` lead from before to behind a corner ``(k, 2)``, not through it."""
    i0, i1, j0, j1 = (steps[:, k, None] for k in range(4))
    x, y = corners.T
    result: Bools = (((i0 < x) & (x < i1)) | ((j0 < y) & (y < j1))).any(axis=1)
    return result


def first_scores(similarities: Similarities, scale: Scale, corners: Ints) -> FirstScores:
    """Score all steps of the band.

    Args:
        similarities: cosines.
        scale: what is usual in the document.
        corners: ``(k, 2)`` cells that every alignment passes; no step leads past one.
    """
    rows, columns = similarities.band.cells
    steps = np.full((len(SHAPES), len(rows)), -np.inf, dtype=np.float32)
    for cells, block in similarities.parts(rows):
        a, b = SHAPES[:, 0, None], SHAPES[:, 1, None]
        i, j = rows[None, cells] - a, columns[None, cells] - b
        values = _score(block, scale, i, a + 0 * i, j, b + 0 * j)
        steps[:, cells] = np.where((i >= 0) & (j >= 0), values, -np.inf)
    null = np.full(len(rows), EXTEND * TEMPERATURE)
    for x, y in corners.tolist():
        outside = ((rows < x) & (columns > y)) | ((rows > x) & (columns < y))
        past = ((rows > x) & (rows - SHAPES[:, :1] < x)) | ((columns > y) & (columns - SHAPES[:, 1:] < y))
        steps[outside | past] = -np.inf
        null[outside] = FORBIDDEN
    return FirstScores(np.maximum(steps * TEMPERATURE, NEVER).astype(np.float32), null, null)


def _score(block: Block, scale: Scale, i: Ints, a: Ints, j: Ints, b: Ints) -> Doubles:
    beside = block.beside()
    around = beside.en(i, a, j - 1) + beside.en(i, a, j + b)
    around += beside.zh(i - 1, j, b) + beside.zh(i + a, j, b)
    contrast = (block.cosines(i, a, j, b) - AROUND / 4 * around) / scale.match[np.maximum(i, 0)]
    off = np.abs(log_length_ratio(*lengths(block, scale, i, a, j, b)))
    return SIMILARITY * contrast - LENGTH * off - SIZE * (a + b - 2)


def lengths(block: Block, scale: Scale, i: Ints, a: Ints, j: Ints, b: Ints) -> tuple[Doubles, Doubles]:
    """Return the Chinese characters to expect from the English clauses, and those there are."""
    en, zh = block.en.total, block.zh.total
    n, m = len(block.en), len(block.zh)
    x, y = np.minimum(np.maximum(i, 0), n), np.minimum(np.maximum(j, 0), m)
    expected = (en[np.minimum(x + a, n)] - en[x]) * scale.ratio[x]
    return expected, zh[np.minimum(y + b, m)] - zh[y]


def log_length_ratio(expected: Doubles, actual: Doubles) -> Doubles:
    """Return the log of expected to actual length."""
    result: Doubles = np.log((expected + SOFTEN) / (actual + SOFTEN))
    return result


def log_sum(x: Doubles) -> Doubles:
    """Sum over the first axis in the log domain."""
    top = np.maximum(x.max(axis=0), NEVER)
    result: Doubles = top + np.log(np.maximum(np.exp(x - top).sum(axis=0), 1e-300))
    return result


def prune(scores: FirstScores, band: Band, least: float = LEAST) -> Candidates:
    """Keep what has a posterior of at least ``least`` under the first scores."""
    i, j = band.cells
    a, b = SHAPES[:, 0, None], SHAPES[:, 1, None]
    source = band.number(i - a, j - b).astype(np.int32)
    forward = _forward(scores, band, source)
    backward = _backward(scores, band, band.number(i + a, j + b).astype(np.int32))
    whole = forward[3, len(band) - 1]
    on_path = log_sum(forward[:3, :-1] + backward[:, :-1]) - whole
    posterior = forward[3][source] + scores.steps + backward[0, :-1] - whole
    shape, cell = np.nonzero(posterior >= np.log(least))
    (a, b), sure = SHAPES[shape].T, posterior[shape, cell] >= np.log(SETTLED)
    found = np.stack([i[cell] - a, i[cell], j[cell] - b, j[cell], sure], axis=1)
    found = found[np.lexsort((found[:, 2], found[:, 0], found[:, 3], found[:, 1]))]
    cells = np.stack([i, j], axis=1)[on_path >= np.log(least)]
    n, m = len(band.low) - 1, int(band.high[-1])
    if len(found) > CROWDED * (n + m):
        found, cells = _near_the_middle(band, on_path, found)
    en_open, zh_open = np.ones(n, dtype=np.bool_), np.ones(m, dtype=np.bool_)
    for i0, i1, j0, j1 in found[found[:, 4] == 1, :4].tolist():
        en_open[i0:i1], zh_open[j0:j1] = False, False
    return Candidates(found[:, :4], cells, en_open, zh_open)


def _near_the_middle(band: Band, on_path: Doubles, found: Ints) -> tuple[Ints, Ints]:
    """Keep what lies near the mean of all alignments: where all clauses are alike, nothing else tells."""
    i, j = band.cells
    weight = np.exp(np.minimum(on_path, 0.0))
    total = np.bincount(i, weight)
    middle = np.round(np.bincount(i, weight * j) / np.maximum(total, 1e-300)).astype(np.int64)
    first, last = np.append(0, middle[:-1]), np.append(middle[:-1], int(band.high[-1]))
    low, high = np.minimum(first, middle) - ROOM, np.maximum(last, middle) + ROOM
    kept = (low[i] <= j) & (j <= high[i])
    starts, ends = found[:, 0], found[:, 1]
    inside = (low[starts] <= found[:, 2]) & (found[:, 2] <= high[starts])
    inside &= (low[ends] <= found[:, 3]) & (found[:, 3] <= high[ends])
    return found[inside], np.stack([i[kept], j[kept]], axis=1)


def _forward(scores: FirstScores, band: Band, source: Numbers) -> Doubles:
    """Return ``(4, cells + 1)``: after a step, after an English null, after a Chinese null, after any."""
    i, j = band.cells
    above = band.number(i - 1, j)
    state = np.full((4, len(band) + 1), NEVER)
    opening = (OPEN - EXTEND) * TEMPERATURE
    for row in range(len(band.low)):
        p = slice(int(band.first[row]), int(band.first[row + 1]))
        state[0, p] = log_sum(state[3][source[:, p]] + scores.steps[:, p])
        if row == 0:
            state[0, 0] = 0.0
        null = scores.en_null[p]
        state[1, p] = np.logaddexp(state[0, above[p]] + opening, state[1, above[p]]) + null
        either = np.logaddexp(state[0, p], state[1, p])
        slope = np.cumsum(scores.zh_null[p])
        state[2, p.start + 1 : p.stop] = (
            np.logaddexp.accumulate(either[:-1] + opening - slope[:-1]) + slope[1:]
        )
        state[3, p] = np.logaddexp(either, state[2, p])
    return state


def _backward(scores: FirstScores, band: Band, target: Numbers) -> Doubles:
    """Return ``(3, cells + 1)``: what may still come after a step, an English null, a Chinese null."""
    i, j = band.cells
    below = band.number(i + 1, j)
    state = np.full((3, len(band) + 1), NEVER)
    padded = np.concatenate([scores.steps, np.full((len(SHAPES), 1), NEVER, dtype=np.float32)], axis=1)
    en_null = np.append(scores.en_null, 0.0)
    shapes = np.arange(len(SHAPES))[:, None]
    opening = (OPEN - EXTEND) * TEMPERATURE
    for row in range(len(band.low) - 1, -1, -1):
        p = slice(int(band.first[row]), int(band.first[row + 1]))
        steps = log_sum(state[0][target[:, p]] + padded[shapes, target[:, p]])
        if row == len(band.low) - 1:
            steps[-1] = 0.0
        slope = np.cumsum(scores.zh_null[p])
        state[2, p] = np.logaddexp.accumulate((steps + slope)[::-1])[::-1] - slope
        right = np.append(state[2, p.start + 1 : p.stop] + scores.zh_null[p][1:], NEVER)
        either = np.logaddexp(steps, right + opening)
        after = state[1, below[p]] + en_null[below[p]]
        state[1, p] = np.logaddexp(either, after)
        state[0, p] = np.logaddexp(either, after + opening)
    return state
