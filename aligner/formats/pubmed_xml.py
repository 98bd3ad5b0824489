"""PubMed XML (PubmedArticleSet, MedlineCitationSet), plain or gzip: records with both abstracts.

The Chinese abstract is an OtherAbstract in Chinese. A labelled part of an abstract is one paragraph, its
label before it. Records in one language are passed over and counted. Several sets may stand in one file.
"""

import gzip
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

from aligner.errors import InputError
from aligner.formats.articles import BOOK, NO_CHINESE, Article, Tally, bare_title, by_language
from aligner.formats.base import Format
from aligner.formats.markup import has_letters, marked_text
from aligner.formats.package import BoundedPart
from aligner.formats.source import Source
from aligner.formats.xml import iterate, local
from aligner.formats.xml_documents import documents
from aligner.text.han import has_han
from aligner.types import Record

if TYPE_CHECKING:
    from lxml.etree import _Element

_GZIP = b"\x1f\x8b"
_READ = {
    *("PMID", "ArticleTitle", "VernacularTitle", "AbstractText", "LastName", "ForeName", "Initials"),
    *("CollectiveName", "Affiliation", "ISOAbbreviation", "Keyword", "ELocationID", "CopyrightInformation"),
    *("MedlinePgn", "Volume", "Issue", "Year", "MedlineDate"),
}
"""Elements that have a place of their own in a record."""

_KEYS = {
    "DescriptorName": "mesh",
    "QualifierName": "mesh",
    "Agency": "funding",
    "GrantID": "funding",
    "CoiStatement": "conflict_of_interest",
    "PublicationType": "publication_types",
    "NameOfSubstance": "substances",
    "Title": "journal_title",
}
"""Names of metadata for other elements; the rest are called as they are, in lower case."""


def recognise(source: Source) -> bool:
    """Tell by the first element names."""
    head = head_of(source)
    return b"<Pubmed" in head or b"<MedlineCitation" in head or (not head and source.suffix == ".xml.gz")


def head_of(source: Source) -> bytes:
    """Return a file's first 4096 bytes, unpacked where need be; nothing of a damaged gzip file."""
    head = source.head
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 4096)
        except zlib.error:
            return b""
    return head[:4096].replace(b"\0", b"")


def read_records(source: Source) -> Iterator[Record | InputError]:
    """Yield the bilingual records, one by one, as the file is read."""
    tally = Tally(source.name)
    with source.open() as file:
        elements = _elements(unpacked(file, source), source)
        try:
            for number, element in enumerate(elements, 1):
                if local(element) == "PubmedBookArticle":
                    tally.passed[BOOK] += 1
                    continue
                if next(element.iter("OtherAbstract"), None) is None:
                    tally.passed[NO_CHINESE] += 1
                    continue
                try:
                    yield from tally.record(_article(element, f"{source.stem}-{number}"))
                except InputError as error:
                    yield InputError(error.what, where=f"{source.name}, record {number}", hint=error.hint)
        except InputError as error:
            yield error
            return
    yield from tally.close()


def _elements(stream: BinaryIO, source: Source) -> Iterator["_Element"]:
    """Yield the articles of all documents that stand in the file one after another."""
    for document in documents(stream):
        first = document.peek(4096)
        bare = b"<MedlineCitationSet" in first or (b"<Pubmed" not in first and b"<MedlineCitation" in first)
        tags = ["MedlineCitation"] if bare else ["PubmedArticle", "PubmedBookArticle"]
        yield from iterate(cast("BinaryIO", document), tags, where=source.name)


def unpacked(file: BinaryIO, source: Source) -> BinaryIO:
    """Return the bytes of a file that may be a gzip one."""
    if not source.head.startswith(_GZIP):
        return file
    packed = cast("BinaryIO", gzip.GzipFile(fileobj=file))
    return cast("BinaryIO", BoundedPart(packed, source.path.stat().st_size, source.name))


def _article(element: "_Element", name: str) -> Article:
    pmid = _first(element, "MedlineCitation/PMID") or _first(element, "PMID")
    others = [
        (other.get("Language", "eng"), other.get("Type", ""), _abstract(other))
        for other in element.iter("OtherAbstract")
    ]
    found = element.find(".//Article/Abstract")
    en = "" if found is None else _abstract(found)
    return Article(pmid or name, en, others, lambda: _metadata(element, pmid))


def _metadata(element: "_Element", pmid: str) -> dict[str, str]:
    title_zh = bare_title(_first(element, ".//VernacularTitle"))
    return {
        **_others(element),
        "pmid": pmid,
        "title_en": bare_title(_first(element, ".//ArticleTitle")),
        "title_zh" if has_han(title_zh) else "title_other": title_zh,
        "authors": "; ".join(filter(None, map(_author, element.iterfind(".//AuthorList/Author")))),
        "affiliations": _all(element, ".//AffiliationInfo/Affiliation"),
        "journal": _first(element, ".//Journal/ISOAbbreviation") or _first(element, ".//Journal/Title"),
        "citation": _citation(element),
        "doi": _first(element, ".//ELocationID[@EIdType='doi']")
        or _first(element, "PubmedData/ArticleIdList/ArticleId[@IdType='doi']"),
        **{f"keywords_{language}": words for language, words in _keywords(element).items()},
        "copyright": _all(element, ".//CopyrightInformation"),
    }


def _others(element: "_Element") -> dict[str, str]:
    """Return what other elements of a citation say in words."""
    citation = element.find("MedlineCitation")
    found: dict[str, dict[str, None]] = {}
    for node in (element if citation is None else citation).iter():
        name = local(node)
        if name not in _READ and has_letters(node.text):
            found.setdefault(_KEYS.get(name, name.lower()), {})[marked_text(node)] = None
    return {key: "; ".join(texts) for key, texts in found.items()}


def _abstract(element: "_Element") -> str:
    """Return an abstract's parts as paragraphs, each with its label."""
    paragraphs = []
    for part in element.iterfind("AbstractText"):
        text, label = marked_text(part), (part.get("Label") or "").strip()
        if text and label and label.upper() != "UNLABELLED":
            text = label + ("：" if has_han(label) else ": ") + text
        paragraphs.append(text)
    return "\n".join(filter(None, paragraphs))


def _keywords(element: "_Element") -> dict[str, str]:
    return by_language(map(marked_text, element.iterfind(".//KeywordList/Keyword")), "; ")


def _author(author: "_Element") -> str:
    names = [author.findtext(tag) or "" for tag in ("LastName", "ForeName", "CollectiveName")]
    return " ".join(filter(None, names))


def _citation(element: "_Element") -> str:
    journal = _first(element, ".//Journal/ISOAbbreviation") or _first(element, ".//Journal/Title")
    issue = ".//Journal/JournalIssue/"
    date = _first(element, f"{issue}PubDate/Year") or _first(element, f"{issue}PubDate/MedlineDate")
    number = _first(element, f"{issue}Issue")
    where = _first(element, f"{issue}Volume") + (f"({number})" if number else "")
    pages = _first(element, ".//Pagination/MedlinePgn")
    parts = ";".join(filter(None, [date, ":".join(filter(None, [where, pages]))]))
    return ". ".join(filter(None, [journal.rstrip("."), parts]))


def _first(element: "_Element", path: str) -> str:
    found = element.find(path)
    return "" if found is None else marked_text(found)


def _all(element: "_Element", path: str, separator: str = "\n") -> str:
    return separator.join(dict.fromkeys(filter(None, map(marked_text, element.iterfind(path)))))


FORMAT = Format(name="pubmed", suffixes=(".xml", ".xml.gz"), recognises=recognise, read_records=read_records)
