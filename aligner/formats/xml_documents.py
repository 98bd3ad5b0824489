"""XML documents that stand one after another in one stream, as joined downloads do."""

from collections.abc import Iterator
from typing import BinaryIO

_DECLARATION = b"<?xml "
_BEFORE = b"\xef\xbb\xbf \t\r\n"
"""A byte order mark and blanks, which may stand before a declaration."""

_CHUNK = 1 << 16


class Document:
    """One document of a stream; it ends where the next XML declaration begins."""

    def __init__(self, stream: BinaryIO, held: bytes) -> None:
        self.stream, self.held = stream, held
        self.started = self.ended = False

    def peek(self, size: int) -> bytes:
        """Return the document's first bytes, which are read all the same."""
        self._fill(size)
        end = self.held.find(_DECLARATION, self._first())
        return self.held[: end if end >= 0 else size][:size]

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes of this document."""
        if self.ended:
            return b""
        wanted = _CHUNK if size < 0 else size
        self._fill(wanted + len(_DECLARATION))
        end = self.held.find(_DECLARATION, self._first())
        self.started = True
        if 0 <= end <= wanted:
            self.ended, wanted = True, end
        data, self.held = self.held[:wanted], self.held[wanted:]
        return data

    def _first(self) -> int:
        """Return where the declaration of a next document may stand: not at the beginning of this one."""
        return 0 if self.started else len(self.held) - len(self.held.lstrip(_BEFORE)) + 1

    def _fill(self, size: int) -> None:
        while len(self.held) < size and (data := self.stream.read(max(_CHUNK, size))):
            self.held += data


def documents(stream: BinaryIO) -> Iterator[Document]:
    """Yield the documents of a stream; each is to be read before the next is asked for."""
    held = stream.read(_CHUNK)
    while held.strip():
        document = Document(stream, held)
        yield document
        while document.read(_CHUNK):
            pass
        held = document.held
