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
from typing import BinaryIO, TypeVar

import regex

from aligner.errors import InputError
from aligner.formats.layouts import Layout, table_cells
from aligner.formats.rows import TableReader, TableRow
from aligner.formats.source import MAX_LINE, Source

T = TypeVar("T")
Line = tuple[int, str]
TableWriter = Callable[[Layout[T], Iterable[T], BinaryIO], list[InputError]]

_WRITTEN = regex.compile(r"[\t\n\r\0]|\\(?=[tnr0=+@\\\t\n\r\0-])|^(?=[=+@-])")
_READ = regex.compile(r"\\([tnr0\\])|^\\(?=[=+@-])")
_CODES = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\0": r"\0", "\\": r"\\", "": "\\"}
_TEXTS = {"t": "\t", "n": "\n", "r": "\r", "0": "\0", "\\": "\\", None: ""}
_OURS = ({"record", "bead"}, {"en", "zh", "score", "status"})
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


def reader(delimiter: str) -> TableReader:
    """Return a reader of tables with this delimiter."""

    def read(source: Source) -> Iterator[TableRow | InputError]:
        header: tuple[str, ...] = ()
        ours = False
        for row in cells_of(source, delimiter):
            if isinstance(row, InputError):
                yield row
                continue
            number, cells = row
            if not header:
                header = header_of(cells)
                ours = any(names <= set(header) for names in _OURS)
            elif len(cells) > len(header):
                what = f"has {len(cells)} cells where the header has {len(header)}"
                yield InputError(what, where=source.at(number))
            else:
                filled = [*cells, *[""] * (len(header) - len(cells))]
                texts = map(unescape, filled) if ours else filled
                yield TableRow(dict(zip(header, texts, strict=True)), source.at(number), number)

    return read


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


def header_of(cells: list[str]) -> tuple[str, ...]:
    """Return the column names, each once: an empty or repeated one gets its number."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = cell.strip()
        names.append(name if name and name not in names else f"{name or 'column'}_{number}")
    return tuple(names)


def cells_of(source: Source, delimiter: str) -> Iterator[tuple[int, list[str]] | InputError]:
    """Yield (line number, cells), the header among them; a quoted cell may run over several lines."""
    lines = source.lines()
    waiting: deque[Line | InputError] = deque()
    width = 0
    while (line := waiting.popleft() if waiting else next(lines, None)) is not None:
        if isinstance(line, InputError):
            yield line
            continue
        number, text = line
        if not text.strip():
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
        yield number, cells


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
