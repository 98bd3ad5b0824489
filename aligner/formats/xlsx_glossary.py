"""Glossaries as Excel workbooks: one sheet of entries, one of their contexts.

The sheet ``glossary`` has the columns of the other tables but contexts, which stand in the sheet
``contexts``, one a row; the column ``entry`` of both says which belong together, so that rows can be sorted.
An entry with a text longer than a cell holds is left out and reported.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from aligner.errors import InputError
from aligner.formats.glossary_rows import FLAT_ENTRIES, glossary, known_columns
from aligner.formats.layouts import flat
from aligner.formats.rows import TableRow
from aligner.formats.sheets import Book, open_book
from aligner.formats.source import Source
from aligner.formats.workbook import add_row, add_sheet, save, unfit
from aligner.types import Entry

_SHEET, _CONTEXTS, _KEY = "glossary", "contexts", "entry"
_WIDTHS = {
    "en": 36,
    "zh": 28,
    "en_variants": 30,
    "zh_variants": 26,
    "note": 36,
    "competing": 36,
    "expansion": 32,
}
_COLUMNS = (*(name for name in FLAT_ENTRIES.columns if name != _CONTEXTS), _KEY)
_CONTEXT_COLUMNS = (_KEY, "en", "zh", "record", "context_en", "context_zh")


def write_glossary(entries: Iterable[Entry], out: BinaryIO) -> list[InputError]:
    """Write a workbook; entries that do not fit are left out and returned as errors."""
    from openpyxl import Workbook

    errors = []
    book = Workbook(write_only=True)
    sheet = add_sheet(book, _SHEET, _COLUMNS, [_WIDTHS.get(name, 12) for name in _COLUMNS])
    contexts = add_sheet(book, _CONTEXTS, _CONTEXT_COLUMNS, [8, 32, 24, 16, 80, 60])
    for number, entry in enumerate(entries, 1):
        cells = {**FLAT_ENTRIES.row(entry), _KEY: number}
        shown = [(number, entry.en, entry.zh, c.record, c.en, c.zh) for c in entry.contexts]
        values = [flat(cells[name]) for name in _COLUMNS]
        if problem := unfit([*values, *(text for row in shown for text in row)]):
            hint = "write TSV or JSONL, or mend the text"
            errors.append(InputError(f"left out: {problem}", where=FLAT_ENTRIES.name(entry), hint=hint))
            continue
        add_row(sheet, values)
        for row in shown:
            add_row(contexts, row)
    save(book, out)
    return errors


def read_table(source: Source) -> Iterator[TableRow | InputError]:
    """Yield the rows of the glossary sheet (or the first with terms) with their contexts."""
    with open_book(source) as book:
        title = _glossary_sheet(book)
        contexts = _contexts(book) if title == _SHEET else {}
        for row in book.rows(title):
            if isinstance(row, TableRow) and title == _SHEET:
                cells = dict(row.cells)
                if found := contexts.get(str(cells.pop(_KEY, ""))):
                    cells[_CONTEXTS] = found
                yield TableRow(cells, row.where, row.number)
            else:
                yield row


def _glossary_sheet(book: Book) -> str:
    """Return the sheet named glossary, else the first whose header names both terms, else the first."""
    if _SHEET in book.sheets:
        return _SHEET
    for title in book.sheets:
        first = next((row for row in book.rows(title) if isinstance(row, TableRow)), None)
        if first and {"en", "zh"} <= set(known_columns(first.cells)):
            return title
    return next(iter(book.sheets))


def _contexts(book: Book) -> dict[str, list[dict[str, str]]]:
    """Return by entry number the contexts in their order."""
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    if _CONTEXTS in book.sheets:
        for row in book.rows(_CONTEXTS):
            if isinstance(row, InputError):
                raise row
            record, en, zh = (row.cells.get(name, "") for name in ("record", "context_en", "context_zh"))
            if key := row.cells.get(_KEY):
                found[str(key)].append({"record": record, "en": en, "zh": zh})
    return dict(found)


read_glossary = glossary(read_table)
