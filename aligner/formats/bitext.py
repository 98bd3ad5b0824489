"""Sentence pairs without a header, as aligners write them (LF Aligner, hunalign, OPUS, Moses in one file).

Columns are told by their characters; what stands in others (a score, a document) no pair carries. Read as a
record, to be aligned anew, the columns are its two texts and the others its notes.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.columns import text_columns
from aligner.formats.delimited import cells_of
from aligner.formats.pasted import parse
from aligner.formats.source import Source
from aligner.formats.tables import Cells
from aligner.types import Address, Pair, Record

_log = logging.getLogger(__name__)
_LOOKED_AT = 50
_MAX_RECORD_ROWS = 2_000
"""Rows of the longest table that can be one record."""


def recognise(source: Source) -> bool:
    """Tell by first lines of two cells or more, parted by tabs, one English and one Chinese."""
    if source.suffix not in FORMAT.suffixes or b"\t" not in source.head:
        return False
    rows = [row.texts for row in islice(cells_of(source, "\t"), _LOOKED_AT) if isinstance(row, Cells)]
    return bool(rows) and all(len(row) > 1 for row in rows) and text_columns(rows) is not None


def read_pairs(source: Source) -> Iterator[Pair | InputError]:
    """Yield a pair a line, numbered within the file."""
    rows, places, width = _table(source)
    if width > len(places):
        _log.warning("%s: columns that no pair carries: %d", source.name, width - len(places))
    count = 0
    for row in rows:
        if isinstance(row, InputError):
            yield row
        elif len(row.texts) <= max(places):
            yield InputError("has fewer cells than the lines before", where=row.where)
        else:
            en, zh = (row.texts[place] for place in places)
            yield Pair(source.stem, count, en, zh, source=Address(source.name, row=row.number))
            count += 1


def read_records(source: Source) -> Iterator[Record | InputError]:
    """Yield the one record that the two columns are.

    Raises:
        InputError: it is longer than a record, or there are not two abstracts in it.
    """
    rows, places, _ = _table(source)
    columns: tuple[list[str], list[str]] = ([], [])
    notes: dict[str, None] = {}
    for row in rows:
        if isinstance(row, InputError):
            yield row
            continue
        for place, text in enumerate(row.texts):
            if place in places:
                columns[places.index(place)].append(text)
            elif text.strip():
                notes[text.strip()] = None
        if len(columns[0]) > _MAX_RECORD_ROWS:
            what = f"holds more than {_MAX_RECORD_ROWS:,} rows, too many for one record"
            raise InputError(what, where=source.name, hint="read it with --aligned")
    record = parse("\n\n".join("\n".join(texts) for texts in columns), name=source.stem, where=source.name)
    yield replace(record, notes=(*record.notes, *notes))


def _table(source: Source) -> tuple[Iterator[Cells | InputError], tuple[int, int], int]:
    """Return the rows, the places of the English and the Chinese column, and the number of columns."""
    rows = cells_of(source, "\t")
    first = list(islice(rows, _LOOKED_AT))
    places = text_columns([row.texts for row in first if isinstance(row, Cells)])
    if places is None:
        raise InputError("holds no English and Chinese columns", where=source.name, hint="add id, en, zh")
    return chain(first, rows), places, max(len(row.texts) for row in first if isinstance(row, Cells))


FORMAT = Format(
    name="bitext",
    suffixes=(".txt",),
    recognises=recognise,
    read_records=read_records,
    read_pairs=read_pairs,
)
