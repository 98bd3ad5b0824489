"""Formats: files in, records and pairs out, and back. One module a format, listed in one table.

The order of the table is the order in which a file is tried: the first format that recognises it reads it.
"""

from aligner.formats.base import Format
from aligner.formats.read import read_glossary, read_pairs, read_records
from aligner.formats.source import Source
from aligner.formats.table import FORMATS

__all__ = ["FORMATS", "Format", "Source", "read_glossary", "read_pairs", "read_records"]
