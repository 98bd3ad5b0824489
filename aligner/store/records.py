"""Records into the workspace: new ones, changed ones, and those that are there already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from aligner.store.workspace import Workspace
from aligner.types import Language, Record, Sentence

BLOCK_RECORDS = 8
"""Records of a block, at most. Term statistics are taken from the texts of one block."""

BLOCK_CHARACTERS = 100_000
"""Characters of a block, at most; a longer record is a block of its own."""

LANGUAGES: tuple[Language, Language] = ("en", "zh")
News = Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A bead that a person made or confirmed, by the texts of its sentences.

    It holds in a changed text as long as these sentences are found there.
    """

    en: tuple[str, ...]
    zh: tuple[str, ...]
    score: float
    state: str


def take(workspace: Workspace, record: Record, previous: int | None) -> tuple[int, News]:
    """Put a record into the workspace unless it is there with the same text; call in a transaction.

    A new record joins the block of the one before it in the input, if that has room, so that who shares a
    block does not depend on when a run was interrupted. Terms are searched again in every record
    that shares a block with a new or changed one. Of a changed record all results go; what people confirmed
    in it is remembered until its sentences are known.

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
        return known["id"], "same"
    fields = (
        record.en,
        record.zh,
        json.dumps(dict(record.metadata), ensure_ascii=False),
        json.dumps(record.notes, ensure_ascii=False),
        record.en_sentences is not None,
        key,
    )
    if known:
        number, block = known["id"], known["block"]
        kept = json.dumps([asdict(bead) for bead in remembered(workspace, number)], ensure_ascii=False)
        db.execute("DELETE FROM beads WHERE record = ?", (number,))
        db.execute("DELETE FROM sentences WHERE record = ?", (number,))
        db.execute(
            "UPDATE records SET en = ?, zh = ?, metadata = ?, notes = ?, segmented = ?, hash = ?,"
            " state = 'new', remembered = ?, revision = revision + 1 WHERE id = ?",
            (*fields, kept, number),
        )
    else:
        block = _block(workspace, record, previous)
        number = db.execute(
            "INSERT INTO records (en, zh, metadata, notes, segmented, hash, name, block)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*fields, record.name, block),
        ).lastrowid
    if record.en_sentences is not None and record.zh_sentences is not None:
        write_sentences(workspace, number, record.en_sentences, record.zh_sentences)
    db.execute("UPDATE records SET state = 'aligned' WHERE block = ? AND state = 'done'", (block,))
    return number, "changed" if known else "new"


def has_room(count: int, size: int, record: Record) -> bool:
    """Tell whether a record may join a block of ``count`` records with ``size`` characters."""
    return count < BLOCK_RECORDS and size + len(record.en) + len(record.zh) <= BLOCK_CHARACTERS


def fingerprint(record: Record) -> str:
    """Return a hash of what a record's results come from: its texts and the sentences it came with."""
    bounds = [
        None if side is None else [(s.start, s.end) for s in side]
        for side in (record.en_sentences, record.zh_sentences)
    ]
    return hashlib.sha256(json.dumps([record.en, record.zh, bounds]).encode()).hexdigest()


def remembered(workspace: Workspace, number: int) -> list[Remembered]:
    """Return the beads of a record that a person made or confirmed, in this text or the last."""
    (earlier,) = workspace.db.execute("SELECT remembered FROM records WHERE id = ?", (number,)).fetchone()
    found = [
        Remembered(tuple(bead["en"]), tuple(bead["zh"]), bead["score"], bead["state"])
        for bead in json.loads(earlier)
    ]
    en, zh = (read_sentences(workspace, number, language) for language in LANGUAGES)
    rows = workspace.db.execute(
        "SELECT en_ids, zh_ids, score, state FROM beads WHERE record = ? AND state <> 'proposed'"
        " ORDER BY number",
        (number,),
    )
    for en_ids, zh_ids, score, state in rows:
        texts = [tuple(side[i].text for i in json.loads(ids)) for side, ids in ((en, en_ids), (zh, zh_ids))]
        found.append(Remembered(texts[0], texts[1], score, state))
    return found


def read_sentences(workspace: Workspace, number: int, language: Language) -> tuple[Sentence, ...]:
    """Return the sentences of one side of a record, in order."""
    rows = workspace.db.execute(
        'SELECT text, start, "end" FROM sentences WHERE record = ? AND language = ? ORDER BY number',
        (number, language),
    )
    return tuple(Sentence(*row) for row in rows)


def write_sentences(
    workspace: Workspace, number: int, en: Sequence[Sentence], zh: Sequence[Sentence]
) -> None:
    """Replace the sentences of a record."""
    workspace.db.execute("DELETE FROM sentences WHERE record = ?", (number,))
    workspace.db.executemany(
        "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?)",
        [
            (number, language, place, sentence.start, sentence.end, sentence.text)
            for language, side in zip(LANGUAGES, (en, zh), strict=True)
            for place, sentence in enumerate(side)
        ],
    )


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
