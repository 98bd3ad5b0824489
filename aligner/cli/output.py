"""Where results go: stdout, or a file that appears under its name only when it is whole."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from aligner.errors import InputError, SettingError
from aligner.formats import FORMATS
from aligner.formats.new_file import new_file
from aligner.formats.write import writer


def sink(name: str, what: str, out: Path | None) -> Callable[[Iterable[Any]], list[InputError]]:
    """Return the function that writes rows where the user wants them; it returns what it had to leave out.

    Args:
        name: a name of the table of formats.
        what: pairs, glossary, occurrences or findings.
        out: a file; None for stdout. A format of two files takes it as their name without extension.

    Raises:
        UnknownNameError: there is no such format.
        SettingError: that format cannot hold this, or needs to know where.
    """
    write_files = FORMATS.load(name).write_files if what == "pairs" else None
    if write_files and out is None:
        raise SettingError(f"format '{name}' is two files", hint="say where with --out NAME")
    if write_files:
        return lambda rows: write_files(rows, out)
    write = writer(name, what)

    def to_stream(rows: Iterable[Any]) -> list[InputError]:
        with open_output(out) as stream:
            return list(write(rows, stream))

    return to_stream


@contextmanager
def open_output(out: Path | None) -> Iterator[BinaryIO]:
    """Open stdout, a pipe or device, or a file of which nothing is seen until all is written.

    Raises:
        InputError: the file cannot be written.
    """
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with new_file(out) as stream:
        yield stream
