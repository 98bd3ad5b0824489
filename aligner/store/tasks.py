"""What is to be done: blocks of records, read as they are needed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from sqlite3 import Row as DbRow

from aligner.store.addresses import address_loads
from aligner.store.beads import terms_of
from aligner.store.ingest import BEADS
from aligner.store.records import Remembered, read_sentences, remembered
from aligner.store.results import Found
from aligner.store.workspace import Workspace
from aligner.types import Bead, Record

UNALIGNED = ("new", "failed")
"""States of records that are still to be aligned."""


@dataclass(frozen=True, slots=True)
class Task:
    """A record to be worked on.

    Attributes:
        id: the record's number in the workspace.
        revision: of the record when it was read; results of an older revision are not saved.
        record: with its sentences, where they are known.
        fixed: beads that stay as they are; sentences that are in none of them are still to be aligned.
        remembered: beads to fix if their sentences are found.
        terms: occurrences that are known already, where only the checks are to be done; None elsewhere.
    """

    id: int
    revision: int
    record: Record
    fixed: tuple[Bead, ...] = ()
    remembered: tuple[Remembered, ...] = ()
    terms: tuple[Found, ...] | None = None


def count_to_do(workspace: Workspace, *, terms: bool) -> int:
    """Count the records that are still to be aligned or, with ``terms``, searched for terms and checked."""
    query = f"SELECT count(*) FROM records WHERE {_to_do(terms=terms)}"  # noqa: S608 - of our own words
    return int(workspace.db.execute(query).fetchone()[0])


def blocks_to_do(workspace: Workspace, *, terms: bool) -> Iterator[list[Task]]:
    """Yield, block by block, what is to be done when it is asked for; records that failed are tried again.

    Args:
        workspace: where.
        terms: whole blocks in which a record lacks alignment or terms, and of the others the records to be
            checked again; otherwise only the records that lack alignment.
    """
    db, last = workspace.db, -1
    while True:
        query = f"SELECT min(block) FROM records WHERE block > ? AND {_to_do(terms=terms)}"  # noqa: S608
        (block,) = db.execute(query, (last,)).fetchone()
        if block is None:
            return
        rows = db.execute("SELECT * FROM records WHERE block = ? ORDER BY id", (block,)).fetchall()
        if terms and all(row["state"] == "done" for row in rows):
            yield [_recheck(workspace, row) for row in rows if not row["checked"]]
        else:
            yield [_task(workspace, row) for row in rows if terms or row["state"] in UNALIGNED]
        last = block


def untouched(workspace: Workspace, number: int) -> int | None:
    """Return the revision of a record that is not done and in which nobody has made or confirmed a bead."""
    row = workspace.db.execute(
        "SELECT revision FROM records r WHERE id = ? AND state <> 'done' AND remembered = '[]' AND NOT EXISTS"
        " (SELECT 1 FROM beads b WHERE b.record = r.id AND b.state <> 'proposed')",
        (number,),
    ).fetchone()
    return None if row is None else int(row[0])


def members(workspace: Workspace, number: int) -> list[int]:
    """Return the numbers of the records that are in the same block as one."""
    rows = workspace.db.execute(
        "SELECT id FROM records WHERE block = (SELECT block FROM records WHERE id = ?) ORDER BY id", (number,)
    )
    return [row[0] for row in rows]


def _to_do(*, terms: bool) -> str:
    which = "(state <> 'done' OR NOT checked)" if terms else f"state IN {UNALIGNED}"
    return f"block >= 0 AND {which}"


def _recheck(workspace: Workspace, row: DbRow) -> Task:
    found = tuple(terms_of(workspace, row["id"]))
    return replace(_task(workspace, row), terms=found)


def _task(workspace: Workspace, row: DbRow) -> Task:
    number, en, zh = row["id"], None, None
    aligned = row["state"] in ("aligned", "done") or row["segmented"] == BEADS
    which = "" if aligned else "AND state <> 'proposed'"
    beads = workspace.db.execute(
        f"SELECT en_ids, zh_ids, score, source FROM beads WHERE record = ? {which} ORDER BY number",  # noqa: S608
        (number,),
    )
    fixed = tuple(
        Bead(tuple(json.loads(en_ids)), tuple(json.loads(zh_ids)), score, address_loads(source))
        for en_ids, zh_ids, score, source in beads
    )
    if aligned or fixed or row["segmented"]:
        en, zh = read_sentences(workspace, number, "en"), read_sentences(workspace, number, "zh")
    record = Record(
        row["name"],
        row["en"],
        row["zh"],
        en,
        zh,
        json.loads(row["metadata"]),
        tuple(json.loads(row["notes"])),
        source=address_loads(row["source"]),
    )
    kept = () if fixed else tuple(remembered(workspace, number))
    return Task(number, row["revision"], record, fixed, kept)
