"""Files that appear under their name only when they are whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from aligner.errors import InputError


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Write beside ``path`` and move into its place at the end; on an error what stands there stays.

    A pipe or a device is written to as it is.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as stream:
                yield stream
            return
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with part.open("xb") as file:
                yield file
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        hint = "name another file with --out"
        raise InputError(f"cannot be written ({error.strerror})", where=str(path), hint=hint) from error
