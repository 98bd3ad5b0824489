"""Where Chinese words are likely to begin and end, as probabilities.

A unigram model over general words (wordfreq, CC-CEDICT) gives each cut of a run of Han characters a
probability; the forward-backward sums over all cuts (Jelinek 1997) say how likely each gap is a boundary. No
single segmentation is believed: 硬膜内骨水泥 is cut wrongly by every dictionary, but its boundaries stay
probable.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import exp, log

import numpy as np

from aligner.terms.spans import Floats, Spans
from aligner.terms.tokens import Tokens
from aligner.text import background

MAX_WORD_CHARACTERS = 8  # characters in a word
UNKNOWN = 1e-8  # probability of a character that is no word
ENTRY = 1e-7  # probability of a dictionary word without a frequency


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
    words = _words("".join(characters))
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


def _words(text: str) -> list[list[tuple[int, float]]]:
    """Return, per character, where the words end that begin with it, and the logs of their probabilities."""
    frequency, glossed = background.frequencies("zh"), background.entries()
    unknown, entry = log(UNKNOWN), log(ENTRY)
    found: list[list[tuple[int, float]]] = []
    for start in range(len(text)):
        own: list[tuple[int, float]] = []
        for end in range(start + 1, min(start + MAX_WORD_CHARACTERS, len(text)) + 1):
            word = text[start:end]
            if known := frequency.get(word):
                own.append((end, log(known)))
            elif end == start + 1:
                own.append((end, unknown))
            elif word in glossed:
                own.append((end, entry))
        found.append(own)
    return found


def _log_sum(logs: list[float]) -> float:
    if len(logs) == 1:
        return logs[0]
    most = max(logs)
    return most + log(sum(exp(value - most) for value in logs))
