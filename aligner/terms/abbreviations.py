"""Abbreviations introduced in brackets, in either language and either width of bracket.

English: ``long form (SF)`` and ``SF (long form)``, matched from right to left as by Schwartz & Hearst
(2003), A simple algorithm for identifying
abbreviation definitions in biomedical text. Chinese: 中文（SF）, 中文（long form，SF）, 中文（long
form，简称SF）.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import regex

from aligner.encoders import EncodedPair
from aligner.terms import boundaries
from aligner.terms.candidates import stop_words
from aligner.terms.spans import collect
from aligner.types import Language, Span

BOUNDARY_WEIGHT = 0.15  # weight of a likely word edge beside the cosine

_BRACKET = regex.compile(r"\s*[(（\[［]([^()（）\[\]［］]{2,120})[)）\]］]")
_SHORT = regex.compile(r"\p{Latin}[\p{Latin}\d\-]{0,8}[\p{Latin}\d]")
_PARTS = regex.compile(
    r"[,，;；、:：]\s*|\s*(?:简称|缩写为?|或称|以下简称|hereafter|abbreviated as)\s*[:：]?\s*"
)
_LONG = regex.compile(r"[\p{Latin}\d][\p{Latin}\d\s'’\-/]+")
_LAST_WORD = regex.compile(r"[\p{L}\d\-]+$")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what a text says it stands for.

    Attributes:
        short: the short form, as written.
        en: the English long form; empty where the text gives none.
        zh: the Chinese form; likewise.
        record: the record it was found in.
        bead: the pair's number in the record.
    """

    short: str
    en: str
    zh: str
    record: str
    bead: int


def abbreviations(pairs: Sequence[EncodedPair]) -> list[Abbreviation]:
    """Return the abbreviations that pairs introduce, in order; one that stands for two things comes twice."""
    found: dict[Abbreviation, None] = {}
    for encoded in pairs:
        pair = encoded.pair
        english = dict(definitions(pair.en))
        chinese = dict(_chinese(pair.zh))
        for short in [*english, *(s for s in chinese if s not in english)]:
            long, end = chinese.get(short, ("", -1))
            long = english.get(short) or long
            if long:
                zh = _left_edge(encoded, long, end) if end > 0 else ""
                found[Abbreviation(short, long, zh, pair.record, pair.bead)] = None
    return list(found)


def introduced(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """Yield short forms that a text introduces, and the English long forms; empty where it gives none."""
    if language == "en":
        yield from definitions(text)
    else:
        yield from ((short, long) for short, (long, _) in _chinese(text))


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield short and long forms that an English text introduces."""
    for match in _BRACKET.finditer(text):
        inner, before = match[1].strip(), text[: match.start()].rstrip()
        short = _PARTS.split(inner)[0]
        if _SHORT.fullmatch(short) and (long := _long_form(short, before)):
            yield short, long
        elif (
            (word := _LAST_WORD.search(before))
            and _SHORT.fullmatch(word[0])
            and _LONG.fullmatch(inner)
            and _long_form(word[0], inner) == inner
        ):
            yield word[0], inner


def _long_form(short: str, before: str) -> str:
    """Return the end of ``before`` that holds the letters of ``short`` in order, the first at a word."""
    letters = [c for c in short.lower() if c.isalnum()]
    words = [m.start() for m in regex.finditer(r"[^\s]+", before)][-min(len(letters) + 5, 2 * len(letters)) :]
    if not words:
        return ""
    place, low = len(before), before.lower()
    for number in range(len(letters) - 1, -1, -1):
        place -= 1
        while place >= words[0] and not (
            low[place] == letters[number] and (number > 0 or _begins(low, place))
        ):
            place -= 1
        if place < words[0]:
            return ""
    long = before[place:].strip()
    if (
        len(long) <= len(short)
        or regex.search(r"[.;:]\s|[()（）\[\]［］]", long)
        or short.lower() in long.lower().split()
    ):
        return ""
    return long


def _begins(text: str, place: int) -> bool:
    """Whether a word that can begin a long form begins here."""
    word = regex.match(r"\p{L}*", text[place:])
    inside = place > 0 and text[place - 1].isalnum()
    return not inside and word is not None and word[0] not in stop_words("en")[0]


def _chinese(text: str) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield a Chinese text's bracketed short forms, their English long forms, and the bracket's place."""
    for match in _BRACKET.finditer(text):
        parts = [part.strip() for part in _PARTS.split(match[1]) if part.strip()]
        end = len(text[: match.start()].rstrip())
        shorts = [part for part in parts if _SHORT.fullmatch(part)]
        longs = [part for part in parts if part not in shorts and _LONG.fullmatch(part)]
        if (
            not regex.search(r"\p{Han}$", text[:end])
            or len(parts) > 2
            or len(shorts) + len(longs) != len(parts)
        ):
            continue
        for short in shorts:
            long = longs[0] if longs and _long_form(short, longs[0]) == longs[0] else ""
            if long or not longs:
                yield short, (long, end)


def _left_edge(encoded: EncodedPair, long: str, end: int) -> str:
    """Return the Chinese span that ends at ``end`` and means what ``long`` means in the English text.

    Where the English text lacks the long form, its own vector out of context stands in.
    """
    spans = collect([encoded.pair.zh], "zh")
    offsets = spans.characters(np.arange(len(spans)))
    rows = [row for row, (a, b) in enumerate(offsets) if b == end and spans.length[row] > 1]
    if not rows:
        return ""
    options: list[Span] = [offsets[row] for row in rows]
    edge = boundaries.word_boundaries(spans)[spans.first[rows]]
    start = encoded.pair.en.lower().find(long.lower())
    if start >= 0:
        wanted = encoded.en.vectors([(start, start + len(long))])[0]
    else:
        text = encoded.zh.encoder.encode([long])[0]
        wanted = text.vectors([(0, len(long))])[0]
    a, b = options[int(np.argmax(encoded.zh.vectors(options) @ wanted + BOUNDARY_WEIGHT * edge))]
    return encoded.pair.zh[a:b]
