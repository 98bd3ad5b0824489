"""Concepts of termbases read: TBX 2 and 3, categories as attributes or tags, TBX-Min, MultiTerm XML."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import regex

from aligner.errors import InputError
from aligner.formats.language_tags import language_of_tag
from aligner.formats.source import Source
from aligner.formats.statuses import status_of
from aligner.formats.xml import LANG, flat_text, iterate, local
from aligner.types import Context, Entry, Status

if TYPE_CHECKING:
    from lxml.etree import _Element

_FIGURES = regex.compile(
    r"score (?P<score>[01](?:\.\d{1,20})?), occurrences (?P<count>\d{1,15}), records (?P<records>\d{1,15})"
)
_OCCURRENCES = regex.compile(r"occurrences (?P<count>\d{1,15})")
_OWN = "-figures"
_PLAIN = {"preferredTerm-admn-sts", "preferred", "deprecatedTerm-admn-sts", "deprecated"}
"""Statuses that say no more than that an entry is accepted or rejected."""

_SHORT = {"abbreviation", "acronym", "shortForm", "initialism"}
_GROUPS = frozenset({"descripGrp", "adminGrp", "termNoteGrp", "transacGrp", "termNoteGroup"})
_TERM_GROUPS = _GROUPS | {"termGrp"}
_LANGUAGE_PARTS = {"langSec", "langSet", "langGroup", "languageGrp"}
_TERM_PARTS = {"termSec", "tig", "ntig", "termGroup"}
_CATEGORIES = {
    **dict.fromkeys(("subjectfield", "subject", "domain", "field"), "domain"),
    **dict.fromkeys(("partofspeech", "pos", "wordclass"), "part_of_speech"),
    **dict.fromkeys(("definition", "explanation", "meaning"), "definition"),
    **dict.fromkeys(
        ("administrativestatus", "termstatus", "status", "usagestatus", "normativeauthorization"), "status"
    ),
    **dict.fromkeys(("termtype", "type"), "kind"),
    **dict.fromkeys(("note", "notes", "comment", "remark"), "note"),
    "context": "context",
    "source": "source",
}
"""Data categories by their names in lower case without marks, as TBX, TBX-Min and MultiTerm write them."""


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
        part_of_speech: likewise.
        definition: likewise.
    """

    text: str = ""
    kind: str = ""
    status: str = ""
    count: int | None = None
    contexts: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    part_of_speech: str = ""
    definition: str = ""

    @property
    def rejected(self) -> bool:
        return status_of(self.status) == "rejected"

    @property
    def preferred(self) -> bool:
        return self.status.lower().startswith("preferred")


@dataclass(slots=True)
class _Concept:
    """What is said of a concept, beside its terms."""

    notes: list[str] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

    def add(self, category: str, text: str) -> None:
        """Keep a text under its category; a second one of a category, or of none of ours, is a note."""
        if category in ("domain", "definition", "part_of_speech") and text and category not in self.facts:
            self.facts[category] = text
        elif text and text not in self.notes:
            self.notes.append(text)


def read_glossary(source: Source) -> Iterator[Entry | InputError]:
    """Yield the entries of each concept that has an English and a Chinese term; one without is an error."""
    tags = ["conceptEntry", "termEntry", "conceptGrp"]
    if regex.search(rb"""dialect\s*=\s*["']TBX-Min""", source.head[:4096].replace(b"\0", b"")):
        tags = ["entry"]
    with source.open() as stream:
        for number, element in enumerate(iterate(stream, tags, where=source.name), 1):
            where = f"{source.name}, entry {element.get('id') or number}"
            try:
                yield from _entries(element, where)
            except InputError as error:
                yield InputError(error.what, where=where, hint=error.hint)


def _entries(element: "_Element", where: str) -> Iterator[Entry]:
    sides: dict[str, list[_Term]] = {"en": [], "zh": []}
    others: list[str] = []
    concept = _Concept()
    for child in _inside(element):
        if local(child) in _LANGUAGE_PARTS:
            language = language_of_tag(_language(child))
            if language in sides:
                sides[language] += _terms(child)
                for part in _inside(child):
                    if local(part) not in (*_TERM_PARTS, "language") and not len(part):
                        concept.add(_category(part), flat_text(part).strip())
            else:
                for term in _terms(child):
                    texts = [term.text, term.definition, *term.notes, *(text for _, text in term.contexts)]
                    others += [f"{text} ({language})" for text in texts if text]
        elif local(child) == "note" and child.get("id", "").endswith(_OWN):
            if match := _FIGURES.fullmatch(flat_text(child)):
                concept.figures = match.groupdict()
            else:
                concept.notes.append(flat_text(child))
        elif not len(child) and local(child) not in ("concept", "id", "transac", "date"):
            concept.add(_category(child), flat_text(child).strip())
    for language, name in (("en", "English"), ("zh", "Chinese")):
        sides[language] = [term for term in sides[language] if term.text]
        if not sides[language]:
            raise InputError(f"has no {name} term", where=where, hint="other languages are not read")
    concept.notes += others
    yield from _made(sides["en"], sides["zh"], concept)


def _language(element: "_Element") -> str:
    """Return the language tag of a part: an attribute, or in MultiTerm that of an element inside."""
    inside = next((child for child in element if local(child) == "language"), None)
    if inside is not None:
        return inside.get("lang") or inside.get("type") or ""
    return element.get(LANG) or element.get("lang") or ""


def _terms(element: "_Element") -> list[_Term]:
    names = {*_TERM_PARTS, "termGrp"} if local(element) == "languageGrp" else _TERM_PARTS
    return [_term(child) for child in element if local(child) in names]


def _made(en: list[_Term], zh: list[_Term], concept: _Concept) -> Iterator[Entry]:
    """Turn the terms of a concept into an entry, and one more for each that should not be used."""
    figures = concept.figures
    first_en, first_zh = _first(en), _first(zh)
    kept = {
        "en": [term for term in en if term is first_en or not term.rejected or first_en.rejected],
        "zh": [term for term in zh if term is first_zh or not term.rejected or first_zh.rejected],
    }
    short = next((t for t in kept["en"] if t.kind in _SHORT and t is not first_en), None)
    full = next((t for t in kept["en"] if t.kind == "fullForm" and t is not first_en), None)
    variants = [t for t in kept["en"] if t not in (first_en, short, full)]
    english, chinese = [first_en, *variants], [first_zh, *(t for t in kept["zh"] if t is not first_zh)]
    stated = [status_of(term.status) for term in (first_en, first_zh) if term.status]
    status: Status = "candidate"
    if "rejected" in stated:
        status = "rejected"
    elif "accepted" in stated or (not figures and "candidate" not in stated):
        status = "accepted"
    for term in (*en, *zh):
        concept.notes += [note for note in term.notes if note not in concept.notes]
    facts = {
        name: concept.facts.get(name)
        or next(filter(None, (str(getattr(term, name)) for term in (*en, *zh))), "")
        for name in ("part_of_speech", "definition")
    }
    domain = concept.facts.get("domain", "")
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
        contexts=(
            *_contexts(first_en.contexts, first_zh.contexts),
            *(Context(r, text, "") for t in en if t is not first_en for r, text in t.contexts),
            *(Context(r, "", text) for t in zh if t is not first_zh for r, text in t.contexts),
        ),
        note="; ".join(concept.notes),
        en_counts=_counts(english),
        zh_counts=_counts(chinese),
        expansion=full.text if full else "",
        domain=domain,
        part_of_speech=facts["part_of_speech"],
        definition=facts["definition"],
        usage=_usage(first_en, first_zh, ours=bool(figures)),
    )
    if status != "rejected":
        for t in (t for t in en if t.rejected):
            yield Entry(t.text, first_zh.text, 1.0, 0, 0, "rejected", domain=domain, usage=t.status)
        for t in (t for t in zh if t.rejected):
            yield Entry(first_en.text, t.text, 1.0, 0, 0, "rejected", domain=domain, usage=t.status)


def _usage(en: _Term, zh: _Term, *, ours: bool) -> str:
    """Return the status of the terms as their file says it, where it says more than ours."""
    stated = zh.status or en.status
    return "" if stated in _PLAIN or (ours and zh.preferred) else stated


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
    for child in _inside(element, _TERM_GROUPS):
        category, text = _category(child), flat_text(child).strip() if not len(child) else ""
        if local(child) == "term":
            term.text = flat_text(child).strip()
        elif category == "context":
            term.contexts.append(("", flat_text(child)))
        elif category == "source" and term.contexts and local(child.getparent()) == "descripGrp":
            term.contexts[-1] = (flat_text(child), term.contexts[-1][1])
        elif category in ("status", "kind", "part_of_speech", "definition") and not getattr(term, category):
            setattr(term, category, text)
        elif category == "note" and child.get("id", "").endswith(_OWN):
            if match := _OCCURRENCES.fullmatch(text):
                term.count = int(match["count"])
            else:
                term.notes.append(text)
        elif text and local(child) not in ("transac", "date"):
            term.notes.append(text)
    return term


def _inside(element: "_Element", groups: frozenset[str] = _GROUPS) -> Iterator[Any]:
    """Yield an element's children, and those of the groups among them."""
    for child in element:
        yield child
        if local(child) in groups:
            yield from _inside(child, groups)


def _category(element: "_Element") -> str:
    """Return an element's data category: by its type, or by its name where categories are tags."""
    name = element.get("type") or local(element)
    return _CATEGORIES.get(regex.sub(r"[\W_]+", "", name).lower(), "")
