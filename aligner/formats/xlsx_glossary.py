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
from aligner.formats.source import Source
from aligner.formats.xlsx_reading import Book, open_book
from aligner.formats.xlsx_writing import new_book
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
_CONTEXT_WIDTHS = {_KEY: 8, "en": 32, "zh": 24, "record": 16, "context_en": 80, "context_zh": 60}
_HINT = "write TSV or JSONL, or mend the text"


def write_glossary(entries: Iterable[Entry], out: BinaryIO) -> list[InputError]:
    """Write a workbook; entries that do not fit are left out and returned as errors."""
    errors = []
    with new_book(out) as book:
        sheet = book.add_sheet(_SHEET, {name: _WIDTHS.get(name, 12) for name in _COLUMNS})
        contexts = book.add_sheet(_CONTEXTS, _CONTEXT_WIDTHS)
        for number, entry in enumerate(entries, 1):
            cells = {**FLAT_ENTRIES.row(entry), _KEY: number}
            where = FLAT_ENTRIES.name(entry)
            shown = [(number, entry.en, entry.zh, c.record, c.en, c.zh) for c in entry.contexts]
            problems = filter(None, map(contexts.problem, shown))
            if problem := next(problems, ""):
                errors.append(InputError(f"left out: {problem}", where=where, hint=_HINT))
            elif error := sheet.add([flat(cells[name]) for name in _COLUMNS], where):
                errors.append(error)
            else:
                for row in shown:
                    contexts.add(row, where)
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
