"""Word documents: a table with an English and a Chinese column, or paragraphs in both languages.

Tracked insertions are text, tracked deletions are not; scripts are written as characters where plain ones
would mislead. What stands outside a bilingual table is kept as notes.
"""

from collections.abc import Iterator
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
from aligner.types import Language, Pair, Record

if TYPE_CHECKING:
    from lxml.etree import _Element

_DOCUMENT = "word/document.xml"
_SKIPPED = frozenset({"del", "moveFrom", "delText", "instrText", "Fallback", "pPr", "rPr", "sectPr"})
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LARGEST = 32 << 20
"""Bytes of the largest document, unpacked, that is read: it is held in memory as a whole."""

Rows = list[list[str]]


def recognise(source: Source) -> bool:
    """Tell by the parts of the package."""
    return holds(source, _DOCUMENT)


def read_records(source: Source) -> Iterator[Record]:
    """Yield the document's one record.

    Raises:
        InputError: the file is damaged, or there are not two abstracts.
    """
    paragraphs, tables = _content(source)
    if rows := _bilingual(tables):
        en, zh = ("\n".join(filter(None, side)) for side in zip(*rows, strict=True))
        notes = tuple(filter(None, (text.strip() for text in paragraphs)))
        yield Record(source.stem, en, zh, notes=notes)
    else:
        cells = [cell for table in tables for row in table for cell in row]
        yield parse("\n".join([*paragraphs, *cells]), name=source.stem, where=source.name)


def read_pairs(source: Source) -> Iterator[Pair]:
    """Yield the rows of the bilingual tables.

    Raises:
        InputError: the file is damaged, or holds no bilingual table.
    """
    rows = _bilingual(_content(source)[1])
    if not rows:
        hint = "put English in one column of a table and Chinese in another"
        raise InputError("holds no table with an English and a Chinese column", where=source.name, hint=hint)
    for number, (en, zh) in enumerate(rows):
        yield Pair(source.stem, number, en, zh)


def _content(source: Source) -> tuple[list[str], list[Rows]]:
    """Return the paragraphs outside tables, and the tables as rows of cells, each in order."""
    with open_package(source) as package, open_part(package, _DOCUMENT, source.name) as stream:
        for body in iterate(stream, ["body"], where=source.name, largest=_LARGEST, doctype=False):
            paragraphs = [_text(child) for child in body if local(child) not in {"tbl", "sectPr"}]
            return paragraphs, [_rows(table) for table in body.iter(f"{_W}tbl")]
    raise InputError("is no Word document", where=source.name)


def _rows(table: "_Element") -> Rows:
    rows = (list(row.iter(f"{_W}tc")) for row in table.iterchildren(f"{_W}tr", f"{_W}ins"))
    return [["\n".join(map(_text, cell.iter(f"{_W}p"))).strip() for cell in row] for row in rows]


def _bilingual(tables: list[Rows]) -> list[tuple[str, str]]:
    """Return the (English, Chinese) cells of the tables that have a column of each language, titles aside."""
    pairs = []
    for table in tables:
        width = max(map(len, table), default=0)
        columns = [[row[i] if i < len(row) else "" for row in table] for i in range(width)]
        en, zh = _column(columns, "en"), _column(columns, "zh")
        if en is None or zh is None:
            continue
        rows = list(zip(columns[en], columns[zh], strict=True))
        if (rows and language_of(rows[0][1]) != "zh") or regex.fullmatch(
            r"\s*(?:中文|汉语|译文|目标).{0,4}", rows[0][1]
        ):
            rows = rows[1:]
        pairs += [row for row in rows if any(row)]
    return pairs


def _column(columns: Rows, language: Language) -> int | None:
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
