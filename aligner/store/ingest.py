"""Records into the workspace: new ones, changed ones, and those that are there already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from sqlite3 import Row as DbRow
from typing import Literal

from aligner.store.addresses import address_dumps, keep_addresses
from aligner.store.earlier import keep_earlier
from aligner.store.records import remembered, write_sentences
from aligner.store.results import write_pairs
from aligner.store.rows import insert
from aligner.store.workspace import Workspace
from aligner.text.joining import join_sentences
from aligner.types import Bead, Pair, Record

BLOCK_CHARACTERS = 40_000
"""Characters of a block, at most; a longer record is a block of its own.

Term statistics are taken from the texts of one block, and one new or changed record makes its whole block
due again. These are some 200 pairs: `aligner evaluate terms --block 400,200,100,50,15,1` on 247 pairs of
MEDLINE gives F1 .757, .762, .759, .764, .755 and .734.
"""

News = Literal["new", "changed", "same"]
WAITING = -1
"""The block of records of which it is not known yet whether they are new or changed ones."""

TEXT, SENTENCES, BEADS = 0, 1, 2
"""What a record came with, as the column ``segmented`` has it: each with what is before it."""


class Ingest:
    """Puts the records of one input into a workspace; call its methods in transactions, `settle` last.

    A record with an id of its own is known by that. One that is named after its file, or its place in it, is
    known by its content and the file; its name is a label: if its texts are in the workspace, from the same
    file, it is that record, whatever it is called now. One that may be a changed
    record (the workspace has another text of that name and file) waits until the whole input is read: only
    then is it known whether that text is gone (it is the changed record), or stands under another name (it
    is a new one). A text whose file is gone, and which comes from another file now, has moved.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._db = workspace.db
        self._count = 0
        self._db.execute("DROP TABLE IF EXISTS temp.claimed")
        self._db.execute("DROP TABLE IF EXISTS temp.labels")
        self._db.execute("CREATE TEMP TABLE claimed (record INTEGER PRIMARY KEY, previous, ordinal INTEGER)")
        self._db.execute("CREATE TEMP TABLE labels (name TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID")

    def put(self, record: Record, previous: int | None) -> tuple[int, News]:
        """Put a record into the workspace unless it is there with the same text.

        A new record joins the block of the one before it in the input, if that has room, so that who shares
        a block does not depend on when a run was interrupted. Terms are searched again in every record that
        shares a block with a new or changed one. A record that came aligned stays as it came.

        Args:
            record: as it was read; other records may have its name.
            previous: the number of the record before it in the input.

        Returns:
            Its number, and what happened; "changed" where that shows only when all is read.
        """
        key = fingerprint(record)
        known = self._db.execute(
            "SELECT id, block FROM records r WHERE hash = ?1 AND (origin = ?2 AND (?2 <> '' OR given = ?3)"
            " OR origin = '' AND ?2 <> '') AND NOT EXISTS (SELECT 1 FROM claimed WHERE record = r.id)"
            " ORDER BY given <> ?3, origin = '', id LIMIT 1",
            (key, record.origin, record.name),
        ).fetchone()
        if known:
            number = int(known["id"])
            self._db.execute(
                "UPDATE records SET origin = ?, given = ? WHERE id = ? AND (origin <> ? OR given <> ?)",
                (record.origin, record.name, number, record.origin, record.name),
            )
            keep_addresses(self._workspace, number, record.source, record.beads or ())
            self._claim(number, previous)
            return number, "changed" if known["block"] == WAITING else "same"
        waits = self._waits(previous) or self._earlier(key, record.origin, record.name) is not None
        number = self._insert(record, key)
        self._claim(number, previous)
        if not waits:
            self._join(number, previous)
        return number, "changed" if waits else "new"

    def settle(self) -> tuple[int, dict[int, int]]:
        """Find out which of the records that wait are changed ones.

        Returns:
            How many are not, and of each of the others the number it had and the one it has now.
        """
        new = 0
        waiting = self._db.execute(
            "SELECT r.*, c.previous FROM records r LEFT JOIN claimed c ON c.record = r.id WHERE block = ?"
            " ORDER BY r.id",
            (WAITING,),
        ).fetchall()
        moved: dict[int, int] = {}
        for row in waiting:
            previous = row["previous"]
            previous = moved.get(previous, previous)
            earlier = self._earlier(row["hash"], row["origin"], row["given"])
            if earlier is None:
                self._join(row["id"], previous)
                new += 1
            else:
                moved[row["id"]] = earlier
                self._replace(earlier, row)
        self._relabel()
        return new, moved

    def renamed(self) -> int:
        """Count the records of this input whose name another record has."""
        query = "SELECT count(*) FROM claimed c JOIN records r ON r.id = c.record WHERE r.name <> r.given"
        return int(self._db.execute(query).fetchone()[0])

    def _waits(self, number: int | None) -> bool:
        query = "SELECT 1 FROM records WHERE id = ? AND block = ?"
        return bool(number and self._db.execute(query, (number, WAITING)).fetchone())

    def _claim(self, number: int, previous: int | None) -> None:
        self._count += 1
        self._db.execute("INSERT INTO claimed VALUES (?, ?, ?)", (number, previous, self._count))

    def _earlier(self, key: str, origin: str, given: str) -> int | None:
        """Return the record of the workspace that a text not known there replaces, if there is one."""
        unclaimed = "block <> ? AND NOT EXISTS (SELECT 1 FROM claimed WHERE record = r.id)"
        row = self._db.execute(
            f"SELECT id FROM records r WHERE given = ? AND origin IN (?, '') AND {unclaimed}"  # noqa: S608
            " ORDER BY origin = '', id LIMIT 1",
            (given, origin, WAITING),
        ).fetchone()
        if row or not origin:
            return int(row["id"]) if row else None
        rows = self._db.execute(
            f"SELECT id, origin FROM records r WHERE hash = ? AND {unclaimed} ORDER BY id",  # noqa: S608
            (key, WAITING),
        )
        return next((int(row["id"]) for row in rows if not Path(row["origin"]).exists()), None)

    def _insert(self, record: Record, key: str) -> int:
        row = {
            "name": self._free(record.name),
            "block": WAITING,
            "en": record.en,
            "zh": record.zh,
            "metadata": json.dumps(dict(record.metadata), ensure_ascii=False),
            "notes": json.dumps(record.notes, ensure_ascii=False),
            "segmented": _given(record),
            "hash": key,
            "origin": record.origin,
            "source": address_dumps(record.source),
            "given": record.name,
        }
        insert(self._db, "records", [row])
        number = int(self._db.execute("SELECT last_insert_rowid()").fetchone()[0])
        if record.en_sentences is not None and record.zh_sentences is not None:
            write_sentences(self._workspace, number, record.en_sentences, record.zh_sentences)
        if record.beads is not None:
            pairs = _pairs(record, record.beads)
            write_pairs(self._workspace, number, pairs, ["proposed"] * len(record.beads))
            self._db.execute("UPDATE records SET state = 'aligned' WHERE id = ?", (number,))
        return number

    def _free(self, name: str) -> str:
        """Return a label that nobody has, until `settle` gives the right one."""
        (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM records").fetchone()
        label = name
        while self._holder(label) is not None:
            last += 1
            label = f"{name}~{last}"
        return label

    def _relabel(self) -> None:
        """Name the records of this input as a run into a new workspace would: NAME, ``NAME~2`` and so on."""
        rows = self._db.execute(
            "SELECT c.record, r.given, r.name FROM claimed c JOIN records r ON r.id = c.record"
            " ORDER BY c.ordinal"
        )
        changed = [
            (label, number)
            for number, given, name in rows.fetchall()
            if (label := self._label(given)) != name
        ]
        for number in (number for _, number in changed):
            self._db.execute("UPDATE records SET name = ? WHERE id = ?", (f"\0{number}", number))
        self._db.executemany("UPDATE records SET name = ? WHERE id = ?", changed)

    def _label(self, name: str) -> str:
        label = name
        query = "INSERT INTO labels VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count"
        while (count := self._db.execute(query, (label,)).fetchall()[0][0]) > 1 or self._kept(label):
            if count > 1:
                label = f"{label}~{count}"
        return label

    def _kept(self, label: str) -> bool:
        """Tell whether a record that is not in this input has a label."""
        holder = self._holder(label)
        query = "SELECT 1 FROM claimed WHERE record = ?"
        return holder is not None and not self._db.execute(query, (holder,)).fetchone()

    def _holder(self, label: str) -> int | None:
        row = self._db.execute("SELECT id FROM records WHERE name = ?", (label,)).fetchone()
        return int(row[0]) if row else None

    def _join(self, number: int, previous: int | None) -> None:
        """Put a new record into a block, and have the terms of that block searched again."""
        row = self._db.execute("SELECT length(en) + length(zh) FROM records WHERE id = ?", (number,))
        block = _block(self._workspace, int(row.fetchone()[0]), previous)
        self._db.execute("UPDATE records SET block = ? WHERE id = ?", (block, number))
        self._search_again(block)

    def _replace(self, earlier: int, row: DbRow) -> None:
        """Give a record the text of another, which goes; what people confirmed in it is remembered."""
        db, number = self._db, row["id"]
        (block, before) = db.execute("SELECT block, hash FROM records WHERE id = ?", (earlier,)).fetchone()
        if before == row["hash"]:  # its file was moved
            names = (row["origin"], row["given"], row["source"], earlier)
            db.execute("UPDATE records SET origin = ?, given = ?, source = ? WHERE id = ?", names)
        else:
            kept = json.dumps(
                [asdict(bead) for bead in remembered(self._workspace, earlier)], ensure_ascii=False
            )
            keep_earlier(self._workspace, earlier)
            for table in ("beads", "sentences"):
                db.execute(f"DELETE FROM {table} WHERE record = ?", (earlier,))  # noqa: S608
                db.execute(f"UPDATE {table} SET record = ? WHERE record = ?", (earlier, number))  # noqa: S608
            copied = (
                *("en", "zh", "metadata", "notes", "segmented", "hash", "state", "origin", "given", "source"),
            )
            sets = ", ".join(f"{name} = ?" for name in copied)
            db.execute(
                f"UPDATE records SET {sets}, checked = 1, remembered = ?, revision = revision + 1"  # noqa: S608
                " WHERE id = ?",
                (*(row[name] for name in copied), kept, earlier),
            )
            self._search_again(block)
        db.execute("DELETE FROM records WHERE id = ?", (number,))
        db.execute("UPDATE claimed SET record = ? WHERE record = ?", (earlier, number))

    def _search_again(self, block: int) -> None:
        self._db.execute("UPDATE records SET state = 'aligned' WHERE block = ? AND state = 'done'", (block,))


def ingest(workspace: Workspace, records: Iterable[Record]) -> list[tuple[int, News]]:
    """Put the records of a small input into a workspace; call in a transaction.

    Returns:
        The number of each, and what happened.
    """
    inlet = Ingest(workspace)
    found: list[tuple[int, News]] = []
    previous = None
    for record in records:
        previous, news = inlet.put(record, previous)
        found.append((previous, news))
    _, moved = inlet.settle()
    return [
        (moved.get(number, number), "new" if news == "changed" and number not in moved else news)
        for number, news in found
    ]


def has_room(held: int, size: int) -> bool:
    """Tell whether a record of ``size`` characters may join a block that holds ``held``."""
    return held + size <= BLOCK_CHARACTERS


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
        en = join_sentences((sides["en"][i].text for i in bead.en), "en")
        zh = join_sentences((sides["zh"][i].text for i in bead.zh), "zh")
        yield Pair(record.name, number, en, zh, bead.en, bead.zh, bead.score, source=bead.source)


def _block(workspace: Workspace, size: int, previous: int | None) -> int:
    db = workspace.db
    if previous is not None:
        block, held = db.execute(
            "SELECT max(block), sum(length(en) + length(zh)) FROM records"
            " WHERE block = (SELECT block FROM records WHERE id = ?)",
            (previous,),
        ).fetchone()
        if block is not None and block != WAITING and has_room(held, size):
            return int(block)
    return int(db.execute("SELECT coalesce(max(block), -1) + 1 FROM records").fetchone()[0])
