"""A first score of every bead in the band, from sentence vectors alone: what it cannot believe is dropped.

A run's vector is the sum of its sentences' vectors times their lengths, so the products of all runs are sums over
rectangles of one table.
"""

from __future__ import annotations

import numpy as np

from aligner.alignment.band import Band
from aligner.alignment.side import LONGEST, Side
from aligner.encoders.text import Floats

LARGEST = 8
SHAPES = [
    (a, b) for a in range(1, LONGEST + 1) for b in range(1, LONGEST + 1) if a + b <= LARGEST
]
BLOCK_ROWS = 64
EDGE = LONGEST + 1


def coarse_scores(en: Side, zh: Side, band: Band, ratio: float) -> Floats:
    """Score the beads of each shape that end in each cell.

    Args:
        en: the English side, ``n`` sentences.
        zh: the Chinese side, ``m`` sentences.
        band: the cells to look at.
        ratio: Chinese characters for one English one.

    Returns:
        ``(shapes, cells)`` log scores, minus infinity where a bead would begin before the text does.
    """
    scores = np.full((len(SHAPES), len(band)), -np.inf, dtype=np.float32)
    rows, columns = band.cells
    for start in range(0, len(en) + 1, BLOCK_ROWS):
        stop = min(start + BLOCK_ROWS, len(en) + 1)
        part = slice(band.first[start], band.first[stop])
        i, j = rows[part], columns[part]
        top, left = start - EDGE, int(j.min()) - EDGE
        sums = _table(en, zh, (top, stop + 1), (left, int(j.max()) + 1))
        for shape, (a, b) in enumerate(SHAPES):
            fits = (i >= a) & (j >= b)
            if fits.any():
                at = np.flatnonzero(fits)
                scores[shape, part.start + at] = _score(en, zh, sums, (i[at], j[at], a, b), (top, left), ratio)
    return scores


def _table(en: Side, zh: Side, rows: tuple[int, int], columns: tuple[int, int]) -> Floats:
    """Return running sums of the products of weighted sentence vectors; sentences outside the text count 0."""
    sums = np.zeros((rows[1] - rows[0] + 1, columns[1] - columns[0] + 1))
    r0, r1, c0, c1 = max(rows[0], 0), min(rows[1], len(en)), max(columns[0], 0), min(columns[1], len(zh))
    inner = sums[1:, 1:]
    inner[r0 - rows[0] : r1 - rows[0], c0 - columns[0] : c1 - columns[0]] = (
        en.weighted[r0:r1] @ zh.weighted[c0:c1].T
    )
    return sums.cumsum(axis=0).cumsum(axis=1)


def _score(en, zh, sums, bead, origin, ratio):
    i, j, a, b = bead
    r, c = i - origin[0], j - origin[1]

    def box(r0, r1, c0, c1):
        return sums[r1, c1] - sums[r0, c1] - sums[r1, c0] + sums[r0, c0]

    ne, nz = en.norms[a, i - a], zh.norms[b, j - b]
    cosine = box(r - a, r, c - b, c) / (ne * nz)
    n1, m1 = en.norms[1], zh.norms[1]
    around = (
        box(r - a, r, c - b - 1, c - b) / (ne * m1[np.maximum(j - b - 1, 0)])
        + box(r - a, r, c, c + 1) / (ne * m1[np.minimum(j, len(zh) - 1)])
        + box(r - a - 1, r - a, c - b, c) / (nz * n1[np.maximum(i - a - 1, 0)])
        + box(r, r + 1, c - b, c) / (nz * n1[np.minimum(i, len(en) - 1)])
    ) / 4
    le = en.total[i] - en.total[i - a]
    lz = zh.total[j] - zh.total[j - b]
    off = np.log((le * ratio + 3) / (lz + 3))
    return P['k'] * (cosine - P['nb'] * around) - P['len'] * np.abs(off)  - P['big'] * (a + b - 2)+P['one']

P = {"k": 18.0, "nb": 0.7, "len": 4.0, "big": 1.6, "one": 0.0}
