"""What each view of the page shows, as plain dicts for its template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from aligner.errors import InputError
from aligner.review.downloads import offers
from aligner.review.marks import pieces, term_marks
from aligner.review.pairs import SEVERITIES, pair_view
from aligner.review.report import record_view, strip_view
from aligner.store import Workspace
from aligner.store.beads import WORK, BeadFilter, count_beads, find_beads, place_of
from aligner.store.decisions import last_decision, next_redo, next_undo
from aligner.store.entries import (
    EntryFilter,
    count_entries,
    count_places,
    find_entries,
    places_of,
    read_entry,
)
from aligner.store.overview import ORDERS, count_records, list_records, neighbours, read_record, totals

PAGE = 100
"""Rows of a page."""

Query = Mapping[str, str]
View = dict[str, Any]


def records(workspace: Workspace, query: Query) -> View:
    """Show the records with their progress, worst first unless another order is asked for."""
    wanted, name = _beads(query), query.get("name", "")
    order = query.get("order", "worst")
    order = order if order in ORDERS else "worst"
    paging = _paging(query, count_records(workspace, wanted, name=name))
    lines = list_records(workspace, wanted, name=name, order=order, limit=PAGE, offset=paging["from"])  # type: ignore[arg-type]
    return {
        **_status(workspace, ""),
        "title": workspace.path.name,
        "records": list(map(record_view, lines)),
        "wanted": _shown(wanted),
        "name": name,
        "order": order,
        "paging": paging,
    }


def record(workspace: Workspace, query: Query, number: int) -> View:
    """Show a record's pairs; with ``go`` the page that holds this bead.

    Raises:
        InputError: there is no such record.
    """
    line = read_record(workspace, number)
    if line is None:
        raise InputError("there is no such record")
    view = _pairs(workspace, query, _beads(query, record=number))
    before, after = neighbours(workspace, number)
    strip = strip_view(workspace, number)
    for bead in strip:
        bead["link"] = f"?go={bead['number']}#b{number}-{bead['number']}"
    return {**view, "record": record_view(line), "beads": strip, "before": before, "after": after}


def pairs(workspace: Workspace, query: Query) -> View:
    """Show the pairs of all records."""
    return {**_pairs(workspace, query, _beads(query)), "record": None}


def terms(workspace: Workspace, query: Query) -> View:
    """Show the glossary's entries, best first."""
    status = query.get("status", "")
    status = status if status in ("candidate", "accepted", "rejected") else ""
    wanted = EntryFilter(query.get("text", ""), status, _fraction(query))
    paging = _paging(query, count_entries(workspace, wanted))
    return {
        **_status(workspace, "terms"),
        "title": "Terms",
        "entries": find_entries(workspace, wanted, limit=PAGE, offset=paging["from"]),
        "wanted": {"text": wanted.text, "status": status, "below": query.get("below", "")},
        "paging": paging,
    }


def term(workspace: Workspace, query: Query, number: int) -> View:
    """Show an entry with every place it was found in.

    Raises:
        InputError: there is no such entry.
    """
    entry = read_entry(workspace, number)
    if entry is None:
        raise InputError("there is no such term")
    paging = _paging(query, count_places(workspace, entry))
    places = []
    for record_id, found, en, zh in places_of(workspace, entry, limit=PAGE, offset=paging["from"]):
        marks = term_marks([found])
        texts = {"en": pieces(en, marks[0]), "zh": pieces(zh, marks[1])}
        places.append({"record_id": record_id, "record": found.record, "number": found.bead, **texts})
    view = {"title": entry.en, "entry": entry, "places": places, "paging": paging}
    return {**_status(workspace, "terms"), **view}


def export(workspace: Workspace) -> View:
    """Show what can be exported."""
    return {**_status(workspace, "export"), "title": "Export", "exports": offers()}


def _pairs(workspace: Workspace, query: Query, wanted: BeadFilter) -> View:
    offset = None
    if wanted.record is not None and query.get("go", "").isdecimal():
        place = place_of(workspace, wanted, wanted.record, int(query["go"][:12]))
        offset = place // PAGE * PAGE
    paging = _paging(query, count_beads(workspace, wanted), offset)
    beads = find_beads(workspace, wanted, limit=PAGE, offset=paging["from"])
    return {
        **_status(workspace, "pairs" if wanted.record is None else ""),
        "title": "Pairs",
        "pairs": list(map(pair_view, beads)),
        "wanted": _shown(wanted),
        "paging": paging,
    }


def _status(workspace: Workspace, here: str) -> View:
    counted = totals(workspace)
    issues = counted.count()
    return {
        "here": here,
        "checks": [(check, check) for check in sorted({check for check, _, _ in counted.issues})],
        "status": {
            "totals": counted,
            "issues": issues,
            "decided": issues - counted.count(state="open"),
            "decision": last_decision(workspace),
            "undo": next_undo(workspace),
            "redo": next_redo(workspace),
        },
    }


def _beads(query: Query, record: int | None = None) -> BeadFilter:
    severity, state, work = (query.get(name, "") for name in ("severity", "state", "work"))
    return BeadFilter(
        record=record,
        text=query.get("text", "")[:200],
        check=query.get("check", ""),
        severity=severity if severity in SEVERITIES else "",
        state=state if state in ("open", "dismissed", "confirmed") else "",
        work=work if work in WORK else "",
        below=_fraction(query),
    )


def _shown(wanted: BeadFilter) -> View:
    names = ("text", "check", "severity", "state", "work")
    below = "" if wanted.below is None else f"{wanted.below:g}"
    return {**{name: getattr(wanted, name) for name in names}, "below": below}


def _fraction(query: Query) -> float | None:
    try:
        value = float(query.get("below", ""))
    except ValueError:
        return None
    return value if 0 < value <= 1 else None


def _paging(query: Query, total: int, offset: int | None = None) -> View:
    """Return where the page begins and the addresses of its neighbours, by the filters that hold."""
    if offset is None:
        given = query.get("from", "")
        offset = int(given[:12]) if given.isascii() and given.isdecimal() else 0
    offset = min(offset, max(total - 1, 0) // PAGE * PAGE)
    kept = {name: value for name, value in query.items() if name not in ("from", "go") and value}

    def address(place: int) -> str:
        return "?" + urlencode({**kept, "from": place})

    return {
        "from": offset,
        "total": total,
        "first": min(offset + 1, total),
        "last": min(offset + PAGE, total),
        "previous": address(max(offset - PAGE, 0)) if offset else "",
        "next": address(offset + PAGE) if offset + PAGE < total else "",
    }
