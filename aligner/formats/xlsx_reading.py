"""Excel workbooks, read with care: their sheets, and the rows of one as they are asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import ZipFile

import regex

from aligner.errors import InputError
from aligner.formats.delimited import header_of
from aligner.formats.package import open_package, open_part
from aligner.formats.rows import TableRow
from aligner.formats.source import Source
from aligner.formats.xlsx_writing import MAX_ROWS
from aligner.formats.xml import iterate, local

if TYPE_CHECKING:
    from lxml.etree import _Element

WORKBOOK = "xl/workbook.xml"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CODED = regex.compile(r"_x([0-9A-Fa-f]{4})_")
_COLUMNS = 16_384
_STRINGS = 64_000_000
"""Characters of shared strings that are held in memory."""


@dataclass(frozen=True, slots=True)
class Book:
    """An open workbook.

    Attributes:
        name: what messages call it.
        sheets: the name of each worksheet with its part of the package, in the workbook's order.
    """

    name: str
    sheets: dict[str, str]
    _package: ZipFile
    _strings: list[str]

    def rows(self, sheet: str) -> Iterator[TableRow | InputError]:
        """Yield the rows of a sheet as texts; the first that is not empty is its header."""
        return _rows(self._package, self.sheets[sheet], self._strings, self.name, sheet)


@contextmanager
def open_book(source: Source) -> Iterator[Book]:
    """Open a workbook.

    Raises:
        InputError: it is damaged, locked, or larger than any honest one.
    """
    with open_package(source) as package:
        strings = _shared_strings(package, source.name)
        yield Book(source.name, _sheets(package, source.name), package, strings)


def _rows(
    package: ZipFile, part: str, strings: list[str], name: str, sheet: str
) -> Iterator[TableRow | InputError]:
    where = f"{name}, sheet {sheet}"
    header: tuple[str, ...] = ()
    with open_part(package, part, where) as stream:
        for position, row in enumerate(iterate(stream, ["row"], where=where, doctype=False), 1):
            number = row.get("r", "")
            number = number if number.isascii() and number.isdigit() else str(position)
            if position > MAX_ROWS:
                raise InputError(f"holds more than {MAX_ROWS:,} rows", where=where)
            place = f"{where}, row {number}"
            try:
                cells = _cells(row, strings)
                "".join(cells).encode()  # a coded half of a character
            except (ValueError, IndexError, OverflowError):
                yield InputError("holds a damaged cell", where=place)
                continue
            if not any(text.strip() for text in cells):
                continue
            if not header:
                header = header_of(cells)
            elif any(text for text in cells[len(header) :]):
                what = f"has {len(cells)} cells where the header has {len(header)}"
                yield InputError(what, where=place)
            else:
                filled = [*cells, *[""] * len(header)][: len(header)]
                yield TableRow(dict(zip(header, filled, strict=True)), place, int(number), sheet)


def _cells(row: "_Element", strings: list[str]) -> list[str]:
    texts: list[str] = []
    for cell in row:
        if local(cell) != "c":
            continue
        letters = (cell.get("r") or "").rstrip("0123456789")
        index = _column(letters) if letters else len(texts)
        if not len(texts) <= index < _COLUMNS:
            raise ValueError(letters)
        texts += [""] * (index - len(texts))
        texts.append(_value(cell, strings))
    return texts


def _column(letters: str) -> int:
    """Return the number of a column from its letters: A is 0, AA is 26."""
    number = 0
    for letter in letters[:4]:
        number = number * 26 + int(letter, 36) - 9
    return number - 1


def _value(cell: "_Element", strings: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return next((_string(child) for child in cell if local(child) == "is"), "")
    value = next((child.text or "" for child in cell if local(child) == "v"), "")
    if kind == "s":
        return strings[int(value)]
    if kind != "n" or not value:
        return _decoded(value)
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value


def _string(element: "_Element") -> str:
    """Return the text of a string item: its runs, without the phonetic guides."""
    parts = []
    for child in element:
        if local(child) == "t":
            parts.append(child.text or "")
        elif local(child) == "r":
            parts += [t.text or "" for t in child if local(t) == "t"]
    return _decoded("".join(parts))


def _decoded(text: str) -> str:
    return _CODED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _shared_strings(package: ZipFile, where: str) -> list[str]:
    name = "xl/sharedStrings.xml"
    strings: list[str] = []
    if name in package.namelist():
        size = 0
        with open_part(package, name, where) as stream:
            for item in iterate(stream, ["si"], where=where, doctype=False):
                strings.append(_string(item))
                size += len(strings[-1])
                if size > _STRINGS:
                    what = f"holds more than {_STRINGS:,} characters of text"
                    raise InputError(what, where=where, hint="save it as CSV or TSV")
    return strings


def _sheets(package: ZipFile, where: str) -> dict[str, str]:
    """Return the part of each worksheet by its name, in the workbook's order."""
    with open_part(package, "xl/_rels/workbook.xml.rels", where) as stream:
        targets = {
            r.get("Id"): r.get("Target", "")
            for r in iterate(stream, ["Relationship"], where=where, doctype=False)
        }
    with open_part(package, WORKBOOK, where) as stream:
        found = [
            (s.get("name", ""), targets.get(s.get(_LINK), ""))
            for s in iterate(stream, ["sheet"], where=where, doctype=False)
        ]
    parts = [(name, target.removeprefix("/xl/")) for name, target in found if "worksheet" in target]
    if not parts:
        raise InputError("holds no sheet", where=where)
    return {name: f"xl/{target}" for name, target in parts}
