"""Where results go: stdout, or a file that appears under its name only when it is whole."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from aligner.errors import InputError


@contextmanager
def open_output(out: Path | None) -> Iterator[BinaryIO]:
    """Open stdout, or a file of which nothing is seen until all is written.

    Raises:
        InputError: the file cannot be written.
    """
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        try:
            with part.open("xb") as file:
                yield file
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        hint = "name another file with --out"
        raise InputError(f"cannot be written ({error.strerror})", where=str(out), hint=hint) from error
