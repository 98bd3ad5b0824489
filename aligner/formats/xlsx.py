"""Excel workbooks: a header row, then one item a row; reading takes every sheet.

Texts are written as texts, whatever they begin with, and marked so that editing them makes no formula of
them. The same rows give the same bytes.
"""

from collections.abc import Iterator
from functools import partial

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.layouts import FINDINGS, OCCURRENCES, PAIRS, UNITS
from aligner.formats.package import holds
from aligner.formats.rows import pairs, records
from aligner.formats.source import Source
from aligner.formats.tables import TableRow, all_tables
from aligner.formats.xlsx_glossary import read_glossary, write_glossary
from aligner.formats.xlsx_reading import WORKBOOK, open_book
from aligner.formats.xlsx_writing import write_table


def recognise(source: Source) -> bool:
    """Tell by the parts of the package."""
    return holds(source, WORKBOOK)


def read_table(source: Source) -> Iterator[TableRow | InputError]:
    """Yield the rows of all sheets that hold texts in both languages."""
    with open_book(source) as book:
        yield from all_tables(
            {f"{source.name}, sheet {sheet}": book.rows(sheet) for sheet in book.sheets}, source.columns
        )


FORMAT = Format(
    name="xlsx",
    suffixes=(".xlsx", ".xlsm"),
    recognises=recognise,
    read_records=records(read_table),
    read_pairs=pairs(read_table, counted_from=1),
    read_glossary=read_glossary,
    write_pairs=partial(write_table, PAIRS),
    write_units=partial(write_table, UNITS),
    write_glossary=write_glossary,
    write_occurrences=partial(write_table, OCCURRENCES),
    write_findings=partial(write_table, FINDINGS),
)
