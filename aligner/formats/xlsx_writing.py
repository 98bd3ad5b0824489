"""Excel workbooks written row by row (XlsxWriter, constant memory), the same bytes for the same rows.

Texts are written as texts, whatever they begin with, and marked so that editing them makes no formula of
them. A row that no sheet can hold is reported.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import regex

from aligner.errors import InputError
from aligner.formats.layouts import Layout, table_cells

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

T = TypeVar("T")
Cell = str | int | float

MAX_ROWS, MAX_CELL_CHARS = 1_048_576, 32_767
"""Rows of a sheet and characters of a cell, at most (Excel specifications and limits, Microsoft)."""

_REFUSED = regex.compile("[\ud800-\udfff\ufffe\uffff]")
_CREATED = datetime(2000, 1, 1)
_WIDE_COLUMNS = {"en": 60, "zh": 60, "message": 60, "contexts": 60, "note": 60}
_WIDTH = 14
_HINT = "write TSV or JSONL, or mend the text"


@dataclass(slots=True)
class Sheet:
    """A worksheet that is written from its top."""

    _sheet: "Worksheet"
    _plain: Any
    _quoted: Any
    _next: int = field(default=1)

    def add(self, values: Sequence[Cell], where: str) -> InputError | None:
        """Write a row; return an error, and write nothing, when a sheet cannot hold it."""
        if problem := self.problem(values):
            return InputError(f"left out: {problem}", where=where, hint=_HINT)
        for column, value in enumerate(values):
            if not isinstance(value, str):
                self._sheet.write_number(self._next, column, value)
            elif value.startswith("<r>") and value.endswith("</r>"):  # XlsxWriter would take it for markup
                pieces = (value[:1], value[1:2], value[2:])
                self._sheet.write_rich_string(self._next, column, *pieces, self._plain)
            elif value:
                style = self._quoted if value.startswith(("=", "+", "-", "@", "'")) else self._plain
                self._sheet.write_string(self._next, column, value, style)
        self._next += 1
        return None

    def problem(self, values: Iterable[Cell]) -> str:
        """Say why a sheet cannot hold a row; nothing where it can."""
        if self._next >= MAX_ROWS:
            return f"a sheet holds {MAX_ROWS:,} rows"
        for value in values:
            if isinstance(value, str) and len(value) > MAX_CELL_CHARS:
                return f"a text has {len(value):,} characters, more than the {MAX_CELL_CHARS:,} of a cell"
            if isinstance(value, str) and (found := _REFUSED.search(value)):
                return f"it holds the character U+{ord(found[0]):04X}, which XLSX cannot hold"
        return ""


@dataclass(slots=True)
class NewBook:
    """A workbook that is being written."""

    _book: "Workbook"

    def add_sheet(self, title: str, widths: Mapping[str, int]) -> Sheet:
        """Add a sheet with a bold header that stays in sight; widths of its columns are in characters."""
        sheet = self._book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        bold = self._book.add_format({"bold": True})
        for column, (name, width) in enumerate(widths.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, bold)
        style = {"valign": "top", "text_wrap": True}
        plain, quoted = self._book.add_format(style), self._book.add_format({**style, "quote_prefix": True})
        return Sheet(sheet, plain, quoted)


@contextmanager
def new_book(out: BinaryIO) -> Iterator[NewBook]:
    """Write a workbook to a binary stream."""
    from xlsxwriter import Workbook

    book = Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    yield NewBook(book)
    book.close()


def write_table(layout: Layout[T], items: Iterable[T], out: BinaryIO) -> list[InputError]:
    """Write the items as rows of one sheet; one a sheet cannot hold is returned as an error."""
    errors = []
    with new_book(out) as book:
        sheet = book.add_sheet("aligner", {name: _WIDE_COLUMNS.get(name, _WIDTH) for name in layout.columns})
        for item in items:
            if error := sheet.add(table_cells(layout, item), layout.name(item)):
                errors.append(error)
    return errors
