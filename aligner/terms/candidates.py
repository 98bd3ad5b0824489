"""Candidate spans: every run of tokens that could be a term."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from aligner.terms import background
from aligner.terms.tokens import HARD, LOOSE, Tokens
from aligner.types import Language

Ints = NDArray[np.int64]

MAX_SPAN_TOKENS: dict[Language, int] = {
    "en": 10,
    "zh": 15,
}  # tokens; 99.7 % of 5,200 annotated terms are no longer


@cache
def stop_words(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Return the tokens that begin no term and those that end none, in lower case."""
    text = (files("aligner.languages") / language / "term_edges.txt").read_text(encoding="utf-8")
    begin, end = set[str](), set[str]()
    for line in text.splitlines():
        words = line.split()
        if not words or words[0] == "#":
            continue
        if words[0] == "[verb]":
            continue
        if words[0] != "[end]":
            begin.update(words)
        if words[0] != "[begin]":
            end.update(words)
    return frozenset(begin), frozenset(end)


@cache
def verbs(language: Language) -> frozenset[str]:
    """Return the tokens that begin a term only as the beginning of a dictionary word."""
    text = (files("aligner.languages") / language / "term_edges.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines()]
    return frozenset(word for words in lines if words[:1] == ["[verb]"] for word in words[1:])


def spans(tokens: Tokens, language: Language) -> Ints:
    """Return the candidate spans of a text, ``(n, 2)`` first token and token after the last, in order.

    A span keeps within its sentence, closes the brackets it opens, holds a letter or a character, holds at
    most two commas or brackets, and neither begins nor ends with a stop word (``term_edges.txt``).
    """
    count, longest = len(tokens), MAX_SPAN_TOKENS[language]
    begin, end = stop_words(language)
    first = np.array([word not in begin for word in tokens.words], dtype=bool)
    for place, word in enumerate(tokens.words):
        if word in verbs(language):
            first[place] = any(background.known("".join(tokens.words[place : place + k])) for k in (2, 3))
    last = np.array([word not in end for word in tokens.words], dtype=bool)
    lettered = np.array([not word[0].isdigit() and word[0] not in "%‰" for word in tokens.words], dtype=bool)
    hard = np.concatenate([[0], np.cumsum(tokens.breaks[1:-1] == HARD), [0]])
    loose = np.concatenate([[0], np.cumsum(tokens.breaks[1:-1] == LOOSE), [0]])
    letters = np.concatenate([[0], np.cumsum(lettered)])
    if not count:
        return np.empty((0, 2), dtype=np.int64)
    lengths = np.minimum(longest, count - np.arange(count))
    i = np.repeat(np.arange(count), lengths)
    j = i + 1 + np.arange(len(i)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    depths = tokens.depths
    keep = first[i] & last[j - 1] & (hard[j - 1] == hard[i]) & (loose[j - 1] - loose[i] <= 2)
    keep &= letters[j] > letters[i]
    i, j = i[keep], j[keep]
    if depths.any():
        low = [
            bool(depths[a] == depths[b - 1] and depths[a:b].min() == depths[a])
            for a, b in zip(i, j, strict=True)
        ]
        closed = np.array(low, dtype=bool)
        i, j = i[closed], j[closed]
    return np.stack([i, j], axis=1)
