"""One input as the readers see it: a name for messages, its first bytes, a stream, its text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from aligner.errors import InputError
from aligner.formats.encodings import SHOWN, decode_whole, guess, refuse_binary, stream_lines
from aligner.text.surrogates import shown

HEAD = 1 << 18
"""Bytes a format and an encoding are told by."""

MAX_WHOLE = 64 << 20
"""Bytes of the largest file that is read as one text."""

MAX_LINE = 1_000_000
"""Characters of the longest line; an abstract has some thousands."""


@dataclass(frozen=True)
class Source:
    """One input file.

    Attributes:
        path: where its bytes are.
        name: what messages call it; the path as given, or ``-``.
        counterpart: the Chinese file, when two plain files make one record.
        columns: names of a table's columns by role, when the user gave them.
    """

    path: Path
    name: str
    counterpart: "Source | None" = None
    columns: Mapping[str, str] | None = None
    stem: str = field(default="")

    def __post_init__(self) -> None:
        if not self.stem:
            name = shown(self.path.name)
            for suffix in self.suffix, self.path.suffix:
                name = name.removesuffix(suffix) if suffix and len(name) > len(suffix) else name
            object.__setattr__(self, "stem", name)

    @cached_property
    def suffix(self) -> str:
        """The extension in lower case; ``.xml.gz`` is one."""
        parts = [part.lower() for part in self.path.suffixes]
        return "".join(parts[-2:]) if parts[-1:] == [".gz"] else "".join(parts[-1:])

    @cached_property
    def head(self) -> bytes:
        """The first `HEAD` bytes, as they are in the file."""
        with self.open() as stream:
            return stream.read(HEAD)

    @cached_property
    def encoding(self) -> str:
        """The encoding, told by the first bytes."""
        return self._guess[0]

    @cached_property
    def _guess(self) -> tuple[str, bool]:
        return guess(self.head, complete=len(self.head) < HEAD, where=self.name)

    @cached_property
    def place(self) -> str:
        """The name, for a message about its text; an encoding that was guessed is part of it."""
        try:
            encoding, certain = self._guess
        except InputError:
            return self.name
        return self.name if certain else f"{self.name} (read as {SHOWN.get(encoding, encoding)})"

    def open(self) -> BinaryIO:
        """Open the file's bytes."""
        return self.path.open("rb")

    def at(self, line: int) -> str:
        """Say where line ``line`` is (from 1), for a message."""
        return f"{self.place}, line {line}"

    def text(self) -> str:
        """Return the whole file as text, without a byte order mark.

        Raises:
            InputError: it is not text, too large, or its bytes do not fit its encoding.
        """
        refuse_binary(self.head, where=self.name)
        with self.open() as stream:
            data = stream.read(MAX_WHOLE + 1)
        if len(data) > MAX_WHOLE:
            raise InputError(
                f"is larger than {MAX_WHOLE >> 20} MiB, too large for one record",
                where=self.name,
                hint="give one record a file, or a TSV, JSONL or PubMed XML file",
            )
        return decode_whole(data, self.encoding, where=self.place)

    def lines(self) -> Iterator[tuple[int, str] | InputError]:
        r"""Yield (number from 1, line), reading as it goes; only ``\n`` and ``\r\n`` end a line.

        A line that is longer than a million characters, or does not fit the file's encoding, is yielded as
        an InputError; the lines after it are read.
        """
        with self.open() as stream:
            yield from stream_lines(stream, self.encoding, limit=MAX_LINE, where=self.place)
