"""What undo and redo do next: they ask here, and so does a page that shows it before."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.store.workspace import Workspace

UNDO = """
SELECT max(id) FROM decisions d WHERE "of" IS NULL AND coalesce(
    (SELECT kind FROM decisions u WHERE u."of" = d.id ORDER BY u.id DESC LIMIT 1), 'redo') = 'redo'
"""
REDO = """
SELECT "of" FROM decisions u WHERE kind = 'undo'
AND id > (SELECT coalesce(max(id), 0) FROM decisions WHERE "of" IS NULL)
AND NOT EXISTS (SELECT 1 FROM decisions later WHERE later."of" = u."of" AND later.id > u.id)
ORDER BY id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Offer:
    """A decision that can be undone or redone.

    Attributes:
        id: its number.
        kind: what was done.
        record: the name of the record, if it is about one.
    """

    id: int
    kind: str
    record: str


def next_undo(workspace: Workspace) -> Offer | None:
    """Return what undo would take back; None if there is nothing."""
    return _offer(workspace, UNDO)


def next_redo(workspace: Workspace) -> Offer | None:
    """Return what redo would do again; None if there is nothing."""
    return _offer(workspace, REDO)


def last_decision(workspace: Workspace) -> int:
    """Return the number of the last entry of the log: it grows whenever something is decided."""
    return int(workspace.db.execute("SELECT coalesce(max(id), 0) FROM decisions").fetchone()[0])


def _offer(workspace: Workspace, query: str) -> Offer | None:
    (number,) = workspace.db.execute(query).fetchone() or (None,)
    if number is None:
        return None
    return Offer(
        *workspace.db.execute("SELECT id, kind, record FROM decisions WHERE id = ?", (number,)).fetchone()
    )
