"""What people decided about findings and about terms, apart from what was found: it outlives a run."""

from __future__ import annotations

from typing import Any

from aligner.store.rows import insert
from aligner.store.workspace import Workspace

RULING = ("scope", "check", "record", "texts", "message", "subject")
"""The columns that say which findings a ruling is about.

Scope ``once``: one finding (check, record, texts, message and subject; it lapses when a text of the pair
changes); ``term``: all of a check about a subject; ``check``: all of a check. Unused columns are empty.
"""

TERM = ("concept", "expansion")
"""The columns that say which glossary entry a ruling is about."""


def ruling_key(workspace: Workspace, finding: int, scope: str) -> tuple[str, ...]:
    """Return the key of the ruling about a finding with this scope.

    Args:
        workspace: where.
        finding: its number in the view ``issues``.
        scope: once, term or check.
    """
    query = 'SELECT "check", record, texts, message, subject FROM issues WHERE id = ?'
    check, record, texts, message, subject = workspace.db.execute(query, (finding,)).fetchone()
    if scope == "once":
        return scope, check, record, texts, message, subject
    return scope, check, "", "", "", subject if scope == "term" else ""


def read_ruling(workspace: Workspace, key: tuple[str, ...]) -> dict[str, Any] | None:
    """Return the ruling with this key: verdict, category, reason."""
    return _read(workspace, "rulings", RULING, ("verdict", "category", "reason"), key)


def write_ruling(workspace: Workspace, key: tuple[str, ...], value: dict[str, Any] | None) -> None:
    """Replace the ruling with this key; None takes it away."""
    _write(workspace, "rulings", RULING, key, value)


def read_term(workspace: Workspace, key: tuple[str, ...]) -> dict[str, Any] | None:
    """Return the ruling about an entry: status, note, and en and zh where a person changed them."""
    return _read(workspace, "term_rulings", TERM, ("status", "en", "zh", "note"), key)


def write_term(workspace: Workspace, key: tuple[str, ...], value: dict[str, Any] | None) -> None:
    """Replace the ruling about an entry; None takes it away."""
    _write(workspace, "term_rulings", TERM, key, value)


def _read(
    workspace: Workspace, table: str, columns: tuple[str, ...], shown: tuple[str, ...], key: tuple[str, ...]
) -> dict[str, Any] | None:
    query = f"SELECT {', '.join(shown)} FROM {table} WHERE {_where(columns)}"  # noqa: S608 - of our own words
    row = workspace.db.execute(query, key).fetchone()
    return dict(row) if row else None


def _write(
    workspace: Workspace,
    table: str,
    columns: tuple[str, ...],
    key: tuple[str, ...],
    value: dict[str, Any] | None,
) -> None:
    workspace.db.execute(f"DELETE FROM {table} WHERE {_where(columns)}", key)  # noqa: S608
    if value is not None:
        insert(workspace.db, table, [{**dict(zip(columns, key, strict=True)), **value}])


def _where(columns: tuple[str, ...]) -> str:
    return " AND ".join(f'"{name}" = ?' for name in columns)
