"""Which words of a pair a dictionary links to the other side, and what stays unlinked.

Chinese words are linked to the English words of their glosses (CC-CEDICT, Chinese Medical Knowledge Graph),
Latin words and numbers to themselves. Three words in four of a professional translation are linked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from aligner import languages
from aligner.text import background
from aligner.text.han import HAN
from aligner.text.lemma import singular
from aligner.types import Span

Floats = NDArray[np.float64]
_LATIN = re.compile(r"[A-Za-z]+(?:[-/][0-9A-Za-z]+)*|[0-9]+(?:[.,][0-9]+)*")
_HAN = re.compile(f"[{HAN}]")
_LONGEST = 3000  # characters of a side; longer texts are not linked
_LONGEST_WORD = 6  # Han characters
_STRENGTH = {1: 0.5, 2: 1.0}  # of a link by a word of so many characters; longer ones count _LONGER
_LONGER, _SAME = 1.2, 1.5
_STOP = languages.words("en", "grammar_words")
_ZH_STOP = languages.words("zh", "grammar_characters")
_COMMON_BEGINNINGS = frozenset(
    {"inter", "trans", "hyper", "micro", "multi", "under", "super", "intra", "extra"}
)


@dataclass(frozen=True)
class Words:
    """The words of a side.

    Attributes:
        spans: where each stands.
        middles: ``(n,)`` the middle of each, in characters.
        weights: ``(n,)`` how much it says: rare words most, words of grammar and numbers nothing.
        linked: ``(n,)`` from 0, no link, to 1.
    """

    spans: list[Span]
    middles: Floats
    weights: Floats
    linked: Floats


@lru_cache(maxsize=8)
def link_words(en: str, zh: str) -> tuple[tuple[Words, Words], Floats]:
    """Link the words of a pair. Texts of more than 3,000 characters have no words.

    Returns:
        The words of both sides, and ``(n, m)`` how strong the dictionary's link of each two is.
    """
    if max(len(en), len(zh)) > _LONGEST:
        none = np.zeros(0)
        return (Words([], none, none, none), Words([], none, none, none)), np.zeros((0, 0))
    mine, theirs = [match.span() for match in _LATIN.finditer(en)], _chinese_words(zh)
    low = [en[start:end].lower() for start, end in mine]
    names = [zh[start:end] for start, end in theirs]
    weights = np.array([_weight(word) for word in low]), np.array([_zh_weight(word) for word in names])
    links = _by_word(_links(low, zh), theirs)
    linked = [np.minimum(links.max(axis=axis, initial=0.0), 1.0) for axis in (1, 0)]
    words = (
        Words(mine, _middles(mine), weights[0], linked[0]),
        Words(theirs, _middles(theirs), weights[1], linked[1]),
    )
    return words, links


def word_links(en: str, zh: str) -> tuple[Floats, Floats, Floats]:
    """Return the middles of the words of both sides, and ``(n, m)`` how far each two are linked.

    A word's links, weighed by how much the word says, add up to its weight; those of a number to 1.
    """
    (mine, theirs), links = link_words(en, zh)
    numbers = [en[start].isdigit() for start, _ in mine.spans]
    weights = np.where(numbers, 1.0, mine.weights) if numbers else mine.weights
    shares = links / np.maximum(links.sum(axis=1, keepdims=True), 1.0)
    return mine.middles, theirs.middles, shares * weights[:, None]


def _by_word(links: Floats, spans: list[Span]) -> Floats:
    """Return links to words instead of characters, ``(n, m)``."""
    found = np.zeros((len(links), len(spans)))
    for at, (start, end) in enumerate(spans):
        found[:, at] = links[:, start:end].max(axis=1, initial=0.0)
    return found


def renderings(words: Iterable[str], zh: str) -> dict[str, list[Span]]:
    """Return the Chinese words, of two characters and more, that a dictionary links to some English words."""
    by_stem = {_stem(word): word for word in words}
    found: dict[str, list[Span]] = {}
    for start, end in _chinese_words(zh) if by_stem else ():
        if end - start > 1 and _HAN.match(zh[start]):
            for stem in by_stem.keys() & _gloss_stems(zh[start:end]):
                found.setdefault(by_stem[stem], []).append((start, end))
    return found


def part_of_word(en: str, zh: str, span: Span) -> tuple[bool, bool]:
    """Tell whether a place is part of a longer Chinese word, and of one linked to an English one: 不锈钢."""
    words = [
        zh[start:end]
        for start in range(max(0, span[1] - _LONGEST_WORD), span[0] + 1)
        for end in range(span[1], min(start + _LONGEST_WORD, len(zh)) + 1)
        if end - start > span[1] - span[0]
    ]
    return any(map(_known, words)), renders_any(words, en)


def renders_any(words: Iterable[str], en: str) -> bool:
    """Tell whether a dictionary links any of some Chinese words to a word of an English text."""
    stems = {_stem(singular(match.group().lower())) for match in _LATIN.finditer(en)}
    return any(not stems.isdisjoint(_gloss_stems(word)) for word in words)


def _middles(spans: list[Span]) -> Floats:
    return np.array([(start + end) / 2 for start, end in spans], dtype=np.float64)


def _links(low: list[str], zh: str) -> Floats:
    """Return how strongly each English word is linked to each Chinese character."""
    rows: dict[str, list[int]] = {}
    for row, word in enumerate(low):
        if word not in _STOP:
            for part in {singular(word), *re.split("[-/]", word)}:
                rows.setdefault(_stem(part), []).append(row)
    found = np.zeros((len(low), len(zh)))
    for start in range(len(zh)):
        for end in range(start + 1, min(start + _LONGEST_WORD, len(zh)) + 1):
            if not _HAN.match(zh[end - 1]):
                break
            strength = _STRENGTH.get(end - start, _LONGER)
            for stem in _gloss_stems(zh[start:end]) & rows.keys():
                for row in rows[stem]:
                    np.maximum(found[row, start:end], strength, out=found[row, start:end])
    for match in _LATIN.finditer(zh):
        name = match.group().lower()
        for row, word in enumerate(low):
            if word == name or (min(len(word), len(name)) > 2 and (word in name or name in word)):
                found[row, match.start() : match.end()] = _SAME
    return found


def _chinese_words(zh: str) -> list[Span]:
    """Cut Chinese into the longest dictionary words, from the left."""
    found: list[Span] = []
    at = 0
    while at < len(zh):
        latin = _LATIN.match(zh, at)
        if latin:
            found.append(latin.span())
            at = latin.end()
        elif not _HAN.match(zh[at]):
            at += 1
        else:
            end = at + next(
                (k for k in range(min(_LONGEST_WORD, len(zh) - at), 1, -1) if _known(zh[at : at + k])), 1
            )
            found.append((at, end))
            at = end
    return found


@lru_cache(maxsize=50_000)
def _known(word: str) -> bool:
    return background.known(word) > 0


@lru_cache(maxsize=50_000)
def _gloss_stems(word: str) -> frozenset[str]:
    return frozenset(_stem(gloss) for gloss in background.gloss_words(word) if gloss not in _STOP)


def _stem(word: str) -> str:
    """The beginning that two forms of one word share: compress and compression."""
    if len(word) < 5:
        return word
    return word[: 8 if word[:5] in _COMMON_BEGINNINGS else 5]


@lru_cache(maxsize=50_000)
def _weight(word: str) -> float:
    if word[0].isdigit() or word in _STOP:
        return 0.0
    return min(3.5, max(0.3, 6.5 - background.zipf(word, "en")))


@lru_cache(maxsize=50_000)
def _zh_weight(word: str) -> float:
    if word[0].isdigit() or word in _ZH_STOP:
        return 0.0
    return min(3.0, max(0.2, 6.3 - background.zipf(word, "zh"))) * (0.5 if len(word) == 1 else 1.0)


NAMES = (
    *("unlinked", "unlinked beyond rest", "says", "unlinked weight", "says share", "rest unlinked"),
    *("spare", "other unlinked"),
)
"""What `describe` says of a span: shares and weights of its unlinked words, and of those elsewhere."""
_USUAL = 0.27  # of the weight of correct pairs is unlinked
_LITTLE = 1.5  # weight of a span that the usual share stands in for, and of the rest twice


def describe(own: Words, other: Words, spans: list[Span]) -> Floats:
    """Describe what is linked in some spans of a side, a row a span, columns as in `NAMES`."""
    total, other_total = own.weights.sum(), other.weights.sum()
    spare = (other.weights * (1 - other.linked)).sum()
    lacking = own.weights * (1 - own.linked)
    rows = []
    for start, end in spans:
        inside = (own.middles >= start) & (own.middles < end)
        says, lacks = own.weights[inside].sum(), lacking[inside].sum()
        share = (lacks + _USUAL * _LITTLE) / (says + _LITTLE)
        rest = (lacking.sum() - lacks + _USUAL * 2 * _LITTLE) / (total - says + 2 * _LITTLE)
        beyond = (spare - _USUAL * other_total) / (says + _LITTLE)
        row = share, share - rest, says, lacks, says / max(1e-6, total), rest
        rows.append((*row, beyond, spare / max(1e-6, other_total)))
    return np.array(rows, dtype=np.float64).reshape(len(spans), len(NAMES))
