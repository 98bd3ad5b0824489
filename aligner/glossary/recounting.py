"""Counts and contexts of the entries of a reviewed glossary, taken from aligned texts again.

A reviewer rewords entries and adds some that extraction missed; what the program once counted is then of
other terms. Here each entry is looked up in the pairs as it stands.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import regex

from aligner.glossary.keys import english_key
from aligner.text.han import has_han, simplify
from aligner.types import Context, Entry, Pair

CONTEXTS = 3

Spans = list[tuple[int, int]]
_GAPS = regex.compile(r"[\s\-\u2010-\u2015\u2212]+")
_BESIDE_HAN = regex.compile(r"(?<=\p{Han}) | (?=\p{Han})")


@dataclass
class _Found:
    """Occurrences of the forms of an entry, and the pairs they stand in by record."""

    en: Counter[str] = field(default_factory=Counter)
    zh: Counter[str] = field(default_factory=Counter)
    pairs: defaultdict[str, list[Pair]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class _Seen:
    """Where an entry stands by itself, where at all, and the longer entries around it."""

    alone: _Found = field(default_factory=_Found)
    anywhere: _Found = field(default_factory=_Found)
    around: set[int] = field(default_factory=set)

    def counting(self) -> _Found:
        """Return the occurrences that count; a part of several entries counts though it is never alone."""
        return self.anywhere if not self.alone.pairs and len(self.around) > 1 else self.alone


def recount(entries: Sequence[Entry], pairs: Iterable[Pair], front: Iterable[Pair] = ()) -> list[Entry]:
    """Count the accepted entries in aligned texts, and show each in up to three of their pairs.

    An occurrence is a form of the English and a form of the Chinese term in one pair. What stands inside
    a longer accepted entry of the same pair counts for that one alone, unless it stands nowhere by itself
    but in several longer entries. Case, script, hyphens and spaces do not matter, nor does the plural; a
    short form counts only in records that have the long form too. Contexts are the shortest pair of each of
    the first three records.

    Args:
        entries: the glossary; what is not accepted stays as it is.
        pairs: of all texts.
        front: titles and keywords as pairs; shown as contexts only where there are not enough others.

    Returns:
        The entries in the order given. An accepted one that stands nowhere, or only inside one other, has
        the count 0.
    """
    accepted = [entry for entry in entries if entry.status == "accepted"]
    seen = [_Seen() for _ in accepted]
    last = list(front)
    records: dict[str, list[Pair]] = {}
    for pair in (*pairs, *last):
        records.setdefault(pair.record, []).append(pair)
    for group in records.values():
        _count_record(accepted, group, seen)
    late = set(last)
    counted = iter([_counted(entry, one.counting(), late) for entry, one in zip(accepted, seen, strict=True)])
    return [next(counted) if entry.status == "accepted" else entry for entry in entries]


def _count_record(entries: Sequence[Entry], pairs: Sequence[Pair], seen: Sequence[_Seen]) -> None:
    """Add what one record has of each entry."""
    texts = [(_folded_en(pair.en), _folded_zh(pair.zh)) for pair in pairs]
    found: list[dict[int, tuple[Spans, Spans]]] = [{} for _ in pairs]
    for number, entry in enumerate(entries):
        long, forms = _forms(entry, short=False), _forms(entry, short=True)
        if not any(_places(long, text) for text in texts):
            continue
        for text, here in zip(texts, found, strict=True):
            if places := _places(forms, text):
                here[number] = places
    for pair, text, here in zip(pairs, texts, found, strict=True):
        for number, places in here.items():
            one = seen[number]
            alone, around = _by_themselves(number, here)
            one.around |= around
            for places_counted, into in ((alone, one.alone), (places, one.anywhere)):
                _add(entries[number], pair, text, places_counted, into)


def _add(entry: Entry, pair: Pair, text: tuple[str, str], places: tuple[Spans, Spans], into: _Found) -> None:
    """Add the occurrences in a pair: as many as both languages have."""
    en, zh = places
    if count := min(len(en), len(zh)):
        into.en.update(_form_of(_of(entry, "en"), text[0][a:b], pair.en) for a, b in en[:count])
        into.zh.update(_form_of(_of(entry, "zh"), text[1][a:b], pair.zh) for a, b in zh[:count])
        into.pairs[pair.record].append(pair)


def _of(entry: Entry, side: str) -> tuple[str, ...]:
    return (entry.en, *entry.en_variants) if side == "en" else (entry.zh, *entry.zh_variants)


def _forms(entry: Entry, *, short: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the forms of an entry as they are looked up, longest first, with its short form or without."""
    key = english_key(entry.abbreviation) if entry.abbreviation and not short else None
    en, zh = (
        [form for form in _of(entry, side) if key is None or english_key(form) != key]
        for side in ("en", "zh")
    )
    longest = [
        sorted({_folded_en(f) for f in en}, key=_longest),
        sorted({_folded_zh(f) for f in zh}, key=_longest),
    ]
    return tuple(longest[0]), tuple(longest[1])


def _longest(form: str) -> tuple[int, str]:
    return -len(form), form


@lru_cache(maxsize=50_000)
def _folded_en(text: str) -> str:
    return _GAPS.sub(" ", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=50_000)
def _folded_zh(text: str) -> str:
    return _BESIDE_HAN.sub("", _folded_en(simplify(text)))


def _places(
    forms: tuple[tuple[str, ...], tuple[str, ...]], text: tuple[str, str]
) -> tuple[Spans, Spans] | None:
    """Return where forms stand in the two texts of a pair; None where one side has none."""
    if not all(any(form.rstrip("y") in side for form in own) for own, side in zip(forms, text, strict=True)):
        return None
    en = [match.span() for match in _pattern(forms[0]).finditer(text[0])]
    zh = [match.span() for match in _pattern(forms[1]).finditer(text[1])]
    return (en, zh) if en and zh else None


@lru_cache(maxsize=50_000)
def _pattern(forms: tuple[str, ...]) -> regex.Pattern[str]:
    """Return what finds any of the forms; letters and digits of the Latin script begin and end with them."""
    one = "|".join(
        (r"(?<![a-z0-9])" if _is_latin(form[0]) else "")
        + (_with_plural(form) if _is_latin(form[-1]) else regex.escape(form))
        for form in forms
    )
    return regex.compile(one)


def _with_plural(form: str) -> str:
    stem, ending = (form[:-1], "(?:y|ies)") if form.endswith("y") else (form, "(?:e?s)?")
    return regex.escape(stem) + ending + r"(?![a-z0-9])"


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _by_themselves(number: int, here: dict[int, tuple[Spans, Spans]]) -> tuple[tuple[Spans, Spans], set[int]]:
    """Return the places of an entry in a pair that lie in no longer place of another, and those others."""
    around: set[int] = set()
    sides: list[Spans] = []
    for side in (0, 1):
        alone = []
        for a, b in here[number][side]:
            longer = {
                other
                for other, places in here.items()
                if any(c <= a and b <= d and d - c > b - a for c, d in places[side])
            }
            around |= longer
            if not longer:
                alone.append((a, b))
        sides.append(alone)
    return (sides[0], sides[1]), around


def _form_of(forms: Sequence[str], place: str, text: str) -> str:
    """Return which of the forms a place has: as written in the text where several are looked up alike."""
    fold = _folded_zh if has_han(place) else _folded_en
    alike = [form for form in forms if fold(form) == place] or [
        form for form in forms if place.startswith(fold(form))
    ]
    written = [form for form in alike if form in text]
    return (written or alike or list(forms))[0]


def _counted(entry: Entry, seen: _Found, late: set[Pair]) -> Entry:
    best = [
        min(pairs, key=lambda pair: (pair in late, len(pair.en) + len(pair.zh), pair.bead))
        for pairs in seen.pairs.values()
    ]
    shown = sorted(best, key=late.__contains__)[:CONTEXTS]
    return replace(
        entry,
        count=sum(seen.en.values()),
        records=len(seen.pairs),
        contexts=tuple(Context(pair.record, pair.en, pair.zh) for pair in shown),
        en_counts=tuple(seen.en[form] for form in _of(entry, "en")),
        zh_counts=tuple(seen.zh[form] for form in _of(entry, "zh")),
    )
