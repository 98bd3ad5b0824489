"""JATS, the XML of PubMed Central and of journals (``.nxml``, ``.xml``, plain or gzip).

One article a file or many in one set. The abstracts are `abstract` and `trans-abstract`; a section is a
paragraph, its title before it. The rest of the front matter is metadata. Translations of it (`sub-article`)
belong to it. How many words the body has, which is not read, stands in the notes.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex

from aligner.errors import InputError
from aligner.formats.articles import Article, Tally
from aligner.formats.base import Format
from aligner.formats.language_tags import language_of_tag
from aligner.formats.line_kinds import language_of
from aligner.formats.markup import has_letters, marked_text
from aligner.formats.pubmed_xml import head_of, unpacked
from aligner.formats.source import Source
from aligner.formats.xml import LANG, iterate, local
from aligner.text.han import count_han, has_han
from aligner.types import Record

if TYPE_CHECKING:
    from lxml.etree import _Element

_ARTICLE_BYTES = 32 << 20
"""Bytes of the largest article; those of PubMed Central with long tables have some megabytes."""

_OTHER_KINDS = {"graphical", "teaser", "key-points", "plain-language-summary", "executive-summary", "toc"}
"""Values of ``abstract-type`` that are no abstract (JATS4R)."""

_LABEL = regex.compile(
    r"(?:english |chinese )?(?:abstract|summary)|(?:中文|英文)?(?:摘\s*要|提\s*要)", regex.I
)


_READ = {
    *("abstract", "trans-abstract", "article-title", "trans-title", "subtitle", "trans-subtitle", "kwd"),
    *("surname", "given-names", "string-name", "collab", "aff", "journal-title", "copyright-statement"),
    *("year", "article-id"),
}
"""Elements of the front matter that have a place of their own in a record."""


def recognise(source: Source) -> bool:
    """Tell by the name of the root element or of an article's front."""
    head = head_of(source)
    return bool(regex.search(rb"<(?:\w+:)?(?:article[\s>]|pmc-articleset|front[\s>])", head))


def read_records(source: Source) -> Iterator[Record | InputError]:
    """Yield the bilingual articles, one by one, as the file is read."""
    tally = Tally(source.name)
    with source.open() as file:
        elements = iterate(unpacked(file, source), ["article"], where=source.name, max_bytes=_ARTICLE_BYTES)
        try:
            for number, element in enumerate(elements, 1):
                name = source.stem if number == 1 else f"{source.stem}-{number}"
                try:
                    yield from tally.record(_article(element, name))
                except InputError as error:
                    yield InputError(error.what, where=f"{source.name}, article {number}", hint=error.hint)
        except InputError as error:
            yield error
            return
    yield from tally.close()


def _article(element: "_Element", stem: str) -> Article:
    front = next(filter(_is_front, element), None)
    if front is None:
        raise InputError("has no front matter", hint="check that the file is an article")
    own = language_of_tag(element.get(LANG))
    found, notes = [], []
    fronts = [front, *(stub for part in _all(element, "sub-article") for stub in part if _is_front(stub))]
    for abstract in _all(fronts, "abstract", "trans-abstract"):
        text = _abstract(abstract)
        usual = own if local(abstract) == "abstract" else ""
        if abstract.get("abstract-type") in _OTHER_KINDS:
            notes.append(text)
        elif text:
            language = language_of(text) or language_of_tag(abstract.get(LANG)) or usual
            found.append(("chi" if language == "zh" else "eng", "", text))
    english = [text for language, _, text in found if language == "eng"]
    notes += english[1:]
    if words := _words_outside(element, fronts):
        notes.append(f"[the body of the article is not read; its words and Chinese characters: {words}]")
    ids = {node.get("pub-id-type", ""): marked_text(node) for node in _all(front, "article-id")}
    name = next((ids[kind] for kind in ("pmid", "pmc", "pmcid", "doi") if ids.get(kind)), stem)
    others = [part for part in found if part[0] == "chi"]
    return Article(name, english[0] if english else "", others, lambda: _metadata(fronts, ids), tuple(notes))


def _abstract(element: "_Element") -> str:
    """Return the paragraphs of an abstract, the title of each section before its first."""
    return "\n".join(filter(None, _paragraphs(element)))


def _paragraphs(element: "_Element") -> Iterator[str]:
    title = ""
    for child in element:
        name = local(child)
        if name in ("title", "label"):
            title = f"{title} {marked_text(child)}".strip()
            continue
        texts = list(_paragraphs(child)) if name == "sec" else [marked_text(child)]
        if title and not _LABEL.fullmatch(title.strip(" :：[]【】")):
            bare = title.rstrip(" :：.")
            texts[:1] = [bare + ("：" if has_han(bare) else ": ") + "".join(texts[:1])]
        title = ""
        yield from texts


def _metadata(fronts: list["_Element"], ids: dict[str, str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}

    def add(key: str, text: str) -> None:
        if text and text not in found.setdefault(key, []):
            found[key].append(text)

    for title in _all(fronts, "article-title", "trans-title", "subtitle", "trans-subtitle"):
        text = marked_text(title)
        add(f"title_{language_of(text) or 'en'}", text)
    for group in _all(fronts, "kwd-group"):
        for word in _all(group, "kwd"):
            text = marked_text(word)
            add(f"keywords_{language_of(text) or language_of_tag(group.get(LANG)) or 'en'}", text)
    for person in _all(fronts, "contrib"):
        names = [marked_text(n) for n in _all(person, "surname", "given-names", "string-name", "collab")]
        add("authors", " ".join(dict.fromkeys(filter(None, names))))
    for name, key in (
        ("aff", "affiliations"),
        ("journal-title", "journal"),
        ("copyright-statement", "copyright"),
    ):
        for node in _all(fronts, name):
            add(key, marked_text(node))
    year = next(iter(_all(fronts, "year")), None)
    add("year", "" if year is None else marked_text(year))
    for kind, text in ids.items():
        add({"pmc": "pmcid"}.get(kind, kind or "id"), text)
    for front in fronts:
        for key, text in _others(front):
            add(key, text)
    joined = {"authors": "; ", "keywords_en": "; ", "keywords_zh": "; "}
    return {key: joined.get(key, "\n").join(texts) for key, texts in found.items()}


def _others(node: "_Element") -> Iterator[tuple[str, str]]:
    """Yield name and text of the elements that say in words what has no place of its own."""
    for child in node:
        name = local(child)
        if name in _READ:
            continue
        if has_letters(child.text) or any(has_letters(part.tail) for part in child):
            yield (local(node) if name in ("p", "title") else name).replace("-", "_"), marked_text(child)
        else:
            yield from _others(child)


def _is_front(element: "_Element") -> bool:
    return local(element) in ("front", "front-stub")


def _all(elements: "_Element | list[_Element]", *names: str) -> list["_Element"]:
    roots = elements if isinstance(elements, list) else [elements]
    return [node for root in roots for node in root.iter() if local(node) in names]


def _words_outside(element: "_Element", fronts: list["_Element"]) -> int:
    """Return the number of words and Chinese characters of an article that stand in no front matter."""

    def words(node: "_Element") -> int:
        text = " ".join(str(part) for part in node.itertext())
        return len(regex.findall(r"\p{Latin}+", text)) + count_han(text)

    return words(element) - sum(map(words, fronts))


FORMAT = Format(
    name="jats", suffixes=(".nxml", ".xml", ".xml.gz"), recognises=recognise, read_records=read_records
)
