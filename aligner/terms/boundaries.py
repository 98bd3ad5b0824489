"""Where Chinese words are likely to begin and end, as probabilities.

A unigram model over general words (wordfreq, CC-CEDICT) gives each cut of a run of Han characters a
probability; the forward-backward sums over all cuts (Jelinek 1997) say how likely each gap is a boundary. No
single segmentation is believed: 硬膜内骨水泥 is cut wrongly by every dictionary, but its boundaries stay
probable.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import exp, log

import numpy as np

from aligner.terms.spans import Floats, Spans
from aligner.terms.tokens import Tokens
from aligner.text import background

MAX_WORD_CHARACTERS = 8  # characters in a word
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


@lru_cache(maxsize=1 << 17)
def _log_probability(word: str) -> float | None:
    found = probability(word)
    return log(found) if found else None


def word_boundaries(spans: Spans) -> Floats:
    """Return the probability that a word begins at each token of a block, and 1 at its end, ``(m + 1,)``."""
    return np.concatenate([*(_text(tokens) for tokens in spans.texts), [1.0]])


def _text(tokens: Tokens) -> Floats:
    """Probability of a boundary before each token of a text."""
    result = np.ones(len(tokens))
    single = [
        len(w) == 1 and not w.isascii() and g == "" for w, g in zip(tokens.words, tokens.gaps, strict=False)
    ]
    starts = [k for k, inner in enumerate(single) if not (inner and k and _han(tokens.words[k - 1]))] + [
        len(tokens)
    ]
    for a, b in pairwise(starts):
        if b - a > 1:
            result[a:b] = _run(tokens.words[a:b])
    return result


def _han(word: str) -> bool:
    return "\u2e80" <= word[0] <= "\ufaff" or word[0] >= "\U00020000"


def _run(characters: Sequence[str]) -> list[float]:
    """Return the probability of a boundary before each character; sums in logarithms, for any length."""
    n = len(characters)
    text = "".join(characters)
    words = [
        [
            (k, p)
            for k in range(i + 1, min(i + MAX_WORD_CHARACTERS, n) + 1)
            if (p := _log_probability(text[i:k])) is not None
        ]
        for i in range(n)
    ]
    arriving: list[list[float]] = [[0.0], *([] for _ in range(n))]
    forward, backward = [0.0] * (n + 1), [0.0] * (n + 1)
    for i in range(n):
        forward[i] = _log_sum(arriving[i])
        for k, p in words[i]:
            arriving[k].append(forward[i] + p)
    forward[n] = _log_sum(arriving[n])
    for i in range(n - 1, -1, -1):
        backward[i] = _log_sum([backward[k] + p for k, p in words[i]])
    return [min(1.0, exp(forward[i] + backward[i] - forward[n])) for i in range(n)]


def _log_sum(logs: list[float]) -> float:
    if len(logs) == 1:
        return logs[0]
    most = max(logs)
    return most + log(sum(exp(value - most) for value in logs))
