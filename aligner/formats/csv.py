"""Comma-separated tables, quoted as RFC 4180 has it. How texts are kept on one line: see `delimited`."""

from functools import partial

import regex

from aligner.formats.base import Format
from aligner.formats.delimited import reader, writer
from aligner.formats.glossary_rows import glossary
from aligner.formats.glossary_rows import writer as glossary_writer
from aligner.formats.layouts import FINDINGS, OCCURRENCES, PAIRS, UNITS
from aligner.formats.rows import pairs, records
from aligner.formats.source import Source

read_table = reader(",")
_quoted = regex.compile(r'[",]')


def recognise(source: Source) -> bool:
    """Tell by the extension."""
    return source.suffix in FORMAT.suffixes


FORMAT = Format(
    name="csv",
    suffixes=(".csv",),
    recognises=recognise,
    read_records=records(read_table),
    read_pairs=pairs(read_table, counted_from=1),
    read_glossary=glossary(read_table),
    write_pairs=partial(writer(",", _quoted), PAIRS),
    write_units=partial(writer(",", _quoted), UNITS),
    write_glossary=glossary_writer(writer(",", _quoted), flat=True),
    write_occurrences=partial(writer(",", _quoted), OCCURRENCES),
    write_findings=partial(writer(",", _quoted), FINDINGS),
)
