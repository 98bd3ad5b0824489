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

_ROMAN = re.compile("[ivx]+")
_AND = re.compile(r"\s(?:and|or)\s", re.IGNORECASE)
_ZH_AND = re.compile("[和与與及或、]")
_GROUP, _ZH_GROUP = re.compile(r"\sgroups?$", re.IGNORECASE), re.compile("[组組]$")
_USUAL_GROUPS = frozenset({"control", "treatment", "experimental", "placebo", "observation", "intervention"})
_PEOPLE = re.compile(r"\S\s+(?:patients?|inpatients?|women|men|children)$|^patients?\s\S", re.IGNORECASE)
_ZH_PEOPLE = re.compile("(?:患者|病患|病人|女性|男性|妇女|婦女|儿童|兒童|患儿)$")
_FREE_ODDS = 0.1
"""Factor on the odds of coordinations, of patients with something and of a study's groups: of 3,106
annotated terms of ``corpora`` 47 are such, 1 of them a core term (postmenopausal women)."""

_LOOSE_ODDS = 0.22
"""Factor on the odds of a term that begins with a loose word (alleviate pain): of 5,200 annotated terms
0.2 % do, of the entries found in constructed abstracts 2 %, none of them a term."""


def filter_entries(entries: Iterable[E]) -> list[E]:
    """Drop quotations, put free combinations back and vertebral levels last.

    A quotation is a long term with itself as its translation, where another entry has a Chinese one: the
    Chinese text gives the English term in brackets. Short forms stay, and so does what has no
    translation (PubMed). A free combination is a term after a verb or an evaluation (alleviate pain), two
    terms with "and" between them, patients with something, or a group of one study.
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
    """Return the entry with the odds that it belongs in a glossary less for what speaks against it."""
    first, _, rest = entry.en.casefold().partition(" ")
    if not entry.abbreviation:
        factor = _LOOSE_ODDS if rest and first in _loose_words() else 1.0
        factor *= _FREE_ODDS if _is_coordination(entry) or _is_of_people(entry) else 1.0
        if factor < 1:
            odds = entry.termhood / max(1 - entry.termhood, 1e-6) * factor
            return replace(entry, termhood=round(odds / (1 + odds), 4))
    en, zh = (unicodedata.normalize("NFKC", text).casefold() for text in (entry.en, entry.zh))
    if en == zh and not entry.expansion and (_LEVEL.fullmatch(en) or _ROMAN.fullmatch(en)):
        return replace(entry, termhood=min(entry.termhood, _LEVEL_TERMHOOD))
    return entry


def _is_coordination(entry: Entry) -> bool:
    """Tell whether both sides say two things: diet and hypertension, 膳食和高血压."""
    return _AND.search(entry.en) is not None and _ZH_AND.search(entry.zh) is not None


def _is_of_people(entry: Entry) -> bool:
    """Tell whether an entry names some patients, or a group of a study that no other has (PVP group)."""
    if _GROUP.search(entry.en) and _ZH_GROUP.search(entry.zh):
        return entry.en.casefold().rpartition(" ")[0] not in _USUAL_GROUPS
    return _PEOPLE.search(entry.en) is not None and _ZH_PEOPLE.search(entry.zh) is not None
