"""Where Chinese words are likely to begin and end, as probabilities.

A unigram model over general words (wordfreq, CC-CEDICT) and the words found in the block itself gives each
cut of a run of Han characters
a probability; the forward-backward sums over all cuts (Jelinek 1997) say how likely each gap is an edge. No
single segmentation is
believed: 硬膜内骨水泥 is cut wrongly by every dictionary, but its edges stay probable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from aligner.terms import background
from aligner.terms.spans import Floats, Spans
from aligner.terms.units import Units

LONGEST = 8  # characters in a word
UNKNOWN = 1e-8  # probability of a character that is no word
ENTRY = 1e-7  # probability of a dictionary word without a frequency


def probability(word: str) -> float:
    """Return how probable a word is in general Chinese; 0 where no list has it."""
    known = background.frequencies("zh").get(word, 0.0)
    if known:
        return known
    if len(word) == 1:
        return UNKNOWN
    return ENTRY if background.known(word) else 0.0


def edges(spans: Spans, found: Mapping[str, float]) -> Floats:
    """Return the probability that a word begins at each unit of a block, and 1 after the last ``(m + 1,)``.

    Args:
        spans: of the block's Chinese texts.
        found: words found in the block, with their probabilities.
    """
    parts = [np.concatenate([_text(units, found), []]) for units in spans.texts]
    return np.concatenate([*parts, [1.0]])


def _text(units: Units, found: Mapping[str, float]) -> Floats:
    """Probability of an edge before each unit of a text."""
    result = np.ones(len(units))
    single = [
        len(w) == 1 and not w.isascii() and g == "" for w, g in zip(units.words, units.gaps, strict=False)
    ]
    starts = [k for k, inner in enumerate(single) if not inner or not _han(units.words[k - 1])] + [len(units)]
    for a, b in pairwise(starts):
        if b - a > 1:
            result[a:b] = _run(units.words[a:b], found)
    return result


def _han(word: str) -> bool:
    return "\u2e80" <= word[0] <= "\ufaff" or word[0] >= "\U00020000"


def _run(characters: Sequence[str], found: Mapping[str, float]) -> list[float]:
    n = len(characters)
    text = "".join(characters)
    words = [
        [
            (k, p)
            for k in range(i + 1, min(i + LONGEST, n) + 1)
            if (p := found.get(w := text[i:k], 0.0) or probability(w))
        ]
        for i in range(n)
    ]
    forward, backward = [1.0] + [0.0] * n, [0.0] * n + [1.0]
    for i in range(n):
        for k, p in words[i]:
            forward[k] += forward[i] * p * 1e4
    for i in range(n - 1, -1, -1):
        backward[i] = sum(backward[k] * p * 1e4 for k, p in words[i])
    return [forward[i] * backward[i] / forward[n] for i in range(n)]
