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
        id: the finding's number in the workspace.
        key: hash of what the finding is about: check, record, both texts, message, subject. A number may be
            used again after a run, a key may not.
        finding: what was found.
        state: open, dismissed or confirmed.
        scope: of the decision that holds: once, term, check; empty where there is none.
        subject: what 'never for this term' goes by; empty where the finding has no place.
        reason: why, as the person put it.
    """

    id: int
    key: str
    finding: Finding
    state: str
    scope: str
    subject: str
    reason: str


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


def _issue(row: Any) -> Issue:
    about = [row[name] for name in ("check", "record", "texts", "message", "subject")]
    return Issue(
        id=row["id"],
        key=hashlib.sha256(json.dumps(about).encode()).hexdigest()[:16],
        finding=finding_of(row),
        state=row["state"],
        scope=row["scope"],
        subject=row["subject"],
        reason=row["reason"],
    )
