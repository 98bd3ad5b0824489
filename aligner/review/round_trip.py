"""The round trip: what became of the errors in texts that came back changed."""

from __future__ import annotations

from typing import Any

from aligner.review.diff import changes
from aligner.review.errors import SURENESS, kind_of
from aligner.review.marks import Mark, pieces
from aligner.review.pairs import gist, label_of, pair_view
from aligner.review.score import score
from aligner.store import Workspace
from aligner.store.beads import beads_of
from aligner.store.decided import read_review
from aligner.store.earlier import EarlierError, EarlierPair, earlier_records, read_earlier
from aligner.store.overview import all_errors, all_words, read_record


def round_trip_view(workspace: Workspace) -> dict[str, Any]:
    """Return the four groups of a round trip, and the score before and now.

    ``new``: open findings in pairs whose text changed; ``still``: earlier errors whose pair, or whose words
    in it, are the same; ``unasked``: pairs without an error that changed; ``fixed``: earlier errors gone.
    """
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in ("new", "still", "unasked", "fixed")}
    kept = all_errors(workspace)
    before = dict(kept)  # of records that did not come back, what is wrong stays as it was
    for record in earlier_records(workspace):
        line = read_record(workspace, record)
        for name, count in (line.errors if line else {}).items():
            before[name] -= count
        earlier = read_earlier(workspace, record)
        _sort_record(workspace, record, earlier, groups, before)
    review, words = read_review(workspace), all_words(workspace)
    now = {name: kept.get(name, 0) for name in review["weights"]}
    return {
        "groups": groups,
        "counts": {name: len(rows) for name, rows in groups.items()},
        "score_before": score(before, words, review["weights"]) if any(groups.values()) else None,
        "score_now": score(now, words, review["weights"]),
        "mark": review["pass_mark"],
    }


def _sort_record(
    workspace: Workspace,
    record: int,
    earlier: list[EarlierPair],
    groups: dict[str, list[dict[str, Any]]],
    before: dict[str, int],
) -> None:
    known = {pair.texts: pair for pair in earlier}
    by_english = {pair.en: pair for pair in earlier}
    for bead in beads_of(workspace, record):
        same = known.get(bead.texts)
        old = same or by_english.get(bead.pair.en)
        view = pair_view(bead)
        if old is None or old.zh != bead.pair.zh:
            open_now = [note for note in view["notes"] if note["state"] == "open"]
            if open_now:
                groups["new"].append(_changed(view, old, open_now))
            elif old is not None and not old.errors:
                groups["unasked"].append(_changed(view, old, []))
        if old is None:
            continue
        for error in old.errors:
            if not error.waived:
                before[error.error_severity] = before.get(error.error_severity, 0) + 1
            still = _stands(old, error, bead.pair.zh)
            row = _changed(view, None if same else old, [_error_view(error, old)])
            groups["still" if still else "fixed"].append(row)


def _stands(old: EarlierPair, error: EarlierError, zh: str) -> bool:
    """Tell whether an error is still there: the text is the same, or still has the words it is about."""
    if old.zh == zh:
        return True
    span = error.finding.zh_span
    if span is None:
        return False
    words = old.zh[slice(*span)]
    around = old.zh[max(span[0] - 2, 0) : span[1] + 2]
    return bool(words.strip()) and around in zh


def _changed(view: dict[str, Any], old: EarlierPair | None, notes: list[dict[str, Any]]) -> dict[str, Any]:
    shown = {**view, "notes": notes}
    if old is not None and old.zh != view["plain"]["zh"]:
        shown["zh"] = changes(old.zh, view["plain"]["zh"])
    return shown


def _error_view(error: EarlierError, old: EarlierPair) -> dict[str, Any]:
    finding = error.finding
    return {
        "shown": "err",
        "label": label_of(finding.check),
        "sureness": SURENESS[finding.severity],
        "gist": gist(finding),
        "message": finding.message,
        "error_severity": error.error_severity,
        "kind": error.kind or kind_of(finding),
        "comment": error.comment,
        "answer": error.answer,
        "waived": error.waived,
        "en": pieces(old.en, [Mark(finding.en_span, "x", ("m", "err"))] if finding.en_span else []),
    }
