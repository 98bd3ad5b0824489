r"""Tables of cells parted by tabs or commas: a header row, then one item a line.

In the tables we write every item is one line: inside a cell a tab is ``\t``, a line feed ``\n``, a carriage
return ``\r``, a NUL ``\0``, and a backslash before one of these letters or another backslash is doubled. A
text that begins with ``= + - @`` gets a backslash before it, for a spreadsheet would compute it (an abstract
from anywhere could hold a formula). Reading a table with our header undoes all this; a table from elsewhere
is read as it stands. A text that looks like a number or a date (007, 1E5, 3-4) stands as it is, and a
spreadsheet that opens and saves the table may change it; a workbook (`xlsx`) keeps it.
"""

import csv
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import BinaryIO, TypeVar

import regex

from aligner.errors import InputError
from aligner.formats.columns import is_header, text_columns
from aligner.formats.layouts import Layout, table_cells
from aligner.formats.source import MAX_LINE, Source
from aligner.formats.tables import Cells, TableReader, TableRow, header_of, table_rows

T = TypeVar("T")
Line = tuple[int, str]
TableWriter = Callable[[Layout[T], Iterable[T], BinaryIO], list[InputError]]

_WRITTEN = regex.compile(r"[\t\n\r\0]|\\(?=[tnr0=+@\\\t\n\r\0-])|^(?=[=+@-])")
_READ = regex.compile(r"\\([tnr0\\])|^\\(?=[=+@-])")
_CODES = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\0": r"\0", "\\": r"\\", "": "\\"}
_TEXTS = {"t": "\t", "n": "\n", "r": "\r", "0": "\0", "\\": "\\", None: ""}
_OURS = ({"record", "bead"}, {"en", "zh", "score", "status"})
_SEPARATOR = regex.compile(r"sep=(.)\s*", regex.I)
"""The first line by which spreadsheets tell the delimiter."""

_LOOKED_AT = 20
_MAX_ABOVE = 10
"""Lines that the delimiter is told by, and that may stand above the header."""

_MAX_CELL_LINES = 200
"""Lines one quoted cell may run over before its quotation mark counts as never closed."""

_MAX_TRIES = 8
"""Lines with a quotation mark that are tried as the end of such a cell."""


def escape(text: str) -> str:
    """Return ``text`` as a cell of one line that no spreadsheet computes."""
    return _WRITTEN.sub(lambda match: _CODES[match[0]], text)


def unescape(cell: str) -> str:
    """Undo `escape`."""
    return _READ.sub(lambda match: _TEXTS[match[1]], cell)


def reader(usual: str) -> TableReader:
    """Return a reader of tables with this delimiter, or with the one their first lines tell."""

    def read(source: Source) -> Iterator[TableRow | InputError]:
        rows = table_rows(cells_of(source, delimiter_of(source, usual)), source.columns)
        ours = None
        for row in rows:
            if isinstance(row, TableRow):
                if ours is None:
                    ours = any(names <= set(row.cells) for names in _OURS)
                if ours:
                    cells = {name: unescape(text) for name, text in row.cells.items()}
                    row = replace(row, cells=cells)
            yield row

    return read


def delimiter_of(source: Source, usual: str) -> str:
    """Tell a table's delimiter: by ``sep=;``, by a header of known columns, by lines of as many cells.

    Args:
        source: the table.
        usual: the delimiter its extension promises, taken where others fit as well.
    """
    lines = [line[1] for line in islice(source.lines(), _LOOKED_AT) if isinstance(line, tuple)]
    lines = [line for line in lines if line.strip()]
    if lines and (told := _SEPARATOR.fullmatch(lines[0])):
        return told[1]
    candidates = dict.fromkeys((usual, "\t", ";", ",", "|"))
    tables = {mark: [_first_cells(line, mark) for line in lines] for mark in candidates}
    for mark, rows in tables.items():
        wanted = set(source.columns.values()) if source.columns else None
        if any(wanted <= set(header_of(row)) if wanted else is_header(row) for row in rows[:_MAX_ABOVE]):
            return mark
    for mark, rows in tables.items():
        if len({len(row) for row in rows}) == 1 and len(rows[0]) > 1 and text_columns(rows):
            return mark
    return usual


def _first_cells(line: str, delimiter: str) -> list[str]:
    """Return the cells of a line that is looked at to tell the delimiter."""
    try:
        return _cells(line, delimiter) or line.split(delimiter)
    except csv.Error:
        return line.split(delimiter)


def writer(delimiter: str, quoted: "regex.Pattern[str]") -> TableWriter[T]:
    """Return a writer of tables with this delimiter; cells that ``quoted`` finds stand in quotation marks."""

    def write(layout: Layout[T], items: Iterable[T], out: BinaryIO) -> list[InputError]:
        def line(cells: Iterable[str]) -> bytes:
            marked = ('"' + c.replace('"', '""') + '"' if quoted.search(c) else c for c in cells)
            return (delimiter.join(marked) + "\n").encode()

        out.write(line(layout.columns))
        for item in items:
            values = table_cells(layout, item)
            out.write(line(escape(v) if isinstance(v, str) else str(v) for v in values))
        return []

    return write


def cells_of(source: Source, delimiter: str) -> Iterator[Cells | InputError]:
    """Yield the rows, the header among them; a quoted cell may run over several lines."""
    lines = source.lines()
    waiting: deque[Line | InputError] = deque()
    width = 0
    while (line := waiting.popleft() if waiting else next(lines, None)) is not None:
        if isinstance(line, InputError):
            yield line
            continue
        number, text = line
        if not text.strip() or (number == 1 and _SEPARATOR.fullmatch(text)):
            continue
        if not width and "\r" in text:
            what = "has carriage returns for line ends, and so is one line"
            yield InputError(what, where=source.at(number), hint="save it with line feeds")
            return
        try:
            cells = _cells(text, delimiter) or _run_on(text, delimiter, width, waiting, lines)
        except csv.Error as error:
            yield InputError(f"has a cell that cannot be read ({error})", where=source.at(number))
            continue
        if cells is None:
            yield InputError("a quotation mark opens a cell and never closes", where=source.at(number))
            continue
        width = width or len(cells)
        if any(cell.strip() for cell in cells):
            yield Cells(number, source.at(number), cells)


def _run_on(
    text: str,
    delimiter: str,
    width: int,
    waiting: deque[Line | InputError],
    lines: Iterator[Line | InputError],
) -> list[str] | None:
    """Return the cells of a row whose last cell is open, with the lines it runs over taken from ``waiting``.

    Without a line that closes it the mark is a plain character, if the line then has as many cells as the
    header; otherwise None. Lines that were looked at and not used wait.
    """
    whole, size, tries = [text], len(text), 0
    while len(waiting) < _MAX_CELL_LINES and (line := next(lines, None)) is not None:
        waiting.append(line)
    for used, line in enumerate(waiting, 1):
        if isinstance(line, InputError) or size > MAX_LINE or tries == _MAX_TRIES:
            break
        whole.append(line[1])
        size += len(line[1])
        if '"' not in line[1]:
            continue
        tries += 1
        if (cells := _cells("\n".join(whole), delimiter)) and len(cells) == (width or len(cells)):
            for _ in range(used):
                waiting.popleft()
            return cells
    plain = text.split(delimiter)
    return plain if len(plain) == width else None


def _cells(text: str, delimiter: str) -> list[str] | None:
    """Return the cells of one row, or None when a quotation mark is open at its end."""
    if '"' not in text:
        return text.split(delimiter)
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            return None
        if "larger" in str(error):
            raise
    # a mark inside a cell that begins with one: plain characters in tab-separated text, the csv module's
    # forgiving reading otherwise
    return text.split(delimiter) if delimiter == "\t" else next(csv.reader([text], delimiter=delimiter))
