"""Rows of a table of any origin: where its header is, what stands above it, and which column is which."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from aligner.errors import InputError
from aligner.formats.columns import find_columns, is_header, text_columns
from aligner.formats.source import Source

_log = logging.getLogger(__name__)

_LOOKED_AT = 50
"""Rows that columns are told by."""

MAX_ABOVE = 10
"""Rows above a header: a title, a date of export, a blank line."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One row as its file holds it.

    Attributes:
        number: its line or row in the file, from 1.
        where: the same for a message.
        texts: its cells.
        sheet: its worksheet; empty where there is none.
    """

    number: int
    where: str
    texts: Sequence[str]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table.

    Attributes:
        cells: by column name.
        where: its place, for a message.
        number: its line or row in the file, from 1.
        columns: names of columns by role, `en` and `zh` among them.
        notes: what stands above the header, with the first row.
        sheet: its worksheet; empty where there is none.
    """

    cells: Mapping[str, Any]
    where: str
    number: int
    columns: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    sheet: str = ""


class NoTableError(InputError):
    """A table without a column of English and one of Chinese."""


TableReader = Callable[[Source], Iterator[TableRow | InputError]]
"""Yields the rows of a table; a row that is damaged is yielded as an InputError."""


def table_rows(
    rows: Iterable[Cells | InputError], given: Mapping[str, str] | None
) -> Iterator[TableRow | InputError]:
    """Yield the rows below the header of a table, or all where it has none.

    Args:
        rows: all rows that are not empty, in order.
        given: names of columns by role, as the user gave them; those of a table without a header are numbers.

    A table of which no columns hold English and Chinese is a `NoTableError`.
    """
    stream = iter(rows)
    first = list(islice(stream, _LOOKED_AT))
    read = [row for row in first if isinstance(row, Cells)]
    if not read:
        yield from (row for row in first if isinstance(row, InputError))
        return
    top, header = _header(read, given)
    body = [row.texts for row in read[top:]]
    columns = find_columns(header, body, given)
    try:
        _require(columns, header, given, read[0].where)
    except NoTableError as error:
        yield error
        return
    above = read[: max(top - 1, 0)]
    notes = tuple(" ".join(filter(None, map(str.strip, row.texts))) for row in above)
    passed = {row.number for row in read[:top]}
    for row in chain(first, stream):
        if isinstance(row, InputError):
            yield row
        elif row.number not in passed:
            if len(row.texts) > len(header) and any(text.strip() for text in row.texts[len(header) :]):
                what = f"has {len(row.texts)} cells where the header has {len(header)}"
                yield InputError(what, where=row.where)
                continue
            filled = [*row.texts, *[""] * len(header)]
            texts = dict(zip(header, filled, strict=False))
            yield TableRow(texts, row.where, row.number, columns, notes, row.sheet)
            notes = ()


def all_tables(
    tables: Mapping[str, Iterable[Cells | InputError]], given: Mapping[str, str] | None
) -> Iterator[TableRow | InputError]:
    """Yield the rows of all tables of one file that hold both languages; of the others a warning is logged.

    A file without any such table yields their errors.
    """
    passed: list[InputError] = []
    found = False
    for rows in tables.values():
        for row in table_rows(rows, given):
            if isinstance(row, NoTableError):
                passed.append(row)
            else:
                found = True
                yield row
    for error in passed:
        if found:
            _log.warning("passed over: %s", error)
        else:
            yield error


def header_of(cells: Iterable[str]) -> tuple[str, ...]:
    """Return the column names, each once: an empty or repeated one gets its number."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = " ".join(cell.split())
        names.append(name if name and name not in names else f"{name or 'column'}_{number}")
    return tuple(names)


def columns_of(cells: Mapping[str, Any], source: Source, where: str) -> dict[str, str]:
    """Return the columns of an object by role, told by its names and texts.

    Raises:
        NoTableError: no columns hold English and Chinese.
    """
    header = tuple(cells)
    texts = [value if isinstance(value, str) else "" for value in cells.values()]
    columns = find_columns(header, [texts], source.columns)
    _require(columns, header, source.columns, where)
    return columns


def _header(rows: Sequence[Cells], given: Mapping[str, str] | None) -> tuple[int, tuple[str, ...]]:
    """Return the number of rows that are no data, and the header; without one, columns are numbers from 1."""
    wanted = {name for role, name in (given or {}).items() if role in ("en", "zh")}
    for number, row in enumerate(rows[: MAX_ABOVE + 1]):
        if wanted <= set(header_of(row.texts)) if wanted else is_header(row.texts):
            return number + 1, header_of(row.texts)
    texts = [row.texts for row in rows]
    pair = text_columns(texts)
    if (pair and text_columns(texts[:1], pair) == pair) or (wanted and all(map(str.isdigit, wanted))):
        width = max(map(len, texts))
        return 0, tuple(str(number) for number in range(1, width + 1))
    return 1, header_of(texts[0])


def _require(
    columns: Mapping[str, str], header: Sequence[str], given: Mapping[str, str] | None, where: str
) -> None:
    missing = [name for name in (given or {}).values() if name not in header]
    if not missing and {"en", "zh"} <= set(columns):
        return
    language = "for Chinese" if "en" in columns else "for English"
    raise NoTableError(
        f"there is no column {', '.join(missing) or language} among: {', '.join(header)[:300]}",
        where=where,
        hint="name the columns id, en and zh, or say theirs with --columns",
    )
