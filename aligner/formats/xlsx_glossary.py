"""Glossaries as Excel workbooks: one sheet of entries, one of their contexts.

The sheet ``glossary`` has the columns of the other tables but contexts, which stand in the sheet
``contexts``, one a row; the column ``entry`` of both says which belong together, so that rows can be sorted.
An entry with a text longer than a cell holds is left out and reported.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from aligner.errors import InputError
from aligner.formats.glossary_rows import glossary, layout_of
from aligner.formats.layouts import flat
from aligner.formats.source import Source
from aligner.formats.tables import TableRow, all_tables, table_rows
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
_CONTEXT_WIDTHS = {_KEY: 8, "en": 32, "zh": 24, "record": 16, "context_en": 80, "context_zh": 60}
_HINT = "write TSV or JSONL, or mend the text"


def write_glossary(entries: Iterable[Entry], out: BinaryIO) -> list[InputError]:
    """Write a workbook; entries that do not fit are left out and returned as errors."""
    errors = []
    rows = list(entries)
    layout = layout_of(rows, flat=True)
    columns = [*(name for name in layout.columns if name not in (_CONTEXTS, _KEY)), _KEY]
    with new_book(out) as book:
        sheet = book.add_sheet(_SHEET, {name: _WIDTHS.get(name, 12) for name in columns})
        contexts = book.add_sheet(_CONTEXTS, _CONTEXT_WIDTHS)
        for number, entry in enumerate(rows, 1):
            cells = {**layout.row(entry), _KEY: number}
            where = layout.name(entry)
            shown = [(number, entry.en, entry.zh, c.record, c.en, c.zh) for c in entry.contexts]
            problems = filter(None, map(contexts.problem, shown))
            if problem := next(problems, ""):
                errors.append(InputError(f"left out: {problem}", where=where, hint=_HINT))
            elif error := sheet.add([flat(cells[name]) for name in columns], where):
                errors.append(error)
            else:
                for row in shown:
                    contexts.add(row, where)
    return errors


def read_table(source: Source) -> Iterator[TableRow | InputError]:
    """Yield the rows of our glossary sheet with their contexts; of another workbook those of all sheets."""
    with open_book(source) as book:
        contexts = _contexts(book) if {_SHEET, _CONTEXTS} <= set(book.sheets) else None
        titles = [_SHEET] if contexts is not None else list(book.sheets)
        tables = {f"{source.name}, sheet {title}": book.rows(title) for title in titles}
        for row in all_tables(tables, source.columns):
            if isinstance(row, TableRow) and contexts is not None:
                cells = dict(row.cells)
                columns = dict(row.columns)
                if found := contexts.get(str(cells.pop(_KEY, ""))):
                    cells[_CONTEXTS], columns[_CONTEXTS] = found, _CONTEXTS
                yield replace(row, cells=cells, columns=columns)
            else:
                yield row


def _contexts(book: Book) -> dict[str, list[dict[str, str]]]:
    """Return by entry number the contexts in their order."""
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table_rows(book.rows(_CONTEXTS), {"en": "context_en", "zh": "context_zh"}):
        if isinstance(row, InputError):
            raise row
        record, en, zh = (row.cells.get(name, "") for name in ("record", "context_en", "context_zh"))
        if key := row.cells.get(_KEY):
            found[str(key)].append({"record": record, "en": en, "zh": zh})
    return dict(found)


read_glossary = glossary(read_table)
