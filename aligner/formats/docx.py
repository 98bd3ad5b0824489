"""Word documents: a table with an English and a Chinese column, or paragraphs in both languages.

Tracked insertions are text, tracked deletions are not; scripts are written as characters where plain ones
would mislead. What stands outside a bilingual table is kept as notes. A table in a cell is one by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.line_kinds import language_of
from aligner.formats.markup import lowered, raised
from aligner.formats.package import holds, open_package, open_part
from aligner.formats.pasted import parse
from aligner.formats.source import Source
from aligner.formats.xml import iterate, local
from aligner.text.han import count_han
from aligner.types import Address, Language, Pair, Record

if TYPE_CHECKING:
    from lxml.etree import _Element

_DOCUMENT = "word/document.xml"
_SKIPPED = frozenset({"del", "moveFrom", "delText", "instrText", "Fallback", "pPr", "rPr", "sectPr", "tbl"})
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_COLUMNS = 63
"""Columns of a Word table, at most (Word's own limit)."""

_LARGEST = 32 << 20
"""Bytes of the largest document, unpacked, that is read: it is held in memory as a whole."""

_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
"""Elements around rows and cells that are no content of their own: content controls, tracked insertions."""

_HEADERS = {
    "en": regex.compile(r"(?:english|en(?:[-_][a-z]{2})?|eng|英文|英语)\b.{0,24}", regex.IGNORECASE),
    "zh": regex.compile(
        r"(?:(?:simplified|traditional)?\s*chinese|zh(?:[-_]\w{2,4})?|cn|chi|中文|汉语|简体).{0,24}",
        regex.IGNORECASE,
    ),
    "id": regex.compile(r"(?:(?:segment|unit)\s*)?(?:id|no\.?|#|number)|编号|序号", regex.IGNORECASE),
    "source": regex.compile(r"(?:source|src|原文|源文).{0,24}", regex.IGNORECASE),
    "target": regex.compile(r"(?:target|tgt|translation|译文|目标).{0,24}", regex.IGNORECASE),
}


@dataclass(slots=True)
class Table:
    """A table's rows: the number of each in the document's table, from 1, and its cells."""

    rows: list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a bilingual table: both texts, the table's number and the row's, from 1, and its id."""

    en: str
    zh: str
    table: int
    number: int
    id: str


def recognise(source: Source) -> bool:
    """Tell by the parts of the package."""
    return holds(source, _DOCUMENT)


def read_records(source: Source) -> Iterator[Record]:
    """Yield the document's one record; what stands in no bilingual table is its notes.

    Raises:
        InputError: the file is damaged, or there are not two abstracts.
    """
    paragraphs, tables = _content(source)
    rows, others = _bilingual(tables)
    if rows:
        en, zh = ("\n".join(filter(None, side)) for side in ([r.en for r in rows], [r.zh for r in rows]))
        notes = tuple(filter(None, (text.strip() for text in (*paragraphs, *others))))
        yield Record(source.stem, en, zh, notes=notes)
    else:
        cells = [cell for table in tables for _, row in table.rows for cell in row]
        yield parse("\n".join([*paragraphs, *cells]), name=source.stem, where=source.name)


def read_pairs(source: Source) -> Iterator[Pair]:
    """Yield the rows of the bilingual tables.

    Raises:
        InputError: the file is damaged, or holds no bilingual table.
    """
    rows, _ = _bilingual(_content(source)[1])
    if not rows:
        hint = "put English in one column of a table and Chinese in another"
        raise InputError("holds no table with an English and a Chinese column", where=source.name, hint=hint)
    for number, row in enumerate(rows):
        address = Address(source.name, row.id, row.number, f"table {row.table}")
        yield Pair(source.stem, number, row.en, row.zh, source=address)


def _content(source: Source) -> tuple[list[str], list[Table]]:
    """Return the paragraphs outside tables, and all tables (nested ones too), each in order."""
    with open_package(source) as package, open_part(package, _DOCUMENT, source.name) as stream:
        for body in iterate(stream, ["body"], where=source.name, largest=_LARGEST, doctype=False):
            blocks = [child for child in body if local(child) not in {"tbl", "sectPr"}]
            return list(map(_text, blocks)), [_table(table) for table in body.iter(f"{_W}tbl")]
    raise InputError("is no Word document", where=source.name)


def _table(table: "_Element") -> Table:
    rows = []
    for number, row in enumerate(unwrapped(table, "tr"), 1):
        if row.find(f"{_W}trPr/{_W}del") is None:  # a row whose deletion is tracked is no text
            rows.append((number, row_texts(row)))
    return Table(rows)


def unwrapped(element: "_Element", name: str) -> Iterator["_Element"]:
    """Yield the rows of a table, or the cells of a row, through content controls and tracked insertions."""
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) in _WRAPPERS:
            yield from unwrapped(child, name)


def row_texts(row: "_Element") -> list[str]:
    """Return the texts of a row by column; a cell that spans several stands in the first of them."""
    texts = [""] * _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
    for cell in unwrapped(row, "tc"):
        texts.append("\n".join(map(_text, cell_paragraphs(cell))).strip())
        texts += [""] * (_number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1) - 1)
    return texts


def cell_paragraphs(cell: "_Element") -> Iterator["_Element"]:
    """Yield the paragraphs of a cell, but not those of a table in it."""
    return unwrapped(cell, "p")


def _number(element: "_Element | None", default: int) -> int:
    value = "" if element is None else element.get(f"{_W}val", "")
    return min(int(value), _MAX_COLUMNS) if value.isascii() and value.isdigit() else default


def _bilingual(tables: list[Table]) -> tuple[list[Row], list[str]]:
    """Return the rows of the tables that have a column of each language, and the cells of all others."""
    found, others = [], []
    for place, table in enumerate(tables, 1):
        width = max((len(row) for _, row in table.rows), default=0)
        rows = [(number, [*row, *[""] * (width - len(row))]) for number, row in table.rows]
        columns = _by_header(rows) or _by_content(rows)
        if columns is None:
            others += [cell for _, row in rows for cell in row]
            continue
        en, zh, first = columns
        ids = _title(rows, "id") if first else -1
        for number, row in rows[first:]:
            if row[en] or row[zh]:
                found.append(Row(row[en], row[zh], place, number, row[ids].strip() if ids >= 0 else ""))
    return found, others


def _by_header(rows: list[tuple[int, list[str]]]) -> tuple[int, int, int] | None:
    """Return the English and the Chinese column by the titles in the first row, and the first row of text."""
    if not rows:
        return None
    titles = {kind: _title(rows, kind) for kind in _HEADERS}
    if titles["en"] >= 0 and titles["zh"] >= 0:
        return titles["en"], titles["zh"], 1
    source, target = titles["source"], titles["target"]
    if source < 0 or target < 0:
        return None
    han = [sum(count_han(row[column]) for _, row in rows[1:]) for column in (source, target)]
    if not any(han):
        return None
    return (target, source, 1) if han[0] > han[1] else (source, target, 1)


def _title(rows: list[tuple[int, list[str]]], kind: str) -> int:
    """Return the column whose title in the first row is of this kind; -1 where there is none."""
    return next((i for i, cell in enumerate(rows[0][1]) if _HEADERS[kind].fullmatch(cell.strip())), -1)


def _by_content(rows: list[tuple[int, list[str]]]) -> tuple[int, int, int] | None:
    columns = [list(cells) for cells in zip(*(row for _, row in rows), strict=True)]
    en, zh = _column(columns, "en"), _column(columns, "zh")
    if en is None or zh is None:
        return None
    return en, zh, int(language_of(columns[zh][0]) != "zh")


def _column(columns: list[list[str]], language: Language) -> int | None:
    """Return the column with the most text of a language, where most of its cells are in it."""
    sizes = {
        i: sum(len(cell) for cell in cells if language_of(cell) == language)
        for i, cells in enumerate(columns)
        if 2 * sum(language_of(cell) == language for cell in cells) >= sum(map(bool, cells)) > 0
    }
    return max(sizes, key=lambda i: sizes[i]) if any(sizes.values()) else None


def _text(element: "_Element") -> str:
    """Return the text of a paragraph or of anything in it."""
    text = ""
    for child in element:
        name = local(child)
        if name in _SKIPPED:
            continue
        if name == "t":
            text += child.text or ""
        elif name == "sym":
            text += _symbol(child.get(f"{_W}char", ""))
        elif name == "r":
            text = _with_run(text, child)
        elif name == "p":
            text += ("\n" if text else "") + _text(child)
        else:
            text += _CHARACTERS.get(name, "") or _text(child)
    return text


def _symbol(code: str) -> str:
    """Return the character of a symbol; U+FFFD, which anyone sees, where its code is none."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _with_run(text: str, run: "_Element") -> str:
    found = run.find(f"{_W}rPr/{_W}vertAlign")
    script = "" if found is None else found.get(f"{_W}val", "")
    inner = _text(run)
    if script == "superscript":
        return text + raised(inner, after=text)
    return text + (lowered(inner, after=text, before="") if script == "subscript" else inner)


FORMAT = Format(
    name="docx", suffixes=(".docx",), recognises=recognise, read_records=read_records, read_pairs=read_pairs
)
