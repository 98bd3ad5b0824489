"""Candidate spans: every run of tokens that could be a term.

What usually begins or ends no term (``term_edges.txt``) still may, where something speaks for it: WHO is no
pronoun, 他汀 begins as known names do, in vitro as known headings do. What no term ever does is to be cut out
of an identifier (SARS-CoV-2, 17p13) or from its prefix or negation (non-communicable, 不合格口罩).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import regex
from numpy.typing import NDArray

from aligner import languages
from aligner.terms import medical_names, mesh
from aligner.terms.spans import Spans, hashes
from aligner.terms.tokens import HARD, LOOSE, TIGHT, Tokens, cut
from aligner.text import background
from aligner.text.han import has_han, simplify
from aligner.text.headings import LONGEST as MAX_HEADING
from aligner.text.headings import is_heading
from aligner.types import Language

Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]

MAX_SPAN_TOKENS: dict[Language, int] = {"en": 10, "zh": 15}  # 99.7 % of 5,200 annotated terms are no longer

_AFTER_HEADING = regex.compile(r"\s*[:：.。】\]]\s*|\s+")
_OPENING = frozenset("(（[［")
_HYPHENS = ("-", "\u2010", "\u2011")
_POSSESSIVES = ("'s", "’s")
_NEGATIONS = ("不", "非")
_NO_NEGATION = ("并", "而", "若", "除", "莫", "无", "是", "否")  # before 非 and 不: 并非, 除非, 是不是


@cache
def stop_words(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Return the tokens that usually begin no term and those that usually end none, in lower case."""
    begin, end = set[str](), set[str]()
    for line in languages.words(language, "term_edges"):
        words = line.split()
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
    rows = (line.split() for line in languages.words(language, "term_edges"))
    return frozenset(word for words in rows if words[0] == "[verb]" for word in words[1:])


def spans(tokens: Tokens, language: Language) -> Ints:
    """Return the candidate spans of a text, ``(n, 2)`` first token and token after the last, in order.

    A span has at most so many tokens, twice as many before a bracket, keeps within its sentence, closes the
    brackets it opens, holds a letter or a character, holds at most two commas or brackets, and is cut out of
    nothing that is one (see the module).
    """
    count, longest = len(tokens), MAX_SPAN_TOKENS[language]
    if not count:
        return np.empty((0, 2), dtype=np.int64)
    first, last = edges(tokens, language)
    lettered = np.array([not word[0].isdigit() and word[0] not in "%‰" for word in tokens.words], dtype=bool)
    hard = np.concatenate([[0], np.cumsum(tokens.breaks[1:-1] == HARD), [0]])
    loose = np.concatenate([[0], np.cumsum(tokens.breaks[1:-1] == LOOSE), [0]])
    letters = np.concatenate([[0], np.cumsum(lettered)])
    lengths = np.minimum(longest, count - np.arange(count))
    i = np.repeat(np.arange(count), lengths)
    j = i + 1 + np.arange(len(i)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    if defined := _before_brackets(tokens, longest):
        i, j = np.concatenate([np.stack([i, j]), np.array(defined).T], axis=1)
        order = np.lexsort((j, i))
        i, j = i[order], j[order]
    keep = first[i] & last[j - 1] & (hard[j - 1] == hard[i]) & (loose[j - 1] - loose[i] <= 2)
    keep &= letters[j] > letters[i]
    i, j = i[keep], j[keep]
    depths = tokens.depths
    if depths.any():
        closed = (depths[i] == depths[j - 1]) & (j <= _next_lower(depths)[i])
        i, j = i[closed], j[closed]
    return np.stack([i, j], axis=1)


def _before_brackets(tokens: Tokens, longest: int) -> list[tuple[int, int]]:
    """Return the spans longer than others may be, up to twice as long, that end where a bracket opens."""
    ends = [
        place for place, gap in enumerate(tokens.gaps) if place > longest and not _OPENING.isdisjoint(gap)
    ]
    return [(start, end) for end in ends for start in range(max(0, end - 2 * longest), end - longest)]


def _next_lower(depths: Ints) -> Ints:
    """Return, per token, the next one at which fewer brackets stand open; the count of tokens if none."""
    found = np.full(len(depths), len(depths), dtype=np.int64)
    waiting: list[tuple[int, int]] = []  # depths and places, ascending
    for place, depth in enumerate(depths.tolist()):
        while waiting and waiting[-1][0] > depth:
            found[waiting.pop()[1]] = place
        waiting.append((depth, place))
    return found


def collect(texts: Sequence[str], language: Language) -> Spans:
    """Cut texts and collect their candidate spans; Traditional Chinese is read as Simplified."""
    read_as = map(simplify, texts) if language == "zh" else texts
    tokens = tuple(
        cut(text, other, opening=heading_end(text)) for text, other in zip(texts, read_as, strict=True)
    )
    found = [spans(u, language) for u in tokens]
    offsets = np.cumsum([0, *map(len, tokens)])
    numbers: dict[str, int] = {}
    words = np.array([numbers.setdefault(w, len(numbers)) for u in tokens for w in u.words], dtype=np.int64)
    text = np.repeat(np.arange(len(tokens)), [len(f) for f in found])
    bounds = np.concatenate(
        [f + o for f, o in zip(found, offsets[:-1], strict=True)] or [np.empty((0, 2), int)]
    )
    first, after = bounds[:, 0], bounds[:, 1]
    string = np.unique(hashes(words, first, after), return_inverse=True)[1]
    return Spans(language, tokens, offsets, words, tuple(numbers), text, first, after, string)


def heading_end(text: str) -> int:
    """Return where the heading ends that a text begins with, 0 where it begins with none.

    Behind a heading stands a colon or stop, a blank in Chinese, or a capital: Conclusion PKP relieves pain.
    """
    for match in _AFTER_HEADING.finditer(text, 0, MAX_HEADING):
        heading, behind = text[: match.start()], text[match.end() : match.end() + 1]
        marked = bool(match[0].strip()) or heading.isupper() or has_han(heading) or behind.isupper()
        if marked and is_heading(heading):
            return match.end()
    return 0


def edges(tokens: Tokens, language: Language) -> tuple[Marks, Marks]:
    """Return which tokens may begin a span and which may end one, ``(n,)`` each."""
    begin, end = stop_words(language)
    words = tokens.words
    first = np.array([word not in begin for word in words], dtype=bool)
    last = np.array([word not in end for word in words], dtype=bool)
    allows = _english_evidence if language == "en" else _chinese_evidence
    for place in np.flatnonzero(~first).tolist():
        first[place] = allows(tokens, place, begins=True)
    for place in np.flatnonzero(~last).tolist():
        last[place] = allows(tokens, place, begins=False)
    if language == "zh":
        for place, word in enumerate(words):
            if word in verbs("zh"):
                first[place] = any(background.known("".join(words[place : place + k])) for k in (2, 3))
    possessive = np.array([word in _POSSESSIVES for word in words], dtype=bool)
    whole = _inseparable(tokens, language)
    return first & ~possessive & ~whole[:-1], last & ~possessive & ~whole[1:]


def _english_evidence(tokens: Tokens, place: int, *, begins: bool) -> bool:
    """Tell whether a stop word may be at an edge: as an acronym, behind a hyphen, as headings have it."""
    written = tokens.text[tokens.starts[place] : tokens.ends[place]]
    if len(written) > 1 and written.isupper() and not tokens.text.isupper():
        return True
    other = place + 1 if begins else place - 1
    if not 0 <= other < len(tokens):
        return False
    gap = tokens.gaps[max(place, other)]
    pair = (written.lower(), tokens.words[other]) if begins else (tokens.words[other], written.lower())
    return gap in _HYPHENS or (begins and gap == " " and pair in mesh.beginnings())


def _chinese_evidence(tokens: Tokens, place: int, *, begins: bool) -> bool:
    """Tell whether a stop character may be at an edge: medical names or dictionary words have it there."""
    known, words, breaks = medical_names.names(), tokens.words, tokens.breaks
    if begins:
        if place + 1 >= len(words) or breaks[place + 1] != TIGHT:
            return False
        two = words[place] + words[place + 1]
        return two in known.begin or background.known(two) > 0
    if place < 1 or breaks[place] != TIGHT:
        return False
    two = words[place - 1] + words[place]
    return two in known.end or background.known(two) > 0


def _inseparable(tokens: Tokens, language: Language) -> Marks:
    """Return between which tokens nothing is cut, ``(n + 1,)`` one a gap."""
    words, gaps = tokens.words, tokens.gaps
    found = np.zeros(len(words) + 1, dtype=bool)
    prefixes = languages.words("en", "prefixes")
    for place in range(1, len(words)):
        left, right, gap = words[place - 1], words[place], gaps[place]
        if gap == "" and language == "zh" and left in _NEGATIONS:
            found[place] = place < 2 or words[place - 2] not in _NO_NEGATION
        if gap in _HYPHENS and language == "zh" and left[-1].isalpha() and right[0].isalpha():
            found[place] = not has_han(left + right)  # MR-PRESSO, β-CTX; an English hyphen joins words
        if (gap not in _HYPHENS and gap != "") or not (left[-1].isascii() and right[0].isascii()):
            continue
        if right[0].isdigit():  # IL-6, SARS-CoV-2
            found[place] = left not in _POSSESSIVES
        elif left[0].isdigit() and left[-1].isdigit():  # 17p13, 5-HT, 10-year; but COVID-19-related
            found[place] = right not in ("%", *_POSSESSIVES) and not (gap and found[place - 1])
        elif gap and left in prefixes:  # non-communicable
            found[place] = True
    return found
