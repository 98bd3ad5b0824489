"""Neighbouring sentences in another order on the other side, as one step of the alignment.

Such a step leads from one sentence boundary on both sides to another. Each side falls into two parts; the
first English part belongs to the second Chinese one, the second to the first.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from aligner.alignment.candidates import Candidates, log_length_ratio
from aligner.alignment.clauses import Clauses, Doubles, unit
from aligner.alignment.evidence import Evidence
from aligner.alignment.scale import Scale
from aligner.encoders.text import Floats, Ints

NAMES = (
    "crossed_least",  # the lesser of the two cosines crosswise
    "crossed_mean",
    "straight_most",  # the greater of the cosines of the parts in their order
    "straight_mean",
    "crossed_length_off",  # log of expected to actual length, without sign, the greater of the two
    "straight_length_off",
    "crossed_shared",  # values shared crosswise, as log(1 + n)
    "straight_shared",
    "sentences",  # of both sides, more than one a part
    "match",  # the document's usual cosine
)
MAX_PART, MAX_SIDE = 3, 4  # sentences
PARTS = [(a, b) for a, b in product(range(1, MAX_PART + 1), repeat=2) if a + b <= MAX_SIDE]
SHAPES = np.array([(*en, *zh) for en, zh in product(PARTS, repeat=2)], dtype=np.int64)
LEAST_CROSSED, LEAST_GAIN = 0.35, 0.1  # in parts of the document's usual cosine: what is worth a look
BLOCK = 256


def find_swaps(
    en: Clauses, zh: Clauses, candidates: Candidates, scale: Scale, evidence: Evidence
) -> tuple[Ints, Doubles]:
    """Return the swaps worth a look, ``(k, 6)``, and their features, ``(k, len(NAMES))``.

    A swap is its English clauses from and to, its Chinese ones from and to, and where each side is parted.
    """
    i, j = candidates.cells.T
    corners = candidates.cells[en.boundary[i] & zh.boundary[j]]
    corners = corners[np.argsort(corners[:, 0], kind="stable")]
    found = [
        _of_block(en, zh, corners[start : start + BLOCK], scale) for start in range(0, len(corners), BLOCK)
    ]
    swaps = np.concatenate([np.zeros((0, 6), dtype=np.int64), *(swaps for swaps, _ in found)])
    features = np.concatenate([np.zeros((0, len(NAMES))), *(features for _, features in found)])
    for row, (i0, i1, j0, j1, x, y) in enumerate(swaps.tolist()):
        crossed = evidence.count_shared(i0, x, y, j1) + evidence.count_shared(x, i1, j0, y)
        straight = evidence.count_shared(i0, x, j0, y) + evidence.count_shared(x, i1, y, j1)
        features[row, 6:8] = np.log1p(crossed), np.log1p(straight)
    return swaps, features


def _of_block(en: Clauses, zh: Clauses, corners: Ints, scale: Scale) -> tuple[Ints, Doubles]:
    """Return swaps that begin in some cells, and their features but for the shared values."""
    en_starts, zh_starts = (np.flatnonzero(side.boundary) for side in (en, zh))
    e = np.searchsorted(en_starts, corners[:, 0])[:, None] + 0 * SHAPES[:, 0]
    z = np.searchsorted(zh_starts, corners[:, 1])[:, None] + 0 * SHAPES[:, 0]
    a, b, c, d = (column + 0 * e for column in SHAPES.T)
    inside = (e + a + b < len(en_starts)) & (z + c + d < len(zh_starts))
    e, z, a, b, c, d = (x[inside] for x in (e, z, a, b, c, d))
    if not len(e):
        return np.zeros((0, 6), dtype=np.int64), np.zeros((0, len(NAMES)))
    cosines = _Cosines(en, zh, en_starts, zh_starts, (e, z))
    one, two = cosines.of(e, a, z + c, d), cosines.of(e + a, b, z, c)
    straight = np.stack([cosines.of(e, a, z, c), cosines.of(e + a, b, z + c, d)])
    match = scale.match[en_starts[e]]
    crossed = np.stack([one, two])
    good = np.flatnonzero(
        (crossed.min(axis=0) > LEAST_CROSSED * match)
        & (crossed.mean(axis=0) > straight.mean(axis=0) + LEAST_GAIN * match)
    )
    e, z, a, b, c, d, match = (x[good] for x in (e, z, a, b, c, d, match))
    i0, x, i1 = en_starts[e], en_starts[e + a], en_starts[e + a + b]
    j0, y, j1 = zh_starts[z], zh_starts[z + c], zh_starts[z + c + d]
    features = np.zeros((len(good), len(NAMES)))
    crossed, straight = crossed[:, good] / match, straight[:, good] / match
    features[:, 0], features[:, 1] = crossed.min(axis=0), crossed.mean(axis=0)
    features[:, 2], features[:, 3] = straight.max(axis=0), straight.mean(axis=0)
    ratio = scale.ratio[i0]
    first, second = (en.total[x] - en.total[i0]) * ratio, (en.total[i1] - en.total[x]) * ratio
    before, after = zh.total[y] - zh.total[j0], zh.total[j1] - zh.total[y]
    for column, pairs in ((4, ((first, after), (second, before))), (5, ((first, before), (second, after)))):
        features[:, column] = np.max([np.abs(log_length_ratio(*pair)) for pair in pairs], axis=0)
    features[:, 8], features[:, 9] = a + b + c + d - 4, match
    return np.stack([i0, i1, j0, j1, x, y], axis=1), features


class _Cosines:
    """Cosines of runs of whole sentences near some cells."""

    def __init__(
        self, en: Clauses, zh: Clauses, en_starts: Ints, zh_starts: Ints, near: tuple[Ints, Ints]
    ) -> None:
        self.first = [int(numbers.min()) for numbers in near]
        tables = []
        for side, starts, first, numbers in zip(
            (en, zh), (en_starts, zh_starts), self.first, near, strict=True
        ):
            last = min(int(numbers.max()) + MAX_SIDE, len(starts) - 1)
            tables.append(_runs(side, starts[first : last + 1]))
        self.table = tables[0] @ tables[1].T

    def of(self, e: Ints, a: Ints, z: Ints, c: Ints) -> Doubles:
        """Return cosines of ``a`` English sentences from ``e`` on and ``c`` Chinese ones from ``z`` on."""
        rows, columns = (e - self.first[0]) * MAX_PART + a - 1, (z - self.first[1]) * MAX_PART + c - 1
        return np.asarray(self.table[rows, columns], dtype=np.float64)


def _runs(side: Clauses, starts: Ints) -> Floats:
    """Return the mean vectors of runs of up to ``MAX_PART`` sentences, ``(sentences * MAX_PART, d)``."""
    sums = np.add.reduceat(side.weighted[: starts[-1]], starts[:-1], axis=0)
    runs = np.zeros((len(sums), MAX_PART, sums.shape[1]), dtype=np.float32)
    runs[:, 0] = sums
    for size in range(1, MAX_PART):
        runs[:-size, size] = runs[:-size, size - 1] + sums[size:]
    return unit(runs.reshape(-1, sums.shape[1]))
