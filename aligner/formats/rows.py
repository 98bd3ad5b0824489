"""Rows of any table (TSV, CSV, JSONL, XLSX) as records and as pairs."""

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import regex

from aligner.errors import InputError
from aligner.formats.columns import tells_language
from aligner.formats.layouts import address_of
from aligner.formats.sentences import from_sentences
from aligner.formats.source import Source
from aligner.formats.tables import TableReader, TableRow
from aligner.text.han import count_han
from aligner.text.joining import split_list
from aligner.types import Address, Pair, Record

T = TypeVar("T")
_log = logging.getLogger(__name__)

_METADATA = ("title_en", "title_zh", "keywords_en", "keywords_zh")
"""Roles of columns that become metadata under these names."""


def records(read_table: TableReader) -> Callable[[Source], Iterator[Record | InputError]]:
    """Return a reader of records, one a row of columns id, en and zh; other columns become metadata."""
    return lambda source: each_row(read_table(source), lambda row: _record(row, source))


def pairs(
    read_table: TableReader, *, counted_from: int = 0
) -> Callable[[Source], Iterator[Pair | InputError]]:
    """Return a reader of aligned pairs, one a row of id, en, zh, or of our own `layouts.PAIRS`.

    Args:
        read_table: yields the rows.
        counted_from: the number of the first pair and sentence of a record. A table whose first row has the
            bead 0 counts from 0 all the same.
    """

    def read(source: Source) -> Iterator[Pair | InputError]:
        first: int | None = None

        def made(row: TableRow) -> Pair:
            nonlocal first
            if row.notes:
                _log.warning("%s: above the header: %s", source.name, "; ".join(row.notes)[:200])
            if first is None and "bead" in row.cells:
                first = 0 if str(row.cells["bead"]).strip() == "0" else counted_from
            return _pair(row, source, first or 0)

        yield from each_row(read_table(source), made)

    return read


def each_row(
    rows: Iterable[TableRow | InputError], made: Callable[[TableRow], T]
) -> Iterator[T | InputError]:
    """Yield what is made of each row; a row that cannot be it is an error, and costs no other."""
    for row in rows:
        try:
            yield row if isinstance(row, InputError) else made(row)
        except InputError as error:
            yield error


def _record(row: TableRow, source: Source) -> Record:
    if "bead" in row.cells:
        raise InputError(
            "the rows are aligned pairs already", where=row.where, hint="read them with --aligned"
        )
    name, en, zh = _texts(row, source)
    used = {row.columns[role] for role in ("id", "en", "zh") if role in row.columns}
    keys = {row.columns[role]: role for role in _METADATA if role in row.columns}
    rest = {
        keys.get(column) or _key(column): _string(value)
        for column, value in row.cells.items()
        if column not in used and value not in (None, "")
    }
    if isinstance(en, list) and isinstance(zh, list):
        return from_sentences(name, en, zh, metadata=rest, where=row.where)
    en, zh = _joined(en), _joined(zh)
    for text, language in ((en, "English"), (zh, "Chinese")):
        if not text.strip():
            raise InputError(f"row {name} has no {language} text", where=row.where)
    address = _address(row, source)
    return Record(name=name, en=en, zh=zh, metadata=rest, notes=row.notes, source=address)


def _address(row: TableRow, source: Source) -> Address:
    return Address(source.name, row=row.number, sheet=row.sheet)


def _pair(row: TableRow, source: Source, first: int) -> Pair:
    """Return the pair of a row whose numbers begin with ``first``."""
    cells = row.cells
    record, en, zh = _texts(row, source)
    en, zh = _joined(en), _joined(zh)
    if not en.strip() and not zh.strip():
        raise InputError(f"row {record} has no text", where=row.where)
    try:
        return Pair(
            record=record,
            bead=int(cells["bead"]) - first if cells.get("bead") not in (None, "") else 0,
            en=en,
            zh=zh,
            en_ids=_numbers(cells.get("en_ids"), first),
            zh_ids=_numbers(cells.get("zh_ids"), first),
            score=float(1.0 if "bead" not in cells or cells.get("score") in (None, "") else cells["score"]),
            unit=int(cells["unit"]) - first
            if "bead" in cells and cells.get("unit") not in (None, "")
            else None,
            source=("bead" in cells and address_of(cells.get("source"))) or _address(row, source),
        )
    except (ValueError, TypeError, OverflowError):
        raise InputError("bead, unit, en_ids, zh_ids or score is not a number", where=row.where) from None


def _texts(row: TableRow, source: Source) -> tuple[str, Any, Any]:
    """Return the row's name and its two texts, each a string or a list of them."""
    texts: list[Any] = []
    for role in ("en", "zh"):
        name = row.columns[role]
        value = row.cells.get(name)
        if value is not None and not isinstance(value, str) and not _is_texts(value):
            raise InputError(f"column {name} holds no text", where=row.where)
        texts.append("" if value is None else value)
    first, second = texts
    swapped = count_han(_joined(first)) > count_han(_joined(second))
    if swapped and not any(tells_language(row.columns[role]) for role in ("en", "zh")):
        first, second = second, first
    name = _string(row.cells.get(row.columns["id"])) if "id" in row.columns else ""
    if "bead" in row.cells:  # a table of ours: the name stands as it is
        return name, first, second
    return name.strip() or f"{source.stem}-{row.number}", first, second


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _joined(text: Any) -> str:
    return "\n".join(text) if isinstance(text, list) else str(text)


def _numbers(value: Any, first: int) -> tuple[int, ...]:
    items = split_list(value) if isinstance(value, str) else value or []
    return tuple(int(item) - first for item in items)


def _string(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return str(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return regex.sub(r"\W+", "_", name.strip().lower()).strip("_") or "column"
