"""Excel workbooks, written so that texts stay texts and the same rows give the same bytes; read with care."""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from aligner.errors import InputError
from aligner.formats.rows import TableRow

if TYPE_CHECKING:
    from openpyxl import Workbook

LONGEST = 32_767
"""Characters of the longest text a cell holds."""

LARGEST = 256 << 20
"""Bytes of the largest workbook, unpacked, that is read."""

_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\r\ufffe\uffff]")
_CODED = re.compile("_x([0-9A-Fa-f]{4})_")
_WHEN = "2000-01-01T00:00:00Z"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def add_sheet(book: "Workbook", title: str, columns: Sequence[str], widths: Sequence[int]) -> Any:
    """Add a sheet with a bold header that stays in sight; widths are in characters."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    header = []
    for name in columns:
        cell = WriteOnlyCell(sheet, name)
        cell.font = Font(bold=True)
        header.append(cell)
    sheet.append(header)
    return sheet


def add_row(sheet: Any, values: Iterable[str | int | float]) -> None:
    """Add a row. Texts stay texts, whatever they begin with, also when someone edits their cell."""
    from openpyxl.cell import WriteOnlyCell

    cells: list[Any] = []
    for value in values:
        cell = WriteOnlyCell(sheet, None if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.value = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", _CODE.sub("_x005F_", value))
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(("=", "+", "-", "@", "'"))
        cells.append(cell)
    sheet.append(cells)


def unfit(values: Iterable[object]) -> str:
    """Say why a row's texts do not fit into cells; nothing where they do."""
    for value in values:
        if isinstance(value, str) and len(value) > LONGEST:
            return f"a text has {len(value):,} characters, more than the {LONGEST:,} of a cell"
    return ""


def save(book: "Workbook", out: BinaryIO) -> None:
    """Write the workbook without the hour it was written at."""
    packed = BytesIO()
    book.save(packed)
    with ZipFile(packed) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _TIMES.sub(rb"\g<1>" + _WHEN.encode() + rb"\g<2>", data)
            part = ZipInfo(name)
            part.compress_type = ZIP_DEFLATED
            new.writestr(part, data)


def load(stream: BinaryIO, *, where: str) -> "Workbook":
    """Open a workbook for reading row by row.

    Raises:
        InputError: it is damaged, locked, or larger than any honest glossary.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with ZipFile(stream) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > LARGEST:
            raise InputError(
                f"unpacks to more than {LARGEST >> 20} MiB", where=where, hint="check its origin"
            )
        stream.seek(0)
        return load_workbook(stream, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, EOFError) as error:
        hint = "save it again as .xlsx, without a password"
        raise InputError("is no Excel workbook that can be read", where=where, hint=hint) from error


def rows(book: "Workbook", title: str) -> Iterator[tuple[Any, ...]]:
    """Yield the values of a sheet's rows."""
    sheet: Any = book[title]
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        yield tuple(_decoded(value) if isinstance(value, str) else value for value in row)


def _decoded(text: str) -> str:
    """Undo how a workbook writes characters that XML refuses (ECMA-376, ST_Xstring)."""
    return _CODED.sub(lambda match: chr(int(match[1], 16)), text)


def table(lines: Iterable[tuple[Any, ...]], where: str) -> Iterator[TableRow]:
    """Yield rows by the names in the first that is not empty; columns without a name get their number."""
    header: list[str] = []
    for number, values in enumerate(lines, 1):
        if not any(value not in (None, "") for value in values):
            continue
        if header:
            filled = (*values, *[None] * len(header))
            yield TableRow(dict(zip(header, filled, strict=False)), f"{where}, row {number}", number)
        else:
            header = [str(value or f"column_{place}") for place, value in enumerate(values, 1)]
