"""Abbreviations introduced in brackets, in either language and either width of bracket."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what a text says it stands for.

    Attributes:
        short: the short form, as written.
        en: the English long form; empty where the text gives none.
        zh: the Chinese long form; likewise.
        record: the record it was found in.
        bead: the pair's number in the record.
    """

    short: str
    en: str
    zh: str
    record: str
    bead: int
