"""What a step looks like from its vectors and lengths: contrasts with what stands around it.

Cosines are divided by what is usual for translations in this document, so that no feature depends on an
encoder's own scale.
"""

from __future__ import annotations

import numpy as np

from aligner.alignment.candidates import lengths, log_length_ratio
from aligner.alignment.clauses import MAX_RUN, Clauses, Doubles
from aligner.alignment.scale import Scale
from aligner.alignment.similarity import Beside, Block
from aligner.encoders.text import Ints

WINDOW = 10
NAMES = (
    "composed",  # cosine of the runs' composed vectors
    "mean",  # cosine of the runs' mean vectors
    "beside",  # mean cosine of either run with the clauses before and after the other
    "beside_most",  # the greatest of these
    "rival_en",  # greatest cosine of the Chinese run with an English clause near but outside
    "rival_zh",  # likewise of the English run
    "longer",  # what a clause more would add to the mean cosine, at best
    "shorter_en",  # what it loses without the first or last English clause, at least
    "shorter_zh",
    "weakest_en",  # least cosine of an English clause of the step with the Chinese run
    "weakest_zh",
    "pulled_en",  # how much more an English clause likes a Chinese neighbour outside than the step's run
    "pulled_zh",
    "length",  # log of expected to actual length
    "length_off",
    "length_delta",  # difference in standard deviations (Gale & Church 1993)
    "short",
    "en_size",
    "zh_size",
    "least_size",
    "pair",  # 1-1
    "match",  # the document's usual cosine itself
)
BOUNDARY_NAMES = (
    "starts_together",  # a sentence begins on both sides
    "starts_en",  # on the English side alone
    "starts_zh",
    "ends_together",  # a sentence ends on both sides
    "ends_en",
    "ends_zh",
    "inside_en",  # sentence boundaries inside
    "inside_zh",
    "straddles_en",  # a sentence boundary is inside, and one of the step's ends is within a sentence
    "straddles_zh",
    "starts_uneven",  # together, times how uneven the sentences of the two sides are
    "ends_uneven",
    "sentences",  # cosine of the whole sentences that the step has clauses of
    "sentences_length_off",  # log of expected to actual length of these, without sign
)


def contrasts(block: Block, steps: Ints, scale: Scale) -> Doubles:
    """Describe steps ``(e, 4)``, English from and to, Chinese from and to; returns ``(e, len(NAMES))``."""
    i, j = steps[:, 0], steps[:, 2]
    a, b = steps[:, 1] - i, steps[:, 3] - j
    expected, actual = lengths(block, scale, i, a, j, b)
    log = log_length_ratio(expected, actual)
    columns = np.empty((len(NAMES), len(steps)))
    columns[0] = np.einsum("ij,ij->i", block.en.runs(i, a), block.zh.runs(j, b))
    beside = block.beside()
    columns[1:6] = _around(block, beside, i, a, j, b)
    columns[6:9] = _changed(block, i, a, j, b)
    columns[9:13] = _members(beside, i, a, j, b)
    columns[:13] /= scale.match[i]
    columns[13], columns[14] = log, np.abs(log)
    columns[15] = np.abs(actual - expected) / np.sqrt(expected + actual + 5.0)
    columns[16] = 1.0 / np.sqrt(expected + actual)
    columns[17], columns[18], columns[19] = a - 1, b - 1, np.minimum(a, b) - 1
    columns[20], columns[21] = a + b == 2, scale.match[i]
    return columns.T


def _changed(block: Block, i: Ints, a: Ints, j: Ints, b: Ints) -> Doubles:
    """Return what one clause more adds at best, and one less of either side costs at least."""
    own = block.cosines(i, a, j, b)
    add = np.array([[1], [0], [0], [0]]), np.array([[1], [1], [0], [0]])
    other = np.array([[0], [0], [1], [0]]), np.array([[0], [0], [1], [1]])
    longer = block.cosines(i - add[0], a + add[1], j - other[0], b + other[1]).max(axis=0) - own
    first = np.array([[1], [0]])
    same = np.zeros_like(first)
    en = block.cosines(i + first, np.maximum(a - 1 + same, 1), j + same, b + same).max(axis=0)
    zh = block.cosines(i + same, a + same, j + first, np.maximum(b - 1 + same, 1)).max(axis=0)
    return np.stack([longer, np.where(a > 1, own - en, 0.0), np.where(b > 1, own - zh, 0.0)])


def _around(block: Block, beside: Beside, i: Ints, a: Ints, j: Ints, b: Ints) -> Doubles:
    steps = np.arange(1, WINDOW + 1)[:, None]
    zh = beside.en(i, a, np.concatenate([j - steps, j + b + steps - 1]))
    en = beside.zh(np.concatenate([i - steps, i + a + steps - 1]), j, b)
    near = np.stack([zh[0], zh[WINDOW], en[0], en[WINDOW]])
    mean = block.cosines(i, a, j, b)
    return np.stack([mean, near.mean(axis=0), near.max(axis=0), en.max(axis=0), zh.max(axis=0)])


def _members(beside: Beside, i: Ints, a: Ints, j: Ints, b: Ints) -> Doubles:
    steps = np.arange(MAX_RUN)[:, None]
    x, y = i + np.minimum(steps, a - 1), j + np.minimum(steps, b - 1)
    en, zh = beside.zh(x, j, b), beside.en(i, a, y)
    one = np.ones_like(i)
    en_out = np.maximum(beside.en(x, one, j - 1), beside.en(x, one, j + b))
    zh_out = np.maximum(beside.en(i - 1, one, y), beside.en(i + a, one, y))
    return np.stack([en.min(axis=0), zh.min(axis=0), (en_out - en).max(axis=0), (zh_out - zh).max(axis=0)])


def boundaries(en: Clauses, zh: Clauses, steps: Ints, scale: Scale, unevenness: float) -> Doubles:
    """Say how steps ``(e, 4)`` lie to the sentence boundaries; returns ``(e, len(BOUNDARY_NAMES))``.

    Args:
        en: the English side.
        zh: the Chinese side.
        steps: the steps.
        scale: what is usual in the document.
        unevenness: log of the ratio of both sides' mean sentence lengths, without its sign.
    """
    i0, i1, j0, j1 = steps.T
    columns = np.empty((len(BOUNDARY_NAMES), len(steps)))
    for row, (i, j) in ((0, (i0, j0)), (3, (i1, j1))):
        en_there, zh_there = en.boundary[i], zh.boundary[j]
        columns[row] = en_there & zh_there
        columns[row + 1], columns[row + 2] = en_there & ~zh_there, zh_there & ~en_there
    columns[6] = en.boundaries_before[i1] - en.boundaries_before[i0 + 1]
    columns[7] = zh.boundaries_before[j1] - zh.boundaries_before[j0 + 1]
    columns[8] = (columns[6] > 0) & ~(en.boundary[i0] & en.boundary[i1])
    columns[9] = (columns[7] > 0) & ~(zh.boundary[j0] & zh.boundary[j1])
    columns[10], columns[11] = columns[0] * unevenness, columns[3] * unevenness
    i, j = en.sentence_start[i0], zh.sentence_start[j0]
    x, y = en.sentence_stop[i1 - 1], zh.sentence_stop[j1 - 1]
    cosines = np.einsum("ij,ij->i", en.runs(i, x - i), zh.runs(j, y - j))
    columns[12] = cosines / scale.match[i0]
    expected = (en.total[x] - en.total[i]) * scale.ratio[i0]
    columns[13] = np.abs(log_length_ratio(expected, zh.total[y] - zh.total[j]))
    return columns.T
