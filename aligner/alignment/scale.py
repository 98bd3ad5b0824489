"""What is usual in this document: how alike translations are, and how long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aligner.alignment.clauses import Clauses, Doubles
from aligner.encoders.text import Floats, Ints

BLOCK = 512
NEIGHBOURS = 4
PRIOR_MATCH, PRIOR_RATIO = 0.6, 0.36
PRIOR_PAIRS, PRIOR_CHARACTERS = 2.0, 150.0
REACH, STEP = 100, 25


@dataclass(frozen=True)
class Scale:
    """Yardsticks, by the number of English clauses before the place, ``(n + 1,)`` each.

    Attributes:
        match: cosine that translations of one another usually have here.
        ratio: Chinese characters for one English character.
    """

    match: Doubles
    ratio: Doubles


@dataclass(frozen=True)
class Nearest:
    """Each clause's nearest clauses of the other side, nearest first.

    Attributes:
        zh: ``(n, k)`` Chinese neighbours of the English clauses.
        zh_cosines: ``(n, k)`` their cosines.
        en: ``(m, k)`` English neighbours of the Chinese clauses.
        en_cosines: ``(m, k)`` their cosines.
    """

    zh: Ints
    zh_cosines: Floats
    en: Ints
    en_cosines: Floats

    @staticmethod
    def of(en: Clauses, zh: Clauses) -> Nearest:
        """Find them in blocks of rows, without holding the whole table."""
        return Nearest(*_nearest(en.vectors, zh.vectors), *_nearest(zh.vectors, en.vectors))


def _nearest(these: Floats, those: Floats) -> tuple[Ints, Floats]:
    k = min(NEIGHBOURS, len(those))
    places, cosines = [], []
    for start in range(0, len(these), BLOCK):
        block = these[start : start + BLOCK] @ those.T
        top = (
            np.argpartition(-block, k - 1, axis=1)[:, :k]
            if k < len(those)
            else np.tile(np.arange(k), (len(block), 1))
        )
        values = np.take_along_axis(block, top, axis=1)
        order = np.lexsort((top, -values), axis=1)
        places.append(np.take_along_axis(top, order, axis=1))
        cosines.append(np.take_along_axis(values, order, axis=1))
    return np.concatenate(places), np.concatenate(cosines)


def measure(en: Clauses, zh: Clauses, nearest: Nearest, anchors: Ints) -> Scale:
    """Estimate both from mutually nearest pairs; totals would mislead where a part is missing.

    Args:
        en: the English side.
        zh: the Chinese side.
        nearest: their nearest clauses.
        anchors: ``(k, 2)`` pairs that a long text's band hangs on. Of such a text only these count, the
            nearest ``REACH`` before and after a place. A short text has none, and one scale throughout.
    """
    best, back = nearest.zh[:, 0], nearest.en[:, 0]
    mutual = back[best] == np.arange(len(en))
    held = np.zeros(len(en), dtype=np.bool_)
    held[anchors[anchors[:, 1] == best[anchors[:, 0]], 0]] = True
    pairs = np.flatnonzero(mutual & held) if (mutual & held).sum() > REACH else np.flatnonzero(mutual)
    middles = np.arange(0, len(pairs), STEP)
    cosines = nearest.zh_cosines[:, 0]
    windows = [pairs[max(0, k - REACH) : k + REACH] for k in middles.tolist()]
    values = np.array([_one(en, zh, best, cosines, window) for window in windows])
    places = np.arange(len(en) + 1)
    return Scale(
        np.interp(places, pairs[middles], values[:, 0]), np.interp(places, pairs[middles], values[:, 1])
    )


def _one(en: Clauses, zh: Clauses, best: Ints, cosines: Floats, pairs: Ints) -> tuple[float, float]:
    usual = float(np.median(cosines[pairs]))
    sure = pairs[cosines[pairs] >= usual]
    match = (usual * len(pairs) + PRIOR_MATCH * PRIOR_PAIRS) / (len(pairs) + PRIOR_PAIRS)
    a, b = en.lengths[sure].sum(), zh.lengths[best[sure]].sum()
    return max(match, 0.1), float((b + PRIOR_RATIO * PRIOR_CHARACTERS) / (a + PRIOR_CHARACTERS))
