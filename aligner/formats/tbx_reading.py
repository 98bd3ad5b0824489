"""TBX read: versions 2 and 3, data categories as attributes or as tags, from us or from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import regex

from aligner.errors import InputError
from aligner.formats.source import Source
from aligner.formats.xml import LANG, flat_text, iterate, local
from aligner.types import Context, Entry, Status

if TYPE_CHECKING:
    from lxml.etree import _Element

_FIGURES = regex.compile(
    r"score (?P<score>[01](?:\.\d{1,20})?), occurrences (?P<count>\d{1,15}), records (?P<records>\d{1,15})"
)
_OCCURRENCES = regex.compile(r"occurrences (?P<count>\d{1,15})")
_OWN = "-figures"
_LANGUAGES = {"en": "en", "eng": "en", "zh": "zh", "zho": "zh", "chi": "zh", "cmn": "zh"}
_SHORT = {"abbreviation", "acronym", "shortForm", "initialism"}
_GROUPS = {"descripGrp", "adminGrp", "termNoteGrp", "termGrp", "transacGrp"}


@dataclass(slots=True)
class _Term:
    """One term with its data categories.

    Attributes:
        text: the term.
        kind: its term type; empty where there is none.
        status: its administrative status, likewise.
        count: its occurrences; None where not given.
        contexts: (record, text) of each.
        notes: notes that are somebody's.
    """

    text: str = ""
    kind: str = ""
    status: str = ""
    count: int | None = None
    contexts: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def rejected(self) -> bool:
        return self.status.startswith(("deprecated", "superseded", "notRecommended", "obsolete"))

    @property
    def preferred(self) -> bool:
        return self.status.startswith("preferred")


def read_glossary(source: Source) -> Iterator[Entry | InputError]:
    """Yield the entries of each concept that has an English and a Chinese term; one without is an error."""
    with source.open() as stream:
        for number, element in enumerate(
            iterate(stream, ["conceptEntry", "termEntry"], where=source.name), 1
        ):
            where = f"{source.name}, entry {element.get('id') or number}"
            try:
                yield from _entries(element, where)
            except InputError as error:
                yield InputError(error.what, where=where, hint=error.hint)


def _entries(element: "_Element", where: str) -> Iterator[Entry]:
    sides: dict[str, list[_Term]] = {"en": [], "zh": []}
    notes: list[str] = []
    figures: dict[str, str] = {}
    for child in element:
        if local(child) in ("langSec", "langSet"):
            language = _LANGUAGES.get((child.get(LANG) or "").replace("_", "-").partition("-")[0].casefold())
            if language:
                sides[language] += [
                    _term(term) for term in child if local(term) in ("termSec", "tig", "ntig")
                ]
                notes += [flat_text(note) for note in child if local(note) == "note"]
        elif local(child) == "note":
            match = _FIGURES.fullmatch(flat_text(child)) if child.get("id", "").endswith(_OWN) else None
            if match:
                figures = match.groupdict()
            else:
                notes.append(flat_text(child))
        elif _category(child) in ("subjectField", "definition"):
            notes.append(f"{_category(child)}: {flat_text(child)}")
    for language, name in (("en", "English"), ("zh", "Chinese")):
        sides[language] = [term for term in sides[language] if term.text]
        if not sides[language]:
            raise InputError(f"has no {name} term", where=where, hint="other languages are not read")
    yield from _made(sides["en"], sides["zh"], notes, figures)


def _made(en: list[_Term], zh: list[_Term], notes: list[str], figures: dict[str, str]) -> Iterator[Entry]:
    """Turn the terms of a concept into an entry, and one more for each that should not be used."""
    first_en, first_zh = _first(en), _first(zh)
    kept = {
        "en": [term for term in en if term is first_en or not term.rejected or first_en.rejected],
        "zh": [term for term in zh if term is first_zh or not term.rejected or first_zh.rejected],
    }
    short = next((t for t in kept["en"] if t.kind in _SHORT and t is not first_en), None)
    full = next((t for t in kept["en"] if t.kind == "fullForm" and t is not first_en), None)
    variants = [t for t in kept["en"] if t not in (first_en, short, full)]
    english, chinese = [first_en, *variants], [first_zh, *(t for t in kept["zh"] if t is not first_zh)]
    status: Status = "candidate"
    if first_en.rejected or first_zh.rejected:
        status = "rejected"
    elif first_en.preferred or first_zh.preferred or not figures:
        status = "accepted"
    notes = notes + [note for term in en + zh for note in term.notes]
    yield Entry(
        en=first_en.text,
        zh=first_zh.text,
        score=min(float(figures.get("score", 1)), 1.0),
        count=int(figures.get("count", 0)),
        records=int(figures.get("records", 0)),
        status=status,
        en_variants=tuple(term.text for term in english[1:]),
        zh_variants=tuple(term.text for term in chinese[1:]),
        abbreviation=short.text if short else "",
        contexts=_contexts(first_en.contexts, first_zh.contexts),
        note="; ".join(notes),
        en_counts=_counts(english),
        zh_counts=_counts(chinese),
        expansion=full.text if full else "",
    )
    if status != "rejected":
        yield from (Entry(t.text, first_zh.text, 1.0, 0, 0, "rejected") for t in en if t.rejected)
        yield from (Entry(first_en.text, t.text, 1.0, 0, 0, "rejected") for t in zh if t.rejected)


def _first(terms: list[_Term]) -> _Term:
    """Return the preferred term, else the first that may be used, else the first."""
    order = (lambda t: t.preferred, lambda t: not t.rejected, lambda _: True)
    return next(term for fits in order for term in terms if fits(term))


def _counts(terms: list[_Term]) -> tuple[int, ...]:
    counts = [term.count for term in terms if term.count is not None]
    return tuple(counts) if len(counts) == len(terms) else ()


def _contexts(en: list[tuple[str, str]], zh: list[tuple[str, str]]) -> tuple[Context, ...]:
    """Join contexts of both languages by their order where there are as many; else each stands alone."""
    if len(en) == len(zh):
        return tuple(Context(one[0] or two[0], one[1], two[1]) for one, two in zip(en, zh, strict=True))
    return (*(Context(r, text, "") for r, text in en), *(Context(r, "", text) for r, text in zh))


def _term(element: "_Element") -> _Term:
    term = _Term()
    for child in _inside(element):
        name, category = local(child), _category(child)
        if name == "term":
            term.text = flat_text(child).strip()
        elif category == "termType":
            term.kind = flat_text(child).strip()
        elif category == "administrativeStatus":
            term.status = flat_text(child).strip()
        elif category == "context":
            term.contexts.append(("", flat_text(child)))
        elif category == "source" and term.contexts and local(child.getparent()) == "descripGrp":
            term.contexts[-1] = (flat_text(child), term.contexts[-1][1])
        elif name == "note":
            match = _OCCURRENCES.fullmatch(flat_text(child)) if child.get("id", "").endswith(_OWN) else None
            if match:
                term.count = int(match["count"])
            else:
                term.notes.append(flat_text(child))
    return term


def _inside(element: "_Element") -> Iterator[Any]:
    """Yield an element's children, and those of the groups among them."""
    for child in element:
        yield child
        if local(child) in _GROUPS:
            yield from _inside(child)


def _category(element: "_Element") -> str:
    """Return an element's data category: its type, or its name where categories are tags."""
    return element.get("type") or local(element)
