"""Errors of the text before that are still there in the text that came back: confirmed again, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from sqlite3 import Row

from aligner.store.decided import ADDED, FINDING, finding_key, next_added
from aligner.store.earlier import EarlierError, EarlierPair, read_earlier
from aligner.store.issues import Issue, issues_of
from aligner.store.revisions import Found
from aligner.store.workspace import Workspace
from aligner.types import Finding, Span

AROUND = 2
"""Characters beside the words of an error found by a reader that have to be there still, lest other words of
the same form are taken for them."""

Spans = tuple[Span | None, Span | None]


def carry_errors(workspace: Workspace, record: int) -> None:
    """Confirm errors of the text before again where they are still there; call in a transaction.

    A check's error is still there if the check says the same of the new text; one that a reader found if its
    words stand where they stood. Severity, kind, comment, answer and waiver are kept. It is done once for a
    text, so that what a person decides about it afterwards holds.
    """
    db = workspace.db
    query = "SELECT 1 FROM earlier_errors WHERE record = ? AND carried = ''"
    if not db.execute(query, (record,)).fetchone():
        return
    now = datetime.now(UTC).isoformat(timespec="seconds")
    db.execute("UPDATE earlier_errors SET carried = ? WHERE record = ?", (now, record))
    for old in read_earlier(workspace, record):
        bead = _changed_bead(workspace, record, old) if old.errors else None
        if bead is None:
            continue
        issues = list(issues_of(workspace, record, bead["number"]))
        for error in old.errors:
            if key := _key_now(workspace, record, bead, error, issues):
                names = ("error_severity", "kind", "comment", "answer")
                value = {name: getattr(error, name) for name in names}
                FINDING.write(
                    workspace,
                    key,
                    FINDING.complete({**value, "state": "confirmed", "waived": int(error.waived)}),
                )


def standing(error: EarlierError, issues: Iterable[Issue]) -> Issue | None:
    """Return the finding of the present text that says the same as an error of the text before."""
    same = Found.of(error.finding)
    return next((issue for issue in issues if same.says_the_same(Found.of(issue.finding))), None)


def _changed_bead(workspace: Workspace, record: int, old: EarlierPair) -> Row | None:
    """Return the bead that an earlier pair is now, with another text on one side; None if it is the same."""
    query = (
        "SELECT number, en, zh, texts FROM beads WHERE record = ?1 AND (en = ?2 AND en <> '' OR zh = ?3 AND"
        " zh <> '') AND NOT EXISTS (SELECT 1 FROM beads WHERE record = ?1 AND texts = ?4)"
        " ORDER BY en <> ?2, number LIMIT 1"
    )
    found: Row | None = workspace.db.execute(query, (record, old.en, old.zh, old.texts)).fetchone()
    return found


def _key_now(
    workspace: Workspace, record: int, bead: Row, error: EarlierError, issues: Iterable[Issue]
) -> tuple[str, ...] | None:
    """Return the key of the decision about an error in the present text; None where it is gone."""
    if found := standing(error, issues):
        return finding_key(workspace, found.id, "once")
    finding = error.finding
    if finding.check != "person":
        return None
    spans = _moved(finding, (bead["en"], bead["zh"]))
    if spans is None:
        return None
    sides = zip((finding.en, finding.zh), (finding.en_span, finding.zh_span), strict=True)
    subject = " = ".join(text[slice(*span)] for text, span in sides if span).casefold()
    about = {"record": record, "texts": bead["texts"], "message": finding.message, "subject": subject}
    names = (("en_start", "en_end"), ("zh_start", "zh_end"))
    places = {
        n: b
        for pair, span in zip(names, spans, strict=True)
        for n, b in zip(pair, span or (None, None), strict=True)
    }
    ADDED.write(workspace, (str(next_added(workspace)),), {**about, **places})
    return ("once", "person", str(record), bead["texts"], finding.message, subject)


def _moved(finding: Finding, texts: tuple[str, str]) -> Spans | None:
    """Return where the words of a finding stand in a pair's texts now; None where some of them are gone."""
    found: list[Span | None] = []
    for text, span, now in zip(
        (finding.en, finding.zh), (finding.en_span, finding.zh_span), texts, strict=True
    ):
        if span is None:
            found.append(None)
            continue
        before = max(span[0] - AROUND, 0)
        place = now.find(text[before : span[1] + AROUND])
        if place < 0 or not text[slice(*span)].strip():
            return None
        start = place + span[0] - before
        found.append((start, start + span[1] - span[0]))
    return (found[0], found[1]) if any(found) else None
