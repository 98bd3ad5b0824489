"""The glossary as the term check asks it: which translations of a term are right, tolerated or forbidden."""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from functools import cached_property
from pathlib import Path

from aligner.errors import InputError
from aligner.text.han import simplify
from aligner.text.joining import LIST_JOINER
from aligner.text.lemma import lemma
from aligner.types import Entry

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Term:
    """A source term and what the glossary says of its translation.

    Attributes:
        en: the English term.
        zh: the translation to use; empty where the glossary only says which one is wrong.
        accepted: other translations that are right.
        forbidden: translations that are wrong.
        abbreviation: the short form, which may stand for the term on either side.
        stays: the glossary says that the term is not to be translated.
    """

    en: str
    zh: str
    accepted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    abbreviation: str = ""
    stays: bool = False

    @property
    def targets(self) -> tuple[str, ...]:
        """All translations that are right."""
        return tuple(form for form in (self.zh, *self.accepted) if form)

    def joined(self, other: "Term") -> "Term":
        """Return the term with another row's translations beside its own."""
        zh = self.zh or other.zh
        more = (form for form in (*self.accepted, *other.targets) if form != zh)
        return Term(
            self.en,
            zh,
            tuple(dict.fromkeys(more)),
            tuple(dict.fromkeys((*self.forbidden, *other.forbidden))),
            self.abbreviation or other.abbreviation,
            self.stays or other.stays,
        )


@dataclass(frozen=True)
class Glossary:
    """Terms, found by their English or their Chinese form."""

    terms: tuple[Term, ...] = field(default=())

    def __post_init__(self) -> None:
        """Unite the rows of one English term: each of their translations is right, the first is preferred."""
        united: dict[tuple[str, ...], Term] = {}
        for term in self.terms:
            key = tuple(map(lemma, words_of(term.en))) if len(term.en) > 3 else (term.en,)
            united[key] = united[key].joined(term) if key in united else term
        object.__setattr__(self, "terms", tuple(united.values()))

    def dumps(self) -> str:
        """Return the terms as text, the same for the same terms."""
        return json.dumps([astuple(term) for term in self.terms], ensure_ascii=False)

    @classmethod
    def loads(cls, text: str) -> "Glossary":
        """Read what `dumps` wrote."""
        rows = json.loads(text)
        return cls(tuple(Term(en, zh, tuple(ok), tuple(bad), *more) for en, zh, ok, bad, *more in rows))

    @cached_property
    def by_first_word(self) -> Mapping[str, list[tuple[tuple[str, ...], Term]]]:
        """English terms as words in their dictionary form, longest first, under their first word."""
        table: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        for term in self.terms:
            words = tuple(map(lemma, words_of(term.en)))
            if words:
                table.setdefault(words[0], []).append((words, term))
        for rows in table.values():
            rows.sort(key=lambda row: (-len(row[0]), row[0], row[1].zh))
        return table

    @cached_property
    def by_target(self) -> list[tuple[str, Term]]:
        """Chinese forms in Simplified characters with their terms, longest first."""
        rows = [(simplify(target), term) for term in self.terms for target in term.targets if target]
        return sorted(rows, key=lambda row: (-len(row[0]), row[0], row[1].en))


def words_of(text: str) -> list[str]:
    """Cut an English term into words, without hyphens."""
    return "".join(char if char.isalnum() or char == "'" else " " for char in text).split()


def of_entries(entries: Iterable[Entry]) -> Glossary:
    """Read a glossary off concept entries.

    An accepted entry's variants are all right; a candidate's translation is only an offer, so only entries
    that a person accepted are held against a text, unless none was. A rejected entry says that two spans are
    no entry; only where its glossary calls the translation forbidden, deprecated or the like is it one not to
    use. Columns ``accepted`` and ``forbidden`` say which other translations are right and wrong.
    """
    rows = list(entries)
    used = [e for e in rows if e.status == "accepted"] or [e for e in rows if e.status == "candidate"]
    used.sort(key=lambda e: -e.count)
    terms = [term for entry in used for term in _terms(entry)]
    terms += [Term(e.en, "", (), (e.zh, *e.zh_variants)) for e in rows if e.status == "rejected" and e.usage]
    return Glossary(tuple(terms))


def _terms(entry: Entry) -> Iterator[Term]:
    """Yield the term of an entry, and one for each other English form."""
    from aligner.formats.statuses import stays_untranslated

    more = {name.strip().lower(): _listed(text) for name, text in entry.other}
    accepted = (*more.get("accepted", ()), *entry.zh_variants)
    right = tuple(dict.fromkeys(form for form in accepted if form != entry.zh))
    forbidden, stays = tuple(more.get("forbidden", ())), stays_untranslated(entry.usage)
    for en in dict.fromkeys((entry.en, *entry.en_variants)):
        yield Term(en, entry.zh, right, forbidden, entry.abbreviation, stays)


def _listed(text: str) -> list[str]:
    try:
        read = json.loads(text)
    except ValueError:
        read = text.split(LIST_JOINER)
    parts = read if isinstance(read, list) else [text]
    return [str(part).strip() for part in parts if str(part).strip()]


def load_glossary(path: str | Path) -> Glossary:
    """Read a glossary in any format that carries concept entries.

    Rows that cannot be read are passed over with a warning.

    Raises:
        InputError: the file cannot be read, or none of its rows.
    """
    from aligner.formats import read_glossary

    items = list(read_glossary([str(path)]))
    entries = [item for item in items if isinstance(item, Entry)]
    for error in (item for item in items if isinstance(item, InputError)):
        if not entries:
            raise error
        _log.warning("passed over: %s", error)
    return of_entries(entries)
