"""EndNote's XML export: records with their titles, keywords, and both abstracts in one field."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aligner.errors import InputError
from aligner.formats.articles import Tally
from aligner.formats.base import Format
from aligner.formats.markup import marked_text
from aligner.formats.pubmed_xml import head_of
from aligner.formats.source import Source
from aligner.formats.tagged import Fields, article_of
from aligner.formats.xml import iterate, local
from aligner.types import Record

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROLES = {
    **dict.fromkeys(("title", "translated-title"), "title"),
    **dict.fromkeys(("abstract", "research-notes"), "abstract"),
    "keyword": "keywords",
    "author": "authors",
    "auth-address": "affiliations",
    "secondary-title": "journal",
    "full-title": "journal",
    "year": "year",
    "electronic-resource-num": "doi",
    "notes": "note",
}


def recognise(source: Source) -> bool:
    """Tell by the first elements."""
    head = head_of(source)
    return b"<records" in head and b"<record" in head


def read_records(source: Source) -> Iterator[Record | InputError]:
    """Yield the bilingual records, one by one, as the file is read."""
    tally = Tally(source.name)
    with source.open() as stream:
        for number, element in enumerate(iterate(stream, ["record"], where=source.name), 1):
            try:
                yield from tally.record(article_of(_fields(element), f"{source.stem}-{number}"))
            except InputError as error:
                yield InputError(error.what, where=f"{source.name}, record {number}", hint=error.hint)
    yield from tally.close()


def _fields(element: "_Element") -> Fields:
    """Return the fields of a record: the elements that hold text or its styles alone."""
    fields = Fields()
    for node in element.iter():
        name = local(node)
        if name == "style" or any(local(child) != "style" for child in node):
            continue
        if text := marked_text(node):
            fields.values.append((_ROLES.get(name, name), [text]))
    return fields


FORMAT = Format(name="endnote", suffixes=(".xml",), recognises=recognise, read_records=read_records)
