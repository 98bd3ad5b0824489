"""Beads as a person goes through them: filtered and paged by the database, with what was found in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from aligner.store.issues import Issue, issues_of
from aligner.store.results import Found
from aligner.store.rows import PAIR, TERM, pair_of, read_units_of, term_of
from aligner.store.workspace import Workspace
from aligner.types import Pair, TermPair, Unit


@dataclass(frozen=True, slots=True)
class BeadFilter:
    """Which beads to show; an empty attribute lets all pass.

    Attributes:
        record: number of a record.
        number: number of a bead in its record.
        text: stands in the English or the Chinese text, upper and lower case alike.
        check: has a finding of this check.
        severity: has a finding of this severity.
        state: has a finding in this state (open, dismissed, confirmed).
        work: ``confirmed``, ``unconfirmed``, or ``odd``: not one sentence to one.
        below: scores less than this.
    """

    record: int | None = None
    number: int | None = None
    text: str = ""
    check: str = ""
    severity: str = ""
    state: str = ""
    work: str = ""
    below: float | None = None

    def sql(self) -> tuple[str, list[object]]:
        """Return the condition on ``beads b`` and its values."""
        parts: list[str] = ["1"]
        values: list[object] = []
        if self.record is not None:
            parts.append("b.record = ?")
            values.append(self.record)
        if self.number is not None:
            parts.append("b.number = ?")
            values.append(self.number)
        if self.text:
            parts.append("(b.en LIKE ? ESCAPE '\\' OR b.zh LIKE ? ESCAPE '\\')")
            values += [like(self.text)] * 2
        if self.below is not None:
            parts.append("b.score < ?")
            values.append(self.below)
        if self.work in WORK:
            parts.append(WORK[self.work])
        found = [(name, value) for name, value in self._issue() if value]
        if found:
            tests = " AND ".join(f'"{name}" = ?' for name, _ in found)
            parts.append(f"(b.record, b.number) IN (SELECT record_id, bead FROM issues WHERE {tests})")  # noqa: S608
            values += [value for _, value in found]
        return " AND ".join(parts), values

    def _issue(self) -> list[tuple[str, str]]:
        return [("check", self.check), ("severity", self.severity), ("state", self.state)]


WORK = {
    "confirmed": "b.state = 'confirmed'",
    "unconfirmed": "b.state <> 'confirmed'",
    "odd": "NOT (json_array_length(b.en_ids) = 1 AND json_array_length(b.zh_ids) = 1)",
}
"""What can be asked of a bead's alignment, as conditions."""

GOALS = {
    "issue": "(b.record, b.number) IN (SELECT record_id, bead FROM issues WHERE state = 'open')",
    "unconfirmed": WORK["unconfirmed"],
    "odd": WORK["odd"],
}
"""What `next_bead` can look for, as conditions."""


@dataclass(frozen=True, slots=True)
class StoredBead:
    """A bead with its texts and whatever was found in it.

    Attributes:
        record_id: the record's number.
        revision: of the record, when it was read.
        pair: names, texts, sentence numbers and score.
        state: proposed, edited or confirmed.
        issues: in the order of their places.
        terms: in the order of their places.
        texts: hash of both texts: what is decided about them goes by it.
        units: its parts, where the pair is cut; empty elsewhere.
        correction: English and Chinese text as a person corrected them; None where nobody did.
    """

    record_id: int
    revision: int
    pair: Pair
    state: str
    issues: tuple[Issue, ...] = ()
    terms: tuple[TermPair, ...] = ()
    texts: str = ""
    units: tuple[Unit, ...] = ()
    correction: tuple[str, str] | None = None


def like(text: str) -> str:
    """Return a pattern for ``LIKE ? ESCAPE`` backslash that finds the text anywhere, taken literally."""
    for sign in "\\%_":
        text = text.replace(sign, f"\\{sign}")
    return f"%{text}%"


def count_beads(workspace: Workspace, wanted: BeadFilter) -> int:
    """Count the beads that pass a filter."""
    where, values = wanted.sql()
    return int(workspace.db.execute(f"SELECT count(*) FROM beads b WHERE {where}", values).fetchone()[0])  # noqa: S608


def find_beads(workspace: Workspace, wanted: BeadFilter, *, limit: int, offset: int = 0) -> list[StoredBead]:
    """Return a page of the beads that pass a filter, in the order of the records."""
    where, values = wanted.sql()
    query = (
        f"SELECT b.record AS record_id, r.revision, b.state, b.texts, c.en AS right_en, c.zh AS right_zh, {PAIR}"  # noqa: S608, E501
        " FROM beads b CROSS JOIN records r ON r.id = b.record"
        f" LEFT JOIN corrections c ON c.record = b.record AND c.texts = b.texts WHERE {where}"
        " ORDER BY b.record, b.number LIMIT ? OFFSET ?"
    )
    beads = []
    units: dict[int, dict[str, tuple[Unit, ...]]] = {}
    for row in workspace.db.execute(query, (*values, limit, offset)).fetchall():
        number, bead = row["record_id"], row["bead"]
        issues = tuple(issues_of(workspace, number, bead))
        terms = tuple(term for term, _ in terms_of(workspace, number, bead))
        correction = None if row["right_en"] is None else (row["right_en"], row["right_zh"])
        bead_ = StoredBead(number, row["revision"], pair_of(row), row["state"], issues, terms)
        if number not in units:
            units = {number: read_units_of(workspace.db, number)}
        parts = units[number].get(row["texts"], ())
        beads.append(replace(bead_, texts=row["texts"], correction=correction, units=parts))
    return beads


def read_bead(workspace: Workspace, record: int, number: int) -> StoredBead | None:
    """Return one bead of a record; None if there is none."""
    found = find_beads(workspace, BeadFilter(record=record, number=number), limit=1)
    return found[0] if found else None


def beads_of(workspace: Workspace, record: int) -> Iterator[StoredBead]:
    """Yield all beads of a record, a page at a time."""
    offset = 0
    while page := find_beads(workspace, BeadFilter(record=record), limit=500, offset=offset):
        yield from page
        offset += len(page)


def scores_of(workspace: Workspace, record: int) -> list[tuple[int, float, str, str]]:
    """Return number, score, state and type (``1-2``) of each bead of a record, in order."""
    rows = workspace.db.execute(
        "SELECT number, score, state, json_array_length(en_ids) || '-' || json_array_length(zh_ids)"
        " FROM beads WHERE record = ? ORDER BY number",
        (record,),
    )
    return [tuple(row) for row in rows]


def next_bead(
    workspace: Workspace, goal: str, *, record: int, bead: int, back: bool = False
) -> tuple[int, int] | None:
    """Return record and number of the nearest bead after (or before) this one with something to do.

    Args:
        workspace: where.
        goal: a name of `GOALS`: an open issue, a bead not confirmed, or one that is not one sentence to one.
        record: number of the record to start from.
        bead: number of the bead to start from; it is not returned itself.
        back: look backwards.
    """
    sign, order = ("<", "DESC") if back else (">", "ASC")
    row = workspace.db.execute(
        f"SELECT b.record, b.number FROM beads b WHERE (b.record, b.number) {sign} (?, ?) AND {GOALS[goal]}"  # noqa: S608
        f" ORDER BY b.record {order}, b.number {order} LIMIT 1",
        (record, bead),
    ).fetchone()
    return (row[0], row[1]) if row else None


def place_of(workspace: Workspace, wanted: BeadFilter, record: int, bead: int) -> int:
    """Count the beads that pass a filter and stand before this one: the offset of the page it is on."""
    where, values = wanted.sql()
    query = f"SELECT count(*) FROM beads b WHERE {where} AND (b.record, b.number) < (?, ?)"  # noqa: S608
    return int(workspace.db.execute(query, (*values, record, bead)).fetchone()[0])


def terms_of(workspace: Workspace, record: int, bead: int | None = None) -> Iterator[Found]:
    """Yield the term occurrences of a record, or of one of its beads, with the keys of their concepts."""
    rows = workspace.db.execute(
        f"SELECT {TERM} FROM occurrences o JOIN records r ON r.id = o.record"  # noqa: S608 - our own columns
        " WHERE o.record = ? AND (? IS NULL OR o.bead = ?) ORDER BY o.bead, o.number",
        (record, bead, bead),
    )
    for row in rows:
        yield term_of(row), row["concept"]
