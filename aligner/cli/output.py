"""Where results go: a table on a terminal, stdout, or a file that appears under its name when it is whole."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Literal

from aligner.errors import InputError, SettingError
from aligner.formats import FORMATS
from aligner.formats.base import Format
from aligner.formats.direction import Direction
from aligner.formats.new_file import new_file

What = Literal["pairs", "units", "glossary", "occurrences", "findings"]
Sink = Callable[[Iterable[Any]], list[InputError]]
DEFAULT = "tsv"
PAGE = "html"
"""Findings alone can be a page; it is no format of the table, since nothing reads it."""


def sink(
    name: str | None,
    what: What,
    out: Path | None,
    *,
    inputs: Sequence[str] = (),
    direction: Direction | None = None,
) -> Sink:
    """Return the function that writes rows where the user wants them; it returns what it had to leave out.

    Args:
        name: a name of the table of formats, in either case; None: as the extension of ``out`` says, a
            table for reading on a terminal, TSV elsewhere.
        what: what the rows are.
        out: a file; None for stdout. A format of two files takes it as their name without extension.
        inputs: what is read, which is not written over.
        direction: from which language into which pairs go; None: it is not said.

    Raises:
        UnknownNameError: there is no such format.
        SettingError: that format cannot hold this, needs to know where, or would write over an input.
    """
    if out is not None and not out.name:
        raise SettingError("--out names no file", hint="write --out FILE")
    if name is None and out is None and sys.stdout.isatty():
        from aligner.cli.terminal_table import print_table

        return lambda rows: print_table(rows, what)
    name = format_of(name, what, out)
    write_files = FORMATS.load(name).write_files if what in ("pairs", "units") else None
    if write_files and out is None and direction is None:
        raise SettingError(f"format '{name}' is two files", hint="say where with --out NAME")
    if out is not None:
        both = [out.with_name(f"{out.name}.{code}") for code in ("en", "zh")]
        _refuse_inputs(both if write_files else [out], inputs)
    if direction is not None:
        return _directed(name, out, direction)
    if write_files:
        return lambda rows: write_files(rows, out)
    write = _writer(name, what)

    def to_stream(rows: Iterable[Any]) -> list[InputError]:
        with open_output(out) as stream:
            return list(write(rows, stream))

    return to_stream


def streams_to_terminal(name: str | None, out: Path | None) -> bool:
    """Tell whether rows are printed on a terminal one after another, as they are found."""
    return name is not None and out is None and sys.stdout.isatty()


def _directed(name: str, out: Path | None, direction: Direction) -> Sink:
    write = FORMATS.load(name).write_directed
    if write is None:
        able = ", ".join(other for other in FORMATS if FORMATS.load(other).write_directed)
        what = f"format '{name}' has no direction, so --source and --target say nothing"
        raise SettingError(what, hint=f"use --format {able}")

    def to_stream(rows: Iterable[Any]) -> list[InputError]:
        with open_output(out) as stream:
            return list(write(rows, stream, direction))

    return to_stream


def _refuse_inputs(outputs: Sequence[Path], inputs: Sequence[str]) -> None:
    """Refuse to write over a file that is an input."""
    from aligner.formats.inputs import is_input

    for path in outputs:
        if is_input(path, inputs):
            raise SettingError(
                "is an input, and would be written over", where=str(path), hint="name another --out"
            )


def format_of(name: str | None, what: What, out: Path | None) -> str:
    """Return which format is meant: the one named, else the one whose extension ``out`` has, else TSV."""
    if name is not None:
        return name.lower()
    suffix = out.suffix.lower() if out else ""
    if what == "findings" and suffix in (".html", ".htm"):
        return PAGE
    known = (suffix.removeprefix("."), *FORMATS) if suffix.removeprefix(".") in FORMATS else FORMATS
    return next((row for row in known if suffix and _fits(FORMATS.load(row), what, suffix)), DEFAULT)


def _fits(format_: Format, what: What, suffix: str) -> bool:
    return suffix in format_.suffixes and getattr(format_, f"write_{what}") is not None


def _writer(name: str, what: What) -> Callable[[Iterable[Any], BinaryIO], list[InputError]]:
    if what == "findings" and name == PAGE:
        from aligner.checks.output import write_html

        return write_html
    from aligner.formats.write import writer

    return writer(name, what)


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
