"""Read whatever the user names: find the files, tell their formats, and let no bad one cost the rest."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from aligner.errors import InputError, SettingError
from aligner.formats.base import Format
from aligner.formats.inputs import find_sources
from aligner.formats.line_kinds import classify
from aligner.formats.package import MAGIC, refuse_archive
from aligner.formats.source import Source
from aligner.formats.table import FORMATS
from aligner.text.surrogates import find_surrogate, shown
from aligner.types import Address, Entry, Pair, Record

T = TypeVar("T")
Columns = tuple[str, str, str] | Mapping[str, str]

RECORDS, PAIRS, GLOSSARY = "records", "aligned pairs", "glossary entries"
"""What a file can be read for, as messages say it."""

_MAX_CHARS = 10_000_000
"""Characters of the longest text; a book has some millions."""

_ROOT = re.compile(rb"<\?xml[^>]*>\s*(?:<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<([\w:.-]{1,60})", re.S)
_MAX_NUMBER = 1 << 31
_PACKED = {".xlsx", ".docx", ".txt"}
"""Extensions of formats that are packages, or say what they are; nothing else is read in an archive."""

_SHOWN_NOTES, _SHOWN_CHARS = 5, 40

_log = logging.getLogger(__name__)


def read_records(
    inputs: Sequence[str],
    *,
    input_format: str | None = None,
    lines: bool = False,
    columns: Columns | None = None,
) -> Iterator[Record | InputError]:
    """Yield the bilingual records of files, folders, globs or ``-`` (standard input), as they are read.

    A file or record that cannot be read is yielded as an InputError in its place and costs no other one.

    Args:
        inputs: what the user named.
        input_format: a name of the table of formats; None: told by content and extension.
        lines: files of one sentence a line, ``NAME.en`` with ``NAME.zh``, or gold ``NAME.json``.
        columns: names of a table's columns id, en and zh, or by role as `columns.column_names` reads them;
            None: told by the header or the cells.

    Raises:
        UnknownNameError: ``input_format`` is no format.
        SettingError: that format carries no records.
    """
    formats = _formats("lines" if lines else input_format, lambda f: f.read_records is not None, RECORDS)
    return _read(inputs, formats, RECORDS, lambda f: f.read_records, columns)


def read_pairs(
    inputs: Sequence[str],
    *,
    input_format: str | None = None,
    columns: Columns | None = None,
) -> Iterator[Pair | InputError]:
    """Yield sentence pairs that come aligned: one a row of a table, one a unit of a translation memory.

    A pair's record is its id (or record) column, its bead the bead column or 0. Arguments and errors are
    those of `read_records`.
    """
    formats = _formats(input_format, lambda f: f.read_pairs is not None, PAIRS)
    return _read(inputs, formats, PAIRS, lambda f: f.read_pairs, columns)


def read_glossary(
    inputs: Sequence[str], *, input_format: str | None = None, columns: Columns | None = None
) -> Iterator[Entry | InputError]:
    """Yield the concept entries of glossaries; arguments and errors are those of `read_records`."""
    formats = _formats(input_format, lambda f: f.read_glossary is not None, GLOSSARY)
    return _read(inputs, formats, GLOSSARY, lambda f: f.read_glossary, columns)


def tell_format(source: Source, formats: Sequence[Format], what: str) -> Format:
    """Return the first of ``formats`` (those that carry ``what``) that recognises the file.

    Raises:
        InputError: none does, or the file is empty; the message says of which other format it is.
    """
    if not source.head.strip(b"\x00 \t\r\n"):
        raise InputError("the file is empty", where=source.name)
    refused: InputError | None = None
    packed = source.head.startswith(MAGIC)
    for format_ in formats:
        if packed and not _PACKED.intersection(format_.suffixes):
            continue
        try:
            if format_.recognises(source):
                return format_
        except InputError as error:
            refused = refused or error
    refuse_archive(source)
    if refused:
        raise refused
    names = [format_.name for format_ in formats]
    for name in FORMATS:
        if name not in names and name != "pasted" and (other := FORMATS.load(name)).recognises(source):
            hint = ""
            if other.read_pairs and what == RECORDS:
                hint = "read it with --aligned, or align it with --split"
            elif other.read_records and what == PAIRS:
                hint = "leave out --aligned"
            raise InputError(
                f"is of the format {name}, which carries no {what}", where=source.name, hint=hint
            )
    if what == PAIRS and FORMATS.load("pasted").recognises(source):
        hint = "leave out --aligned; or say with --input-format what it is"
        raise InputError("is text that is not aligned yet", where=source.name, hint=hint)
    if root := _ROOT.search(source.head[:4096].replace(b"\0", b"")):
        what = f"is XML of a kind that is not read (<{root[1].decode('ascii', 'replace')}>)"
        raise InputError(what, where=source.name, hint="say which with --input-format, if it is another")
    _ = source.encoding  # says what kind of binary file it is, where it is one
    hint = f"say which with --input-format: {', '.join(names)}"
    if what == GLOSSARY:
        hint = "name it .tsv, .csv, .xlsx, .jsonl or .tbx, as what it is"
    raise InputError("its format is not recognised", where=source.name, hint=hint)


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
    what: str,
    reader_of: Callable[[Format], Callable[[Source], Iterator[T | InputError]] | None],
    columns: Columns | None,
) -> Iterator[T | InputError]:
    if isinstance(columns, tuple):
        columns = {role: name for role, name in zip(("id", "en", "zh"), columns, strict=True) if name}
    suffixes = dict.fromkeys(suffix for format_ in formats for suffix in format_.suffixes)
    for source in find_sources(inputs, suffixes=suffixes, columns=columns):
        if isinstance(source, InputError):
            yield source
            continue
        try:
            before = _stamps(source)
            format_ = formats[0] if len(formats) == 1 else tell_format(source, formats, what)
            if reader := reader_of(format_):
                yield from _passed_on(reader(source), source, what)
            if _stamps(source) != before:
                yield InputError("changed while it was read", where=source.name, hint="run again")
        except InputError as error:
            yield error
        except OSError as error:
            yield InputError(f"cannot be read ({error.strerror or error})", where=source.name)


def _origin(source: Source) -> str:
    """Return the absolute path of a file, with what is no UTF-8 in its name escaped."""
    return str(source.path.absolute()).encode("utf-8", "backslashreplace").decode()


def _stamps(source: Source) -> list[tuple[int, int]]:
    """Return size and time of change of the file, and of its counterpart."""
    found = [part.path.stat() for part in (source, source.counterpart) if part]
    return [(stat.st_size, stat.st_mtime_ns) for stat in found]


def _passed_on(items: Iterator[T | InputError], source: Source, what: str) -> Iterator[T | InputError]:
    """Pass items on, but for texts too long to be one; log once which encoding was guessed, where one was.

    A file that yields nothing at all yields an error, glossaries aside: an empty one is a fine beginning.
    """
    told, empty = False, what != GLOSSARY
    for item in items:
        empty = False
        if isinstance(item, Record | Pair) and (reason := _unsound(item)):
            yield InputError(reason, where=source.name)
            continue
        if isinstance(item, Record | Pair) and item.source is None:
            item = replace(item, source=Address(source.name))
        if isinstance(item, Record) and item.notes:
            notes = [note for note in item.notes if classify(note).kind != "note"]
            if notes:
                _log.warning("%s, record %s: %s", source.name, item.name, _first_words(notes))
        if not told and not isinstance(item, InputError):
            told = True
            if "_guess" in vars(source) and source.place != source.name:
                _log.warning("%s, told by its content", source.place)
        if isinstance(item, Record) and item.name.startswith(source.stem) and source.name != "-":
            item = replace(item, origin=_origin(source))
        yield item
    if empty:
        yield InputError(f"holds no {what}", where=source.name)


def _first_words(notes: Sequence[str]) -> str:
    """Say how many lines of a record are in none of its texts, and how the first of them begin."""
    shown = ", ".join(f"'{note[:_SHOWN_CHARS]}'" for note in notes[:_SHOWN_NOTES])
    return f"lines in no text: {len(notes)} ({shown}{', ...' if len(notes) > _SHOWN_NOTES else ''})"


def _unsound(item: Record | Pair) -> str:
    """Say what no honest record or pair holds, whatever format it came in; nothing where it is sound."""
    name = item.name if isinstance(item, Record) else item.record
    rest = item.metadata.values() if isinstance(item, Record) else (item.state,)
    for text in (name, item.en, item.zh, *rest):
        if len(text) > _MAX_CHARS:
            return f"{name[:100]} holds a text of more than {_MAX_CHARS:,} characters"
        if find_surrogate(text) is not None:
            return f"{shown(name)} holds half a character (a lone surrogate)"
    if isinstance(item, Pair):
        if not 0 <= item.score <= 1:
            return f"{name}, pair {item.bead + 1}: its score is not between 0 and 1"
        if any(not 0 <= number < _MAX_NUMBER for number in (item.bead, *item.en_ids, *item.zh_ids)):
            return f"{name}, pair {item.bead + 1}: its number or that of a sentence is out of range"
    return ""
