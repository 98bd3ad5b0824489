"""UTX 1.1 and 1.20, the glossary format of AAMT: a line of languages, a line of columns, a term a line."""

from collections.abc import Iterator

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.delimited import cells_of
from aligner.formats.glossary_rows import glossary
from aligner.formats.source import Source
from aligner.formats.tables import Cells, TableRow, table_rows


def recognise(source: Source) -> bool:
    """Tell by the extension or the first line."""
    return source.suffix == ".utx" or source.head.lstrip(b"\xef\xbb\xbf").startswith(b"#UTX")


def read_table(source: Source) -> Iterator[TableRow | InputError]:
    """Yield the rows; the last line that begins with # before the first term names the columns."""
    yield from table_rows(_cells(source), source.columns)


def _cells(source: Source) -> Iterator[Cells | InputError]:
    header: Cells | None = None
    begun = False
    for row in cells_of(source, "\t"):
        if isinstance(row, InputError):
            yield row
        elif row.texts[0].startswith("#"):
            if not begun and len(row.texts) > 1:
                header = Cells(row.number, row.where, [row.texts[0].lstrip("#"), *row.texts[1:]])
        else:
            if not begun and header:
                yield header
            begun = True
            yield row


FORMAT = Format(name="utx", suffixes=(".utx",), recognises=recognise, read_glossary=glossary(read_table))
