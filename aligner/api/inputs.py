"""What the public functions take, as records: texts, lists of sentences, pairs in any usual form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from aligner.api.results import Pairs
from aligner.errors import InputError, SettingError
from aligner.text.surrogates import find_surrogate
from aligner.types import Entry, Pair, Record, Sentence

if TYPE_CHECKING:
    from pandas import DataFrame

    from aligner.checks import Glossary

Text = str | Iterable[str]
PairLike = Pair | tuple[str, str] | Mapping[str, Any]
PairsLike: TypeAlias = "Iterable[PairLike] | Iterable[Record] | DataFrame"
"""Pairs as `align` returns them, tuples (English, Chinese), mappings or a data frame with the columns en and
zh (and record or id), or records that are still to be aligned."""

GlossaryLike = str | Path | Iterable[Entry] | Iterable[tuple[str, str]] | Mapping[str, str]
"""A glossary's file, entries, tuples (English, Chinese), or a mapping from English to Chinese."""

NAME = "text"
"""What a record without a name is called."""


def record_of(en: Text, zh: Text, name: str = NAME) -> Record:
    """Return one document as a record: two texts, or two lists of sentences that stay as they are.

    Raises:
        InputError: a text is none, or holds half a character.
    """
    sides: list[tuple[str, tuple[Sentence, ...] | None]] = []
    for text, what in ((en, "the English text"), (zh, "the Chinese text")):
        if isinstance(text, str):
            sides.append((sound_text(text, what), None))
        else:
            sides.append(_sentences([sound_text(sentence, what) for sentence in text]))
    (en_text, en_sentences), (zh_text, zh_sentences) = sides
    return Record(name, en_text, zh_text, en_sentences, zh_sentences)


def records_of(pairs: PairsLike) -> list[Record]:
    """Return pairs as records, each with the alignment that they are.

    Raises:
        InputError: an item is no pair, or one of its texts holds half a character.
        SettingError: they are one text, or a data frame without the columns en and zh.
    """
    from aligner.engine import records_of as records_of_pairs

    if isinstance(pairs, Pairs) and pairs.records:
        return list(pairs.records)
    if isinstance(pairs, str | bytes) or not isinstance(pairs, Iterable):
        what = "one text" if isinstance(pairs, str | bytes) else type(pairs).__name__
        raise SettingError(f"pairs are not {what}", hint="give a list of (English, Chinese)")
    items = list(_rows(pairs))
    records = [item for item in items if isinstance(item, Record)]
    rows = [_pair(item, number) for number, item in enumerate(items) if not isinstance(item, Record)]
    return [*records, *(record for record in records_of_pairs(rows) if isinstance(record, Record))]


def _rows(pairs: PairsLike) -> Iterable[Any]:
    frame: Any = pairs
    if hasattr(frame, "to_dict"):
        if not {"en", "zh"} <= set(frame.columns):
            raise SettingError("the data frame has no columns en and zh", hint="rename its columns")
        frame = frame.to_dict("records")
    rows: Iterable[Any] = frame
    return rows


def _pair(item: Any, number: int) -> Pair:
    where = f"pair {number + 1}"
    if isinstance(item, Pair):
        pair = item
    elif isinstance(item, Mapping):
        record = item.get("record") or item.get("id") or NAME
        pair = Pair(str(record), number, item.get("en", ""), item.get("zh", ""))
    elif isinstance(item, tuple | list) and len(item) == 2:
        pair = Pair(NAME, number, *item)
    else:
        raise InputError("it is no pair of texts", where=where, hint="give (English, Chinese)")
    sound_text(pair.en, where)
    sound_text(pair.zh, where)
    return pair


def sound_text(text: Any, where: str) -> str:
    """Return a text that can be worked on.

    Raises:
        InputError: it is none, or holds half a character.
    """
    if not isinstance(text, str):
        raise InputError(f"is {type(text).__name__}, not text", where=where, hint="give a str")
    if (place := find_surrogate(text)) is not None:
        raise InputError("holds half a character (a lone surrogate)", where=f"{where}, character {place}")
    return text


def _sentences(texts: list[str]) -> tuple[str, tuple[Sentence, ...]]:
    def placed() -> Iterator[Sentence]:
        start = 0
        for text in texts:
            yield Sentence(text, start, start + len(text))
            start += len(text) + 1

    return "\n".join(texts), tuple(placed())


def only_records(items: Any) -> list[Record]:
    """Return what stands alone for both sides: records.

    Raises:
        SettingError: these are none, so that the Chinese side is missing.
    """
    if isinstance(items, str | bytes) or not isinstance(items, Iterable):
        raise SettingError("the Chinese text is missing", hint="align(en, zh)")
    records = list(items)
    if not all(isinstance(item, Record) for item in records):
        raise SettingError("these are no records, and the Chinese side is missing", hint="align(en, zh)")
    return records


def glossary_of(glossary: GlossaryLike | None) -> Glossary | None:
    """Return a glossary as the checks ask it.

    Raises:
        InputError: its file cannot be read, or a row is no pair of terms.
    """
    if glossary is None:
        return None
    from aligner.checks import load_glossary, of_entries

    if isinstance(glossary, str | Path):
        return load_glossary(glossary)
    rows: Iterable[Any] = glossary.items() if isinstance(glossary, Mapping) else glossary
    return of_entries(_entry(row, f"glossary row {number}") for number, row in enumerate(rows, 1))


def _entry(row: Any, where: str) -> Entry:
    if isinstance(row, Entry):
        return row
    if not isinstance(row, tuple | list) or len(row) != 2 or not all(row):
        raise InputError("it is no pair of terms", where=where, hint="give (English, Chinese)")
    return Entry(sound_text(row[0], where), sound_text(row[1], where), 1, 1, 1)
