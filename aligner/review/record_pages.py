"""The views of records and their pairs, as plain dicts for their templates."""

from __future__ import annotations

from urllib.parse import urlencode

from aligner.errors import InputError
from aligner.review.errors import SEVERITIES, SURENESS
from aligner.review.filters import bead_filter, describe, entry_filter, shown
from aligner.review.frame import PAGE, Query, View, check_options, frame, start_of
from aligner.review.pairs import note_view, pair_view
from aligner.review.score import score, score_view
from aligner.store import Workspace
from aligner.store.alignments import read as read_alignment
from aligner.store.beads import BeadFilter, count_beads, find_beads, place_of
from aligner.store.decided import read_review
from aligner.store.entries import find_entries
from aligner.store.issues import open_issues
from aligner.store.overview import (
    ORDERS,
    RecordLine,
    all_errors,
    all_words,
    count_before,
    count_records,
    list_records,
    neighbours,
    read_record,
    totals,
)
from aligner.store.records import read_texts


def records(workspace: Workspace, query: Query) -> View:
    """Show the records with their progress, worst first unless another order is asked for."""
    counted, errors, review = totals(workspace), all_errors(workspace), read_review(workspace)
    return {
        **frame(workspace, "", "Records"),
        **_record_rows(workspace, query),
        "totals": counted,
        "errors": sum(errors.values()),
        "score": score_view(errors, all_words(workspace), review),
        "check_options": check_options(workspace),
        "orders": {name: words for name, (words, *_) in ORDERS.items()},
    }


def record_rows(workspace: Workspace, query: Query) -> View:
    """Show a window of the list of records."""
    return _record_rows(workspace, query)


def peek(workspace: Workspace, _: Query, number: int) -> View:
    """Show what is open in a record, beside the list.

    Raises:
        InputError: there is no such record.
    """
    line = _line(workspace, number)
    notes = [note_view(issue) for issue in open_issues(workspace, number, limit=12)]
    return {"record": _record_view(workspace, line), "notes": notes}


def record(workspace: Workspace, query: Query, number: int) -> View:
    """Show a record's pairs; with ``go`` the page that holds this bead.

    Raises:
        InputError: there is no such record.
    """
    line = _line(workspace, number)
    before, after = neighbours(workspace, number)
    view = _pairs(workspace, query, bead_filter(query, record=number))
    return {
        **view,
        "title": line.name,
        "record": _record_view(workspace, line),
        "before": before,
        "after": after,
        "place": count_before(workspace, number) + 1,
        "records": count_records(workspace, BeadFilter()),
    }


def search(workspace: Workspace, query: Query) -> View:
    """Show the pairs of all records that hold some words, and the terms that do."""
    wanted = entry_filter(query)
    found = find_entries(workspace, wanted, limit=12) if wanted.text else []
    return {
        **_pairs(workspace, query, bead_filter(query)),
        "title": "Search",
        "here": "search",
        "terms": found,
    }


def alignment(workspace: Workspace, _: Query, number: int) -> View:
    """Return a record's sentences in their beads, for the alignment mode.

    Raises:
        InputError: there is no such record.
    """
    line, value = _line(workspace, number), read_alignment(workspace, (str(number),)) or {}
    texts = dict(zip(("en", "zh"), read_texts(workspace, number), strict=True))
    beads = [
        {
            **{side: [_sentence(texts[side], value[side], i) for i in bead[side]] for side in ("en", "zh")},
            "score": bead["score"],
            "state": bead["state"],
        }
        for bead in value.get("beads", ())
    ]
    return {"revision": line.revision, "beads": beads}


def _sentence(text: str, bounds: list[list[int]], number: int) -> View:
    start, end = bounds[number]
    return {"number": number, "text": text[start:end]}


def _line(workspace: Workspace, number: int) -> RecordLine:
    line = read_record(workspace, number)
    if line is None:
        raise InputError("there is no such record")
    return line


def _record_rows(workspace: Workspace, query: Query) -> View:
    wanted, name = bead_filter(query), query.get("name", "")[:200]
    order = query.get("order", "worst")
    order = order if order in ORDERS else "worst"
    start = start_of(query)
    lines = list_records(workspace, wanted, name=name, order=order, limit=PAGE, offset=start)  # type: ignore[arg-type]
    return {
        "rows": [_record_view(workspace, line) for line in lines],
        "start": start,
        "total": count_records(workspace, wanted, name=name),
        "order": order,
        "wanted": shown(wanted) | {"name": name},
        "chips_set": describe(wanted, name=name),
    }


def _record_view(workspace: Workspace, line: RecordLine) -> View:
    review = read_review(workspace)
    names = (
        *("id", "name", "state", "revision", "beads", "confirmed", "lowest", "decided", "dismissed"),
        *("failure", "file", "words", "title"),
    )
    return {
        **{name: getattr(line, name) for name in names},
        "open": {name: line.open.get(name, 0) for name in SURENESS},
        "errors": {name: line.errors.get(name, 0) for name in SEVERITIES},
        "score": score(line.errors, line.words, review["weights"]) if line.confirmed or line.errors else None,
    }


def _pairs(workspace: Workspace, query: Query, wanted: BeadFilter) -> View:
    start = None
    if wanted.record is not None and query.get("go", "").isdecimal():
        start = place_of(workspace, wanted, wanted.record, int(query["go"][:12])) // PAGE * PAGE
    total = count_beads(workspace, wanted)
    start = min(start_of(query) if start is None else start, max(total - 1, 0) // PAGE * PAGE)
    kept = {name: value for name, value in query.items() if name not in ("from", "go") and value}

    def address(place: int) -> str:
        return "?" + urlencode({**kept, "from": place})

    return {
        **frame(workspace, "", "Pairs"),
        "pairs": list(map(pair_view, find_beads(workspace, wanted, limit=PAGE, offset=start))),
        "wanted": shown(wanted),
        "chips_set": describe(wanted),
        "check_options": check_options(workspace),
        "total": total,
        "first": min(start + 1, total),
        "last": min(start + PAGE, total),
        "previous": address(max(start - PAGE, 0)) if start else "",
        "next": address(start + PAGE) if start + PAGE < total else "",
    }
