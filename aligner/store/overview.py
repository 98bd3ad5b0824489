"""The workspace from above: totals, and its records a page at a time with their progress."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from aligner.store.beads import BeadFilter, like
from aligner.store.workspace import Workspace

Order = Literal["worst", "input", "name", "confidence", "unconfirmed"]

_WEIGHT = "CASE severity WHEN 'error' THEN 1000000 WHEN 'warning' THEN 1000 ELSE 1 END"
ORDERS: dict[str, tuple[str, str]] = {
    "input": ("", "r.id"),
    "name": ("", "r.name, r.id"),
    "worst": (
        f"LEFT JOIN (SELECT record_id AS of, sum({_WEIGHT}) AS weight FROM issues WHERE state = 'open'"  # noqa: S608
        " GROUP BY record_id) w ON w.of = r.id",
        "coalesce(weight, 0) DESC, r.id",
    ),
    "confidence": (
        "LEFT JOIN (SELECT record AS of, min(score) AS lowest FROM beads GROUP BY record) w ON w.of = r.id",
        "coalesce(lowest, -1), r.id",
    ),
    "unconfirmed": (
        "LEFT JOIN (SELECT record AS of, count(*) AS done FROM beads WHERE state = 'confirmed'"
        " GROUP BY record) w ON w.of = r.id",
        "coalesce(done, 0), r.id",
    ),
}
"""What a list of records can be ordered by: what is joined for it, and the order itself."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in a list.

    Attributes:
        id: its number.
        name: its name.
        state: new, aligned, done or failed.
        revision: grows with each change of its alignment.
        metadata: whatever the input said of it (title_en, title_zh, ...).
        beads: how many it has.
        confirmed: how many of them a person confirmed.
        lowest: the lowest score of a bead; None without beads.
        open: number of open issues by severity.
        decided: number of issues that are decided.
        failure: why it could not be done, if it failed.
    """

    id: int
    name: str
    state: str
    revision: int
    metadata: Mapping[str, str]
    beads: int
    confirmed: int
    lowest: float | None
    open: Mapping[str, int]
    decided: int
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a workspace holds, in numbers.

    Attributes:
        records: records.
        failed: of them, those that could not be done.
        beads: beads.
        confirmed: of them, those a person confirmed.
        entries: glossary entries.
        decided_entries: of them, accepted or rejected ones.
        issues: number of issues by (check, severity, state).
    """

    records: int
    failed: int
    beads: int
    confirmed: int
    entries: int
    decided_entries: int
    issues: Mapping[tuple[str, str, str], int]

    def count(self, *, check: str = "", severity: str = "", state: str = "") -> int:
        """Count the issues with these properties; an empty one lets all pass."""
        wanted = (check, severity, state)
        return sum(
            number
            for key, number in self.issues.items()
            if all(want in ("", have) for want, have in zip(wanted, key, strict=True))
        )


def totals(workspace: Workspace) -> Totals:
    """Count what the workspace holds."""

    def count(query: str) -> int:
        return int(workspace.db.execute(f"SELECT count(*) FROM {query}").fetchone()[0])  # noqa: S608

    rows = workspace.db.execute(
        'SELECT "check", severity, state, count(*) FROM issues GROUP BY 1, 2, 3 ORDER BY 1, 2, 3'
    )
    return Totals(
        records=count("records"),
        failed=count("records WHERE state = 'failed'"),
        beads=count("beads"),
        confirmed=count("beads WHERE state = 'confirmed'"),
        entries=count("glossary"),
        decided_entries=count("terms WHERE status <> 'candidate'"),
        issues={(check, severity, state): number for check, severity, state, number in rows},
    )


def list_records(
    workspace: Workspace,
    wanted: BeadFilter,
    *,
    name: str = "",
    order: Order = "input",
    limit: int,
    offset: int = 0,
) -> list[RecordLine]:
    """Return a page of the records that hold a bead passing a filter.

    Args:
        workspace: where.
        wanted: what one of its beads must be; an empty filter lets records without beads pass too.
        name: stands in the record's name or its titles.
        order: worst first (open errors, then warnings), as they came, by name, by lowest score, or those
            with fewest confirmed beads first.
        limit: records of a page.
        offset: records before the page.
    """
    join, by = ORDERS[order]
    where, values = _which(wanted, name)
    query = f"SELECT r.id FROM records r {join} WHERE {where} ORDER BY {by} LIMIT ? OFFSET ?"  # noqa: S608
    rows = workspace.db.execute(query, (*values, limit, offset)).fetchall()
    return [line for (number,) in rows if (line := read_record(workspace, number))]


def count_records(workspace: Workspace, wanted: BeadFilter, *, name: str = "") -> int:
    """Count the records that `list_records` goes through."""
    where, values = _which(wanted, name)
    query = f"SELECT count(*) FROM records r WHERE {where}"  # noqa: S608
    return int(workspace.db.execute(query, values).fetchone()[0])


def iterate_records(workspace: Workspace) -> Iterator[RecordLine]:
    """Yield all records in the order in which they came."""
    for (number,) in workspace.db.execute("SELECT id FROM records ORDER BY id").fetchall():
        if line := read_record(workspace, number):
            yield line


def read_record(workspace: Workspace, number: int) -> RecordLine | None:
    """Return the record with this number; None if there is none."""
    db = workspace.db
    row = db.execute(
        "SELECT id, name, state, revision, metadata,"
        " (SELECT count(*) FROM beads WHERE record = r.id) AS beads,"
        " (SELECT count(*) FROM beads WHERE record = r.id AND state = 'confirmed') AS confirmed,"
        " (SELECT min(score) FROM beads WHERE record = r.id) AS lowest,"
        " CASE state WHEN 'failed' THEN coalesce((SELECT reason FROM failures WHERE record = r.name"
        " ORDER BY id DESC LIMIT 1), '') ELSE '' END AS failure FROM records r WHERE id = ?",
        (number,),
    ).fetchone()
    if row is None:
        return None
    issues = db.execute(
        "SELECT severity, state = 'open', count(*) FROM issues WHERE record_id = ? GROUP BY 1, 2", (number,)
    ).fetchall()
    return RecordLine(
        **{name: row[name] for name in row.keys() if name != "metadata"},  # noqa: SIM118 - rows iterate values
        metadata=json.loads(row["metadata"]),
        open={severity: count for severity, is_open, count in issues if is_open},
        decided=sum(count for _, is_open, count in issues if not is_open),
    )


def neighbours(workspace: Workspace, number: int) -> tuple[int | None, int | None]:
    """Return the numbers of the records before and after this one."""
    row = workspace.db.execute(
        "SELECT (SELECT max(id) FROM records WHERE id < ?), (SELECT min(id) FROM records WHERE id > ?)",
        (number, number),
    ).fetchone()
    return row[0], row[1]


def _which(wanted: BeadFilter, name: str) -> tuple[str, list[object]]:
    parts: list[str] = ["1"]
    values: list[object] = []
    if wanted != BeadFilter():
        where, values = wanted.sql()
        parts.append(f"r.id IN (SELECT b.record FROM beads b WHERE {where})")  # noqa: S608
    if name:
        parts.append(
            "(r.name LIKE ? ESCAPE '\\' OR r.metadata ->> '$.title_en' LIKE ? ESCAPE '\\'"
            " OR r.metadata ->> '$.title_zh' LIKE ? ESCAPE '\\')"
        )
        values += [like(name)] * 3
    return " AND ".join(parts), values
