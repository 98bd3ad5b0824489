"""A pair as the templates want it: a plain dict, made once for the page and the report alike."""

from __future__ import annotations

from typing import Any

from aligner.review.diff import changes
from aligner.review.errors import SURENESS, kind_of
from aligner.review.marks import Sides, cut, issue_marks, number_marks, pieces, term_marks
from aligner.store.beads import StoredBead
from aligner.store.earlier import EarlierError
from aligner.store.issues import Issue
from aligner.types import Finding, Span, Unit

DOUBT = 0.9
"""Score below which a pair is shown as doubtful."""

LABELS = {"p-value": "P value", "person": "By hand"}


def pair_view(bead: StoredBead) -> dict[str, Any]:
    """Return what is shown of a bead.

    Returns:
        ``anchor`` (unique over all records), ``record``, ``record_id``, ``revision``, ``number``, ``kind``
        (empty for one sentence to one), ``doubt`` (percent, or None), ``state``, ``en`` and ``zh`` (pieces),
        ``plain`` (both texts), ``corrected`` (sides, or None), ``source`` and ``notes``.
    """
    pair = bead.pair
    layers = (
        number_marks(pair.en, pair.zh),
        term_marks(bead.terms),
        issue_marks([(f"i{i.id}", *_place(i)) for i in bead.issues]),
    )
    kind = f"{len(pair.en_ids)}–{len(pair.zh_ids)}"
    view: dict[str, Any] = {
        "anchor": f"b{bead.record_id}-{pair.bead}",
        "record": pair.record,
        "record_id": bead.record_id,
        "revision": bead.revision,
        "number": pair.bead,
        "kind": "" if kind == "1–1" else kind,
        "doubt": int(pair.score * 100) if pair.score < DOUBT else None,
        "score": pair.score,
        "state": bead.state,
        "texts": bead.texts,
        "plain": {"en": pair.en, "zh": pair.zh},
        "corrected": None,
        "notes": [note_view(issue) for issue in bead.issues],
        "past": [],
    }
    for side, name in enumerate(("en", "zh")):
        view[name] = pieces(view["plain"][name], _side(side, *layers))
        if bead.correction and bead.correction[side] != view["plain"][name]:
            view["corrected"] = dict(zip(("en", "zh"), bead.correction, strict=True))
            view[name] = changes(view["plain"][name], bead.correction[side], marked=view[name], side="before")
    view["parts"] = None if view["corrected"] else _parts(view, bead.units)
    return view


def _parts(view: dict[str, Any], units: tuple[Unit, ...]) -> dict[str, list[list[Any]]] | None:
    """Return the pieces of both texts by the units that a pair is cut into; None where it is whole.

    What stands between two units goes with the one before. Units whose texts cross are not shown as rows.
    """
    if not 1 < len(units) <= MAX_PARTS:
        return None
    found = {}
    for name in ("en", "zh"):
        spans = [unit.en_span if name == "en" else unit.zh_span for unit in units]
        starts = [start for start, end in spans if start < end]
        if starts != sorted(starts):
            return None
        found[name] = cut(view[name], _bounds(spans, view["plain"][name]))
    return found


def _bounds(spans: list[Span], text: str) -> list[int]:
    """Return where each part ends, blanks behind it included; the last one at the end of the text."""
    bounds, last = [], 0
    for _, end in spans:
        last = max(last, end)
        while last < len(text) and text[last].isspace():
            last += 1
        bounds.append(last)
    return [*bounds[:-1], len(text)]


MAX_PARTS = 9
"""Units of the longest pair that is shown in parts."""


def note_view(issue: Issue) -> dict[str, Any]:
    """Return what is shown of a finding in the margin."""
    finding = issue.finding
    shown = {"open": SURENESS[finding.severity], "confirmed": "err", "dismissed": "gone"}[issue.state]
    names = (
        *("id", "key", "state", "scope", "subject", "error_severity", "comment", "answer", "waived"),
        *("who", "at", "record_id"),
    )
    return {
        **{name: getattr(issue, name) for name in names},
        "mark": f"i{issue.id}",
        "shown": shown,
        "sureness": SURENESS[finding.severity],
        "check": finding.check,
        "label": label_of(finding.check),
        "severity": finding.severity,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "kind": issue.kind or kind_of(finding),
        "record": finding.record,
        "bead": finding.bead,
        "gist": gist(finding),
        "became": "",
    }


def past_error_view(error: EarlierError | None) -> dict[str, Any]:
    """Return what is shown of an error of the text before, or of a pair in which there was none."""
    if error is None:
        nothing = dict.fromkeys(("label", "error_severity", "kind", "comment", "answer", "waived"), "")
        words = dict.fromkeys(("en", "op", "zh"), "")
        return {**nothing, "gist": {**words, "message": "The checks find nothing"}}
    finding = error.finding
    return {
        "label": label_of(finding.check),
        "gist": gist(finding),
        "error_severity": error.error_severity,
        "kind": error.kind or kind_of(finding),
        "comment": error.comment,
        "answer": error.answer,
        "waived": error.waived,
    }


def label_of(check: str) -> str:
    """Return a check's name as a reader sees it."""
    return LABELS.get(check, check.capitalize())


def gist(finding: Finding) -> dict[str, str]:
    """Say a finding in its own words: ``en``, ``op`` and ``zh``, or a ``message`` where that says more."""
    nothing = dict.fromkeys(("message", "en", "op", "zh"), "")
    en, zh = ("" if span is None else text[slice(*span)] for text, span in _spans(finding))
    if finding.check == "punctuation" or not (en.strip() or zh.strip()) or len(en) + len(zh) > MAX_GIST:
        return {**nothing, "message": finding.message}
    if en and zh:
        return {**nothing, "en": en, "op": "≠", "zh": zh}
    if finding.check in ("omission", "addition", "number", "person", "negation", "laterality"):
        op = "not in the Chinese" if en else "not in the English"
        return {**nothing, "en": en, "op": op, "zh": zh}
    return {**nothing, "message": finding.message}


MAX_GIST = 90
"""Characters of the longest words shown for a finding; longer ones are said by its message."""


def _spans(finding: Finding) -> Any:
    return (finding.en, finding.en_span), (finding.zh, finding.zh_span)


def _place(issue: Issue) -> tuple[Any, ...]:
    finding = issue.finding
    return finding.severity, issue.state, finding.en_span, finding.zh_span


def _side(side: int, *layers: Sides) -> list[Any]:
    return [mark for layer in layers for mark in layer[side]]
