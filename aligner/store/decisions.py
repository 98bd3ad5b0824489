"""What people decided: a log that only grows, undo and redo over everything, and no lost edit.

A decision is a list of changes, each with what was there before and what is there after. It is applied only
where "before" is still there: whoever decides by an old page is told so (`StaleError`). Undo and redo are
entries of the log themselves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from aligner.errors import AlignerError
from aligner.store import alignments, rulings
from aligner.store.history import REDO, UNDO
from aligner.store.workspace import Workspace

Value = dict[str, Any] | None
"""What is at a place, as JSON has it; None: nothing."""


class StaleError(AlignerError):
    """What was to be changed has been changed by someone else since it was read."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a decision.

    Attributes:
        table: alignment, ruling or term.
        key: which row: a record's name, or the columns of the primary key of ``rulings`` or ``term_rulings``.
        before: what was there; None: nothing.
        after: what is there then; None: nothing.
    """

    table: str
    key: tuple[str, ...]
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the log.

    Attributes:
        id: its number.
        at: when, UTC, ISO 8601.
        kind: what was done, in the words of who asked for it (dismiss, merge, accept, ...); undo and redo.
        record: the name of the record, if it is about one.
        changes: what changed.
        reason: why, as the person put it.
        of: the decision that was undone or redone.
    """

    id: int
    at: str
    kind: str
    record: str
    changes: tuple[Change, ...]
    reason: str
    of: int | None


_READ: dict[str, Callable[[Workspace, tuple[str, ...]], Value]] = {
    "alignment": alignments.read,
    "ruling": rulings.read_ruling,
    "term": rulings.read_term,
}
_WRITE: dict[str, Callable[[Workspace, tuple[str, ...], Value], None]] = {
    "alignment": alignments.write,
    "ruling": rulings.write_ruling,
    "term": rulings.write_term,
}


def read(workspace: Workspace, table: str, *key: str) -> Value:
    """Return what is at a place now: the ``before`` of a change."""
    return _READ[table](workspace, key)


def decide(
    workspace: Workspace, kind: str, changes: Sequence[Change], *, record: str = "", reason: str = ""
) -> int:
    """Apply changes and log them, all or none.

    Returns:
        The decision's number.

    Raises:
        StaleError: what is there is not what a change says was there.
    """
    with workspace.transaction():
        for change in changes:
            _apply(workspace, change)
        return _log(workspace, kind, changes, record, reason, None)


def undo(workspace: Workspace) -> Decision | None:
    """Take back the last decision that holds, and return it; None if there is none.

    Raises:
        StaleError: a later run changed what it was about.
    """
    return _again(workspace, "undo", UNDO)


def redo(workspace: Workspace) -> Decision | None:
    """Do again what was undone last, and return it; None if nothing was, or something was decided since.

    Raises:
        StaleError: a later run changed what it was about.
    """
    return _again(workspace, "redo", REDO)


def log(workspace: Workspace, *, record: str | None = None, limit: int = 100) -> list[Decision]:
    """Return the last decisions, latest first; of one record, if it is named."""
    chosen, values = ("", []) if record is None else ("WHERE record = ?", [record])
    query = f"SELECT * FROM decisions {chosen} ORDER BY id DESC LIMIT ?"  # noqa: S608
    return [_decision(row) for row in workspace.db.execute(query, (*values, limit))]


def _again(workspace: Workspace, kind: str, query: str) -> Decision | None:
    with workspace.transaction() as db:
        (number,) = db.execute(query).fetchone() or (None,)
        if number is None:
            return None
        decision = _decision(db.execute("SELECT * FROM decisions WHERE id = ?", (number,)).fetchone())
        changes = decision.changes
        if kind == "undo":
            changes = tuple(Change(c.table, c.key, c.after, c.before) for c in reversed(changes))
        for change in changes:
            _apply(workspace, change)
        _log(workspace, kind, (), decision.record, "", decision.id)
        return decision


def _apply(workspace: Workspace, change: Change) -> None:
    if _READ[change.table](workspace, change.key) != change.before:
        raise StaleError(
            "this has been changed since it was read", where=change.key[0], hint="look at it again and repeat"
        )
    _WRITE[change.table](workspace, change.key, change.after)


def _log(
    workspace: Workspace, kind: str, changes: Sequence[Change], record: str, reason: str, of: int | None
) -> int:
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    data = json.dumps([asdict(change) for change in changes], ensure_ascii=False)
    query = 'INSERT INTO decisions (at, kind, record, changes, reason, "of") VALUES (?, ?, ?, ?, ?, ?)'
    return int(workspace.db.execute(query, (at, kind, record, data, reason, of)).lastrowid or 0)


def _decision(row: Any) -> Decision:
    changes = tuple(
        Change(c["table"], tuple(c["key"]), c["before"], c["after"]) for c in json.loads(row["changes"])
    )
    return Decision(row["id"], row["at"], row["kind"], row["record"], changes, row["reason"], row["of"])
