"""PubMed's "Abstract (text)": numbered records, each with citation, title, authors and abstracts."""

from collections.abc import Iterator
from dataclasses import replace

import regex

from aligner.errors import InputError
from aligner.formats.articles import NO_CHINESE, NO_ENGLISH, Tally
from aligner.formats.base import Format
from aligner.formats.pasted import parse
from aligner.formats.source import Source
from aligner.types import Record

_FIRST = regex.compile(r"\d{1,6}\. \S")
_PMID = regex.compile(r"PMID: (\d+)")
_KIND = regex.compile(r"^(?:AAMC|AIDS|KIE|PIP|NASA|Publisher): *", regex.M)
"""What PubMed writes before an abstract of another source (OtherAbstract, Type)."""

_MAX_RECORD_CHARS = 1_000_000


def recognise(source: Source) -> bool:
    """Tell by a first record that is numbered and has its PMID at the end."""
    head = source.head[:64_000].lstrip(b"\xef\xbb\xbf\r\n ")
    return bool(regex.match(rb"1\. \S", head) and regex.search(rb"\nPMID: \d+", head))


def read_records(source: Source) -> Iterator[Record | InputError]:
    """Yield the bilingual records, one by one, as the file is read."""
    tally = Tally(source.place)
    for text in _texts(source):
        if isinstance(text, InputError):
            yield text
            continue
        pmid = _PMID.search(text)
        name = pmid[1] if pmid else source.stem
        try:
            record = parse(_KIND.sub("", text), name=name, where=source.place)
        except InputError as error:
            tally.passed[NO_ENGLISH if "Chinese only" in error.what else NO_CHINESE] += 1
            continue
        tally.read += 1
        kinds = "; ".join(dict.fromkeys(kind.strip(" :") for kind in _KIND.findall(text)))
        yield replace(record, metadata={**record.metadata, **({"source": kinds} if kinds else {})})
    yield from tally.close()


def _texts(source: Source) -> Iterator[str | InputError]:
    """Yield the text of each record; one begins with a number behind two blank lines."""
    rows: list[str] = []
    blank, size = 2, 0
    for line in source.lines():
        if isinstance(line, InputError):
            yield line
            continue
        number, row = line
        row = row.lstrip("\ufeff")
        if blank >= 2 and _FIRST.match(row) and any(rows):
            yield "\n".join(rows)
            rows, size = [], 0
        blank = 0 if row.strip() else blank + 1
        rows.append(row)
        size += len(row)
        if size > _MAX_RECORD_CHARS:
            yield InputError(
                f"holds a record of more than {_MAX_RECORD_CHARS:,} characters", where=source.at(number)
            )
            return
    if any(rows):
        yield "\n".join(rows)


FORMAT = Format(name="pubmed-text", suffixes=(".txt",), recognises=recognise, read_records=read_records)
