"""Results as rows of Parquet files, one a record, and back.

Columns: ``ordinal`` (the place in the input), ``block`` and how many ``rows`` that has, ``record``, its texts
and metadata, the bounds of its sentences, lists of structures (``beads``, ``terms``, ``findings``,
``failures``) and the ``encoder``. A row without texts is an input that could not be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from aligner.engine.options import Settings
from aligner.store import Failure, Result, Task, address_dumps, address_loads
from aligner.store.rows import SPANS, finding_columns, finding_of, pair_of, term_columns, term_of
from aligner.types import Bead, Pair, Record, Sentence, Unit

Row = dict[str, Any]
Block = tuple[int, Sequence[Task], Sequence[Result | Failure]]
"""Number, tasks and outcomes of a block; ids are places in the input."""


def table_of(blocks: Sequence[Block], settings: Settings) -> Any:
    """Return the rows of some blocks as an Arrow table."""
    import pyarrow as pa

    rows = [row for block in blocks for row in _rows(*block, settings)]
    return pa.Table.from_pylist(rows, schema=_schema())


def record_of(row: Row) -> Record:
    """Return the record as it was read."""
    en, zh = (_sentences(row, side) if row["segmented"] else None for side in ("en", "zh"))
    metadata = json.loads(row["metadata"])
    beads = None
    if row.get("aligned"):
        beads = tuple(
            Bead(tuple(b["en_ids"]), tuple(b["zh_ids"]), b["score"], address_loads(b["source"]))
            for b in row["beads"]
        )
    return Record(
        *(row["record"], row["en"], row["zh"], en, zh, metadata, tuple(row["notes"]), beads),
        source=address_loads(row["source"]),
        origin=row.get("origin") or "",
    )


def outcomes_of(row: Row, number: int, revision: int, *, whole: bool) -> Iterator[Result | Failure]:
    """Yield what came of a record.

    Args:
        row: as `table_of` wrote it.
        number: the record's number in the workspace.
        revision: its revision there.
        whole: whether terms and findings can be taken over, and not only beads.
    """
    if row["findings"] is not None:
        name = row["record"]
        pairs = tuple(
            replace(pair_of({**b, "record": name, "bead": n}), units=_units(b.get("units")))
            for n, b in enumerate(row["beads"])
        )
        terms = [
            (term_of({"found_in": "text", **term, "record": name}), str(term["concept"]))
            for term in row["terms"] or ()
        ]
        findings = [finding_of({**f, **_texts(pairs[f["bead"]])}) for f in row["findings"]]
        done = whole and row["terms"] is not None
        result = Result(number, revision, _sentences(row, "en"), _sentences(row, "zh"), pairs)
        if done:
            front = tuple(_front(row, len(pairs)))
            result = replace(result, terms=tuple(terms), findings=tuple(findings), front=front)
        yield result
    for failure in row["failures"]:
        yield Failure(row["record"], **failure, id=number, revision=revision)


def _front(row: Row, first: int) -> Iterator[Pair]:
    for number, texts in enumerate(json.loads(row.get("front") or "[]"), first):
        yield Pair(row["record"], number, *texts)


def _texts(pair: Pair) -> Row:
    return {"record": pair.record, "en": pair.en, "zh": pair.zh, "source": address_dumps(pair.source)}


def _units(text: str | None) -> tuple[Unit, ...]:
    return tuple(Unit((a, b), (c, d), score) for a, b, c, d, score in json.loads(text or "[]"))


def _sentences(row: Row, side: str) -> tuple[Sentence, ...]:
    return tuple(Sentence(row[side][a:b], a, b) for a, b in row[f"{side}_sentences"])


def _rows(
    number: int, tasks: Sequence[Task], outcomes: Sequence[Result | Failure], settings: Settings
) -> Iterator[Row]:
    unread = sum(isinstance(outcome, Failure) and outcome.stage == "read" for outcome in outcomes)
    base: Row = {"block": number, "rows": len(tasks) + unread, "encoder": settings.encoder}
    failures: dict[int | None, list[Row]] = {}
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            row = {"stage": outcome.stage, "reason": outcome.reason, "hint": outcome.hint}
            failures.setdefault(outcome.id, []).append(row)
            if outcome.stage == "read":
                yield {**base, "ordinal": outcome.id, "record": outcome.record, "failures": [row]}
    results = {outcome.id: outcome for outcome in outcomes if isinstance(outcome, Result)}
    for task in tasks:
        record = task.record
        yield {
            **base,
            "ordinal": task.id,
            "record": record.name,
            "origin": record.origin,
            "en": record.en,
            "zh": record.zh,
            "metadata": json.dumps(dict(record.metadata), ensure_ascii=False),
            "notes": list(record.notes),
            "segmented": record.en_sentences is not None,
            "aligned": record.beads is not None,
            "source": address_dumps(record.source),
            "failures": failures.get(task.id, []),
            **(_found(results[task.id]) if task.id in results else _given(record)),
        }


def _given(record: Record) -> Row:
    """Return the columns of a record that could not be aligned."""
    sides = (("en", record.en_sentences), ("zh", record.zh_sentences))
    row: Row = {f"{side}_sentences": [[s.start, s.end] for s in found or ()] for side, found in sides}
    if record.beads is not None:
        row["beads"] = [
            {"en_ids": b.en, "zh_ids": b.zh, "score": b.score, "source": address_dumps(b.source)}
            for b in record.beads
        ]
    return row


def _found(result: Result) -> Row:
    return {
        "en_sentences": [[s.start, s.end] for s in result.en],
        "zh_sentences": [[s.start, s.end] for s in result.zh],
        "beads": [
            {
                **{"en_ids": p.en_ids, "zh_ids": p.zh_ids, "en": p.en, "zh": p.zh, "score": p.score},
                "source": address_dumps(p.source),
                "units": json.dumps([[*u.en_span, *u.zh_span, u.score] for u in p.units]),
            }
            for p in result.pairs
        ],
        "terms": None
        if result.terms is None
        else [
            {**term_columns(term), "concept": concept, "found_in": term.found_in}
            for term, concept in result.terms
        ],
        "front": json.dumps([[pair.en, pair.zh] for pair in result.front or ()], ensure_ascii=False),
        "findings": list(map(finding_columns, result.findings)),
    }


def _schema() -> Any:
    import pyarrow as pa

    text, number, numbers = pa.string(), pa.int64(), pa.list_(pa.int64())
    spans = [(name, number) for name in SPANS]
    bead = [
        *(("en_ids", numbers), ("zh_ids", numbers), ("en", text), ("zh", text), ("score", pa.float64())),
        *(("source", text), ("units", text)),
    ]
    rates = [("score", pa.float64()), ("termhood", pa.float64())]
    term = [
        ("bead", number),
        ("en", text),
        ("zh", text),
        *rates,
        ("concept", text),
        *spans,
        ("found_in", text),
    ]
    finding = [(name, text) for name in ("check", "severity", "message", "category", "suggestion")]
    lists = {
        "beads": pa.struct(bead),
        "terms": pa.struct(term),
        "findings": pa.struct([("bead", number), *finding, ("probability", pa.float64()), *spans]),
        "failures": pa.struct([(name, text) for name in ("stage", "reason", "hint")]),
        "notes": text,
        "en_sentences": numbers,
        "zh_sentences": numbers,
    }
    plain = [
        ("ordinal", number),
        ("block", number),
        ("rows", number),
        *((name, text) for name in ("record", "origin", "en", "zh", "metadata", "source", "front")),
    ]
    rest = [(name, pa.list_(kind)) for name, kind in lists.items()]
    return pa.schema([*plain, ("segmented", pa.bool_()), ("aligned", pa.bool_()), ("encoder", text), *rest])
