"""Issues: findings together with what people decided about them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aligner.store.rows import finding_of
from aligner.store.workspace import Workspace
from aligner.types import Finding


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding and its state.

    Attributes:
        id: the finding's number in the workspace; below 0 for one that a person added.
        key: hash of what the finding is about: check, record, both texts, message, subject. A number may be
            used again after a run, a key may not.
        finding: what was found.
        state: open, dismissed or confirmed.
        scope: of the decision that holds: once, term, check; empty where there is none.
        subject: what 'wherever these words stand' goes by; empty where the finding has no place.
        error_severity: minor, major or critical, of a confirmed error; empty elsewhere.
        kind: of a confirmed error; empty elsewhere.
        comment: why, as the person put it.
        answer: what the translator answered.
        waived: whether a person let the error stand.
        who: who decided.
        at: when, UTC, ISO 8601.
        texts: hash of both texts of its pair.
        record_id: number of its record.
    """

    id: int
    key: str
    finding: Finding
    state: str
    scope: str
    subject: str
    error_severity: str
    kind: str
    comment: str
    answer: str
    waived: int
    who: str
    at: str
    texts: str
    record_id: int


SHOWN = (
    *("scope", "subject", "error_severity", "kind", "comment", "answer", "waived", "who", "at"),
    *("texts", "record_id"),
)


def issues_of(workspace: Workspace, record: int, bead: int) -> Iterator[Issue]:
    """Yield the issues of a bead, in the order of their places in the English, then the Chinese text."""
    rows = workspace.db.execute(
        "SELECT * FROM issues WHERE record_id = ? AND bead = ?"
        " ORDER BY coalesce(en_start, 1e9), zh_start, id",
        (record, bead),
    )
    yield from map(_issue, rows)


def read_issue(workspace: Workspace, number: int) -> Issue | None:
    """Return the issue with this number; None if there is none (any more)."""
    row = workspace.db.execute("SELECT * FROM issues WHERE id = ?", (number,)).fetchone()
    return _issue(row) if row else None


def issues_like(workspace: Workspace, issue: Issue) -> list[Issue]:
    """Return all issues of the same check about the same words, in the order of the records."""
    rows = workspace.db.execute(
        'SELECT * FROM issues WHERE "check" = ? AND subject = ? ORDER BY record_id, bead, id',
        (issue.finding.check, issue.subject),
    )
    return [_issue(row) for row in rows]


def open_issues(workspace: Workspace, record: int, *, limit: int) -> list[Issue]:
    """Return the open issues of a record, surest first."""
    rows = workspace.db.execute(
        "SELECT * FROM issues WHERE record_id = ? AND state = 'open' ORDER BY CASE severity"
        " WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, bead, id LIMIT ?",
        (record, limit),
    )
    return [_issue(row) for row in rows]


def confirmed_issues(workspace: Workspace) -> Iterator[Issue]:
    """Yield the confirmed errors, gravest first, then in the order of the records."""
    rows = workspace.db.execute(
        "SELECT * FROM issues WHERE state = 'confirmed' ORDER BY waived, CASE error_severity"
        " WHEN 'critical' THEN 0 WHEN 'major' THEN 1 ELSE 2 END, record_id, bead, id"
    )
    yield from map(_issue, rows)


def checks_of(workspace: Workspace) -> list[str]:
    """Return the checks that have found something."""
    rows = workspace.db.execute('SELECT DISTINCT "check" FROM findings ORDER BY 1')
    return [row["check"] for row in rows]


def switched_off(workspace: Workspace) -> list[str]:
    """Return the checks that a person switched off."""
    query = """SELECT "check" FROM finding_decisions WHERE scope = 'check' AND state = 'dismissed'"""
    return [row["check"] for row in workspace.db.execute(query)]


def _issue(row: Any) -> Issue:
    about = [row[name] for name in ("check", "record_id", "texts", "message", "subject")]
    return Issue(
        id=row["id"],
        key=hashlib.sha256(json.dumps(about).encode()).hexdigest()[:16],
        finding=finding_of(row),
        state=row["state"],
        **{name: row[name] for name in SHOWN},
    )
