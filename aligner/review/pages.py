"""What each view of the page shows, as plain dicts for its template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from aligner.errors import InputError
from aligner.review.downloads import offers
from aligner.review.errors import SEVERITIES, SURENESS
from aligner.review.filters import bead_filter, describe, entry_filter, shown
from aligner.review.marks import pieces, term_marks
from aligner.review.pairs import label_of, note_view, pair_view
from aligner.review.report import report_view
from aligner.review.round_trip import GROUPS, round_trip_view
from aligner.review.score import score, score_view
from aligner.review.setting_actions import version_of
from aligner.store import Workspace
from aligner.store.alignments import read as read_alignment
from aligner.store.beads import BeadFilter, count_beads, find_beads, place_of
from aligner.store.decided import read_review
from aligner.store.decisions import last_decision, next_redo, next_undo
from aligner.store.entries import (
    ORDERS as TERM_ORDERS,
)
from aligner.store.entries import (
    count_entries,
    count_places,
    find_entries,
    places_of,
    read_entry,
    translations_of,
)
from aligner.store.issues import checks_of, issues_like, open_issues, read_issue, switched_off
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

PAGE = 60
"""Pairs of a page, and rows that a list fetches at once."""

CONTEXTS = 40
"""Sentences of a term that are shown at once."""

Query = Mapping[str, str]
View = dict[str, Any]


def records(workspace: Workspace, query: Query) -> View:
    """Show the records with their progress, worst first unless another order is asked for."""
    counted, errors, review = totals(workspace), all_errors(workspace), read_review(workspace)
    return {
        **_frame(workspace, "", "Records"),
        **_record_rows(workspace, query),
        "totals": counted,
        "errors": sum(errors.values()),
        "score": score_view(errors, all_words(workspace), review),
        "check_options": _check_options(workspace),
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


def terms(workspace: Workspace, query: Query) -> View:
    """Show the glossary's entries, with the pane of one."""
    counted = totals(workspace)
    return {
        **_frame(workspace, "terms", "Terms"),
        **_term_rows(workspace, query),
        "totals": counted,
        "orders": {name: words for name, (words, _) in TERM_ORDERS.items()},
    }


def term_rows(workspace: Workspace, query: Query) -> View:
    """Show a window of the list of terms."""
    return _term_rows(workspace, query)


def pane(workspace: Workspace, query: Query, number: int) -> View:
    """Show all that is known of a term: state, translations, sentences, fields.

    Raises:
        InputError: there is no such entry.
    """
    entry = read_entry(workspace, number)
    if entry is None:
        raise InputError("there is no such term")
    only = query.get("zh", "")
    contexts = []
    for record_id, found, en, zh in places_of(workspace, entry, zh=only, limit=CONTEXTS):
        marks = term_marks([found])
        contexts.append(
            {
                "record_id": record_id,
                "record": found.record,
                "number": found.bead,
                "en": pieces(en, marks[0]),
                "zh": pieces(zh, marks[1]),
            }
        )
    return {
        "entry": entry,
        "contexts": contexts,
        "places": count_places(workspace, entry, zh=only),
        "translations": translations_of(workspace, entry),
        "only": only,
    }


def checks(workspace: Workspace, _: Query) -> View:
    """Show what each check found and what people decided about it; switch checks off here."""
    counted = totals(workspace)
    off = set(switched_off(workspace))
    names = sorted({check for check, _, _ in counted.issues if check != "person"} | off)
    rows = [
        {
            "check": check,
            "label": label_of(check),
            "off": check in off,
            **{
                state: counted.count(check=check, state=state) for state in ("open", "confirmed", "dismissed")
            },
            "all": counted.count(check=check),
        }
        for check in names
    ]
    return {**_frame(workspace, "checks", "Checks"), "rows": rows}


def round_trip(workspace: Workspace, query: Query) -> View:
    """Show what became of the errors in texts that changed; with ``show`` one group of them alone."""
    show = query.get("show", "")
    view = round_trip_view(workspace, show=show if show in GROUPS else "", start=_start(query))
    return {**_frame(workspace, "round", "Round trip"), **view}


def report(workspace: Workspace, _: Query) -> View:
    """Show the report as it would be sent."""
    shown = {"severities_": SEVERITIES, "settings": version_of(read_review(workspace))}
    return {**_frame(workspace, "report", "Report"), **report_view(workspace), **shown}


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


def export(workspace: Workspace, _: Query) -> View:
    """Show what can be exported."""
    return {**_frame(workspace, "export", "Export"), "exports": offers()}


def scope(workspace: Workspace, query: Query) -> View:
    """Show what "not an error" would touch if it held wherever the words of a finding stand.

    Raises:
        InputError: there is no such finding.
    """
    given = query.get("id", "")
    issue = (
        read_issue(workspace, int(given)) if given.removeprefix("-").isdecimal() and len(given) < 16 else None
    )
    if issue is None:
        raise InputError("there is no such finding")
    alike = issues_like(workspace, issue)
    touched = [one for one in alike if one.state == "open"]
    return {
        "note": note_view(issue),
        "touched": [note_view(one) for one in touched],
        "texts": [one.finding.en or one.finding.zh for one in touched],
        "kept": sum(one.state == "confirmed" for one in alike),
        "others": len({one.record_id for one in touched} - {issue.record_id}),
    }


def _line(workspace: Workspace, number: int) -> RecordLine:
    line = read_record(workspace, number)
    if line is None:
        raise InputError("there is no such record")
    return line


def _record_rows(workspace: Workspace, query: Query) -> View:
    wanted, name = bead_filter(query), query.get("name", "")[:200]
    order = query.get("order", "worst")
    order = order if order in ORDERS else "worst"
    start = _start(query)
    lines = list_records(workspace, wanted, name=name, order=order, limit=PAGE, offset=start)  # type: ignore[arg-type]
    return {
        "rows": [_record_view(workspace, line) for line in lines],
        "start": start,
        "total": count_records(workspace, wanted, name=name),
        "order": order,
        "wanted": shown(wanted) | {"name": name},
        "chips_set": describe(wanted, name=name),
    }


def _term_rows(workspace: Workspace, query: Query) -> View:
    wanted = entry_filter(query)
    order = query.get("order", "best")
    order = order if order in TERM_ORDERS else "best"
    start = _start(query)
    return {
        "rows": find_entries(workspace, wanted, order=order, limit=PAGE, offset=start),
        "start": start,
        "total": count_entries(workspace, wanted),
        "order": order,
        "wanted": {"text": wanted.text, "status": wanted.status, "below": query.get("below", "")},
        "chips_set": describe(wanted),
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
    start = min(_start(query) if start is None else start, max(total - 1, 0) // PAGE * PAGE)
    kept = {name: value for name, value in query.items() if name not in ("from", "go") and value}

    def address(place: int) -> str:
        return "?" + urlencode({**kept, "from": place})

    return {
        **_frame(workspace, "", "Pairs"),
        "pairs": list(map(pair_view, find_beads(workspace, wanted, limit=PAGE, offset=start))),
        "wanted": shown(wanted),
        "chips_set": describe(wanted),
        "check_options": _check_options(workspace),
        "total": total,
        "first": min(start + 1, total),
        "last": min(start + PAGE, total),
        "previous": address(max(start - PAGE, 0)) if start else "",
        "next": address(start + PAGE) if start + PAGE < total else "",
    }


def _check_options(workspace: Workspace) -> list[tuple[str, str]]:
    return [(check, label_of(check)) for check in checks_of(workspace)]


def _frame(workspace: Workspace, here: str, title: str) -> View:
    return {
        "here": here,
        "title": title,
        "workspace": workspace.path.name,
        "decision": last_decision(workspace),
        "source": read_review(workspace)["source"],
        "undo": next_undo(workspace),
        "redo": next_redo(workspace),
    }


def _start(query: Query) -> int:
    given = query.get("from", "")
    return int(given[:12]) if given.isascii() and given.isdecimal() else 0
