"""Sentence pairs without a header, as aligners write them (LF Aligner, hunalign, OPUS, Moses in one file).

Columns are told by their characters; what stands in others (a score, a document) is not carried.
"""

import logging
from collections.abc import Iterator
from itertools import chain, islice

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.columns import text_columns
from aligner.formats.delimited import cells_of
from aligner.formats.source import Source
from aligner.formats.tables import Cells
from aligner.types import Address, Pair

_log = logging.getLogger(__name__)
_LOOKED_AT = 50


def recognise(source: Source) -> bool:
    """Tell by first lines of two cells or more, parted by tabs, one English and one Chinese."""
    if source.suffix not in FORMAT.suffixes or b"\t" not in source.head:
        return False
    rows = [row.texts for row in islice(cells_of(source, "\t"), _LOOKED_AT) if isinstance(row, Cells)]
    return bool(rows) and all(len(row) > 1 for row in rows) and text_columns(rows) is not None


def read_pairs(source: Source) -> Iterator[Pair | InputError]:
    """Yield a pair a line, numbered within the file."""
    rows = cells_of(source, "\t")
    first = list(islice(rows, _LOOKED_AT))
    places = text_columns([row.texts for row in first if isinstance(row, Cells)])
    if places is None:
        raise InputError("holds no English and Chinese columns", where=source.name, hint="add id, en, zh")
    width = max(len(row.texts) for row in first if isinstance(row, Cells))
    if width > len(places):
        _log.warning("%s: columns that no pair carries: %d", source.name, width - len(places))
    count = 0
    for row in chain(first, rows):
        if isinstance(row, InputError):
            yield row
        elif len(row.texts) <= max(places):
            yield InputError("has fewer cells than the lines before", where=row.where)
        else:
            en, zh = (row.texts[place] for place in places)
            yield Pair(source.stem, count, en, zh, source=Address(source.name, row=row.number))
            count += 1


FORMAT = Format(name="bitext", suffixes=(".txt",), recognises=recognise, read_pairs=read_pairs)
