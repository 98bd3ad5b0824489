"""The tables of a Word document that have a column of each language: by their titles, or by their content."""

from dataclasses import dataclass

import regex

from aligner.formats.docx_text import Line, cell_line, cells_of, rows_of
from aligner.formats.line_kinds import language_of
from aligner.formats.nodes import Node
from aligner.text.han import count_han
from aligner.types import Language

DOCUMENT = "word/document.xml"
MAX_BYTES = 32 << 20
"""Bytes of the largest document, unpacked, that is read: it is held in memory as a whole."""

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


Rows = list[tuple[int, list[Line]]]
"""The rows of a table: the number of each, from 1, and its cells by column."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a bilingual table: both texts, the table's number and the row's, from 1, and its id."""

    en: Line
    zh: Line
    table: int
    number: int
    id: str


def bilingual_rows(body: Node) -> tuple[list[Row], list[str]]:
    """Return the rows of the tables that have a column of each language, and the cells of all others.

    Tables are counted as they begin, those in cells of others too.
    """
    found, others = [], []
    tables = (node for node in body.descendants() if node.name == "tbl")
    for place, table in enumerate(tables, 1):
        lines = [(number, list(map(cell_line, cells_of(row)))) for number, row in rows_of(table)]
        width = max((len(row) for _, row in lines), default=0)
        rows = [(number, [*row, *(Line() for _ in range(width - len(row)))]) for number, row in lines]
        columns = _by_header(rows) or _by_content(rows)
        if columns is None:
            others += [cell.text for _, row in rows for cell in row if cell.text]
            continue
        en, zh, first = columns
        ids = _title(rows, "id") if first else -1
        for number, row in rows[first:]:
            if row[en].text or row[zh].text:
                found.append(Row(row[en], row[zh], place, number, row[ids].text if ids >= 0 else ""))
    return found, others


def _by_header(rows: Rows) -> tuple[int, int, int] | None:
    """Return the English and the Chinese column by the titles in the first row, and the first row of text."""
    if not rows:
        return None
    titles = {kind: _title(rows, kind) for kind in _HEADERS}
    if titles["en"] >= 0 and titles["zh"] >= 0:
        return titles["en"], titles["zh"], 1
    source, target = titles["source"], titles["target"]
    if source < 0 or target < 0:
        return None
    han = [sum(count_han(row[column].text) for _, row in rows[1:]) for column in (source, target)]
    if not any(han):
        return None
    return (target, source, 1) if han[0] > han[1] else (source, target, 1)


def _title(rows: Rows, kind: str) -> int:
    """Return the column whose title in the first row is of this kind; -1 where there is none."""
    return next((i for i, cell in enumerate(rows[0][1]) if _HEADERS[kind].fullmatch(cell.text)), -1)


def _by_content(rows: Rows) -> tuple[int, int, int] | None:
    columns = [[cell.text for cell in cells] for cells in zip(*(row for _, row in rows), strict=True)]
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
