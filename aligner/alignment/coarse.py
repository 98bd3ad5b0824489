"""A first score of every bead in the band, from sentence vectors and lengths alone."""

from __future__ import annotations

import numpy as np

from aligner.alignment.products import Block, Doubles, Products
from aligner.alignment.scale import Scale
from aligner.alignment.side import LONGEST
from aligner.encoders.text import Floats, Ints

LARGEST = 8
SHAPES = np.array(
    [(a, b) for a in range(1, LONGEST + 1) for b in range(1, LONGEST + 1) if a + b <= LARGEST],
    dtype=np.int64,
)
# Set by hand on development texts; training replaces this score, it only has to keep what is right.
SIMILARITY, AROUND, LENGTH, SIZE = 11.0, 0.7, 4.0, 1.6
OPEN, EXTEND = -4.5, -0.3
SOFTEN = 3.0  # characters added to both lengths, so that two short texts never differ much


def coarse_scores(products: Products, scale: Scale) -> Floats:
    """Score the beads of each shape that end in each cell of the band.

    Returns:
        ``(shapes, cells)`` log scores, minus infinity where a bead would begin before the text does.
    """
    rows, columns = products.band.cells
    scores = np.full((len(SHAPES), len(rows)), -np.inf, dtype=np.float32)
    for cells, block in products.parts(rows):
        a, b = SHAPES[:, 0, None], SHAPES[:, 1, None]
        i, j = rows[None, cells] - a, columns[None, cells] - b
        values = _score(block, scale, i, a + 0 * i, j, b + 0 * j)
        scores[:, cells] = np.where((i >= 0) & (j >= 0), values, -np.inf)
    return scores


def _score(block: Block, scale: Scale, i: Ints, a: Ints, j: Ints, b: Ints) -> Doubles:
    one = np.ones_like(a)
    around = block.cosines(i, a, j - 1, one) + block.cosines(i, a, j + b, one)
    around += block.cosines(i - 1, one, j, b) + block.cosines(i + a, one, j, b)
    contrast = (block.cosines(i, a, j, b) - AROUND / 4 * around) / scale.match[np.clip(i, 0, None)]
    off = np.abs(log_length_ratio(block, scale, i, a, j, b))
    return SIMILARITY * contrast - LENGTH * off - SIZE * (a + b - 2)


def lengths(block: Block, scale: Scale, i: Ints, a: Ints, j: Ints, b: Ints) -> tuple[Doubles, Doubles]:
    """Return the Chinese characters to expect from the English sentences, and those there are."""
    en, zh = block.en.total, block.zh.total
    n, m = len(block.en), len(block.zh)
    expected = (en[np.clip(i + a, 0, n)] - en[np.clip(i, 0, n)]) * scale.ratio[np.clip(i, 0, n)]
    return expected, zh[np.clip(j + b, 0, m)] - zh[np.clip(j, 0, m)]


def log_length_ratio(block: Block, scale: Scale, i: Ints, a: Ints, j: Ints, b: Ints) -> Doubles:
    """Return the log of expected to actual length."""
    expected, actual = lengths(block, scale, i, a, j, b)
    result: Doubles = np.log((expected + SOFTEN) / (actual + SOFTEN))
    return result
