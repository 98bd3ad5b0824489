"""Web pages saved from PubMed, PubMed Central or a journal: read as what one would copy from them.

Each block of the page is a line, the lines are read as a pasted record (`pasted`); ``citation_`` metadata
are added. What stands in menus, headers and footers comes last, and so into the notes.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.line_kinds import language_of
from aligner.formats.markup import lowered, raised
from aligner.formats.pasted import parse
from aligner.formats.source import Source
from aligner.types import Record

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES = (
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark q ruby s samp small span "
    "strike strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_NAMES.split())
_UNSEEN = {"script", "style", "noscript", "template", "svg", "iframe", "head", "select", "textarea"}
_AROUND = {"nav", "header", "footer", "aside", "form", "button", "menu"}
_KEYS = {
    "citation_journal_title": "journal",
    "citation_doi": "doi",
    "citation_pmid": "pmid",
    "citation_author": "authors",
    "citation_date": "date",
    "citation_publication_date": "date",
}
_MIN_CHARS = 60
"""Characters of the shortest abstract that only the page's head holds."""

_DECLARATION = regex.compile(r"^\s*<\?xml[^>]*\?>")


def recognise(source: Source) -> bool:
    """Tell by the document type or the root element."""
    head = source.head[:2048].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html")) or (head.startswith(b"<") and b"<html" in head)


def read_records(source: Source) -> Iterator[Record]:
    """Yield the page's record.

    Raises:
        InputError: the page does not hold an abstract in each language.
    """
    from lxml import etree, html

    text = _DECLARATION.sub("", source.text())
    try:
        page = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=False, no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError(
            f"is a damaged HTML page ({error})", where=source.name, hint="save it again"
        ) from None
    lines, around = _lines(page)
    meta = _meta(page)
    titles = {language_of(title): title for title in meta.pop("title", [])}
    shown = "".join("".join(lines).split())
    abstracts = [
        a for a in meta.pop("abstract", []) if len(a) > _MIN_CHARS and "".join(a.split()) not in shown
    ]
    record = parse(
        "\n".join([*lines, *abstracts, "References", *around]), name=source.stem, where=source.place
    )
    found = dict(record.metadata)
    heads = {f"title_{language}": title for language, title in titles.items() if language}
    other = [found[key] for key, title in heads.items() if found.get(key, title) != title]
    found.update(heads)
    found.update({key: "; ".join(dict.fromkeys(values)) for key, values in meta.items()})
    notes = (*other, *(n for n in record.notes if n != "References" or "References" in [*lines, *around]))
    yield Record(record.name, record.en, record.zh, metadata=found, notes=notes)


def _meta(page: "_Element") -> dict[str, list[str]]:
    """Return what the page's head says: titles, abstracts, and metadata by our names."""
    found: dict[str, list[str]] = {}
    for node in page.iter("meta"):
        name, text = (node.get("name") or "").lower(), " ".join((node.get("content") or "").split())
        key = {"citation_title": "title", "citation_abstract": "abstract"}.get(name) or _KEYS.get(name)
        if key and text:
            found.setdefault(key, []).append(text)
    return found


def _lines(page: "_Element") -> tuple[list[str], list[str]]:
    """Return the page's text in lines, one a block; and apart what stands around the article."""
    main: list[str] = [""]
    around: list[str] = [""]

    def walk(node: "_Element", lines: list[str]) -> None:
        name = node.tag if isinstance(node.tag, str) else "!"
        if name == "!" or name in _UNSEEN:
            return
        lines = around if name in _AROUND else lines
        block = name not in _INLINE
        if block:
            lines.append("")
        if name in ("sup", "sub") and not len(node):
            script, before = node.text or "", lines[-1]
            lines[-1] += (
                raised(script, after=before)
                if name == "sup"
                else lowered(script, after=before, before=node.tail or "")
            )
        else:
            lines[-1] += node.text or ""
        for child in node:
            walk(child, lines)
            lines[-1] += child.tail or ""
        if block:
            lines.append("")

    walk(page, main)
    return [" ".join(x.split()) for x in main if x.strip()], [
        " ".join(x.split()) for x in around if x.strip()
    ]


FORMAT = Format(
    name="html", suffixes=(".html", ".htm", ".xhtml"), recognises=recognise, read_records=read_records
)
