"""Tab-separated tables. How texts are kept on one line and out of formulas: see `delimited`.

Only a text that begins with a quotation mark is quoted, as spreadsheets and pandas expect it; marks elsewhere
stand as they are, so that splitting a line at its tabs gives the cells.
"""

from functools import partial
from typing import Any

import regex

from aligner.formats.base import Format
from aligner.formats.columns import is_header
from aligner.formats.delimited import TableWriter, reader, writer
from aligner.formats.glossary_rows import glossary
from aligner.formats.glossary_rows import writer as glossary_writer
from aligner.formats.layouts import FINDINGS, OCCURRENCES, PAIRS, UNITS
from aligner.formats.rows import pairs, records
from aligner.formats.source import Source

read_table = reader("\t")
write_table: TableWriter[Any] = writer("\t", regex.compile(r'^"'))


def recognise(source: Source) -> bool:
    """Tell by the extension; a ``.txt``, as spreadsheets save it, by a header that names both languages."""
    if source.suffix != ".txt":
        return source.suffix in FORMAT.suffixes
    first = next((line[1] for line in source.lines() if isinstance(line, tuple) and line[1].strip()), "")
    return is_header(first.split("\t"))


FORMAT = Format(
    name="tsv",
    suffixes=(".tsv", ".tab"),
    recognises=recognise,
    read_records=records(read_table),
    read_pairs=pairs(read_table, counted_from=1),
    read_glossary=glossary(read_table),
    write_pairs=partial(write_table, PAIRS),
    write_units=partial(write_table, UNITS),
    write_glossary=glossary_writer(write_table, flat=True),
    write_occurrences=partial(write_table, OCCURRENCES),
    write_findings=partial(write_table, FINDINGS),
)
