"""What the workspace holds, as the house's nouns, in the order of the records; read as it is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from aligner.store.records import LANGUAGES, read_sentences
from aligner.store.rows import (
    PAIR,
    TERM,
    entry_of,
    finding_of,
    pair_of,
    read_units_of,
    term_of,
    texts_key,
)
from aligner.store.workspace import Workspace
from aligner.text.units import unit_pairs
from aligner.types import Entry, Finding, Pair, TermPair


def read_pairs(workspace: Workspace) -> Iterator[Pair]:
    """Yield the pairs of all records that are aligned."""
    rows = workspace.db.execute(
        f"SELECT {PAIR} FROM records r JOIN beads b ON b.record = r.id WHERE r.state <> 'new'"  # noqa: S608
        " ORDER BY r.id, b.number"
    )
    yield from map(pair_of, rows)


def metadata_of(workspace: Workspace, record: str) -> dict[str, str]:
    """Return what the input said of a record (title_en, keywords_zh, ...)."""
    row = workspace.db.execute("SELECT metadata FROM records WHERE name = ?", (record,)).fetchone()
    return dict(json.loads(row["metadata"])) if row else {}


def read_units(workspace: Workspace) -> Iterator[Pair]:
    """Yield the translation units of all records that are aligned, each as a pair; uncut pairs as unit 0."""
    records = workspace.db.execute("SELECT id FROM records WHERE state <> 'new' ORDER BY id").fetchall()
    for (number,) in records:
        en, zh = (read_sentences(workspace, number, language) for language in LANGUAGES)
        units = read_units_of(workspace.db, number)
        rows = workspace.db.execute(
            f"SELECT {PAIR} FROM records r JOIN beads b ON b.record = r.id WHERE r.id = ? ORDER BY b.number",  # noqa: S608
            (number,),
        )
        for pair in map(pair_of, rows):
            yield from unit_pairs(replace(pair, units=units.get(texts_key(pair.en, pair.zh), ())), en, zh)


def read_terms(workspace: Workspace) -> Iterator[TermPair]:
    """Yield the term occurrences of all records, those of titles and keywords after those of the text."""
    for number, name in workspace.db.execute("SELECT id, name FROM records ORDER BY id"):
        rows = workspace.db.execute(
            f"SELECT {TERM} FROM records r JOIN occurrences o ON o.record = r.id WHERE r.id = ?"  # noqa: S608
            " ORDER BY o.bead, o.number",
            (number,),
        )
        yield from map(term_of, rows)
        for pair, terms in _front(workspace, name):
            yield from (term_of({**term, "record": name, "bead": pair.bead}) for term in terms)


def _front(workspace: Workspace, record: str) -> Iterator[tuple[Pair, list[dict[str, Any]]]]:
    """Yield the titles and keywords of a record as pairs, numbered on from its beads, with their terms."""
    query = "SELECT front, (SELECT count(*) FROM beads b WHERE b.record = r.id) FROM records r WHERE name = ?"
    for text, beads in workspace.db.execute(query, (record,)):
        for number, row in enumerate(json.loads(text), beads):
            yield Pair(record, number, row["en"], row["zh"]), row["terms"]


def read_front(workspace: Workspace) -> Iterator[Pair]:
    """Yield the titles and keywords of all records as pairs, numbered on from each record's beads."""
    for (name,) in workspace.db.execute("SELECT name FROM records WHERE front <> '[]' ORDER BY id"):
        yield from (pair for pair, _ in _front(workspace, name))


def read_findings(
    workspace: Workspace, *, state: Literal["open", "dismissed", "confirmed"] | None = None
) -> Iterator[Finding]:
    """Yield the findings of all records; those that are not dismissed, or those in one state.

    A confirmed error says how bad it is and of what kind.
    """
    rows = workspace.db.execute(
        "SELECT * FROM issues WHERE (? IS NULL AND state <> 'dismissed') OR state = ?"
        " ORDER BY record_id, bead, id",
        (state, state),
    )
    for row in rows:
        yield replace(finding_of(row), error_severity=row["error_severity"], kind=row["kind"])


def read_glossary(workspace: Workspace) -> Iterator[Entry]:
    """Yield the glossary's entries as they were found, with what people decided about them."""
    yield from map(
        entry_of,
        workspace.db.execute(
            "SELECT t.*, g.termhood, g.fields FROM terms t JOIN glossary g USING (id) ORDER BY id"
        ),
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """What a workspace holds, in numbers.

    Attributes:
        records: records.
        terms: term occurrences.
        entries: glossary entries.
        beads: beads by type (``1-2``).
        findings: findings by severity, without dismissed ones.
    """

    records: int
    terms: int
    entries: int
    beads: Mapping[str, int]
    findings: Mapping[str, int]


def count_contents(workspace: Workspace) -> Counts:
    """Count what the workspace holds."""

    def count(table: str) -> int:
        return int(workspace.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608

    kinds = (
        "SELECT json_array_length(en_ids) || '-' || json_array_length(zh_ids), count(*) FROM beads GROUP BY 1"
    )
    issues = "SELECT severity, count(*) FROM issues WHERE state <> 'dismissed' GROUP BY severity"
    return Counts(
        records=count("records"),
        terms=count("occurrences"),
        entries=count("glossary"),
        beads=dict(map(tuple, workspace.db.execute(kinds))),
        findings=dict(map(tuple, workspace.db.execute(issues))),
    )


class StoredPairs(Mapping[tuple[str, int], Pair]):
    """The pairs of a workspace by record and bead, each read when it is asked for; the last is remembered."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._db = workspace, workspace.db
        self._last: tuple[tuple[str, int], Pair] | None = None

    def __getitem__(self, key: tuple[str, int]) -> Pair:
        if self._last and self._last[0] == key:
            return self._last[1]
        row = self._db.execute(
            f"SELECT {PAIR} FROM records r JOIN beads b ON b.record = r.id"  # noqa: S608
            " WHERE r.name = ? AND b.number = ?",
            key,
        ).fetchone()
        pair = pair_of(row) if row else self._front(key)
        self._last = key, pair
        return self._last[1]

    def _front(self, key: tuple[str, int]) -> Pair:
        for pair, _ in _front(self._workspace, key[0]):
            if pair.bead == key[1]:
                return pair
        raise KeyError(key)

    def __iter__(self) -> Iterator[tuple[str, int]]:
        rows = self._db.execute(
            "SELECT r.name, b.number FROM records r JOIN beads b ON b.record = r.id ORDER BY r.id, b.number"
        )
        return ((name, number) for name, number in rows)

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM beads").fetchone()[0])
