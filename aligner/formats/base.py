"""What a format is, and what its readers are given.

A format is one module with one ``FORMAT``; the table in this room's ``__init__`` lists them. A reader takes a
`Source` and yields what it finds; what it cannot read it yields (or raises) as an `InputError`, and goes on.
A writer takes an iterable and a binary stream, writes as it reads, and returns what it had to leave out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from aligner.errors import InputError
from aligner.formats.direction import Direction
from aligner.formats.edits import PairEdit
from aligner.formats.source import Source
from aligner.types import Entry, Finding, Pair, Record, TermPair

RecordReader = Callable[[Source], Iterator[Record | InputError]]
PairReader = Callable[[Source], Iterator[Pair | InputError]]
EntryReader = Callable[[Source], Iterator[Entry | InputError]]
PairFilesWriter = Callable[[Iterable[Pair], Path], list[InputError]]
PairWriter = Callable[[Iterable[Pair], BinaryIO], list[InputError]]
DirectedWriter = Callable[[Iterable[Pair], BinaryIO, Direction], list[InputError]]
EntryWriter = Callable[[Iterable[Entry], BinaryIO], list[InputError]]
OccurrenceWriter = Callable[[Iterable[TermPair], BinaryIO], list[InputError]]
FindingWriter = Callable[[Iterable[Finding], BinaryIO], list[InputError]]


class WriteBack(Protocol):
    """Writes a file with edits at its pairs, as it is everywhere else; returns what could not be written."""

    def __call__(
        self, source: Source, edits: Sequence[PairEdit], out: BinaryIO, *, when: str
    ) -> list[InputError]:
        """Write it.

        Args:
            source: the file as it was read.
            edits: at which pairs, and what.
            out: where the changed file goes.
            when: the time that comments get, ISO 8601 in UTC.

        Raises:
            InputError: the file cannot be read, or would be harmed.
        """


@dataclass(frozen=True, slots=True)
class Format:
    """One file format; every function it lacks is None.

    Attributes:
        name: its name on the command line.
        suffixes: extensions, in lower case with their dot; ``.xml.gz`` may be one.
        recognises: whether the file is of this format, by its content (``source.head``) or, for
            plain text, by its extension. Asked in the table's order; the first to say yes reads the file.
        read_records: documents still to be aligned.
        read_pairs: sentence pairs that come aligned, one a row.
        read_glossary: concept entries.
        write_pairs: aligned sentence pairs. Like every writer it takes an iterable and a binary stream,
            writes UTF-8 with line feeds, the same bytes for the same input, and returns one InputError
            for each item it had to leave out (a control character XML refuses); all others are written.
        write_directed: aligned sentence pairs from one language into the other.
        write_units: translation units, as pairs with their number in the bead.
        write_files: aligned sentence pairs as two files, by the path both begin with.
        write_glossary: concept entries.
        write_occurrences: term occurrences.
        write_findings: findings.
        write_back: findings, corrections and term marks into the file that pairs were read from.
    """

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[Source], bool]
    read_records: RecordReader | None = None
    read_pairs: PairReader | None = None
    read_glossary: EntryReader | None = None
    write_pairs: PairWriter | None = None
    write_directed: DirectedWriter | None = None
    write_units: PairWriter | None = None
    write_files: PairFilesWriter | None = None
    write_glossary: EntryWriter | None = None
    write_occurrences: OccurrenceWriter | None = None
    write_findings: FindingWriter | None = None
    write_back: WriteBack | None = None
