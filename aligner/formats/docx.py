"""Word documents: a table with an English and a Chinese column, or paragraphs in both languages.

Tracked insertions are text, tracked deletions are not; scripts are written as characters where plain ones
would mislead. What stands outside a bilingual table is kept as notes, and so are headers, footers, footnotes
and the comments of others. A table in a cell is one by itself.
"""

from collections.abc import Iterator
from dataclasses import replace

import regex

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.docx_tables import DOCUMENT, MAX_BYTES, bilingual_rows
from aligner.formats.docx_text import line_of
from aligner.formats.docx_write_back import write_back
from aligner.formats.edits import AUTHOR
from aligner.formats.markup import has_letters
from aligner.formats.nodes import Node, from_element
from aligner.formats.package import holds, open_package, open_part
from aligner.formats.pasted import parse
from aligner.formats.source import Source
from aligner.formats.xml import iterate
from aligner.types import Address, Pair, Record

_ASIDE = regex.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")
_PARTS = ["hdr", "ftr", "footnote", "endnote", "comment"]


def recognise(source: Source) -> bool:
    """Tell by the parts of the package."""
    return holds(source, DOCUMENT)


def read_records(source: Source) -> Iterator[Record]:
    """Yield the document's one record; what stands in no bilingual table is its notes.

    Raises:
        InputError: the file is damaged, or there are not two abstracts.
    """
    body = _body(source)
    blocks = [child for child in body.elements() if child.name not in {"tbl", "sectPr"}]
    paragraphs = [line_of(block).text for block in blocks]
    rows, others = bilingual_rows(body)
    if rows:
        en = "\n".join(row.en.text for row in rows if row.en.text)
        zh = "\n".join(row.zh.text for row in rows if row.zh.text)
        notes = tuple(filter(None, (text.strip() for text in (*paragraphs, *others))))
        record = Record(source.stem, en, zh, notes=notes)
    else:
        record = parse("\n".join([*paragraphs, *others]), name=source.stem, where=source.name)
    yield replace(record, notes=(*record.notes, *_aside(source)))


def _aside(source: Source) -> list[str]:
    """Return what stands beside the text in words, each once; comments of this program are none.

    A part that is damaged costs no other: that it is not read is a note.
    """
    found: dict[str, None] = {}
    with open_package(source) as package:
        for name in filter(_ASIDE.fullmatch, sorted(package.namelist())):
            try:
                with open_part(package, name, source.name) as stream:
                    parts = iterate(stream, _PARTS, where=source.name, max_bytes=MAX_BYTES, doctype=False)
                    for node in map(from_element, parts):
                        if node.attributes.get("author") != AUTHOR:
                            found[line_of(node).text.strip()] = None
            except InputError as error:
                found[f"[{name} is not read: {error.what}]"] = None
    return [text for text in found if has_letters(text)]


def read_pairs(source: Source) -> Iterator[Pair]:
    """Yield the rows of the bilingual tables.

    Raises:
        InputError: the file is damaged, or holds no bilingual table.
    """
    rows, _ = bilingual_rows(_body(source))
    if not rows:
        hint = "put English in one column of a table and Chinese in another"
        raise InputError("holds no table with an English and a Chinese column", where=source.name, hint=hint)
    for number, row in enumerate(rows):
        address = Address(source.name, row.id, row.number, f"table {row.table}")
        yield Pair(source.stem, number, row.en.text, row.zh.text, source=address)


def _body(source: Source) -> Node:
    with open_package(source) as package, open_part(package, DOCUMENT, source.name) as stream:
        for body in iterate(stream, ["body"], where=source.name, max_bytes=MAX_BYTES, doctype=False):
            return from_element(body)
    raise InputError("is no Word document", where=source.name)


FORMAT = Format(
    name="docx",
    suffixes=(".docx",),
    recognises=recognise,
    read_records=read_records,
    read_pairs=read_pairs,
    write_back=write_back,
)
