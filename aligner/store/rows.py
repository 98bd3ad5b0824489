"""Rows to types and back: the one place that knows which column holds what.

A row is anything that is read by column name: a row of SQLite, or a dictionary of a Parquet file. Spans are
the columns ``en_start``, ``en_end``, ``zh_start``, ``zh_end`` (both empty where there is no span); lists are
JSON in SQLite and lists elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import Any, Protocol

from aligner.store.addresses import address_dumps, address_loads
from aligner.types import CompetingTranslation, Context, Entry, Finding, Pair, Span, TermPair, Unit

PAIR = "r.name AS record, b.number AS bead, b.en, b.zh, b.en_ids, b.zh_ids, b.score, b.source"
"""Columns of records r and beads b."""

TERM = (  # records r, occurrences o
    "r.name AS record, o.bead, o.en, o.zh, o.en_start, o.en_end, o.zh_start, o.zh_end, o.score, o.termhood,"
    " o.concept, 'text' AS found_in"
)
SPANS = ("en_start", "en_end", "zh_start", "zh_end")
LISTS = ("en_variants", "zh_variants", "en_counts", "zh_counts")


class Row(Protocol):
    """Whatever gives a column's value by its name."""

    def __getitem__(self, name: str, /) -> Any:
        """Return the value of a column."""


def pair_of(row: Row) -> Pair:
    """Return the pair of a row of `PAIR` columns."""
    return Pair(
        record=row["record"],
        bead=row["bead"],
        en=row["en"],
        zh=row["zh"],
        en_ids=tuple(items(row["en_ids"])),
        zh_ids=tuple(items(row["zh_ids"])),
        score=row["score"],
        source=address_loads(row["source"]),
    )


def pair_columns(pair: Pair) -> dict[str, Any]:
    """Return a pair as columns of the table ``beads``, without its record, its place and its state."""
    return {
        "en_ids": json.dumps(pair.en_ids),
        "zh_ids": json.dumps(pair.zh_ids),
        "en": pair.en,
        "zh": pair.zh,
        "score": pair.score,
        "texts": texts_key(pair.en, pair.zh),
        "source": address_dumps(pair.source),
    }


def unit_rows(record: int, pairs: Iterable[Pair]) -> Iterator[dict[str, Any]]:
    """Yield the units of a record's pairs as columns of the table ``units``."""
    for bead, pair in enumerate(pairs):
        for number, unit in enumerate(pair.units):
            (en_start, en_end), (zh_start, zh_end) = unit.en_span, unit.zh_span
            places = {"en_start": en_start, "en_end": en_end, "zh_start": zh_start, "zh_end": zh_end}
            yield {"record": record, "bead": bead, "number": number, **places, "score": unit.score}


def read_units_of(db: Connection, record: int) -> dict[str, tuple[Unit, ...]]:
    """Return the units of a record's pairs, in order, by the key of their texts."""
    rows = db.execute(
        "SELECT b.texts, u.en_start, u.en_end, u.zh_start, u.zh_end, u.score FROM units u"
        " JOIN beads b ON b.record = u.record AND b.number = u.bead WHERE u.record = ?"
        " ORDER BY u.bead, u.number",
        (record,),
    ).fetchall()
    units: dict[str, tuple[Unit, ...]] = {}
    for texts, en_start, en_end, zh_start, zh_end, score in rows:
        units[texts] = *units.get(texts, ()), Unit((en_start, en_end), (zh_start, zh_end), score)
    return units


def texts_key(en: str, zh: str) -> str:
    """Return a short hash of both texts of a pair: what is decided about it holds while it stays the same."""
    return hashlib.sha256(json.dumps([en, zh]).encode()).hexdigest()[:16]


def term_of(row: Row) -> TermPair:
    """Return the term occurrence of a row of `TERM` columns."""
    return TermPair(
        record=row["record"],
        bead=row["bead"],
        en=row["en"],
        zh=row["zh"],
        en_span=(row["en_start"], row["en_end"]),
        zh_span=(row["zh_start"], row["zh_end"]),
        score=row["score"],
        termhood=row["termhood"],
        found_in=row["found_in"],
    )


def term_columns(term: TermPair) -> dict[str, Any]:
    """Return a term occurrence as columns, without its record."""
    spans = dict(zip(SPANS, (*term.en_span, *term.zh_span), strict=True))
    names = ("bead", "en", "zh", "score", "termhood")
    return {**{name: getattr(term, name) for name in names}, **spans}


def finding_of(row: Row) -> Finding:
    """Return the finding of a row; the columns ``record``, ``en``, ``zh``, ``source`` are its pair's."""
    return Finding(
        record=row["record"],
        bead=row["bead"],
        check=row["check"],
        severity=row["severity"],
        message=row["message"],
        en_span=_span(row, "en"),
        zh_span=_span(row, "zh"),
        en=row["en"],
        zh=row["zh"],
        category=row["category"],
        suggestion=row["suggestion"],
        source=address_loads(row["source"]),
        probability=row["probability"],
    )


def finding_columns(finding: Finding) -> dict[str, Any]:
    """Return a finding as columns, without its record and the texts of its pair."""
    names = ("bead", "check", "severity", "probability", "message", "category", "suggestion")
    nowhere = (None, None)
    spans = (*(finding.en_span or nowhere), *(finding.zh_span or nowhere))
    return {**{name: getattr(finding, name) for name in names}, **dict(zip(SPANS, spans, strict=True))}


DECIDED_FIELDS = ("domain", "part_of_speech", "definition")
"""What a person may say of an entry besides its forms."""

FIELDS = (*DECIDED_FIELDS, "usage", "other", "found_in")
"""What a glossary row says of an entry besides: where it was found, and what a base says."""


def entry_of(row: Row) -> Entry:
    """Return the glossary entry of a row of the view ``terms``, in the forms that a person chose."""
    lists = {name: tuple(items(row[name])) for name in LISTS}
    for side in ("en", "zh"):
        _rename(lists, side, row[side], row[f"found_{side}"])
    names = (
        "en",
        "zh",
        "score",
        "termhood",
        "count",
        "records",
        "status",
        "abbreviation",
        "note",
        "expansion",
    )
    known: dict[str, Any] = {name: row[name] for name in names} | lists
    base = items(row["fields"])
    fields = {name: base.get(name, "") for name in FIELDS}
    fields |= {name: row[name] for name in DECIDED_FIELDS if row[name]}
    return Entry(
        **known,
        **(fields | {"other": tuple((name, text) for name, text in fields["other"] or ())}),
        contexts=tuple(Context(**context) for context in items(row["contexts"])),
        competing=tuple(CompetingTranslation(**one) for one in items(row["competing"])),
    )


def items(value: Any) -> Any:
    """Return a list that a column holds, as JSON or as it is."""
    return json.loads(value) if isinstance(value, str) else value


def insert(db: Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that have the same columns."""
    if rows:
        names = ", ".join(f'"{name}"' for name in rows[0])
        marks = ", ".join("?" * len(rows[0]))
        query = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - our own words
        db.executemany(query, [tuple(row.values()) for row in rows])


def _span(row: Row, side: str) -> Span | None:
    start = row[f"{side}_start"]
    return None if start is None else (start, row[f"{side}_end"])


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
