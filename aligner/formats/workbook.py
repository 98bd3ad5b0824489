"""Excel workbooks, written so that texts stay texts and the same rows give the same bytes."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl import Workbook

LONGEST = 32_767
"""Characters of the longest text a cell holds."""

_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\r\ufffe\uffff]")
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
