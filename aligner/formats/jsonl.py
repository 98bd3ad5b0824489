"""JSON Lines: one object a line, UTF-8; texts stand as they are, nothing is escaped but what JSON must."""

import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, BinaryIO, TypeVar

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.glossary_rows import glossary
from aligner.formats.glossary_rows import writer as glossary_writer
from aligner.formats.layouts import FINDINGS, OCCURRENCES, OPTIONAL, PAIRS, UNITS, Layout
from aligner.formats.rows import pairs, records
from aligner.formats.source import Source
from aligner.formats.tables import TableRow, columns_of
from aligner.text.surrogates import find_surrogate, shown

T = TypeVar("T")
_MAX_HEADERS = 1000
"""Kinds of objects whose columns are remembered."""


def recognise(source: Source) -> bool:
    """Tell by the extension, or by a first line that is an object."""
    if source.suffix in FORMAT.suffixes:
        return True
    first = (
        next(iter(source.lines()), None)
        if source.head.lstrip(b"\xef\xbb\xbf\xff\xfe \0").startswith(b"{")
        else None
    )
    return isinstance(first, tuple) and _parse(first[1]) is not None


def read_table(source: Source) -> Iterator[TableRow | InputError]:
    """Yield each line's object; blank lines are passed over, and one error says what columns are missing."""
    known: dict[tuple[str, ...], dict[str, str] | None] = {}
    for line in source.lines():
        if isinstance(line, InputError):
            yield line
            continue
        number, text = line
        if not text.strip():
            continue
        cells = _parse(text)
        if cells is None:
            yield InputError(
                "is not a JSON object", where=source.at(number), hint='each line must be one, like {"id": …}'
            )
        elif column := _broken(cells):
            what = f"column {column} holds half a character"
            yield InputError(what, where=source.at(number), hint="save it as UTF-8")
        else:
            header = tuple(cells)
            if header not in known:
                if len(known) > _MAX_HEADERS:
                    known.clear()
                try:
                    known[header] = columns_of(cells, source, source.at(number))
                except InputError as error:
                    known[header] = None
                    yield error
            if (columns := known[header]) is not None:
                yield TableRow(cells, source.at(number), number, columns)


def write_table(layout: Layout[T], items: Iterable[T], out: BinaryIO) -> list[InputError]:
    """Write one object an item, with the layout's columns as its keys."""
    for item in items:
        row = layout.row(item)
        shown = {name: row[name] for name in layout.columns if name not in OPTIONAL or row[name] is not None}
        line = json.dumps(shown, ensure_ascii=False, allow_nan=False)
        out.write(line.encode() + b"\n")
    return []


def _broken(cells: dict[str, Any]) -> str:
    """Return the name of a column with a lone surrogate anywhere in it; nothing where there is none."""
    for name, value in cells.items():
        if find_surrogate(json.dumps({name: value}, ensure_ascii=False)) is not None:
            return shown(name)
    return ""


def _parse(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


FORMAT = Format(
    name="jsonl",
    suffixes=(".jsonl", ".ndjson"),
    recognises=recognise,
    read_records=records(read_table),
    read_pairs=pairs(read_table),
    read_glossary=glossary(read_table),
    write_pairs=partial(write_table, PAIRS),
    write_units=partial(write_table, UNITS),
    write_glossary=glossary_writer(write_table, flat=False),
    write_occurrences=partial(write_table, OCCURRENCES),
    write_findings=partial(write_table, FINDINGS),
)
