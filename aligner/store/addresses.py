"""Addresses in the workspace: as JSON beside the beads, and which bead of an edited record has which."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from aligner.store.workspace import Workspace
from aligner.types import Address, Bead


def address_dumps(source: Address | None) -> str:
    """Return an address as text; none is an empty one."""
    if source is None:
        return ""
    known = {name: value for name, value in asdict(source).items() if value not in ("", None, ())}
    return json.dumps(known)


def address_loads(text: str | None) -> Address | None:
    """Return the address that `address_dumps` wrote."""
    if not text:
        return None
    value = json.loads(text)
    for name in ("en_codes", "zh_codes"):
        value[name] = tuple(value.get(name, ()))
    return Address(**value)


def keep_addresses(workspace: Workspace, number: int, source: Address | None, beads: Sequence[Bead]) -> None:
    """Note where a record that is there already stands now; its texts are the same."""
    db = workspace.db
    db.execute("UPDATE records SET source = ? WHERE id = ?", (address_dumps(source), number))
    db.executemany(
        "UPDATE beads SET source = ? WHERE record = ? AND en_ids = ? AND zh_ids = ?",
        [
            (address_dumps(bead.source), number, json.dumps(bead.en), json.dumps(bead.zh))
            for bead in beads
            if bead.source
        ],
    )


def addresses_by_start(workspace: Workspace, number: int) -> dict[tuple[str, int], str]:
    """Return the addresses of a record's beads by language and start of each of their sentences."""
    rows = workspace.db.execute(
        "SELECT s.language, s.start, b.source FROM beads b, json_each(b.en_ids) i JOIN sentences s"
        " ON s.record = b.record AND s.language = 'en' AND s.number = i.value WHERE b.record = ?"
        " UNION ALL SELECT s.language, s.start, b.source FROM beads b, json_each(b.zh_ids) i JOIN sentences s"
        " ON s.record = b.record AND s.language = 'zh' AND s.number = i.value WHERE b.record = ?",
        (number, number),
    )
    return {(language, start): source for language, start, source in rows}
