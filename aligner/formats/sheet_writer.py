"""Write an Excel workbook of one sheet, row by row, the same bytes for the same rows."""

from collections.abc import Iterable
from typing import BinaryIO, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import regex

from aligner.errors import InputError
from aligner.formats.layouts import Layout, flat
from aligner.formats.xml import escape

T = TypeVar("T")

MOST_ROWS, LONGEST = 1_048_576, 32_767
"""Rows of a sheet and characters of a cell, at most."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="rId1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><bookViews><workbookView/></bookViews>'
    '<sheets><sheet name="aligner" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2">'
    '<font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1">'
    '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>'
    '<xf fontId="1" applyFont="1"/><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf quotePrefix="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
_PLAIN, _BOLD, _TEXT, _QUOTED = range(4)
_CODED = regex.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\r\ufffe\uffff]")
_WIDE = {"en", "zh", "message", "contexts", "note"}


def write_table(layout: Layout[T], items: Iterable[T], out: BinaryIO) -> list[InputError]:
    """Write the items as rows; one that no sheet can hold is left out and returned as an error."""
    errors = []
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, text in _PARTS.items():
            package.writestr(_entry(name), _HEAD + text)
        with package.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            sheet.write((_HEAD + _sheet_head(layout)).encode())
            count = 1
            for item in items:
                row = layout.row(item)
                cells = [flat(row[name]) for name in layout.columns]
                if problem := _problem(cells, count):
                    hint = "write TSV or JSONL"
                    errors.append(InputError(f"left out: {problem}", where=layout.name(item), hint=hint))
                else:
                    count += 1
                    sheet.write(_row(cells).encode())
            sheet.write(b"</sheetData></worksheet>")
    return errors


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 0, 0
    return entry


def _sheet_head(layout: Layout[T]) -> str:
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{60 if name in _WIDE else 14}" customWidth="1"/>'
        for n, name in enumerate(layout.columns, 1)
    )
    header = "".join(_cell(name, _BOLD) for name in layout.columns)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" '
        f'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{widths}</cols><sheetData>'
        f"<row>{header}</row>"
    )


def _row(cells: list[str | int | float]) -> str:
    return "<row>" + "".join(map(_cell, cells)) + "</row>"


def _cell(value: str | float, style: int = _TEXT) -> str:
    if not isinstance(value, str):
        return f"<c><v>{value!r}</v></c>"
    if value.startswith(("=", "+", "-", "@")):
        style = _QUOTED
    coded = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", _CODED.sub("_x005F_", value))
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{escape(coded)}</t></is></c>'


def _problem(cells: list[str | int | float], count: int) -> str:
    if count >= MOST_ROWS:
        return f"a sheet holds {MOST_ROWS:,} rows"
    if any(isinstance(cell, str) and len(cell) > LONGEST for cell in cells):
        return f"a cell holds {LONGEST:,} characters"
    return ""
