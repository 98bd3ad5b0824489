"""The records of what the user names: bilingual documents, or rows that are pairs already."""

from __future__ import annotations

import pickle
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from aligner.engine.options import Inputs
from aligner.errors import InputError, SettingError
from aligner.segmenters import segment
from aligner.types import Address, Bead, Language, Pair, Record, Sentence


def read(inputs: Inputs) -> Iterator[Record | InputError]:
    """Yield records and what could not be read, in the order of the input.

    Raises:
        UnknownNameError: there is no such format.
        SettingError: that format carries no records, or no pairs; or a name is empty.
    """
    from aligner.formats import read_pairs, read_records
    from aligner.formats.notes import with_notes

    if "" in inputs.paths:
        raise SettingError("an INPUT has no name", hint="name files, folders or globs; . is this folder")

    if inputs.aligned or inputs.split:
        pairs = read_pairs(inputs.paths, input_format=inputs.input_format, columns=inputs.columns)
        return records_of(pairs, split=inputs.split)
    items = read_records(
        inputs.paths, input_format=inputs.input_format, lines=inputs.lines, columns=inputs.columns
    )
    return with_notes(items, inputs.notes) if inputs.notes else items


def unique_names(items: Iterable[Record | InputError], counts: Counter[str]) -> Iterator[Record | InputError]:
    """Give the second record of a name the name ``NAME~2``, and so on: no record stands in for another."""
    with closing(sqlite3.connect("")) as db:  # a file of its own that is gone afterwards
        db.execute("CREATE TABLE names (name BLOB PRIMARY KEY, count INTEGER) WITHOUT ROWID")
        query = "INSERT INTO names VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count"
        for item in items:
            if isinstance(item, InputError):
                yield item
                continue
            name = item.name
            while (number := db.execute(query, (_bytes(name),)).fetchall()[0][0]) > 1:
                name = f"{name}~{number}"
            counts["renamed"] += name != item.name
            yield item if name == item.name else replace(item, name=name)


def records_of(items: Iterable[Pair | InputError], *, split: bool = False) -> Iterator[Record | InputError]:
    """Gather pairs under one record's name into a record that comes aligned, wherever they stand.

    Each side of a row is a sentence or, with ``split``, one or several; rows are numbered in their order.
    Records come in the order of their first rows, after whatever could not be read. Rows wait in a temporary
    file, not in memory.
    """
    with closing(sqlite3.connect("")) as db:
        db.execute("CREATE TABLE rows (number INTEGER PRIMARY KEY, record BLOB, pair BLOB)")
        for item in items:
            if isinstance(item, InputError):
                yield item
            else:
                row = (_bytes(item.record), pickle.dumps(item))
                db.execute("INSERT INTO rows (record, pair) VALUES (?, ?)", row)
        db.execute("CREATE INDEX by_record ON rows (record, number)")
        records = "SELECT record FROM rows GROUP BY record ORDER BY min(number)"
        for (record,) in db.execute(records):
            rows = db.execute("SELECT pair FROM rows WHERE record = ? ORDER BY number", (record,))
            yield _record([pickle.loads(data) for (data,) in rows], split=split)  # noqa: S301 - written above


def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")


def _record(rows: Sequence[Pair], *, split: bool) -> Record:
    en, en_numbers = _side([row.en for row in rows], "en", split=split)
    zh, zh_numbers = _side([row.zh for row in rows], "zh", split=split)
    return Record(
        name=rows[0].record,
        en="\n".join(row.en for row in rows if row.en.strip()),
        zh="\n".join(row.zh for row in rows if row.zh.strip()),
        en_sentences=en,
        zh_sentences=zh,
        beads=tuple(
            Bead(en_ids, zh_ids, row.score, row.source)
            for en_ids, zh_ids, row in zip(en_numbers, zh_numbers, rows, strict=True)
        ),
        source=None if rows[0].source is None else Address(rows[0].source.file),
    )


def _side(
    texts: Sequence[str], language: Language, *, split: bool
) -> tuple[tuple[Sentence, ...], list[tuple[int, ...]]]:
    """Return the sentences of one side, and for each row the numbers of its own; blank ones have none."""
    sentences: list[Sentence] = []
    numbers: list[tuple[int, ...]] = []
    start = 0
    for text in texts:
        if not text.strip():
            numbers.append(())
            continue
        found = segment(text, language) if split else [Sentence(text, 0, len(text))]
        numbers.append(tuple(range(len(sentences), len(sentences) + len(found))))
        sentences += [Sentence(one.text, start + one.start, start + one.end) for one in found]
        start += len(text) + 1
    return tuple(sentences), numbers
