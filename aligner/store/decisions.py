"""What people decided: a log that only grows, undo and redo over everything, and no lost edit.

A decision is a list of changes, each with what was there before and what is there after. It is applied only
where "before" is still there: whoever decides by an old page is told so (`StaleError`). Undo and redo are
entries of the log themselves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from aligner.errors import AlignerError
from aligner.store import alignments, decided
from aligner.store.decided import Value
from aligner.store.workspace import Workspace

Key = tuple[str, ...]


class StaleError(AlignerError):
    """What was to be changed has been changed by someone else since it was read."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a decision.

    Attributes:
        table: alignment, finding, term, correction, added or setting.
        key: which row: a record's number, or the columns of the primary key of a table of `decided`.
        before: what was there; None: nothing.
        after: what is there then; None: nothing.
        found: term occurrences that a changed alignment took away, to be put back by undo.
    """

    table: str
    key: tuple[str, ...]
    before: Value
    after: Value
    found: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the log.

    Attributes:
        id: its number.
        at: when, UTC, ISO 8601.
        kind: what was done, in the words of who asked for it (dismiss, merge, accept, ...); undo and redo.
        record: the number of the record, if it is about one.
        changes: what changed.
        reason: why, as the person put it.
        of: the decision that was undone or redone.
    """

    id: int
    at: str
    kind: str
    record: int | None
    changes: tuple[Change, ...]
    reason: str
    of: int | None


_TABLES = {
    "finding": decided.FINDING,
    "term": decided.TERM,
    "correction": decided.CORRECTION,
    "added": decided.ADDED,
    "setting": decided.SETTING,
}
_LAST_UNDOABLE = """
SELECT max(id) FROM decisions d WHERE "of" IS NULL AND coalesce(
    (SELECT kind FROM decisions u WHERE u."of" = d.id ORDER BY u.id DESC LIMIT 1), 'redo') = 'redo'
"""
_LAST_UNDONE = """
SELECT "of" FROM decisions u WHERE kind = 'undo'
AND id > (SELECT coalesce(max(id), 0) FROM decisions WHERE "of" IS NULL)
AND NOT EXISTS (SELECT 1 FROM decisions later WHERE later."of" = u."of" AND later.id > u.id)
ORDER BY id DESC LIMIT 1
"""


def read(workspace: Workspace, table: str, *key: str) -> Value:
    """Return what is at a place now: the ``before`` of a change."""
    if table == "alignment":
        return alignments.read(workspace, key)
    return _TABLES[table].read(workspace, key)


def decide(
    workspace: Workspace,
    kind: str,
    changes: Sequence[Change],
    *,
    record: int | None = None,
    reason: str = "",
) -> int:
    """Apply changes and log them, all or none.

    Returns:
        The decision's number.

    Raises:
        StaleError: what is there is not what a change says was there.
    """
    changes = [_complete(change) for change in changes]
    with workspace.transaction():
        changes = [_apply(workspace, change) for change in changes]
        return _log(workspace, kind, changes, record, reason, None)


def undo(workspace: Workspace) -> Decision | None:
    """Take back the last decision that holds, and return it; None if there is none.

    Raises:
        StaleError: a later run changed what it was about.
    """
    return _again(workspace, "undo", next_undo)


def redo(workspace: Workspace) -> Decision | None:
    """Do again what was undone last, and return it; None if nothing was, or something was decided since.

    Raises:
        StaleError: a later run changed what it was about.
    """
    return _again(workspace, "redo", next_redo)


def next_undo(workspace: Workspace) -> Decision | None:
    """Return what undo would take back; None if there is nothing."""
    return _found(workspace, _LAST_UNDOABLE)


def next_redo(workspace: Workspace) -> Decision | None:
    """Return what redo would do again; None if there is nothing."""
    return _found(workspace, _LAST_UNDONE)


def last_decision(workspace: Workspace) -> int:
    """Return the number of the last entry of the log: it grows whenever something is decided."""
    return int(workspace.db.execute("SELECT coalesce(max(id), 0) FROM decisions").fetchone()[0])


def log(workspace: Workspace, *, record: int | None = None, limit: int = 100) -> list[Decision]:
    """Return the last decisions, latest first; of one record, if its number is given."""
    query = "SELECT * FROM decisions WHERE ? IS NULL OR record = CAST(? AS TEXT) ORDER BY id DESC LIMIT ?"
    return [_decision(row) for row in workspace.db.execute(query, (record, record, limit))]


def _found(workspace: Workspace, query: str) -> Decision | None:
    (number,) = workspace.db.execute(query).fetchone() or (None,)
    row = workspace.db.execute("SELECT * FROM decisions WHERE id = ?", (number,)).fetchone()
    return _decision(row) if row else None


def _again(
    workspace: Workspace, kind: str, choose: Callable[[Workspace], Decision | None]
) -> Decision | None:
    with workspace.transaction():
        decision = choose(workspace)
        if decision is None:
            return None
        changes = decision.changes
        if kind == "undo":
            changes = tuple(Change(c.table, c.key, c.after, c.before, c.found) for c in reversed(changes))
        for change in changes:
            _apply(workspace, change)
        _log(workspace, kind, (), decision.record, "", decision.id)
        return decision


def _complete(change: Change) -> Change:
    table = _TABLES.get(change.table)
    return replace(change, after=table.complete(change.after)) if table else change


def _apply(workspace: Workspace, change: Change) -> Change:
    if read(workspace, change.table, *change.key) != change.before:
        raise StaleError("this has been changed since it was read", hint="look at it again and repeat")
    if change.table == "alignment":
        lost = alignments.write(workspace, change.key, change.after, change.found)
        return replace(change, found=tuple(lost))
    _TABLES[change.table].write(workspace, change.key, change.after)
    return change


def _log(
    workspace: Workspace,
    kind: str,
    changes: Sequence[Change],
    record: int | None,
    reason: str,
    of: int | None,
) -> int:
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    data = json.dumps([asdict(change) for change in changes], ensure_ascii=False)
    query = 'INSERT INTO decisions (at, kind, record, changes, reason, "of") VALUES (?, ?, ?, ?, ?, ?)'
    return int(
        workspace.db.execute(
            query, (at, kind, "" if record is None else str(record), data, reason, of)
        ).lastrowid
        or 0
    )


def _decision(row: Any) -> Decision:
    changes = tuple(
        Change(c["table"], tuple(c["key"]), c["before"], c["after"], tuple(c.get("found", ())))
        for c in json.loads(row["changes"])
    )
    record = int(row["record"]) if row["record"] else None
    return Decision(row["id"], row["at"], row["kind"], record, changes, row["reason"], row["of"])
