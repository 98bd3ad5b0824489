"""OmegaT's glossary: source, target and comment, parted by tabs, UTF-8, no header.

The comment holds what a translator wants to see while typing: the abbreviation or its long form, the
variants, and the note. Read back, it is the note. Score, counts, contexts and status are not carried;
rejected entries are not written. A line that begins with ``#`` is a comment of the file's, so such a term is
left out and reported, as are terms with tabs, line ends or other control characters; a line end in a
note becomes a space.
"""

from collections.abc import Iterable
from typing import BinaryIO

import regex

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.source import Source
from aligner.formats.two_column import left_out, read_glossary, unfit
from aligner.types import Entry

_SPACE = regex.compile(r"[\p{Cc}\u2028\u2029]+")


def recognise(source: Source) -> bool:
    """Tell by the extension that only OmegaT uses; others are read by `two_column`, to the same effect."""
    return source.suffix == ".utf8"


def write_glossary(entries: Iterable[Entry], out: BinaryIO) -> list[InputError]:
    """Write one line an entry; what it cannot hold is left out and returned as errors."""
    errors = []
    for entry in entries:
        if entry.status == "rejected":
            continue
        if problem := unfit(entry.en, entry.zh):
            errors.append(left_out(entry, problem))
        else:
            out.write(f"{entry.en}\t{entry.zh}\t{_comment(entry)}\n".encode())
    return errors


def _comment(entry: Entry) -> str:
    parts = [
        entry.abbreviation,
        entry.expansion,
        ", ".join(entry.en_variants),
        ", ".join(entry.zh_variants),
        entry.note,
    ]
    return _SPACE.sub(" ", "; ".join(filter(None, parts))).strip()


FORMAT = Format(
    name="omegat",
    suffixes=(".utf8",),
    recognises=recognise,
    read_glossary=read_glossary,
    write_glossary=write_glossary,
)
