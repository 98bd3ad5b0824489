"""The glossary as the term check asks it: which translations of a term are right, tolerated or forbidden."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from aligner.errors import InputError
from aligner.languages.script import simplify
from aligner.types import Entry

_SEPARATOR = " | "


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
            key = tuple(map(singular, words_of(term.en))) if len(term.en) > 3 else (term.en,)
            united[key] = united[key].joined(term) if key in united else term
        object.__setattr__(self, "terms", tuple(united.values()))

    @cached_property
    def by_first_word(self) -> Mapping[str, list[tuple[tuple[str, ...], Term]]]:
        """English terms as words in their dictionary form, longest first, under their first word."""
        table: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        for term in self.terms:
            words = tuple(map(singular, words_of(term.en)))
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
    """Cut an English term into words, without case and hyphens."""
    return "".join(char if char.isalnum() or char == "'" else " " for char in text.lower()).split()


def singular(word: str) -> str:
    """Write an English word without its plural ending, British spelling as American; only to compare with."""
    if word.endswith("ae") or (word.endswith("es") and word[-3:-2] in "sxzh"):
        word = word[:-2] if word.endswith("es") else word[:-1]
    elif word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    return (
        word.replace("aemia", "emia").replace("oedema", "edema").replace("haem", "hem").replace("paed", "ped")
    )


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


def load_glossary(path: str) -> Glossary:
    """Read a glossary in any format: tables by `read_glossary`, TBX, XLSX and the others as concept entries.

    Raises:
        InputError: it cannot be read, or one of its rows.
    """
    if Path(path).suffix.lower() in (".jsonl", ".json", ".tsv", ".csv", ".txt"):
        return read_glossary(path)
    from aligner.formats import read_glossary as read_entries

    entries: list[Entry] = []
    for item in read_entries([path]):
        if isinstance(item, InputError):
            raise item
        entries.append(item)
    return of_entries(entries)


def read_glossary(path: str) -> Glossary:
    """Read a glossary from TSV, CSV or JSONL with the columns ``en`` and ``zh``.

    Further columns are used where they are there: ``accepted`` or ``zh_variants`` (translations that are
    right too), ``forbidden``, ``abbreviation``, ``status`` (only accepted rows count where there are any,
    and rejected ones never). A table without a header is read as two columns, English first.

    Raises:
        InputError: the file cannot be read, or a row has no English or no Chinese term.
    """
    source = Path(path)
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the glossary cannot be read ({type(error).__name__})", where=path) from error
    rows = list(
        _json_rows(text, path) if source.suffix.lower() in (".jsonl", ".json") else _table_rows(text, path)
    )
    accepted = [row for row in rows if row["status"] == ["accepted"]]
    used = accepted or [row for row in rows if row["status"] != ["rejected"]]
    return Glossary(tuple(map(_term, used)))


def _term(row: Mapping[str, list[str]]) -> Term:
    en, zh = row["en"][0], row["zh"][0]
    accepted = tuple(dict.fromkeys(form for form in (*row["accepted"], *row["zh_variants"]) if form != zh))
    return Term(en, zh, accepted, tuple(row["forbidden"]), "".join(row["abbreviation"][:1]))


_KEYS = ("en", "zh", "accepted", "zh_variants", "forbidden", "abbreviation", "status")


def _row(found: Mapping[str, object], where: str) -> dict[str, list[str]]:
    row = {key: _listed(found.get(key)) for key in _KEYS}
    if not row["en"] or not row["zh"]:
        raise InputError(
            "the row has no English or no Chinese term", where=where, hint="columns are en and zh"
        )
    return row


def _listed(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(part).strip() for part in value if str(part).strip()]
    return [part.strip() for part in str(value or "").split(_SEPARATOR) if part.strip()]


def _json_rows(text: str, path: str) -> Iterator[dict[str, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            found = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError("the line is not JSON", where=where, hint="one object a line is read") from error
        if not isinstance(found, dict):
            raise InputError("the line is no JSON object", where=where)
        yield _row(found, where)


def _table_rows(text: str, path: str) -> Iterator[dict[str, list[str]]]:
    first = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first else ","
    lines = [
        line
        for line in csv.reader(text.splitlines(), delimiter=delimiter)
        if any(cell.strip() for cell in line)
    ]
    header = [cell.strip().lower() for cell in lines[0]] if lines else []
    has_header = "en" in header and "zh" in header
    for number, line in enumerate(lines[has_header:], 1 + has_header):
        names = header if has_header else ["en", "zh"]
        yield _row(dict(zip(names, line, strict=False)), f"{path}, row {number}")
