"""Two columns without a header, English first: what DeepL and most engines import as a glossary.

It carries the two terms and nothing else. Rejected entries are not written: a tool would use them. Left out
and reported are other translations of a term it has (engines take one, the first), terms of more than 1024
bytes, an English term that begins with ``#`` (such a line is a comment), and terms with tabs, line ends or
other control characters. Read back, every pair counts as accepted; lines may hold a third cell, the comment.
Terms are read without white space around them.
"""

import csv
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO

import regex

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.columns import is_header
from aligner.formats.source import Source
from aligner.formats.tables import MAX_ABOVE
from aligner.text.han import has_han
from aligner.types import Entry

MAX_TERM_BYTES = 1024
"""Bytes of the longest term DeepL takes (its documentation, 2025)."""

_CONTROL = regex.compile(r"[\p{Cc}\u2028\u2029]")
_MARKS = (";", "；", "|", "=", "：", ":", "  ", " – ", " - ")
"""What people put between two terms of a plain list."""

_LOOKED_AT = 50  # lines, to tell the format and which column is Chinese
_HINT = "the other formats hold it"


def recognise(source: Source) -> bool:
    """Tell by the first lines: no header, two or three cells, Chinese in exactly one of the first two."""
    if source.suffix not in FORMAT.suffixes or source.columns:
        return False
    rows = [row[1] for row in islice(_rows(source), _LOOKED_AT) if isinstance(row, tuple)]
    if not rows or any(map(is_header, rows[: MAX_ABOVE + 1])):
        return False
    return all(len(cells) in (2, 3) for cells in rows) and _chinese_place(rows) is not None


def read_glossary(source: Source) -> Iterator[Entry | InputError]:
    """Yield one entry a line; which column is Chinese is told by the first line that shows it."""
    rows = _rows(source)
    first = list(islice(rows, _LOOKED_AT))
    place = _chinese_place([row[1] for row in first if isinstance(row, tuple)])
    for row in chain(first, rows):
        yield row if isinstance(row, InputError) else _entry(*row, 1 if place is None else place, source)


def _entry(number: int, cells: list[str], place: int, source: Source) -> Entry | InputError:
    texts = [cell.strip() for cell in cells]
    if len(texts) not in (2, 3) or not all(texts[:2]):
        what = f"holds {sum(map(bool, texts))} cells, not an English and a Chinese term"
        return InputError(what, where=source.at(number), hint="write two terms with a tab between them")
    return Entry(texts[1 - place], texts[place], 1.0, 0, 0, "accepted", note="".join(texts[2:]))


def write_glossary(entries: Iterable[Entry], out: BinaryIO) -> list[InputError]:
    """Write one line an entry; what it cannot hold is left out and returned as errors."""
    errors: list[InputError] = []
    first: dict[str, str] = {}
    for entry in entries:
        if entry.status == "rejected":
            continue
        problem = unfit(entry.en, entry.zh) or _too_long(entry)
        if not problem and first.setdefault(entry.en, entry.zh) != entry.zh:
            problem = f"the term has another translation before it, {first[entry.en]}"
        if problem:
            errors.append(left_out(entry, problem))
        else:
            out.write(f"{entry.en}\t{entry.zh}\n".encode())
    return errors


def unfit(en: str, zh: str) -> str:
    """Say what one line between tabs cannot hold of two terms; nothing where all is well."""
    if en.startswith("#"):
        return "the term begins with #"
    found = _CONTROL.search(en) or _CONTROL.search(zh)
    return f"it holds the character U+{ord(found[0]):04X}" if found else ""


def left_out(entry: Entry, problem: str) -> InputError:
    """Return the message that an entry is not written."""
    return InputError(f"left out: {problem}", where=f"entry {entry.en} = {entry.zh}", hint=_HINT)


def _too_long(entry: Entry) -> str:
    size = max(len(entry.en.encode()), len(entry.zh.encode()))
    return f"a term has {size:,} bytes, more than {MAX_TERM_BYTES:,}" if size > MAX_TERM_BYTES else ""


def _chinese_place(rows: Iterable[list[str]]) -> int | None:
    """Return 0 or 1, the column that alone of the first two holds Chinese characters in some row."""
    for cells in rows:
        chinese = [has_han(cell) for cell in cells[:2]]
        if sum(chinese) == 1:
            return chinese.index(True)
    return None


def _mark_of(source: Source) -> str:
    """Return what parts the columns: a tab, a comma as in CSV, or what parts the languages in all lines."""
    lines = [line[1] for line in islice(source.lines(), _LOOKED_AT) if isinstance(line, tuple)]
    lines = [line for line in lines if line.strip() and not line.startswith("#")]
    if any("\t" in line for line in lines) or source.suffix not in (".csv", ".txt"):
        return "\t"
    for mark in _MARKS:
        rows = [line.split(mark) for line in lines]
        if rows and all(len(row) == 2 and has_han(row[0]) != has_han(row[1]) for row in rows):
            return mark
    return ","


def _rows(source: Source) -> Iterator[tuple[int, list[str]] | InputError]:
    mark = _mark_of(source)
    for line in source.lines():
        if isinstance(line, InputError):
            yield line
        elif line[1].strip() and not line[1].startswith("#"):
            number, text = line
            try:
                yield number, next(csv.reader([text])) if mark == "," else text.split(mark)
            except csv.Error as error:
                yield InputError(f"has a cell that cannot be read ({error})", where=source.at(number))


FORMAT = Format(
    name="two-column",
    suffixes=(".tsv", ".tab", ".txt", ".csv"),
    recognises=recognise,
    read_glossary=read_glossary,
    write_glossary=write_glossary,
)
