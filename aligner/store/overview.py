"""The workspace from above: totals, and its records a page at a time with their progress."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from aligner.store.addresses import address_loads
from aligner.store.beads import BeadFilter, like
from aligner.store.decided import read_review
from aligner.store.workspace import Workspace

Order = Literal["worst", "input", "name", "confidence", "unconfirmed"]

_WEIGHT = "CASE severity WHEN 'error' THEN 1000000 WHEN 'warning' THEN 1000 ELSE 1 END"
ORDERS: dict[str, tuple[str, str, str]] = {
    "input": ("As they came", "", "r.id"),
    "name": ("By name", "", "r.name, r.id"),
    "worst": (
        "Worst first",
        f"LEFT JOIN (SELECT record_id AS of, sum({_WEIGHT}) AS weight FROM issues WHERE state = 'open'"  # noqa: S608
        " GROUP BY record_id) w ON w.of = r.id",
        "coalesce(weight, 0) DESC, r.id",
    ),
    "confidence": (
        "Doubtful alignment first",
        "LEFT JOIN (SELECT record AS of, min(score) AS lowest FROM beads GROUP BY record) w ON w.of = r.id",
        "coalesce(lowest, -1), r.id",
    ),
    "unconfirmed": (
        "Least reviewed first",
        "LEFT JOIN (SELECT record AS of, count(*) AS done FROM beads WHERE state = 'confirmed'"
        " GROUP BY record) w ON w.of = r.id",
        "coalesce(done, 0), r.id",
    ),
}
"""What a list of records can be ordered by: in words, what is joined for it, and the order itself."""


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
        dismissed: of them, those that are no errors.
        errors: number of confirmed errors by severity, without waived ones.
        begins: its first English and its first Chinese pair, for a list.
        words: length of the source, in English words.
        file: the file it came from, as it was named.
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
    dismissed: int
    errors: Mapping[str, int]
    begins: tuple[str, str]
    words: float
    file: str = ""
    failure: str = ""

    @property
    def title(self) -> tuple[str, str]:
        """The titles, or how the texts begin."""
        en, zh = self.metadata.get("title_en", ""), self.metadata.get("title_zh", "")
        return en or self.begins[0], zh or self.begins[1]


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
        accepted: of them, accepted ones.
        issues: number of issues by (check, severity, state).
    """

    records: int
    failed: int
    beads: int
    confirmed: int
    entries: int
    decided_entries: int
    accepted: int
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
        accepted=count("terms WHERE status = 'accepted'"),
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
    _, join, by = ORDERS[order]
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
        "SELECT id, name, state, revision, metadata, source, substr(en, 1, 300) AS en,"
        " substr(zh, 1, 200) AS zh, words(en, zh, ?) AS words,"
        " (SELECT count(*) FROM beads WHERE record = r.id) AS beads,"
        " (SELECT count(*) FROM beads WHERE record = r.id AND state = 'confirmed') AS confirmed,"
        " (SELECT min(score) FROM beads WHERE record = r.id) AS lowest,"
        " CASE state WHEN 'failed' THEN coalesce((SELECT reason FROM failures WHERE record = r.name"
        " ORDER BY id DESC LIMIT 1), '') ELSE '' END AS failure FROM records r WHERE id = ?",
        (read_review(workspace)["source"], number),
    ).fetchone()
    if row is None:
        return None
    issues = db.execute(
        "SELECT state, severity, CASE WHEN waived THEN '' ELSE error_severity END, count(*) FROM issues"
        " WHERE record_id = ? GROUP BY 1, 2, 3",
        (number,),
    ).fetchall()
    names = ("id", "name", "state", "revision", "beads", "confirmed", "lowest", "words", "failure")
    source = address_loads(row["source"])
    return RecordLine(
        **{name: row[name] for name in names},
        metadata=json.loads(row["metadata"]),
        open=_sums((severity, n) for state, severity, _, n in issues if state == "open"),
        decided=sum(n for state, _, _, n in issues if state != "open"),
        dismissed=sum(n for state, _, _, n in issues if state == "dismissed"),
        errors=_sums((error, n) for state, _, error, n in issues if state == "confirmed" and error),
        begins=(row["en"].split("\n")[0], row["zh"].split("\n")[0]),
        file=source.file if source else "",
    )


def _sums(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, number in counts:
        found[name] = found.get(name, 0) + number
    return found


def all_words(workspace: Workspace) -> float:
    """Return the length of the source of all records, in English words."""
    source = read_review(workspace)["source"]
    state = workspace.db.execute("SELECT count(*), max(id), sum(revision) FROM records").fetchone()
    key = (str(workspace.path.absolute()), source, *state)
    if key not in _WORDS:
        query = "SELECT coalesce(sum(words(en, zh, ?)), 0) FROM records"
        _WORDS.clear()
        _WORDS[key] = float(workspace.db.execute(query, (source,)).fetchone()[0])
    return _WORDS[key]


_WORDS: dict[tuple[object, ...], float] = {}
"""The length of the source of the workspace asked for last; counting it anew takes reading all texts."""


def all_errors(workspace: Workspace) -> dict[str, int]:
    """Count the confirmed errors by severity, without waived ones."""
    rows = workspace.db.execute(
        "SELECT error_severity, count(*) FROM issues WHERE state = 'confirmed' AND NOT waived GROUP BY 1"
    )
    return {severity: count for severity, count in rows if severity}


def last_touched(workspace: Workspace) -> str:
    """Return when something was decided last, or else when the last run began: UTC, ISO 8601."""
    query = "SELECT coalesce((SELECT max(at) FROM decisions), (SELECT max(started) FROM runs), '')"
    return str(workspace.db.execute(query).fetchone()[0])


def count_before(workspace: Workspace, number: int) -> int:
    """Count the records that came before one."""
    query = "SELECT count(*) FROM records WHERE id < ?"
    return int(workspace.db.execute(query, (number,)).fetchone()[0])


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
