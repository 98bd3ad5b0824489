"""What people decided, apart from what was found: it outlives a run. One table a kind of thing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from aligner.store.rows import insert
from aligner.store.workspace import Workspace

Value = dict[str, Any] | None
"""What is decided about one thing, as columns; None: nothing."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A table of decisions: which columns say what a row is about, and which what was decided."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]

    def complete(self, value: Value) -> Value:
        """Return what is decided with the columns that are not given: empty, or 0."""
        return value and {name: value.get(name, 0 if name == "waived" else "") for name in self.columns}

    def read(self, workspace: Workspace, key: tuple[str, ...]) -> Value:
        """Return what is decided about one thing."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        query = f"SELECT {names} FROM {self.table} WHERE {self._where()}"  # noqa: S608 - of our own words
        row = workspace.db.execute(query, key).fetchone()
        return dict(row) if row else None

    def write(self, workspace: Workspace, key: tuple[str, ...], value: Value) -> None:
        """Replace what is decided about one thing; None takes it away. Call in a transaction."""
        workspace.db.execute(f"DELETE FROM {self.table} WHERE {self._where()}", key)  # noqa: S608
        if value is not None:
            insert(workspace.db, self.table, [{**dict(zip(self.key, key, strict=True)), **value}])

    def _where(self) -> str:
        return " AND ".join(f'"{name}" = ?' for name in self.key)


FINDING = Decided(
    "finding_decisions",
    ("scope", "check", "record", "texts", "message", "subject"),
    ("state", "error_severity", "kind", "comment", "answer", "waived", "who", "at"),
)
"""About findings.

Scope ``once``: one finding (its check, record number, hash of the pair's texts, message and subject); it
lapses when a text of the pair changes; ``term``: all of a check about a subject; ``check``: all of a check.
Unused columns are empty."""

TERM = Decided(
    "term_decisions",
    ("concept", "expansion"),
    ("status", "en", "zh", "note", "domain", "part_of_speech", "definition", "who", "at"),
)
"""About glossary entries; ``en`` and ``zh`` are empty where a person kept what was found."""

CORRECTION = Decided("corrections", ("record", "texts"), ("en", "zh", "who", "at"))
"""How a pair should read, by the hash of the texts it was made for."""

ADDED = Decided(
    "added_findings",
    ("id",),
    ("record", "texts", "message", "en_start", "en_end", "zh_start", "zh_end", "subject"),
)
"""Findings that a person added, by number."""

SETTING = Decided("settings", ("name",), ("value",))
"""Settings of the review."""


def finding_key(workspace: Workspace, finding: int, scope: str) -> tuple[str, ...]:
    """Return the key of the decision about a finding with this scope.

    Args:
        workspace: where.
        finding: its number in the view ``issues``.
        scope: once, term or check.
    """
    query = 'SELECT "check", record_id, texts, message, subject FROM issues WHERE id = ?'
    check, record, texts, message, subject = workspace.db.execute(query, (finding,)).fetchone()
    if scope == "once":
        return scope, check, str(record), texts, message, subject
    return scope, check, "", "", "", subject if scope == "term" else ""


def next_added(workspace: Workspace) -> int:
    """Return a number for a finding that a person adds, one that the log has never seen."""
    query = (
        "SELECT max(coalesce((SELECT max(id) FROM added_findings), 0),"
        " coalesce((SELECT max(id) FROM decisions), 0))"
    )
    return int(workspace.db.execute(query).fetchone()[0]) + 1


def read_review(workspace: Workspace) -> dict[str, Any]:
    """Return the settings of the review; see `REVIEW`."""
    row = SETTING.read(workspace, ("review",))
    return {**REVIEW, **(json.loads(row["value"]) if row else {})}


REVIEW: dict[str, Any] = {
    "pass_mark": 98.0,
    "weights": {"minor": 1, "major": 5, "critical": 25},
    "source": "en",
    "reviewer": "",
}
"""Settings of a review and what they are at first: the score from which a text passes, what an error of each
severity costs (MQM's usual 1, 5, 25), which language is the source, and who reviews."""
