"""What the workspace holds, as the house's nouns, in the order of the records; read as it is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from aligner.store.workspace import Workspace
from aligner.types import Context, Entry, Finding, Pair, Rival, TermPair

_PAIR = "r.name, b.number, b.en, b.zh, b.en_ids, b.zh_ids, b.score"


def read_pairs(workspace: Workspace) -> Iterator[Pair]:
    """Yield the pairs of all records that are aligned."""
    rows = workspace.db.execute(
        f"SELECT {_PAIR} FROM records r JOIN beads b ON b.record = r.id WHERE r.state <> 'new'"  # noqa: S608
        " ORDER BY r.id, b.number"
    )
    yield from map(_pair, rows)


def read_terms(workspace: Workspace) -> Iterator[TermPair]:
    """Yield the term occurrences of all records."""
    rows = workspace.db.execute(
        "SELECT r.name, o.bead, o.en, o.zh, o.en_start, o.en_end, o.zh_start, o.zh_end, o.score"
        " FROM records r JOIN occurrences o ON o.record = r.id ORDER BY r.id, o.bead, o.number"
    )
    for record, bead, en, zh, a, b, c, d, score in rows:
        yield TermPair(record, bead, en, zh, (a, b), (c, d), score)


def read_findings(
    workspace: Workspace, *, state: Literal["open", "dismissed", "confirmed"] | None = None
) -> Iterator[Finding]:
    """Yield the findings of all records; those that are not dismissed, or those in one state."""
    rows = workspace.db.execute(
        "SELECT * FROM issues WHERE (? IS NULL AND state <> 'dismissed') OR state = ?"
        " ORDER BY record_id, bead, id",
        (state, state),
    )
    for row in rows:
        yield Finding(
            record=row["record"],
            bead=row["bead"],
            check=row["check"],
            severity=row["severity"],
            message=row["message"],
            en_span=None if row["en_start"] is None else (row["en_start"], row["en_end"]),
            zh_span=None if row["zh_start"] is None else (row["zh_start"], row["zh_end"]),
            en=row["en"],
            zh=row["zh"],
            category=row["category"],
            suggestion=row["suggestion"],
        )


def read_glossary(workspace: Workspace) -> Iterator[Entry]:
    """Yield the glossary's entries as they were found, with what people decided about them."""
    for row in workspace.db.execute("SELECT * FROM terms"):
        lists = {
            name: tuple(json.loads(row[name]))
            for name in ("en_variants", "zh_variants", "en_counts", "zh_counts")
        }
        for side in ("en", "zh"):
            _rename(lists, side, row[side], row[f"found_{side}"])
        yield Entry(
            en=row["en"],
            zh=row["zh"],
            score=row["score"],
            count=row["count"],
            records=row["records"],
            status=row["status"],
            abbreviation=row["abbreviation"],
            contexts=tuple(Context(**context) for context in json.loads(row["contexts"])),
            note=row["note"],
            competing=tuple(Rival(**rival) for rival in json.loads(row["competing"])),
            expansion=row["expansion"],
            **lists,
        )


def _rename(lists: dict[str, tuple[Any, ...]], side: str, chosen: str, found: str) -> None:
    """Where a person chose another form, let the one that was found be a variant; counts are by form."""
    if chosen == found:
        return
    forms = (found, *lists[f"{side}_variants"])
    counts = dict(zip(forms, lists[f"{side}_counts"], strict=False))
    others = tuple(form for form in forms if form != chosen)
    lists[f"{side}_variants"] = others
    if counts:
        lists[f"{side}_counts"] = tuple(counts.get(form, 0) for form in (chosen, *others))


class StoredPairs(Mapping[tuple[str, int], Pair]):
    """The pairs of a workspace by record and bead, each read when it is asked for; the last is remembered."""

    def __init__(self, workspace: Workspace) -> None:
        self._db = workspace.db
        self._last: tuple[tuple[str, int], Pair] | None = None

    def __getitem__(self, key: tuple[str, int]) -> Pair:
        if self._last and self._last[0] == key:
            return self._last[1]
        row = self._db.execute(
            f"SELECT {_PAIR} FROM records r JOIN beads b ON b.record = r.id"  # noqa: S608
            " WHERE r.name = ? AND b.number = ?",
            key,
        ).fetchone()
        if row is None:
            raise KeyError(key)
        self._last = key, _pair(row)
        return self._last[1]

    def __iter__(self) -> Iterator[tuple[str, int]]:
        rows = self._db.execute(
            "SELECT r.name, b.number FROM records r JOIN beads b ON b.record = r.id ORDER BY r.id, b.number"
        )
        return ((name, number) for name, number in rows)

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM beads").fetchone()[0])


def _pair(row: tuple[str, int, str, str, str, str, float]) -> Pair:
    name, bead, en, zh, en_ids, zh_ids, score = row
    return Pair(name, bead, en, zh, tuple(json.loads(en_ids)), tuple(json.loads(zh_ids)), score)
