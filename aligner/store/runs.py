"""Runs: with which settings, on which inputs, from when to when; and the workspace's settings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from aligner.store.results import Failure, touch
from aligner.store.workspace import Workspace


def begin_run(
    workspace: Workspace,
    *,
    version: str,
    settings: Mapping[str, object],
    inputs: Sequence[str],
    glossary: str = "",
) -> int:
    """Note that a run begins, and return its number.

    A workspace is made with one group of settings. If they are others now, every record is to be done
    again; beads that people made or confirmed, or that a record came with, stay. If only the glossary is
    another one, the checks alone are done again.

    Args:
        workspace: where.
        version: of the program.
        settings: what results depend on, beside the texts.
        inputs: what the user named.
        glossary: the terms that the checks hold translations against, in whatever form; `read_checked_by`
            returns it.
    """
    data = json.dumps(settings, sort_keys=True)
    with workspace.transaction() as db:
        before = db.execute("SELECT value FROM settings WHERE name = 'settings'").fetchone()
        if before and before[0] != data:
            db.execute("UPDATE records SET state = CASE segmented WHEN 2 THEN 'aligned' ELSE 'new' END")
            touch(workspace)
        if read_checked_by(workspace) != glossary:
            db.execute("UPDATE records SET checked = 0 WHERE state = 'done'")
        db.execute("INSERT OR REPLACE INTO settings VALUES ('settings', ?)", (data,))
        db.execute("INSERT OR REPLACE INTO settings VALUES ('checked by', ?)", (glossary,))
        cursor = db.execute(
            "INSERT INTO runs (started, version, settings, inputs) VALUES (?, ?, ?, ?)",
            (_now(), version, data, json.dumps(list(inputs), ensure_ascii=False)),
        )
        return int(cursor.lastrowid or 0)


def read_checked_by(workspace: Workspace) -> str:
    """Return the glossary of the last run as `begin_run` got it; empty where there was none."""
    row = workspace.db.execute("SELECT value FROM settings WHERE name = 'checked by'").fetchone()
    return str(row[0]) if row else ""


def read_settings(workspace: Workspace) -> dict[str, Any]:
    """Return the settings that the workspace's results were made with; empty before the first run."""
    row = workspace.db.execute("SELECT value FROM settings WHERE name = 'settings'").fetchone()
    return dict(json.loads(row[0])) if row else {}


def end_run(workspace: Workspace, run: int) -> None:
    """Note that a run came to its end."""
    with workspace.transaction() as db:
        db.execute("UPDATE runs SET finished = ? WHERE id = ?", (_now(), run))


def last_run_time(workspace: Workspace) -> str:
    """Return when the last run began, UTC, ISO 8601 with a Z; the epoch where there was none."""
    row = workspace.db.execute("SELECT started FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]).replace("+00:00", "Z") if row else "1970-01-01T00:00:00Z"


def read_failures(workspace: Workspace, *, run: int | None = None) -> Iterator[Failure]:
    """Yield the failures that are kept, oldest first; of one run, if it is given."""
    rows = workspace.db.execute(
        "SELECT record, stage, reason, hint FROM failures WHERE run = ? OR ? IS NULL ORDER BY id", (run, run)
    )
    yield from (Failure(*row) for row in rows)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
