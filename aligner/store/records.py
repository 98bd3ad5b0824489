"""Records in the workspace: their sentences, and what people made in them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.store.workspace import Workspace
from aligner.types import Language, Record, Sentence

LANGUAGES: tuple[Language, Language] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Remembered:
    """A bead that a person made or confirmed, by the texts of its sentences.

    It holds in a changed text as long as these sentences are found there.
    """

    en: tuple[str, ...]
    zh: tuple[str, ...]
    score: float
    state: str


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


def read_record(workspace: Workspace, number: int) -> Record:
    """Return a record with its sentences."""
    row = workspace.db.execute("SELECT * FROM records WHERE id = ?", (number,)).fetchone()
    en, zh = (read_sentences(workspace, number, language) for language in LANGUAGES)
    return Record(row["name"], row["en"], row["zh"], en, zh, json.loads(row["metadata"]))


def read_texts(workspace: Workspace, number: int) -> tuple[str, str]:
    """Return the English and the Chinese text of a record."""
    row = workspace.db.execute("SELECT en, zh FROM records WHERE id = ?", (number,)).fetchone()
    return row["en"], row["zh"]


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
