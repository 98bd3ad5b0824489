"""Filters of the lists: read from an address, and said in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aligner.review.errors import SURENESS
from aligner.review.pairs import label_of
from aligner.store.beads import WORK, BeadFilter
from aligner.store.entries import EntryFilter

Query = Mapping[str, str]
MAX_SEARCH_CHARS = 200
STATES = {"open": "open findings", "confirmed": "errors", "dismissed": "dismissed findings"}
STATUS = {"candidate": "to decide", "accepted": "accepted", "rejected": "rejected"}
ALIGNMENT = {"unconfirmed": "not reviewed", "confirmed": "reviewed", "odd": "not 1–1"}


def bead_filter(query: Query, record: int | None = None) -> BeadFilter:
    """Return which beads an address asks for; what it says in other words is left away."""
    severity, state, work = (query.get(name, "") for name in ("severity", "state", "work"))
    return BeadFilter(
        record=record,
        text=query.get("text", "")[:MAX_SEARCH_CHARS],
        check=query.get("check", "")[:MAX_SEARCH_CHARS],
        severity=severity if severity in SURENESS else "",
        state=state if state in STATES else "",
        work=work if work in WORK else "",
        below=_fraction(query),
    )


def entry_filter(query: Query) -> EntryFilter:
    """Return which glossary entries an address asks for."""
    status = query.get("status", "")
    return EntryFilter(
        query.get("text", "")[:MAX_SEARCH_CHARS], status if status in STATUS else "", _fraction(query)
    )


def shown(wanted: BeadFilter) -> dict[str, Any]:
    """Return a filter as the fields of a form."""
    names = ("text", "check", "severity", "state", "work")
    below = "" if wanted.below is None else f"{wanted.below:g}"
    return {**{name: getattr(wanted, name) for name in names}, "below": below}


def describe(wanted: BeadFilter | EntryFilter, name: str = "") -> list[tuple[str, str]]:
    """Return the fields that are set, each in words."""
    found = []
    for field, words in (
        ("name", f"title: {name}" if name else ""),
        ("text", f"“{wanted.text}”" if wanted.text else ""),
        ("check", label_of(wanted.check) if isinstance(wanted, BeadFilter) and wanted.check else ""),
        ("severity", SURENESS.get(getattr(wanted, "severity", ""), "")),
        ("state", STATES.get(getattr(wanted, "state", ""), "")),
        ("status", STATUS.get(getattr(wanted, "status", ""), "")),
        ("work", ALIGNMENT.get(getattr(wanted, "work", ""), "")),
        ("below", f"below {wanted.below:.0%}" if wanted.below else ""),
    ):
        if words:
            found.append((field, words))
    return found


def _fraction(query: Query) -> float | None:
    try:
        value = float(query.get("below", ""))
    except ValueError:
        return None
    return value if 0 < value <= 1 else None
