"""Records into the workspace: new ones, changed ones, and those that are there already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Literal

from aligner.store.addresses import address_dumps, keep_addresses
from aligner.store.records import JOINERS, remembered, write_sentences
from aligner.store.results import write_pairs
from aligner.store.workspace import Workspace
from aligner.types import Bead, Pair, Record

BLOCK_RECORDS = 8
"""Records of a block, at most. Term statistics are taken from the texts of one block."""

BLOCK_CHARACTERS = 100_000
"""Characters of a block, at most; a longer record is a block of its own."""

News = Literal["new", "changed", "same"]
TEXT, SENTENCES, BEADS = 0, 1, 2
"""What a record came with, as the column ``segmented`` has it: each with what is before it."""


def take(workspace: Workspace, record: Record, previous: int | None) -> tuple[int, News]:
    """Put a record into the workspace unless it is there with the same text; call in a transaction.

    A new record joins the block of the one before it in the input, if that has room, so that who shares a
    block does not depend on when a run was interrupted. Terms are searched again in every record
    that shares a block with a new or changed one. Of a changed record all results go; what people confirmed
    in it is remembered until its sentences are known. A record that came aligned stays as it came.

    Args:
        workspace: where.
        record: under a name that no other record of the input has.
        previous: the number of the record before it in the input.

    Returns:
        Its number, and what happened.
    """
    db = workspace.db
    key = fingerprint(record)
    known = db.execute("SELECT id, hash, block FROM records WHERE name = ?", (record.name,)).fetchone()
    if known and known["hash"] == key:
        keep_addresses(workspace, known["id"], record.source, record.beads or ())
        return known["id"], "same"
    fields = (
        record.en,
        record.zh,
        json.dumps(dict(record.metadata), ensure_ascii=False),
        json.dumps(record.notes, ensure_ascii=False),
        _given(record),
        key,
        address_dumps(record.source),
    )
    if known:
        number, block = known["id"], known["block"]
        kept = json.dumps([asdict(bead) for bead in remembered(workspace, number)], ensure_ascii=False)
        db.execute("DELETE FROM beads WHERE record = ?", (number,))
        db.execute("DELETE FROM sentences WHERE record = ?", (number,))
        db.execute(
            "UPDATE records SET en = ?, zh = ?, metadata = ?, notes = ?, segmented = ?, hash = ?, source = ?,"
            " state = 'new', checked = 1, remembered = ?, revision = revision + 1 WHERE id = ?",
            (*fields, kept, number),
        )
    else:
        block = _block(workspace, record, previous)
        number = db.execute(
            "INSERT INTO records (en, zh, metadata, notes, segmented, hash, source, name, block)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*fields, record.name, block),
        ).lastrowid
    if record.en_sentences is not None and record.zh_sentences is not None:
        write_sentences(workspace, number, record.en_sentences, record.zh_sentences)
    if record.beads is not None:
        write_pairs(workspace, number, _pairs(record, record.beads), ["proposed"] * len(record.beads))
        db.execute("UPDATE records SET state = 'aligned' WHERE id = ?", (number,))
    db.execute("UPDATE records SET state = 'aligned' WHERE block = ? AND state = 'done'", (block,))
    return number, "changed" if known else "new"


def has_room(count: int, size: int, record: Record) -> bool:
    """Tell whether a record may join a block of ``count`` records with ``size`` characters."""
    return count < BLOCK_RECORDS and size + len(record.en) + len(record.zh) <= BLOCK_CHARACTERS


def fingerprint(record: Record) -> str:
    """Return a hash of what a record's results come from: texts, and sentences and beads it came with."""
    bounds = [
        None if side is None else [(s.start, s.end) for s in side]
        for side in (record.en_sentences, record.zh_sentences)
    ]
    beads = [] if record.beads is None else [[(bead.en, bead.zh, bead.score) for bead in record.beads]]
    return hashlib.sha256(json.dumps([record.en, record.zh, bounds, *beads]).encode()).hexdigest()


def _given(record: Record) -> int:
    if record.beads is not None:
        return BEADS
    return TEXT if record.en_sentences is None else SENTENCES


def _pairs(record: Record, beads: Sequence[Bead]) -> Iterator[Pair]:
    """Yield the pairs of a record that came aligned."""
    sides = {"en": record.en_sentences or (), "zh": record.zh_sentences or ()}
    for number, bead in enumerate(beads):
        en = JOINERS["en"].join(sides["en"][i].text for i in bead.en)
        zh = JOINERS["zh"].join(sides["zh"][i].text for i in bead.zh)
        yield Pair(record.name, number, en, zh, bead.en, bead.zh, bead.score, source=bead.source)


def _block(workspace: Workspace, record: Record, previous: int | None) -> int:
    db = workspace.db
    if previous is not None:
        block, count, size = db.execute(
            "SELECT max(block), count(*), sum(length(en) + length(zh)) FROM records"
            " WHERE block = (SELECT block FROM records WHERE id = ?)",
            (previous,),
        ).fetchone()
        if has_room(count, size, record):
            return int(block)
    return int(db.execute("SELECT coalesce(max(block), -1) + 1 FROM records").fetchone()[0])
