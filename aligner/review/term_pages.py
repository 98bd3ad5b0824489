"""The terms workbench: a list of entries and all that is known of one, as plain dicts."""

from __future__ import annotations

from aligner.errors import InputError
from aligner.review.filters import describe, entry_filter
from aligner.review.frame import PAGE, Query, View, frame, start_of
from aligner.review.marks import pieces, term_marks
from aligner.store import Workspace
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
from aligner.store.overview import (
    totals,
)

CONTEXTS = 40
"""Sentences of a term that are shown at once."""


def terms(workspace: Workspace, query: Query) -> View:
    """Show the glossary's entries, with the pane of one."""
    counted = totals(workspace)
    return {
        **frame(workspace, "terms", "Terms"),
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


def _term_rows(workspace: Workspace, query: Query) -> View:
    wanted = entry_filter(query)
    order = query.get("order", "best")
    order = order if order in TERM_ORDERS else "best"
    start = start_of(query)
    return {
        "rows": find_entries(workspace, wanted, order=order, limit=PAGE, offset=start),
        "start": start,
        "total": count_entries(workspace, wanted),
        "order": order,
        "wanted": {"text": wanted.text, "status": wanted.status, "below": query.get("below", "")},
        "chips_set": describe(wanted),
    }
