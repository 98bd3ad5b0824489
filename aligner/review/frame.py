"""What all views of the page have in common: the bar above, and where a list begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aligner.review.pairs import label_of
from aligner.store import Workspace
from aligner.store.decided import read_review
from aligner.store.decisions import last_decision, next_redo, next_undo
from aligner.store.issues import checks_of

PAGE = 60
"""Pairs of a page, and rows that a list fetches at once."""

Query = Mapping[str, str]
View = dict[str, Any]


def frame(workspace: Workspace, here: str, title: str) -> View:
    """Return what the bar shows; ``here`` is the address of the view that is marked in it."""
    return {
        "here": here,
        "title": title,
        "workspace": workspace.path.name,
        "decision": last_decision(workspace),
        "source": read_review(workspace)["source"],
        "undo": next_undo(workspace),
        "redo": next_redo(workspace),
    }


def start_of(query: Query) -> int:
    """Return the row that an address asks a list to begin with; 0 if it asks for none."""
    given = query.get("from", "")
    return int(given[:12]) if given.isascii() and given.isdecimal() else 0


def check_options(workspace: Workspace) -> list[tuple[str, str]]:
    """Return the checks that have found something, with what a reader calls them."""
    return [(check, label_of(check)) for check in checks_of(workspace)]
