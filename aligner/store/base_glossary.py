"""The base of a workspace's glossary: rows that people brought along, beside those that its texts hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from aligner.store.decided import SETTING
from aligner.store.results import touch
from aligner.store.rows import entry_of
from aligner.store.workspace import Workspace
from aligner.types import Entry

_KEY = ("base glossary",)


def read_base(workspace: Workspace) -> list[Entry]:
    """Return the rows of the base, in its order."""
    value = SETTING.read(workspace, _KEY)
    rows = json.loads(value["value"]) if value else []
    return [entry_of({**row, "found_en": row["en"], "found_zh": row["zh"], "fields": row}) for row in rows]


def write_base(workspace: Workspace, entries: Sequence[Entry]) -> None:
    """Replace the base; the glossary is built anew when a run ends."""
    data = json.dumps([asdict(entry) for entry in entries], ensure_ascii=False)
    before = SETTING.read(workspace, _KEY)
    if data != (before["value"] if before else "[]"):
        with workspace.transaction():
            SETTING.write(workspace, _KEY, {"value": data})
            touch(workspace)
