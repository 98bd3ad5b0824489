"""Excel workbooks, read with care: their sheets, and the rows of one as they are asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import ZipFile

import regex

from aligner.errors import InputError
from aligner.formats.package import open_package, open_part
from aligner.formats.source import Source
from aligner.formats.tables import Cells
from aligner.formats.xlsx_dates import date_text, is_date
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
class _Shared:
    """What the sheets of a workbook share: strings, the numbers of cell styles that show dates, the epoch."""

    strings: list[str]
    dates: frozenset[int]
    from_1904: bool


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
    _shared: _Shared

    def rows(self, sheet: str) -> Iterator[Cells | InputError]:
        """Yield the rows of a sheet that are not empty, as texts."""
        return _rows(self._package, self.sheets[sheet], self._shared, self.name, sheet)


@contextmanager
def open_book(source: Source) -> Iterator[Book]:
    """Open a workbook.

    Raises:
        InputError: it is damaged, locked, or larger than any honest one.
    """
    with open_package(source) as package:
        sheets, from_1904 = _sheets(package, source.name)
        shared = _Shared(_shared_strings(package, source.name), _date_styles(package, source.name), from_1904)
        yield Book(source.name, sheets, package, shared)


def _rows(
    package: ZipFile, part: str, shared: _Shared, name: str, sheet: str
) -> Iterator[Cells | InputError]:
    where = f"{name}, sheet {sheet}"
    with open_part(package, part, where) as stream:
        for position, row in enumerate(iterate(stream, ["row"], where=where, doctype=False), 1):
            number = row.get("r", "")
            number = number if number.isascii() and number.isdigit() else str(position)
            if position > MAX_ROWS:
                raise InputError(f"holds more than {MAX_ROWS:,} rows", where=where)
            place = f"{where}, row {number}"
            try:
                cells = _cells(row, shared)
                "".join(cells).encode()  # a coded half of a character
            except (ValueError, IndexError, OverflowError):
                yield InputError("holds a damaged cell", where=place)
                continue
            if any(text.strip() for text in cells):
                yield Cells(int(number), place, cells, sheet)


def _cells(row: "_Element", shared: _Shared) -> list[str]:
    texts: list[str] = []
    for cell in row:
        if local(cell) != "c":
            continue
        letters = (cell.get("r") or "").rstrip("0123456789")
        index = _column(letters) if letters else len(texts)
        if not len(texts) <= index < _COLUMNS:
            raise ValueError(letters)
        texts += [""] * (index - len(texts))
        texts.append(_value(cell, shared))
    return texts


def _column(letters: str) -> int:
    """Return the number of a column from its letters: A is 0, AA is 26."""
    number = 0
    for letter in letters[:4]:
        number = number * 26 + int(letter, 36) - 9
    return number - 1


def _value(cell: "_Element", shared: _Shared) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return next((_string(child) for child in cell if local(child) == "is"), "")
    value = next((child.text or "" for child in cell if local(child) == "v"), "")
    if kind == "s":
        return shared.strings[int(value)]
    if kind != "n" or not value:
        return _decoded(value)
    number = float(value)
    if int(cell.get("s") or 0) in shared.dates and (date := date_text(number, from_1904=shared.from_1904)):
        return date
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


def _date_styles(package: ZipFile, where: str) -> frozenset[int]:
    """Return the numbers of the cell styles that show dates."""
    name = "xl/styles.xml"
    custom: dict[int, str] = {}
    styles: list[int] = []
    if name in package.namelist():
        with open_part(package, name, where) as stream:
            for item in iterate(stream, ["numFmt", "cellXfs"], where=where, doctype=False):
                if local(item) == "numFmt":
                    custom[_whole(item.get("numFmtId"))] = item.get("formatCode") or ""
                else:
                    styles = [_whole(xf.get("numFmtId")) for xf in item]
    return frozenset(number for number, style in enumerate(styles) if is_date(style, custom))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _sheets(package: ZipFile, where: str) -> tuple[dict[str, str], bool]:
    """Return the part of each worksheet by its name, in order; and whether the workbook counts from 1904."""
    with open_part(package, "xl/_rels/workbook.xml.rels", where) as stream:
        targets = {
            r.get("Id"): r.get("Target", "")
            for r in iterate(stream, ["Relationship"], where=where, doctype=False)
        }
    with open_part(package, WORKBOOK, where) as stream:
        found, from_1904 = [], False
        for item in iterate(stream, ["workbookPr", "sheet"], where=where, doctype=False):
            if local(item) == "workbookPr":
                from_1904 = item.get("date1904") in ("1", "true")
            else:
                found.append((item.get("name", ""), targets.get(item.get(_LINK), "")))
    parts = [(name, target.removeprefix("/xl/")) for name, target in found if "worksheet" in target]
    if not parts:
        raise InputError("holds no sheet", where=where)
    return {name: f"xl/{target}" for name, target in parts}, from_1904
