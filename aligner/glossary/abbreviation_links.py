"""Short forms tied to their long forms by the texts: ``vertebroplasty (VP)``, ``椎体成形术（VP）``."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from aligner.glossary.forms import loses_capital
from aligner.glossary.keys import english_key, may_be_short, one_short, shortens
from aligner.text.abbreviations import definitions, stands_alone
from aligner.text.long_forms import best_long_form, is_short_form
from aligner.types import Pair, TermPair

_BRACKET = re.compile(
    r"\s*[（(]\s*(?:[^（()）]{1,120}?[,，;；]\s*)?(?:简称|缩写为?|以下简称|hereafter|or)?\s*"
    r"[\"“']?([^\s（()）,，;；\"”']{2,12})[\"”']?\s*[)）,，;；]"
)
_OPENS = re.compile(r"\s*[（(]")
_OPENING = re.compile(r"\s*[（(]\s*$")
_CLOSING = re.compile(r"\s*[)）,，;；]")
_NUMBERS = {"1": ("mono", "uni"), "2": ("bi", "di"), "3": ("tri",), "4": ("quadri", "tetra"), "5": ("penta",)}
_LEVELS = re.compile(r"[CTLS]\d{1,2}[-\u2013~\uff5e][CTLS]?\d{1,2}")  # T1-T6


class Abbreviation(Protocol):
    """A short form with its long form, as a text defines it."""

    @property
    def short(self) -> str:
        """The short form."""

    @property
    def en(self) -> str:
        """The English long form."""

    @property
    def record(self) -> str:
        """Name of the record that defines it."""


@dataclass(slots=True)
class AbbreviationLinks:
    """Which short form stands for which English term.

    Attributes:
        shorts: by the term's key, its short forms with counts.
        in_record: by record and the short form's key, the keys of the terms it stands for, with counts.
        longs: by the short form's key, the keys of all terms it stands for anywhere.
        texts: by the term's key, how a long form is written that may be no entry of its own.
    """

    shorts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    in_record: defaultdict[tuple[str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    longs: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    texts: dict[str, str] = field(default_factory=dict)
    _brackets: dict[tuple[str, int, int, str], str] = field(default_factory=dict)

    def note(self, term: TermPair, pair: Pair) -> None:
        """See whether a bracket right after the term holds its short form, or a bracket holds the term.

        Where brackets after both sides hold the same short form, it need not be made of the term's letters
        (hydrogen sulfide (H2S), 硫化氢（H2S）). A part of the long form that the English text gives is none.
        """
        if may_be_short(term.en) and (long := _before_bracket(pair.en, term)):
            self.texts.setdefault(english_key(long), long)
            self._link(term.record, term.en, english_key(long))
        shorts = _short_after(pair.en, term.en_span[1]), _short_after(pair.zh, term.zh_span[1])
        both = english_key(shorts[0]) == english_key(shorts[1]) and stands_alone(shorts[0], pair.en)
        for number, (short, end) in enumerate(zip(shorts, (term.en_span[1], term.zh_span[1]), strict=True)):
            if short and (both or _shortens(short, term.en)) and not _part(short, term, pair):
                place = (f"{term.record}\n{term.bead}", number, end, short)
                rival = self._brackets.get(place)
                if rival is None or _fit(short, term.en) > _fit(short, rival):
                    self._brackets[place] = term.en

    def settle(self, abbreviations: Iterable[Abbreviation]) -> None:
        """Add definitions found elsewhere, and take of nested terms before one bracket the best."""
        defined = [found for found in abbreviations if found.en and found.short]
        known = {(found.record, english_key(found.short)) for found in defined}
        tied = set()
        for (place, _, _, short), long in self._brackets.items():
            record = place.split("\n")[0]
            key = record, english_key(short)
            if key not in known or _shortens(short, long):
                tied.add(key)
                self._link(record, short, english_key(long))
        for found in defined:
            if (found.record, english_key(found.short)) not in tied or not found.short[-1].isdigit():
                self._link(found.record, found.short, english_key(found.en))

    def _link(self, record: str, short: str, long: str) -> None:
        key = english_key(short)
        if key == long:
            return
        self.shorts[long][one_short(short)] += 1
        self.in_record[record, key][long] += 1
        self.longs[key].add(long)

    def abbreviation(self, key: str) -> str:
        """Return the commonest short form of the term with this key, or nothing."""
        counts = self.shorts.get(key)
        return min(counts, key=lambda short: (-counts[short], short)) if counts else ""

    def expansion(self, key: str, record: str) -> str:
        """Return the key of what a short form stands for in a record, or nothing where that is open."""
        counts = self.in_record.get((record, key))
        if counts:
            return min(counts, key=lambda long: (-counts[long], long))
        anywhere = self.longs.get(key, set())
        return next(iter(anywhere)) if len(anywhere) == 1 else ""


def _part(short: str, term: TermPair, pair: Pair) -> bool:
    """Tell whether a term is but a part of what a short form stands for in its text."""
    key = english_key(short)
    longs = (found.long.casefold() for found in definitions(pair.en, "en") if english_key(found.short) == key)
    return any(term.en.casefold() in long and len(term.en) < len(long) for long in longs)


def _before_bracket(text: str, term: TermPair) -> str:
    """Return what the term shortens before the bracket that holds just the term; else nothing."""
    start, end = term.en_span
    opening = _OPENING.search(text, max(0, start - 4), start)
    if not opening or not _CLOSING.match(text, end):
        return ""
    found = best_long_form(term.en, text[: opening.start()])
    long = text[slice(*found)] if found else ""
    return long[0].lower() + long[1:] if found and not found[0] and loses_capital(long) else long


def _short_after(text: str, end: int) -> str:
    """Return what may be a short form in the bracket that opens at ``end``; nothing where there is none."""
    found = _BRACKET.match(text, end) if _OPENS.match(text, end) else None
    short = found[1] if found else ""
    return short if may_be_short(short) and is_short_form(short) and not _LEVELS.fullmatch(short) else ""


def _shortens(short: str, long: str) -> bool:
    return shortens(short, long) or _counted(short, long) is not None


def _counted(short: str, long: str) -> str | None:
    """Return a long form without the number it begins with, where a short form has that at its end (IIV3)."""
    first, _, rest = long.casefold().partition(" ")
    number = _NUMBERS.get(short[-1:], ())
    return rest if rest and first.startswith(number) and shortens(short[:-1], rest) else None


def _fit(short: str, long: str) -> tuple[int, int, int]:
    """Say how well a short form fits a long form.

    Whether it can be made of its letters; how many of them begin a word, or say its number; and the brevity
    of the long form, but of those it cannot be made of the longer is likelier.
    """
    if not _shortens(short, long):
        return 0, 0, len(long)
    initials = Counter(word[0].casefold() for word in re.findall(r"\w+", long))
    counted = _counted(short, long) is not None
    return 1, (Counter(short.casefold()) & initials).total() + counted, -len(long)
