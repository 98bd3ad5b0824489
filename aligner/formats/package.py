"""Office files: ZIP packages of XML parts, opened with limits on what they unpack to."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile

from aligner.errors import InputError
from aligner.formats.source import Source

MAGIC = b"PK\x03\x04"
_MAX_PARTS = 10_000
_ALLOWED_BYTES = 16 << 20
_MAX_RATIO = 150
"""A part may unpack to 150 times its packed size (office texts: 5 to 20 times), or to 16 MiB."""

_DAMAGE_ERRORS = (
    BadZipFile,
    EOFError,
    OSError,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
)


class BoundedPart:
    """A packed stream; one that is damaged or unpacks to far more than its size raises an InputError."""

    def __init__(self, stream: BinaryIO, packed: int, where: str) -> None:
        self.stream, self.where = stream, where
        self.left = max(_ALLOWED_BYTES, _MAX_RATIO * packed)

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` unpacked bytes."""
        try:
            data = self.stream.read(size)
        except _DAMAGE_ERRORS as error:
            what = f"is damaged or cut short ({_reason(error)})"
            raise InputError(what, where=self.where, hint="get the file again") from None
        self.left -= len(data)
        if self.left < 0:
            hint = "check where the file comes from"
            raise InputError(f"unpacks to more than {_MAX_RATIO} times its size", where=self.where, hint=hint)
        return data


@contextmanager
def open_package(source: Source) -> Iterator[ZipFile]:
    """Open the package.

    Raises:
        InputError: it is no ZIP file, is damaged, or has too many parts.
    """
    with source.open() as file:
        try:
            package = ZipFile(file)
        except _DAMAGE_ERRORS as error:
            raise _damaged(source.name, error) from None
        with package:
            if len(package.infolist()) > _MAX_PARTS:
                raise InputError(f"holds more than {_MAX_PARTS:,} parts", where=source.name)
            yield package


@contextmanager
def open_part(package: ZipFile, name: str, where: str) -> Iterator[BinaryIO]:
    """Open one part of a package.

    Raises:
        InputError: it is not there, encrypted or damaged.
    """
    try:
        info = package.getinfo(name)
        stream = package.open(info)
    except _DAMAGE_ERRORS as error:
        raise _damaged(where, error) from None
    with stream:
        yield cast("BinaryIO", BoundedPart(cast("BinaryIO", stream), info.compress_size, where))


def holds(source: Source, part: str) -> bool:
    """Tell whether the file is a package with this part."""
    if not source.head.startswith(MAGIC):
        return False
    try:
        with open_package(source) as package:
            return part in package.namelist()
    except InputError:
        return False


_KINDS = {
    ".sdlproj": ("a Trados package", "open it there and export the files in it"),
    ".sdlxliff": ("an archive of SDLXLIFF files", "unpack it"),
    ".tmx": ("an archive of translation memories", "unpack it"),
    "ppt/presentation.xml": ("a PowerPoint file", "save its text as .docx or .txt"),
    "xl/workbook.bin": ("a binary Excel workbook", "save it as .xlsx"),
    "index/document.iwa": ("a file of Pages, Numbers or Keynote", "export it as .docx or .xlsx"),
    ".opf": ("an e-book", "save its text as .txt"),
    ".xhtml": ("an e-book", "save its text as .txt"),
    "mimetype": ("an OpenDocument file", "save it as .docx or .xlsx"),
    "[Content_Types].xml": ("an Office document", "name it .docx or .xlsx"),
}
"""What is in an archive that is not read, by the names in it."""


def refuse_archive(source: Source) -> None:
    """Raise an InputError that says what kind of archive a file is; nothing happens for other files."""
    if not source.head.startswith(MAGIC):
        return
    with open_package(source) as package:
        names = package.namelist()
    for ending, (kind, hint) in _KINDS.items():
        if any(name.lower().endswith(ending.lower()) for name in names):
            raise InputError(f"is {kind}, which is not read", where=source.name, hint=hint)
    raise InputError("is a ZIP archive", where=source.name, hint="unpack it")


def _damaged(where: str, error: Exception) -> InputError:
    what = f"is a damaged or protected Office file ({_reason(error)})"
    return InputError(what, where=where, hint="save it again")


def _reason(error: Exception) -> str:
    return str(error).strip("'\"") or type(error).__name__
