"""What no glossary needs, whatever the extractor thinks of it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TypeVar

from aligner.glossary.keys import english_key, may_be_short
from aligner.text.han import HAN
from aligner.types import Entry

E = TypeVar("E", bound=Entry)

_LEVEL = re.compile(r"[CTLS]\d{1,2}(?:\s?[-\u2013~/]\s?[CTLS]?\d{1,2})?", re.IGNORECASE)
_HAN = re.compile(f"[{HAN}]")
_LEVEL_TERMHOOD = 0.2
"""Probability given to a vertebral level that is the same in both languages (T12): a name, not a term."""

_LOOSE_ODDS = 0.22
"""Factor on the odds of a term that begins with a loose word (alleviate pain): of 5,200 annotated terms
0.2 % do, of the entries found in constructed abstracts 2 %, none of them a term."""


def filter_entries(entries: Iterable[E]) -> list[E]:
    """Drop quotations, put free combinations back and vertebral levels last.

    A quotation is a long term with itself as its translation, where another entry has a Chinese one: the
    Chinese text gives the English term in brackets. Short forms stay, and so does what has no
    translation (PubMed). A free combination is a term after a verb or an evaluation (alleviate pain).
    """
    everything = list(entries)
    translated = {english_key(entry.en) for entry in everything if _HAN.search(entry.zh)}
    return [
        _lowered(entry)
        for entry in everything
        if may_be_short(entry.en) or english_key(entry.en) not in translated or _HAN.search(entry.zh)
    ]


@cache
def _loose_words() -> frozenset[str]:
    lines = files("aligner.glossary").joinpath("loose_words.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _lowered(entry: E) -> E:
    first, _, rest = entry.en.casefold().partition(" ")
    if rest and first in _loose_words() and not entry.abbreviation:
        odds = entry.termhood / max(1 - entry.termhood, 1e-6) * _LOOSE_ODDS
        return replace(entry, termhood=round(odds / (1 + odds), 4))
    en, zh = (unicodedata.normalize("NFKC", text).casefold() for text in (entry.en, entry.zh))
    if en == zh and not entry.expansion and _LEVEL.fullmatch(en):
        return replace(entry, termhood=min(entry.termhood, _LEVEL_TERMHOOD))
    return entry
