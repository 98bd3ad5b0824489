"""What is usual in this document: how alike translations are, and how long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aligner.alignment.side import Side
from aligner.encoders.text import Floats, Ints

BLOCK = 512
NEIGHBOURS = 4
PRIOR_MATCH, PRIOR_RATIO = 0.6, 0.36
PRIOR_PAIRS, PRIOR_CHARACTERS = 2.0, 150.0


@dataclass(frozen=True)
class Scale:
    """Yardsticks of one document.

    Attributes:
        match: cosine that translations of one another usually have here.
        ratio: Chinese characters for one English character.
    """

    match: float
    ratio: float


@dataclass(frozen=True)
class Nearest:
    """Each sentence's nearest sentences of the other side, nearest first.

    Attributes:
        zh: ``(n, k)`` Chinese neighbours of the English sentences.
        zh_cosines: ``(n, k)`` their cosines.
        en: ``(m, k)`` English neighbours of the Chinese sentences.
        en_cosines: ``(m, k)`` their cosines.
    """

    zh: Ints
    zh_cosines: Floats
    en: Ints
    en_cosines: Floats

    @staticmethod
    def of(en: Side, zh: Side) -> Nearest:
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


def measure(en: Side, zh: Side, nearest: Nearest) -> Scale:
    """Estimate both from mutually nearest pairs; totals would mislead where a part is missing."""
    best, back = nearest.zh[:, 0], nearest.en[:, 0]
    mutual = np.flatnonzero(back[best] == np.arange(len(en)))
    cosines = nearest.zh_cosines[mutual, 0]
    sure = mutual[cosines >= np.median(cosines)]
    pairs = float(len(mutual))
    match = (np.median(cosines) * pairs + PRIOR_MATCH * PRIOR_PAIRS) / (pairs + PRIOR_PAIRS)
    a, b = en.lengths[sure].sum(), zh.lengths[best[sure]].sum()
    ratio = (b + PRIOR_RATIO * PRIOR_CHARACTERS) / (a + PRIOR_CHARACTERS)
    return Scale(float(max(match, 0.1)), float(ratio))
