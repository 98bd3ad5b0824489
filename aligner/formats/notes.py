"""What stands in no text of a record, as a file: a line a note, the record's name before it."""

from collections.abc import Iterator
from pathlib import Path

from aligner.errors import InputError
from aligner.formats.delimited import escape
from aligner.formats.new_file import new_file
from aligner.types import Record


def with_notes(items: Iterator[Record | InputError], path: Path) -> Iterator[Record | InputError]:
    """Pass records on, and write their notes to a file (record and note, tab-separated, with a header).

    Raises:
        InputError: the file cannot be written.
    """
    with new_file(path) as stream:
        stream.write(b"record\tnote\n")
        for item in items:
            if isinstance(item, Record):
                for note in item.notes:
                    stream.write(f"{escape(item.name)}\t{escape(note)}\n".encode())
            yield item
