"""Read whatever the user names: find the files, tell their formats, and let no bad one cost the rest."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from aligner.errors import InputError, SettingError
from aligner.formats.base import Format
from aligner.formats.inputs import find_sources
from aligner.formats.source import Source
from aligner.formats.table import FORMATS
from aligner.types import Entry, Pair, Record

T = TypeVar("T")

_log = logging.getLogger(__name__)


def read_records(
    inputs: Sequence[str],
    *,
    input_format: str | None = None,
    lines: bool = False,
    columns: tuple[str, str, str] | None = None,
) -> Iterator[Record | InputError]:
    """Yield the bilingual records of files, folders, globs or ``-`` (standard input), as they are read.

    A file or record that cannot be read is yielded as an InputError in its place and costs no other one.

    Args:
        inputs: what the user named.
        input_format: a name of the table of formats; None: told by content and extension.
        lines: files of one sentence a line, ``NAME.en`` with ``NAME.zh``, or gold ``NAME.json``.
        columns: names of the columns id, en and zh of a table; None: guessed from its header.

    Raises:
        UnknownNameError: ``input_format`` is no format.
        SettingError: that format carries no records.
    """
    formats = _formats("lines" if lines else input_format, lambda f: f.read_records is not None, "records")
    return _read(inputs, formats, lambda f: f.read_records, columns)


def read_pairs(
    inputs: Sequence[str],
    *,
    input_format: str | None = None,
    columns: tuple[str, str, str] | None = None,
) -> Iterator[Pair | InputError]:
    """Yield sentence pairs that come aligned: one a row of a table, one a unit of a translation memory.

    A pair's record is its id (or record) column, its bead the bead column or 0. Arguments and errors are
    those of `read_records`.
    """
    formats = _formats(input_format, lambda f: f.read_pairs is not None, "aligned pairs")
    return _read(inputs, formats, lambda f: f.read_pairs, columns)


def read_glossary(inputs: Sequence[str], *, input_format: str | None = None) -> Iterator[Entry | InputError]:
    """Yield the concept entries of glossaries; arguments and errors are those of `read_records`."""
    formats = _formats(input_format, lambda f: f.read_glossary is not None, "glossary entries")
    return _read(inputs, formats, lambda f: f.read_glossary, None)


def tell_format(source: Source, formats: Sequence[Format]) -> Format:
    """Return the first of ``formats`` that recognises the file.

    Raises:
        InputError: none does, or the file is empty.
    """
    if not source.head.strip(b"\x00 \t\r\n"):
        raise InputError("the file is empty", where=source.name)
    for format_ in formats:
        if format_.recognises(source):
            return format_
    _ = source.encoding  # says what kind of binary file it is, where it is one
    raise InputError(
        "its format is not recognised",
        where=source.name,
        hint=f"say which with --input-format: {', '.join(f.name for f in formats)}",
    )


def _formats(name: str | None, fits: Callable[[Format], bool], what: str) -> list[Format]:
    """Return the named format, or all that fit."""
    loaded = [FORMATS.load(row) for row in ([name] if name else FORMATS)]
    fitting = [format_ for format_ in loaded if fits(format_)]
    if not fitting:
        raise SettingError(f"format '{name}' carries no {what}")
    return fitting


def _read(
    inputs: Sequence[str],
    formats: list[Format],
    reader_of: Callable[[Format], Callable[[Source], Iterator[T | InputError]] | None],
    columns: tuple[str, str, str] | None,
) -> Iterator[T | InputError]:
    suffixes = dict.fromkeys(suffix for format_ in formats for suffix in format_.suffixes)
    for source in find_sources(inputs, suffixes=suffixes, columns=columns):
        if isinstance(source, InputError):
            yield source
            continue
        try:
            before = source.path.stat()
            format_ = formats[0] if len(formats) == 1 else tell_format(source, formats)
            if reader := reader_of(format_):
                yield from _with_notice(reader(source), source)
            after = source.path.stat()
            if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                yield InputError("changed while it was read", where=source.name, hint="run again")
        except InputError as error:
            yield error
        except OSError as error:
            yield InputError(f"cannot be read ({error.strerror or error})", where=source.name)


def _with_notice(items: Iterator[T | InputError], source: Source) -> Iterator[T | InputError]:
    """Pass items on; before the first that could be read, log which encoding was guessed, where one was."""
    told = False
    for item in items:
        if not told and not isinstance(item, InputError):
            told = True
            if "_guess" in vars(source) and source.place != source.name:
                _log.warning("%s, told by its content", source.place)
        yield item
