"""Texts that come back: which record each is, and what became of what was found in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aligner.store.addresses import address_dumps, address_loads
from aligner.store.rows import PAIR, pair_of
from aligner.store.workspace import Workspace
from aligner.types import Address, Finding, Pair, Revision, Span

ENOUGH = 0.5
"""Share of a text's pairs that have to be those of a record, by unit or side, for it to be that record."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as a revision compares it: its check, message and the words it is about."""

    check: str
    message: str
    en_words: str
    zh_words: str

    def says_the_same(self, other: Found) -> bool:
        """Tell whether both are of one check and about the same: the message, or the words on one side."""
        if self.check != other.check:
            return False
        same_en = bool(self.en_words) and self.en_words == other.en_words
        same_zh = bool(self.zh_words) and self.zh_words == other.zh_words
        return self.message == other.message or same_en or same_zh

    @classmethod
    def of(cls, finding: Finding) -> Found:
        """Return what of a finding is compared."""
        sides = ((finding.en, finding.en_span), (finding.zh, finding.zh_span))
        words = ("" if span is None else text[slice(*span)] for text, span in sides)
        return cls(finding.check, finding.message, *words)


@dataclass(frozen=True, slots=True)
class Version:
    """A pair of one version of a text, with what was found in it and how a person corrected it."""

    number: int
    en: str
    zh: str
    source: Address | None
    findings: tuple[Found, ...]
    correction: str = ""


def index_units(workspace: Workspace) -> None:
    """Note the sentences and units of all records, for `find_record`."""
    db = workspace.db
    db.execute("DROP TABLE IF EXISTS temp.known_units")
    db.execute("CREATE TEMP TABLE known_units (key TEXT, record INTEGER)")
    for record, en, zh, source in db.execute("SELECT record, en, zh, source FROM beads").fetchall():
        keys = unit_keys(en, zh, address_loads(source))
        db.executemany("INSERT INTO known_units VALUES (?, ?)", [(key, record) for key in keys])
    db.execute("CREATE INDEX temp.known_units_by_key ON known_units (key, record)")


def unit_keys(en: str, zh: str, source: Address | None) -> Iterator[str]:
    """Yield what a pair is known by: each side, and its unit with each side."""
    for side, text in (("en", en), ("zh", zh)):
        if text.strip():
            yield f"{side}\n{text.strip()}"
            if source is not None and source.unit:
                yield f"{side}\n{text.strip()}\n{source.unit}"


def find_record(
    workspace: Workspace, keys: Sequence[str], pairs: int, taken: set[int]
) -> tuple[int, str, str] | None:
    """Return number, given name and origin of the record that holds most of some pairs.

    Args:
        workspace: where; see `index_units`.
        keys: what the pairs are known by (`unit_keys`).
        pairs: how many they are.
        taken: records that other texts are already.

    Returns:
        None where fewer than `ENOUGH` of the pairs are a record's.
    """
    counts: dict[int, int] = {}
    for key in keys:
        rows = workspace.db.execute("SELECT DISTINCT record FROM known_units WHERE key = ?", (key,))
        for (record,) in rows:
            if record not in taken:
                counts[record] = counts.get(record, 0) + 1
    best = max(counts, key=lambda record: (counts[record], -record), default=None)
    if best is None or counts[best] < ENOUGH * pairs:
        return None
    given, origin = workspace.db.execute("SELECT given, origin FROM records WHERE id = ?", (best,)).fetchone()
    return best, given, origin


def sentences_of(workspace: Workspace, name: str, origin: str) -> int | None:
    """Return the number of the record with an id of its own that is called this."""
    row = workspace.db.execute(
        "SELECT id FROM records WHERE given = ? AND origin = ? ORDER BY id LIMIT 1", (name, origin)
    ).fetchone()
    return int(row[0]) if row else None


def note_changed(workspace: Workspace, records: Iterable[int]) -> None:
    """Note which records came back with another text; call in a transaction."""
    rows = [(record,) for record in records]
    workspace.db.executemany("INSERT OR IGNORE INTO changed_records VALUES (?)", rows)


def changed_records(workspace: Workspace) -> set[int]:
    """Return the records that came back with another text and whose findings are not yet followed up."""
    return {record for (record,) in workspace.db.execute("SELECT record FROM changed_records")}


def records_of_input(workspace: Workspace) -> list[tuple[int, str]]:
    """Return number and name of the records that the last input brought, in its order."""
    rows = workspace.db.execute(
        "SELECT r.id, r.name FROM temp.claimed c JOIN records r ON r.id = c.record ORDER BY c.ordinal"
    )
    return [(number, name) for number, name in rows]


def earlier_version(workspace: Workspace, record: int) -> list[Version]:
    """Return the pairs of the text before."""
    db = workspace.db
    found: dict[int, list[Found]] = {}
    texts = {
        number: (en, zh, source, correction)
        for number, en, zh, source, correction in db.execute(
            "SELECT number, en, zh, source, correction FROM earlier_pairs WHERE record = ? ORDER BY number",
            (record,),
        )
    }
    for row in db.execute(
        'SELECT number, "check", message, en_start, en_end, zh_start, zh_end FROM earlier_findings'
        " WHERE record = ? ORDER BY number, place",
        (record,),
    ):
        en, zh, _, _ = texts[row[0]]
        found.setdefault(row[0], []).append(_found(row[1:], en, zh))
    return [
        Version(number, en, zh, address_loads(source), tuple(found.get(number, ())), correction)
        for number, (en, zh, source, correction) in texts.items()
    ]


def present_version(workspace: Workspace, record: int) -> list[Version]:
    """Return the pairs of the text as it is now."""
    db = workspace.db
    found: dict[int, list[Found]] = {}
    for row in db.execute(
        'SELECT bead, "check", message, en_start, en_end, zh_start, zh_end, en, zh FROM issues'
        " WHERE record_id = ? AND state <> 'dismissed' ORDER BY bead, id",
        (record,),
    ):
        found.setdefault(row[0], []).append(_found(row[1:7], row[7], row[8]))
    rows = db.execute(
        f"SELECT {PAIR}, coalesce(c.zh, '') AS correction FROM beads b"  # noqa: S608 - our own columns
        " JOIN records r ON r.id = b.record"
        " LEFT JOIN corrections c ON c.record = b.record AND c.texts = b.texts"
        " WHERE b.record = ? ORDER BY b.number",
        (record,),
    )
    return [_present(pair_of(row), row["correction"], found) for row in rows]


def save_revisions(workspace: Workspace, revisions: Sequence[Revision], *, run: int) -> None:
    """Keep what became of a text that came back."""
    with workspace.transaction() as db:
        db.executemany(
            'INSERT INTO revisions (run, record, bead, outcome, "check", message, en, before, after, source)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (run, r.record, r.bead, r.outcome, r.check, r.message, r.en, r.before, r.after, _source(r))
                for r in revisions
            ],
        )
        db.execute("DELETE FROM changed_records")


def read_revisions(workspace: Workspace, *, run: int) -> Iterator[Revision]:
    """Yield what a run with a text that came back said."""
    rows = workspace.db.execute(
        'SELECT record, bead, outcome, "check", message, en, before, after, source FROM revisions'
        " WHERE run = ? ORDER BY id",
        (run,),
    )
    for row in rows:
        values = dict(row)
        yield Revision(**{**values, "source": address_loads(values["source"])})


def _source(revision: Revision) -> str:
    return address_dumps(revision.source)


def _present(pair: Pair, correction: str, found: dict[int, list[Found]]) -> Version:
    return Version(pair.bead, pair.en, pair.zh, pair.source, tuple(found.get(pair.bead, ())), correction)


def _found(row: Sequence[object], en: str, zh: str) -> Found:
    check, message, *bounds = row

    def words(text: str, span: Span | None) -> str:
        return "" if span is None else text[slice(*span)]

    spans = [None if a is None else (int(str(a)), int(str(b))) for a, b in (bounds[:2], bounds[2:])]
    return Found(str(check), str(message), words(en, spans[0]), words(zh, spans[1]))
