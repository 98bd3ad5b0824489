"""Rows of any table (TSV, CSV, JSONL, XLSX) as records and as pairs: which column is which."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import regex

from aligner.errors import InputError
from aligner.formats.layouts import address_of
from aligner.formats.sentences import from_sentences
from aligner.formats.source import Source
from aligner.text.han import count_han
from aligner.text.joining import split_list
from aligner.types import Address, Pair, Record

_NAMES = {
    "id": "id record pmid name key doi no number 编号 序号 编码",
    "en": "en english eng enus engb entext textenglish texten ensentence abstracten enabstract"
    " englishabstract 英文 英语 英文摘要",
    "zh": "zh chinese chi zhcn zhtw zhhans zhhant cn zhtext textchinese textzh zhsentence abstractzh"
    " zhabstract chineseabstract 中文 汉语 中文摘要",
}
_EITHER = ({"source", "src", "原文", "text1"}, {"target", "tgt", "译文", "text2"})
_MAX_HEADERS = 1000
"""Kinds of JSON objects whose columns are remembered."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as its file holds it: cells by column name, its place, its number from 1, its sheet."""

    cells: Mapping[str, Any]
    where: str
    number: int
    sheet: str = ""


TableReader = Callable[[Source], Iterator[TableRow | InputError]]
"""Yields the rows of a table; a row that is damaged is yielded as an InputError."""


def records(read_table: TableReader) -> Callable[[Source], Iterator[Record | InputError]]:
    """Return a reader of records, one a row of columns id, en and zh; other columns become metadata."""

    def read(source: Source) -> Iterator[Record | InputError]:
        for item in _with_columns(read_table(source), source):
            try:
                yield item if isinstance(item, InputError) else _record(*item, source)
            except InputError as error:
                yield error

    return read


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
        for item in _with_columns(read_table(source), source):
            try:
                if isinstance(item, InputError):
                    yield item
                    continue
                if first is None and "bead" in item[0].cells:
                    first = 0 if str(item[0].cells["bead"]).strip() == "0" else counted_from
                yield _pair(*item, source, first or 0)
            except InputError as error:
                yield error

    return read


def _with_columns(
    rows: Iterable[TableRow | InputError], source: Source
) -> Iterator[tuple[TableRow, tuple[str, str, str]] | InputError]:
    """Yield each row with the names of its columns; one error for all rows that lack them alike."""
    known: dict[tuple[str, ...], tuple[str, str, str] | None] = {}
    for row in rows:
        if isinstance(row, InputError):
            yield row
            continue
        header = tuple(row.cells)
        if header not in known:
            if len(known) > _MAX_HEADERS:
                known.clear()
            try:
                known[header] = find_columns(header, source, row.where)
            except InputError as error:
                known[header] = None
                yield error
        if (names := known[header]) is not None:
            yield row, names


def find_columns(header: tuple[str, ...], source: Source, where: str) -> tuple[str, str, str]:
    """Return the names of the columns id, en and zh in ``header``; id is empty where there is none.

    Raises:
        InputError: no column is the English or the Chinese one.
    """
    if source.columns:
        if missing := [name for name in source.columns if name and name not in header]:
            raise _no_column(", ".join(missing), header, where)
        return source.columns
    plain = {_plain(name): name for name in reversed(header)}
    id_, en, zh = (next((plain[n] for n in _NAMES[k].split() if n in plain), "") for k in ("id", "en", "zh"))
    if not en and not zh:
        en, zh = (next((name for n, name in plain.items() if n in known), "") for known in _EITHER)
    if not en or not zh:
        raise _no_column("for Chinese" if en else "for English", header, where)
    return id_, en, zh


def _no_column(what: str, header: tuple[str, ...], where: str) -> InputError:
    return InputError(
        f"there is no column {what} among: {', '.join(header)[:300]}",
        where=where,
        hint="name the columns id, en and zh, or say theirs with --columns",
    )


def _record(row: TableRow, names: tuple[str, str, str], source: Source) -> Record:
    if "bead" in row.cells:
        raise InputError(
            "the rows are aligned pairs already", where=row.where, hint="read them with --aligned"
        )
    name, en, zh = _texts(row, names, source)
    rest = {_key(k): _string(v) for k, v in row.cells.items() if k not in names and v not in (None, "")}
    if isinstance(en, list) and isinstance(zh, list):
        return from_sentences(name, en, zh, metadata=rest, where=row.where)
    en, zh = _joined(en), _joined(zh)
    for text, language in ((en, "English"), (zh, "Chinese")):
        if not text.strip():
            raise InputError(f"row {name} has no {language} text", where=row.where)
    return Record(name=name, en=en, zh=zh, metadata=rest, source=_address(row, source))


def _address(row: TableRow, source: Source) -> Address:
    return Address(source.name, row=row.number, sheet=row.sheet)


def _pair(row: TableRow, names: tuple[str, str, str], source: Source, first: int) -> Pair:
    """Return the pair of a row whose numbers begin with ``first``."""
    cells = row.cells
    record, en, zh = _texts(row, names, source)
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
            source=("bead" in cells and address_of(cells.get("source"))) or _address(row, source),
        )
    except (ValueError, TypeError, OverflowError):
        raise InputError("bead, en_ids, zh_ids or score is not a number", where=row.where) from None


def _texts(row: TableRow, names: tuple[str, str, str], source: Source) -> tuple[str, Any, Any]:
    """Return the row's name and its two texts, each a string or a list of them."""
    id_, en, zh = names
    texts = [row.cells.get(en), row.cells.get(zh)]
    for index, name in enumerate((en, zh)):
        value = texts[index]
        if value is None:
            texts[index] = ""
        elif not isinstance(value, str) and not (
            isinstance(value, list) and all(isinstance(v, str) for v in value)
        ):
            raise InputError(f"column {name} holds no text", where=row.where)
    first, second = texts
    if _plain(en) in _EITHER[0] and count_han(_joined(first)) > count_han(_joined(second)):
        first, second = second, first
    name = _string(row.cells.get(id_)) if id_ else ""
    if "bead" in row.cells:  # a table of ours: the name stands as it is
        return name, first, second
    return name.strip() or f"{source.stem}-{row.number}", first, second


def _joined(text: Any) -> str:
    return "\n".join(text) if isinstance(text, list) else str(text)


def _numbers(value: Any, first: int) -> tuple[int, ...]:
    items = split_list(value) if isinstance(value, str) else value or []
    return tuple(int(item) - first for item in items)


def _string(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return str(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)


def _plain(name: str) -> str:
    return regex.sub(r"[\W_]+", "", str(name).lower())


def _key(name: str) -> str:
    return regex.sub(r"\W+", "_", name.strip().lower()).strip("_") or "column"
