"""Learned weights of words at and around the edges of a span: ``of`` before it, 术 at its end.

A weight belongs to a role (the first token, the last, the one before, the one behind, one inside; for
Chinese also pairs of neighbouring
characters) and a form (the word, its endings, its beginning). A span's score in a role is a sum of weights,
so all spans of a block
are scored with a few look-ups a distinct word.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from aligner.terms.spans import Column, Ints, Spans
from aligner.terms.tokens import HARD, TIGHT

Weights = Mapping[str, Mapping[str, float]]  # of words, per role

ROLES = ("first", "last", "before", "behind", "inside")
BIGRAM_ROLES = ("first2", "last2", "before2", "behind2", "inside2", "into2", "out2")


def forms(word: str) -> list[str]:
    """Return the forms a word is known by."""
    if word[0].isdigit():
        return ["#"]
    if len(word) == 1 and not word.isascii():
        return [word]
    endings = [f"-{word[-k:]}" for k in (1, 2, 3, 4) if len(word) > k]
    return [word, *endings, f"{word[:3]}-", "a#"]


def roles(spans: Spans) -> dict[str, tuple[Ints, Ints]]:
    """Return, per role, the tokens it stands for: ``(span, token)`` numbers; some have none.

    For the roles of bigrams, the token is the first of the two.
    """
    breaks = spans.breaks
    i, j, every = spans.first, spans.after, np.arange(len(spans))
    lengths = spans.length
    inside = (np.repeat(every, lengths), _ranges(i, lengths))
    found = {
        "first": (every, i),
        "last": (every, j - 1),
        "before": _where(breaks[i] < HARD, every, i - 1),
        "behind": _where(breaks[j] < HARD, every, j),
        "inside": inside,
    }
    if spans.language == "zh":
        joined = np.append(breaks[1:] == TIGHT, [False])  # a token and its successor
        bigrams = {
            "first2": (every, i),
            "last2": (every, j - 2),
            "before2": (every, i - 2),
            "behind2": (every, j),
            "inside2": inside,
            "into2": (every, i - 1),
            "out2": (every, j - 1),
        }
        for role, (span, token) in bigrams.items():
            found[role] = _where((token >= 0) & joined[token], span, token)
    return found


def scores(spans: Spans, weights: Mapping[str, Mapping[str, float]]) -> dict[str, Column]:
    """Return the score of each span in each role, ``(n,)`` arrays."""
    result: dict[str, Column] = {}
    numbers = spans.words
    bigrams, bigram_of = bigram_forms(spans)
    known_forms = list(map(forms, spans.vocabulary))
    for role, (span, token) in roles(spans).items():
        known = weights[role]
        if role in ROLES:
            value = np.array([sum([known.get(f, 0.0) for f in some]) for some in known_forms])[numbers]
        else:
            value = np.array([known.get(c, 0.0) for c in bigrams])[bigram_of]
        result[f"word_{role}"] = np.bincount(span, weights=value[token], minlength=len(spans))
    return result


def bigram_forms(spans: Spans) -> tuple[list[str], Ints]:
    """Return the distinct bigrams of neighbouring tokens, and which one begins at each token."""
    numbers: dict[str, int] = {}
    words = [spans.vocabulary[n] for n in spans.words.tolist()]
    place = [numbers.setdefault(a + b, len(numbers)) for a, b in zip(words, [*words[1:], ""], strict=False)]
    return list(numbers), np.array(place, dtype=np.int64)


def _where(keep: Column, span: Ints, token: Ints) -> tuple[Ints, Ints]:
    return span[keep], token[keep]


def _ranges(first: Ints, lengths: Ints) -> Ints:
    ends = np.cumsum(lengths)
    return (
        np.arange(ends[-1] if len(ends) else 0)
        - np.repeat(ends - lengths, lengths)
        + np.repeat(first, lengths)
    )
