"""The glossary as the term check asks it: which translations of a term are right, tolerated or forbidden."""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from aligner.errors import InputError
from aligner.text.han import simplify
from aligner.text.joining import LIST_JOINER
from aligner.text.lemma import lemma
from aligner.text.surrogates import find_surrogate
from aligner.types import Entry

_log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from aligner.formats import Source
    from aligner.formats.tables import TableRow

T = TypeVar("T")
_JSON = (".jsonl", ".json")


@dataclass(frozen=True, slots=True)
class Term:
    """A source term and what the glossary says of its translation.

    Attributes:
        en: the English term.
        zh: the translation to use.
        accepted: other translations that are right.
        forbidden: translations that are wrong.
        abbreviation: the short form, which may stand for the term on either side.
    """

    en: str
    zh: str
    accepted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    abbreviation: str = ""

    @property
    def targets(self) -> tuple[str, ...]:
        """All translations that are right."""
        return (self.zh, *self.accepted)

    def joined(self, other: "Term") -> "Term":
        """Return the term with another row's translations beside its own."""
        more = (form for form in (*self.accepted, *other.targets) if form != self.zh)
        return Term(
            self.en,
            self.zh,
            tuple(dict.fromkeys(more)),
            tuple(dict.fromkeys((*self.forbidden, *other.forbidden))),
            self.abbreviation or other.abbreviation,
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
        return cls(tuple(Term(en, zh, tuple(ok), tuple(bad), short) for en, zh, ok, bad, short in rows))

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
    no entry, not that a translation is forbidden: it is passed over.
    """
    rows = list(entries)
    used = [e for e in rows if e.status == "accepted"] or [e for e in rows if e.status == "candidate"]
    used.sort(key=lambda e: -e.count)
    return Glossary(tuple(Term(e.en, e.zh, e.zh_variants, (), e.abbreviation) for e in used))


def load_glossary(path: str | Path) -> Glossary:
    """Read a glossary in any format as concept entries; one that says more than they do by `read_glossary`.

    Raises:
        InputError: it cannot be read, or one of its rows.
    """
    from aligner.formats import Source
    from aligner.formats import read_glossary as read_entries

    if _judges(Source(Path(path), str(path))):
        return read_glossary(path)
    items = list(read_entries([str(path)]))
    entries = [item for item in items if isinstance(item, Entry)]
    for error in (item for item in items if isinstance(item, InputError)):
        if not entries:
            raise error
        _log.warning("passed over: %s", error)
    return of_entries(entries)


def read_glossary(path: str | Path) -> Glossary:
    """Read a glossary from TSV, CSV or JSONL with the columns ``en`` and ``zh``.

    Further columns are used where they are there: ``accepted`` or ``zh_variants`` (translations that are
    right too), ``forbidden``, ``abbreviation``, ``status`` (only accepted rows count where there are any,
    and rejected ones never).

    Raises:
        InputError: the file cannot be read, or a row has no English or no Chinese term.
    """
    from aligner.formats import Source

    try:
        rows = list(map(_row, _sound(_table(Source(Path(path), str(path))))))
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path)) from error
    accepted = [row for row in rows if row["status"] == ["accepted"]]
    used = accepted or [row for row in rows if row["status"] != ["rejected"]]
    return Glossary(tuple(map(_term, used)))


def _sound(items: Iterable[T | InputError]) -> Iterator[T]:
    for item in items:
        if isinstance(item, InputError):
            raise item
        yield item


def _judges(source: "Source") -> bool:
    """Tell whether a table says which translations are right or wrong; concept entries do not."""
    if source.suffix not in (*_JSON, ".tsv", ".csv", ".txt") or not source.path.is_file():
        return False
    rows = (row for row in _table(source) if not isinstance(row, InputError))
    return any({"accepted", "forbidden"} & {name.strip().lower() for name in row.cells} for row in rows)


def _table(source: "Source") -> Iterator["TableRow | InputError"]:
    from aligner.formats.delimited import reader
    from aligner.formats.jsonl import read_table

    if source.suffix in _JSON:
        yield from read_table(source)
        return
    first = next((line[1] for line in source.lines() if isinstance(line, tuple)), "")
    yield from reader("\t" if "\t" in first else ",")(source)


def _term(row: Mapping[str, list[str]]) -> Term:
    en, zh = row["en"][0], row["zh"][0]
    accepted = tuple(dict.fromkeys(form for form in (*row["accepted"], *row["zh_variants"]) if form != zh))
    return Term(en, zh, accepted, tuple(row["forbidden"]), "".join(row["abbreviation"][:1]))


_KEYS = ("en", "zh", "accepted", "zh_variants", "forbidden", "abbreviation", "status")


def _row(row: "TableRow") -> dict[str, list[str]]:
    cells = {name.strip().lower(): value for name, value in row.cells.items()}
    lists = {key: _listed(cells.get(key)) for key in _KEYS}
    if any(find_surrogate(text) is not None for texts in lists.values() for text in texts):
        raise InputError("the row holds half a character", where=row.where, hint="save it as UTF-8")
    if not lists["en"] or not lists["zh"]:
        raise InputError(
            "the row has no English or no Chinese term", where=row.where, hint="columns are en and zh"
        )
    return lists


def _listed(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(part).strip() for part in value if str(part).strip()]
    return [part.strip() for part in str(value or "").split(LIST_JOINER) if part.strip()]
