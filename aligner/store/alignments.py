"""The alignment of a record as a person edits it: sentences by their bounds, beads by sentence numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from aligner.errors import SettingError
from aligner.store.addresses import address_loads, addresses_by_start
from aligner.store.records import LANGUAGES, read_sentences, write_sentences
from aligner.store.results import touch, write_pairs
from aligner.store.rows import insert
from aligner.store.workspace import Workspace
from aligner.text.joining import join_sentences
from aligner.types import Language, Pair, Sentence

Rows = Sequence[Mapping[str, Any]]
STATES = ("proposed", "edited", "confirmed")


def read(workspace: Workspace, key: tuple[str, ...]) -> dict[str, Any] | None:
    """Return a record's alignment; None if there is no such record.

    ``{"en": [[start, end], ...], "zh": ..., "beads": [{"en": [0], "zh": [0, 1], "score": 0.9, "state":
    "proposed"}]}``
    """
    row = workspace.db.execute("SELECT id FROM records WHERE id = ?", key).fetchone()
    if row is None:
        return None
    sides: dict[str, Any] = {
        language: [[s.start, s.end] for s in read_sentences(workspace, row["id"], language)]
        for language in LANGUAGES
    }
    rows = workspace.db.execute(
        "SELECT en_ids, zh_ids, score, state FROM beads WHERE record = ? ORDER BY number", (row["id"],)
    )
    beads = [
        {"en": json.loads(en), "zh": json.loads(zh), "score": score, "state": state}
        for en, zh, score, state in rows
    ]
    return {**sides, "beads": beads}


def write(
    workspace: Workspace, key: tuple[str, ...], value: dict[str, Any] | None, found: Rows = ()
) -> list[dict[str, Any]]:
    """Replace a record's alignment; call in a transaction.

    Terms and findings of beads whose texts stay the same are kept. The next run looks for terms again in the
    record's block.

    Args:
        workspace: where.
        key: the record's number.
        value: as `read` returns it.
        found: term occurrences that such a change took away once; put back where their texts are back.

    Returns:
        The term occurrences of beads whose texts are gone.

    Raises:
        SettingError: there is no such record, or a sentence is not in exactly one bead.
    """
    row = workspace.db.execute("SELECT id, name, en, zh FROM records WHERE id = ?", key).fetchone()
    if row is None or value is None:
        raise SettingError("there is no such record to align", where=key[0])
    number = row["id"]
    addresses = addresses_by_start(workspace, number)
    en, zh = ([Sentence(row[side][a:b], a, b) for a, b in value[side]] for side in LANGUAGES)
    _demand(value, {"en": en, "zh": zh}, row["name"])
    pairs = [
        Pair(
            record=row["name"],
            bead=place,
            en=join_sentences((en[i].text for i in bead["en"]), "en"),
            zh=join_sentences((zh[i].text for i in bead["zh"]), "zh"),
            en_ids=tuple(bead["en"]),
            zh_ids=tuple(bead["zh"]),
            score=bead["score"],
            source=address_loads(_address(addresses, bead, {"en": en, "zh": zh})),
        )
        for place, bead in enumerate(value["beads"])
    ]
    kept = _found(workspace, number)
    kept["occurrences"] += [dict(row) for row in found]
    write_sentences(workspace, number, en, zh)
    write_pairs(workspace, number, pairs, [bead["state"] for bead in value["beads"]])
    lost = {table: _put_back(workspace, table, rows, pairs) for table, rows in kept.items()}
    db = workspace.db
    db.execute("UPDATE records SET revision = revision + 1 WHERE id = ?", (number,))
    db.execute(
        "UPDATE records SET state = 'aligned'"
        " WHERE state = 'done' AND block = (SELECT block FROM records WHERE id = ?)",
        (number,),
    )
    touch(workspace)
    return lost["occurrences"]


def _address(
    addresses: dict[tuple[str, int], str], bead: dict[str, Any], sides: dict[Language, list[Sentence]]
) -> str:
    """Return the address of the earlier bead that held the first sentence, of either side."""
    starts = [(language, sides[language][i].start) for language in LANGUAGES for i in bead[language]]
    return next((addresses[start] for start in starts if start in addresses), "")


def _demand(value: dict[str, Any], sides: dict[Language, list[Sentence]], name: str) -> None:
    """Refuse sentences that are no slices in order, and beads that miss or repeat a sentence."""
    for language, sentences in sides.items():
        bounds = [(s.start, s.end) for s in sentences]
        in_order = all(a <= b for a, b in bounds) and all(one[1] <= two[0] for one, two in pairwise(bounds))
        used = sorted(i for bead in value["beads"] for i in bead[language])
        if not in_order or used != [i for i, s in enumerate(sentences) if s.text.strip()]:
            raise SettingError("each sentence must be in exactly one bead", where=name)
    if any(bead["state"] not in STATES for bead in value["beads"]):
        raise SettingError(f"the state of a bead is one of {', '.join(STATES)}", where=name)


def _found(workspace: Workspace, number: int) -> dict[str, list[dict[str, Any]]]:
    """Return occurrences and findings with the texts of their beads."""
    found = {}
    for table in ("occurrences", "findings"):
        query = (
            f"SELECT t.*, b.en AS bead_en, b.zh AS bead_zh FROM {table} t"  # noqa: S608 - of our own words
            " JOIN beads b ON b.record = t.record AND b.number = t.bead WHERE t.record = ?"
        )
        found[table] = [dict(row) for row in workspace.db.execute(query, (number,))]
    return found


def _put_back(
    workspace: Workspace, table: str, rows: list[dict[str, Any]], pairs: list[Pair]
) -> list[dict[str, Any]]:
    """Insert what was found in beads that are still there, under their new numbers; return the rest."""
    lost = []
    numbers: dict[tuple[str, str], list[int]] = {}
    for pair in reversed(pairs):
        numbers.setdefault((pair.en, pair.zh), []).append(pair.bead)
    moved: dict[tuple[int, str, str], int] = {}
    for row in sorted(rows, key=lambda row: int(row["bead"])):
        texts = (row["bead_en"], row["bead_zh"])
        old = (row["bead"], *texts)
        if old not in moved:
            if not numbers.get(texts):
                lost.append(row)
                continue
            moved[old] = numbers[texts].pop()
        shown = {name: value for name, value in row.items() if name not in ("bead_en", "bead_zh")}
        insert(workspace.db, table, [{**shown, "bead": moved[old]}])
    return lost
