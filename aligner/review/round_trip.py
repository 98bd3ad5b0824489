"""The round trip: what became of the errors in texts that came back changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aligner.review.diff import changes
from aligner.review.pairs import note_view, pair_view, past_error_view
from aligner.review.score import score
from aligner.store import Workspace
from aligner.store.beads import StoredBead, beads_of
from aligner.store.carried import standing
from aligner.store.decided import read_review
from aligner.store.earlier import EarlierError, EarlierPair, earlier_records, read_earlier
from aligner.store.issues import Issue
from aligner.store.overview import all_errors, all_words, read_record
from aligner.types import Pair

GROUPS = ("new", "still", "unasked", "fixed")
"""New: other findings in pairs whose text changed. Still there: earlier errors that the present text has.
Changed unasked: changed pairs without an error, and without a finding now. Fixed: earlier errors gone."""
GLANCE = 20
"""Pairs of a group that are shown among the others."""
PAGE = 60
"""Pairs of a group that is shown alone, a page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A pair in one of the groups.

    Attributes:
        group: one of `GROUPS`.
        record: number and name of its record.
        bead: the pair as it is; None where it is gone.
        old: the pair as it was; None where it is new.
        issues: what is said of it in this group.
        errors: earlier errors that this group is about.
    """

    group: str
    record: tuple[int, str]
    bead: StoredBead | None
    old: EarlierPair | None
    issues: tuple[Issue, ...] = ()
    errors: tuple[EarlierError, ...] = ()

    @property
    def count(self) -> int:
        """Findings or errors that it stands for; a pair without any is one."""
        return len(self.issues) or len(self.errors) or 1

    @property
    def done(self) -> bool:
        """Whether nothing is left to be decided about it."""
        if self.group == "still":
            errors = zip(self.issues, self.errors, strict=True)
            seen = all(issue.waived or issue.at > error.carried for issue, error in errors)
            return seen if self.errors else self.bead is None or self.bead.state == "confirmed"
        if self.group == "unasked" and self.bead is not None:
            return self.bead.state == "confirmed"
        return all(issue.state != "open" for issue in self.issues)


def round_trip_view(workspace: Workspace, *, show: str = "", start: int = 0) -> dict[str, Any]:
    """Return the four groups of a round trip, and the score before and now.

    Args:
        workspace: where.
        show: the group that is shown alone; empty for the beginning of each.
        start: pairs of that group before the first one shown.
    """
    rows: dict[str, list[Row]] = {name: [] for name in GROUPS}
    before = all_errors(workspace)  # of records that did not come back, what is wrong stays as it was
    for record in earlier_records(workspace):
        line = read_record(workspace, record)
        if line is None:
            continue
        earlier = read_earlier(workspace, record)
        for row in _rows(workspace, (record, line.name), earlier):
            rows[row.group].append(row)
        for name, count in line.errors.items():
            before[name] -= count
        for error in (error for pair in earlier for error in pair.errors if not error.waived):
            before[error.error_severity] = before.get(error.error_severity, 0) + 1
    review, words = read_review(workspace), all_words(workspace)
    now = score(all_errors(workspace), words, review["weights"])
    start = start if start < len(rows.get(show, ())) else 0
    shown = {
        name: found[start : start + PAGE] if name == show else found[:GLANCE]
        for name, found in rows.items()
        if show in ("", name)
    }
    return {
        "groups": {name: [_view(row) for row in found] for name, found in shown.items()},
        "counts": {name: sum(row.count for row in found) for name, found in rows.items()},
        "lengths": {name: len(found) for name, found in rows.items()},
        "answers": sum(bool(error.answer) for row in rows["still"] for error in row.errors),
        "left": sum(not row.done for found in rows.values() for row in found),
        "show": show,
        "previous": max(start - PAGE, 0) if start else None,
        "next": start + PAGE if show and start + PAGE < len(rows[show]) else None,
        "score_before": score(before, words, review["weights"]) if any(rows.values()) else None,
        "score_now": now,
        "mark": review["pass_mark"],
        "passes": now is not None and now >= review["pass_mark"],
        "source": review["source"],
    }


def _rows(workspace: Workspace, record: tuple[int, str], earlier: list[EarlierPair]) -> Iterator[Row]:
    """Yield the rows of a record, in the order of the present text; pairs that are gone come last."""
    known = {pair.texts: pair for pair in earlier}
    by_side = {(side, text): p for p in earlier for side in ("zh", "en") if (text := getattr(p, side))}
    beads = list(beads_of(workspace, record[0]))
    same = {bead.texts for bead in beads}
    taken = set()
    for bead in beads:
        old = known.get(bead.texts)
        for side in ("en", "zh"):
            found = by_side.get((side, getattr(bead.pair, side)))
            if old is None and found and found.texts not in same and found.number not in taken:
                old = found
        if old is not None:
            taken.add(old.number)
        yield from _rows_of_pair(record, bead, old)
    for old in earlier:
        if old.number not in taken and old.texts not in same:
            yield Row("fixed" if old.errors else "unasked", record, None, old, errors=old.errors)


def _rows_of_pair(record: tuple[int, str], bead: StoredBead, old: EarlierPair | None) -> Iterator[Row]:
    changed = old is None or old.texts != bead.texts
    stands: list[tuple[EarlierError, Issue]] = []
    gone: list[EarlierError] = []
    for error in old.errors if old else ():
        now = standing(error, bead.issues)
        if now is not None:
            stands.append((error, now))
        else:
            gone.append(error)
    numbers = {issue.id for _, issue in stands}
    new = tuple(issue for issue in bead.issues if issue.id not in numbers)
    if changed and new:
        yield Row("new", record, bead, old, new, tuple(gone))
    if stands:
        yield Row("still", record, bead, old, tuple(i for _, i in stands), tuple(e for e, _ in stands))
    if not bead.issues and not (old and old.errors):
        asked = bool(old and old.correction)
        if changed or asked:
            group = "unasked" if not asked else "fixed" if changed else "still"
            yield Row(group, record, bead, old)
    if gone:
        yield Row("fixed", record, bead, old, errors=tuple(gone))


def _view(row: Row) -> dict[str, Any]:
    """Return a row as the template of a pair wants it."""
    view = pair_view(row.bead) if row.bead else _gone_view(row)
    notes = [{**note_view(issue), "became": _became(row, issue)} for issue in row.issues]
    past = []
    if row.group == "fixed" and row.errors:
        past = [{**past_error_view(error), "became": _how_fixed(row)} for error in row.errors]
    elif not notes:
        past = [{**past_error_view(None), "became": _unasked(row)}]
    if row.bead and (row.old is None or row.old.texts != row.bead.texts):
        for side in ("en", "zh"):
            text = getattr(row.old, side) if row.old else ""
            if text != view["plain"][side]:
                view[side] = changes(text, view["plain"][side], marked=view[side], side="after")
        view["parts"] = None
    anchor = f"{row.group}-{view['anchor']}"
    return {
        **view,
        "place": view["anchor"],
        "anchor": anchor,
        "notes": notes,
        "past": past,
        "todo": not row.done,
    }


def _gone_view(row: Row) -> dict[str, Any]:
    old = row.old
    assert old is not None
    number, name = row.record
    view = pair_view(StoredBead(number, -1, Pair(name, old.number, old.en, old.zh, (), ()), "proposed"))
    texts = {side: changes(view["plain"][side], "") for side in ("en", "zh")}
    return {**view, **texts, "anchor": f"{view['anchor']}-gone", "kind": "", "doubt": None}


def _became(row: Row, issue: Issue) -> str:
    if row.group == "still":
        same = row.old is not None and row.bead is not None and row.old.texts == row.bead.texts
        return "text is the same" if same else "though the text changed"
    again = any(error.finding.check == issue.finding.check for error in row.errors)
    return "wrong again" if again else ""


def _how_fixed(row: Row) -> str:
    if row.bead is None:
        return "the pair is gone"
    asked = row.old.correction if row.old else ""
    if asked and asked == row.bead.pair.zh:
        return "as proposed"
    return "in other words" if asked else ""


def _unasked(row: Row) -> str:
    if row.bead is None:
        return "The pair is gone"
    if row.old is None:
        return "The pair is new"
    if row.old.correction:
        return _how_fixed(row).capitalize() if row.group == "fixed" else "The correction was not taken over"
    if row.bead.state == "confirmed":
        return "Seen"
    return "Was reviewed; is open to review again" if row.old.state == "confirmed" else "Not seen yet"
