"""The glossary's rows: built from the occurrences when a run ends, and again when those change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from aligner.store.rows import FIELDS
from aligner.store.workspace import Workspace
from aligner.types import Entry


def glossary_is_current(workspace: Workspace) -> bool:
    """Tell whether the glossary shows what the records hold."""
    row = workspace.db.execute("SELECT value FROM settings WHERE name = 'glossary'").fetchone()
    return row is not None and row[0] == "current"


def save_glossary(workspace: Workspace, rows: Iterable[tuple[Entry, str]]) -> int:
    """Replace the glossary, and return how many entries it has; what people decided about entries stays.

    Args:
        workspace: where.
        rows: entries, best first, each with the key of its concept.
    """
    with workspace.transaction() as db:
        db.execute("DELETE FROM glossary")
        for number, (entry, concept) in enumerate(rows, 1):
            db.execute(
                "INSERT INTO glossary VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(number, concept, entry.expansion, entry.en, entry.zh, entry.score, entry.count),
                    *(entry.records, entry.status),
                    *map(_json, (entry.en_variants, entry.zh_variants, entry.en_counts, entry.zh_counts)),
                    entry.abbreviation,
                    _json([asdict(context) for context in entry.contexts]),
                    _json([asdict(rival) for rival in entry.competing]),
                    entry.note,
                    entry.termhood,
                    _json({name: getattr(entry, name) for name in FIELDS}),
                ),
            )
        db.execute("INSERT OR REPLACE INTO settings VALUES ('glossary', 'current')")
        return int(db.execute("SELECT count(*) FROM glossary").fetchone()[0])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
