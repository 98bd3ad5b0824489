"""A pair as the templates want it: a plain dict, made once for the page and the report alike."""

from __future__ import annotations

from typing import Any

from aligner.review.errors import kind_of
from aligner.review.marks import Sides, issue_marks, number_marks, pieces, term_marks
from aligner.store.beads import StoredBead
from aligner.store.issues import Issue

SURE, LIKELY = 0.9, 0.6
"""Scores from which a bead is called sure, and likely; below it is doubtful."""

SEVERITIES = ("error", "warning", "info")


def pair_view(bead: StoredBead) -> dict[str, Any]:
    """Return what is shown of a bead.

    Returns:
        ``anchor`` (unique over all records), ``record``, ``record_id``, ``revision``, ``number``, ``kind``,
        ``score``, ``band``, ``state``, ``en`` and ``zh`` (pieces), ``en_ids``, ``zh_ids``, and ``issues``.
    """
    pair = bead.pair
    numbers = number_marks(pair.en, pair.zh)
    terms = term_marks(bead.terms)
    issues = issue_marks([(f"i{i.id}", *_place(i)) for i in bead.issues])
    return {
        "anchor": f"b{bead.record_id}-{pair.bead}",
        "record": pair.record,
        "record_id": bead.record_id,
        "revision": bead.revision,
        "number": pair.bead,
        "kind": f"{len(pair.en_ids)}-{len(pair.zh_ids)}",
        "score": pair.score,
        "band": band(pair.score),
        "state": bead.state,
        "en": pieces(pair.en, _side(0, numbers, terms, issues)),
        "zh": pieces(pair.zh, _side(1, numbers, terms, issues)),
        "en_ids": [number + 1 for number in pair.en_ids],
        "zh_ids": [number + 1 for number in pair.zh_ids],
        "issues": [issue_view(issue) for issue in bead.issues],
    }


def issue_view(issue: Issue) -> dict[str, Any]:
    """Return what is shown of an issue."""
    finding = issue.finding
    return {
        "id": issue.id,
        "mark": f"i{issue.id}",
        "key": issue.key,
        "check": finding.check,
        "severity": finding.severity,
        "message": finding.message,
        "kind": issue.kind or kind_of(finding),
        "error_severity": issue.error_severity,
        "suggestion": finding.suggestion,
        "state": issue.state,
        "scope": issue.scope,
        "subject": issue.subject,
        "comment": issue.comment,
        "en": finding.en[slice(*finding.en_span)] if finding.en_span else "",
        "zh": finding.zh[slice(*finding.zh_span)] if finding.zh_span else "",
    }


def band(score: float) -> str:
    """Say in a word how probable it is that a bead is right."""
    return "sure" if score >= SURE else "likely" if score >= LIKELY else "doubtful"


def _place(issue: Issue) -> tuple[Any, ...]:
    finding = issue.finding
    return finding.severity, issue.state, finding.en_span, finding.zh_span


def _side(side: int, *layers: Sides) -> list[Any]:
    return [mark for layer in layers for mark in layer[side]]
