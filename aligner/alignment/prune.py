"""Which beads and cells are worth a closer look: those that the first score gives any real chance.

All alignments of the band are summed over, forwards and backwards: a chain of beads with affine nulls, one
row of cells at a time (semi-Markov; Sarawagi & Cohen 2004).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.band import Band
from aligner.alignment.coarse import EXTEND, OPEN, SHAPES
from aligner.encoders.text import Floats, Ints

NEVER = -1e30
TEMPERATURE = 0.5
LEAST = 3e-4
SETTLED = 0.95
CROWDED, ROOM = 25, 4  # beads a sentence; cells to either side of the middle

Doubles = NDArray[np.float64]
Bools = NDArray[np.bool_]
Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class Candidates:
    """Beads and cells that are left.

    Attributes:
        beads: ``(e, 4)`` English from and to, Chinese from and to.
        cells: ``(c, 2)`` cells that an alignment may pass.
        en_open: ``(n,)`` whether an English sentence is in no bead that the first score is all but sure of.
        zh_open: ``(m,)`` likewise.
    """

    beads: Ints
    cells: Ints
    en_open: Bools
    zh_open: Bools


def log_sum(x: Doubles) -> Doubles:
    """Sum over the first axis in the log domain."""
    top = np.maximum(x.max(axis=0), NEVER)
    result: Doubles = top + np.log(np.maximum(np.exp(x - top).sum(axis=0), 1e-300))
    return result


def prune(scores: Floats, band: Band, least: float = LEAST) -> Candidates:
    """Keep what has a posterior of at least ``least`` under flattened first scores.

    Args:
        scores: ``(shapes, cells)`` of the beads that end in each cell.
        band: the cells.
        least: what to keep.
    """
    scores = np.maximum(scores * TEMPERATURE, NEVER).astype(np.float32)
    i, j = band.cells
    source = np.stack([band.number(i - a, j - b).astype(np.int32) for a, b in SHAPES])
    forward = _forward(scores, band, source)
    target = np.stack([band.number(i + a, j + b).astype(np.int32) for a, b in SHAPES])
    backward = _backward(scores, band, target)
    whole = forward[3, len(band) - 1]
    on_path = log_sum(forward[:3, :-1] + backward[:, :-1]) - whole
    rows = []
    for shape, (a, b) in enumerate(SHAPES):
        posterior = forward[3][source[shape]] + scores[shape] + backward[0, :-1] - whole
        cell = np.flatnonzero(posterior >= np.log(least))
        rows.append(
            np.stack([i[cell] - a, i[cell], j[cell] - b, j[cell], posterior[cell] >= np.log(SETTLED)])
        )
    found = np.concatenate(rows, axis=1).T
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
    """Keep what lies near the mean of all alignments: where all sentences are alike, nothing else tells."""
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


def _forward(scores: Floats, band: Band, source: Numbers) -> Doubles:
    """Return ``(4, cells + 1)``: after a bead, after an English null, after a Chinese null, after any."""
    i, j = band.cells
    above = band.number(i - 1, j)
    state = np.full((4, len(band) + 1), NEVER)
    opening, extending = OPEN * TEMPERATURE, EXTEND * TEMPERATURE
    for row in range(len(band.low)):
        p = slice(int(band.first[row]), int(band.first[row + 1]))
        state[0, p] = log_sum(state[3][source[:, p]] + scores[:, p])
        if row == 0:
            state[0, 0] = 0.0
        state[1, p] = np.logaddexp(state[0, above[p]] + opening, state[1, above[p]] + extending)
        either = np.logaddexp(state[0, p], state[1, p])
        slope = extending * np.arange(p.stop - p.start)
        state[2, p.start + 1 : p.stop] = (
            np.logaddexp.accumulate(either[:-1] + opening - slope[1:]) + slope[1:]
        )
        state[3, p] = np.logaddexp(either, state[2, p])
    return state


def _backward(scores: Floats, band: Band, target: Numbers) -> Doubles:
    """Return ``(3, cells + 1)``: what may still come after a bead, an English null, a Chinese null."""
    i, j = band.cells
    below = band.number(i + 1, j)
    state = np.full((3, len(band) + 1), NEVER)
    padded = np.concatenate([scores, np.full((len(scores), 1), NEVER, dtype=np.float32)], axis=1)
    shapes = np.arange(len(scores))[:, None]
    opening, extending = OPEN * TEMPERATURE, EXTEND * TEMPERATURE
    for row in range(len(band.low) - 1, -1, -1):
        p = slice(int(band.first[row]), int(band.first[row + 1]))
        beads = log_sum(state[0][target[:, p]] + padded[shapes, target[:, p]])
        if row == len(band.low) - 1:
            beads[-1] = 0.0
        slope = extending * np.arange(p.stop - p.start)
        state[2, p] = np.logaddexp.accumulate((beads + slope)[::-1])[::-1] - slope
        right = np.append(state[2, p.start + 1 : p.stop], NEVER)
        either = np.logaddexp(beads, right + opening)
        state[1, p] = np.logaddexp(either, state[1, below[p]] + extending)
        state[0, p] = np.logaddexp(either, state[1, below[p]] + opening)
    return state
