"""Glossary entries as a person goes through them, a page at a time, and the places they were found in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from aligner.store.beads import like
from aligner.store.rows import DECIDED_FIELDS, TERM, term_of
from aligner.store.workspace import Workspace
from aligner.types import TermPair


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """A glossary entry with what people decided about it.

    Attributes:
        id: its number; the best entry has the lowest.
        key: concept and expansion: what decisions about it go by.
        en: the English term.
        zh: the Chinese term.
        found_en: the English term as it was found.
        found_zh: the Chinese term as it was found.
        status: candidate, accepted or rejected.
        score: probability that it belongs in a glossary.
        count: occurrences.
        records: records it occurs in.
        en_variants: other English forms.
        zh_variants: other Chinese forms.
        abbreviation: the short form, if one is tied to it.
        rivals: other translations, ``English = Chinese (count)``.
        note: whatever a person wrote about it.
        domain: the field it belongs to, as a person put it, or else as the base glossary has it.
        part_of_speech: noun, verb, ..., likewise.
        definition: likewise.
        base: what the base glossary says of these three; empty where there is none.
        who: who decided about it.
        at: when, UTC, ISO 8601.
    """

    id: int
    key: tuple[str, str]
    en: str
    zh: str
    found_en: str
    found_zh: str
    status: str
    score: float
    count: int
    records: int
    en_variants: tuple[str, ...]
    zh_variants: tuple[str, ...]
    abbreviation: str
    rivals: tuple[tuple[str, str, int], ...]
    note: str
    domain: str
    part_of_speech: str
    definition: str
    base: Mapping[str, str]
    who: str
    at: str

    @property
    def version(self) -> str:
        """A hash of what a person can decide about: by it one sees that another did."""
        shown = [*self.key, self.status, self.en, self.zh, self.note, self.domain, self.at]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries to show; an empty attribute lets all pass.

    Attributes:
        text: stands in one of the forms.
        status: candidate, accepted or rejected.
        below: scores less than this.
    """

    text: str = ""
    status: str = ""
    below: float | None = None

    def sql(self) -> tuple[str, list[object]]:
        """Return the condition on the view ``terms`` and its values."""
        parts: list[str] = ["1"]
        values: list[object] = []
        if self.text:
            columns = ("en", "zh", "found_en", "found_zh", "abbreviation")
            parts.append(f"({' OR '.join(f'''{name} LIKE ? ESCAPE '{chr(92)}' ''' for name in columns)})")
            values += [like(self.text)] * len(columns)
        if self.status:
            parts.append("status = ?")
            values.append(self.status)
        if self.below is not None:
            parts.append("score < ?")
            values.append(self.below)
        return " AND ".join(parts), values


ORDERS = {
    "best": ("Best first", "id"),
    "seen": ("Most seen first", "count DESC, id"),
    "rivals": ("Most translations first", "json_array_length(competing) DESC, count DESC, id"),
    "english": ("By English", "lower(en), id"),
    "undecided": ("To decide first", "status <> 'candidate', id"),
}
"""What a list of entries can be ordered by: in words, and in SQL."""


ENTRY = "t.*, (SELECT fields FROM glossary WHERE id = t.id) AS fields"
"""Columns of an entry as `StoredEntry` wants them, of the view ``terms t``."""


def count_entries(workspace: Workspace, wanted: EntryFilter) -> int:
    """Count the entries that pass a filter."""
    where, values = wanted.sql()
    return int(workspace.db.execute(f"SELECT count(*) FROM terms WHERE {where}", values).fetchone()[0])  # noqa: S608


def find_entries(
    workspace: Workspace, wanted: EntryFilter, *, order: str = "best", limit: int, offset: int = 0
) -> list[StoredEntry]:
    """Return a page of the entries that pass a filter, in one of `ORDERS`."""
    where, values = wanted.sql()
    rows = workspace.db.execute(
        f"SELECT {ENTRY} FROM terms t WHERE {where}"  # noqa: S608
        f" ORDER BY {ORDERS[order][1]} LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return [_entry(row) for row in rows]


def next_candidate(
    workspace: Workspace, wanted: EntryFilter, *, order: str = "best", after: int, back: bool = False
) -> int | None:
    """Return the place of the next undecided entry in the list that `find_entries` pages through.

    Args:
        workspace: where.
        wanted: the filter of the list.
        order: one of `ORDERS`.
        after: the place of the entry that is looked from; -1 for the beginning.
        back: look for the one before it.
    """
    where, values = wanted.sql()
    query = (
        "SELECT place FROM (SELECT status, row_number() OVER (ORDER BY"  # noqa: S608 - our own words
        f" {ORDERS[order][1]}) - 1 AS place FROM terms WHERE {where}) WHERE status = 'candidate'"
        f" AND place {'<' if back else '>'} ? ORDER BY place {'DESC' if back else ''} LIMIT 1"
    )
    row = workspace.db.execute(query, (*values, after)).fetchone()
    return int(row[0]) if row else None


def read_entry(workspace: Workspace, number: int) -> StoredEntry | None:
    """Return the entry with this number; None if there is none."""
    row = workspace.db.execute(f"SELECT {ENTRY} FROM terms t WHERE id = ?", (number,)).fetchone()  # noqa: S608 - our own words
    return _entry(row) if row else None


def places_of(
    workspace: Workspace, entry: StoredEntry, *, zh: str = "", limit: int, offset: int = 0
) -> list[tuple[int, TermPair, str, str]]:
    """Return a page of an entry's occurrences: record number, occurrence, and both texts of its bead."""
    rows = workspace.db.execute(
        f"SELECT {TERM}, o.record AS record_id, b.en AS bead_en, b.zh AS bead_zh"  # noqa: S608 - our own columns
        " FROM occurrences o JOIN records r ON r.id = o.record"
        " JOIN beads b ON b.record = o.record AND b.number = o.bead"
        " WHERE o.concept = ? AND (? = '' OR o.zh = ?) ORDER BY o.record, o.bead, o.number LIMIT ? OFFSET ?",
        (entry.key[0], zh, zh, limit, offset),
    )
    return [(row["record_id"], term_of(row), row["bead_en"], row["bead_zh"]) for row in rows]


def count_places(workspace: Workspace, entry: StoredEntry, *, zh: str = "") -> int:
    """Count an entry's occurrences, or those with one form of its translation."""
    query = "SELECT count(*) FROM occurrences WHERE concept = ? AND (? = '' OR zh = ?)"
    return int(workspace.db.execute(query, (entry.key[0], zh, zh)).fetchone()[0])


def translations_of(workspace: Workspace, entry: StoredEntry) -> list[tuple[str, int, bool]]:
    """Return the Chinese forms that an entry's term has in these texts: form, count, whether it is its own.

    Its own forms come first, commonest first; then the translations that compete with it.
    """
    rows = workspace.db.execute(
        "SELECT zh, count(*) FROM occurrences WHERE concept = ? GROUP BY zh ORDER BY 2 DESC, zh",
        (entry.key[0],),
    )
    own = [(zh, int(count), True) for zh, count in rows]
    if entry.zh not in {zh for zh, _, _ in own}:
        own.insert(0, (entry.zh, 0, True))
    others = [
        (zh, count, False) for en, zh, count in entry.rivals if en.casefold() == entry.found_en.casefold()
    ]
    return own + [one for one in others if one[0] not in {zh for zh, _, _ in own}]


def _entry(row: object) -> StoredEntry:
    values = dict(row)  # type: ignore[call-overload]
    same = (
        "id",
        "en",
        "zh",
        "found_en",
        "found_zh",
        "status",
        "score",
        "count",
        "records",
        "abbreviation",
        "note",
        "who",
        "at",
    )
    fields = json.loads(values["fields"])
    base = {name: fields.get(name, "") for name in DECIDED_FIELDS}
    return StoredEntry(
        **{name: values[name] for name in same},
        **{name: values[name] or base[name] for name in DECIDED_FIELDS},
        base=base,
        key=(values["concept"], values["expansion"]),
        en_variants=tuple(json.loads(values["en_variants"])),
        zh_variants=tuple(json.loads(values["zh_variants"])),
        rivals=tuple((r["en"], r["zh"], r["count"]) for r in json.loads(values["competing"])),
    )
