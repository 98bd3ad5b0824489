"""What a person decides about findings, and about whole checks."""

from __future__ import annotations

from typing import Any

from aligner.errors import SettingError
from aligner.review.errors import KINDS, SEVERITIES, kind_of
from aligner.review.pairs import label_of
from aligner.review.payload import Payload, number_of, one_of, span_of, stale, text_of
from aligner.review.signed import Done, signed
from aligner.store import Change, Workspace, decide, finding_key
from aligner.store.beads import read_bead
from aligner.store.decided import Value, next_added
from aligner.store.decisions import read
from aligner.store.issues import Issue, read_issue

NOWHERE = (None, None)


def decide_finding(workspace: Workspace, payload: Payload) -> Done:
    """Dismiss a finding, confirm it as an error, or open it again.

    ``{"id", "key", "state": dismissed|confirmed|open, "scope": once|term, "severity", "kind", "comment",
    "waived"}``

    Raises:
        StaleError: the finding is no longer what the page shows.
        SettingError: the request makes no sense.
    """
    state = one_of(payload, "state", ("dismissed", "confirmed", "open"))
    scope = one_of(payload, "scope", ("once", "term", "check"), "once")
    comment = text_of(payload, "comment")
    issue = read_issue(workspace, number_of(payload, "id", least=-(2**53)))
    if issue is None or issue.key != payload.get("key"):
        raise stale("this finding")
    if state == "confirmed" and scope != "once":
        raise SettingError("an error is confirmed one by one")
    if scope == "term" and not issue.subject:
        raise SettingError("this finding names no words", hint="dismiss it here")
    key = finding_key(workspace, issue.id, scope)
    before = read(workspace, "finding", *key)
    after: Value = {**(before or {}), **_decision(payload, state, issue), **signed(workspace)}
    if (
        state == "open"
        and before
        and before["state"] != "open"
        and (scope != "once" or issue.scope == "once")
    ):
        after = None
    changes = [Change("finding", key, before, after)]
    if state == "open" and scope != "once":
        own = finding_key(workspace, issue.id, "once")
        if held := read(workspace, "finding", *own):
            changes.append(Change("finding", own, held, None))
    kind = {"dismissed": "dismiss", "confirmed": "confirm error", "open": "reopen"}[state]
    finding = issue.finding
    decide(workspace, kind, changes, record=issue.record_id, reason=comment)
    where = {"once": "", "term": f" for “{issue.subject}”", "check": f" for the check {finding.check}"}[scope]
    return Done(f"{finding.check}: {state}{where}", issue.record_id, finding.bead)


def _decision(payload: Payload, state: str, issue: Issue) -> dict[str, Any]:
    confirmed = state == "confirmed"
    severity = one_of(payload, "severity", SEVERITIES, "major") if confirmed else ""
    kind = one_of(payload, "kind", tuple(KINDS), kind_of(issue.finding)) if confirmed else ""
    comment = text_of(payload, "comment")
    return {"state": state, "error_severity": severity, "kind": kind, "comment": comment, "waived": 0}


def decided_error(workspace: Workspace, payload: Payload, issue: Issue) -> Change:
    """Return the change that makes a finding a confirmed error, as the payload describes it."""
    key = finding_key(workspace, issue.id, "once")
    before = read(workspace, "finding", *key)
    after = {**(before or {}), **_decision(payload, "confirmed", issue), **signed(workspace)}
    return Change("finding", key, before, after)


def waive(workspace: Workspace, payload: Payload) -> Done:
    """Let a confirmed error stand, or take that back: ``{"id", "key", "waived"}``; it costs nothing then.

    Raises:
        StaleError: the error is no longer what the page shows.
    """
    issue = _confirmed(workspace, payload)
    key = finding_key(workspace, issue.id, "once")
    before = read(workspace, "finding", *key)
    waived = payload.get("waived") is True
    after = {**(before or {}), "waived": int(waived), **signed(workspace)}
    decide(workspace, "waive", [Change("finding", key, before, after)], record=issue.record_id)
    said = "waived" if waived else "counts again"
    return Done(f"{label_of(issue.finding.check)}: {said}", issue.record_id, issue.finding.bead)


def _confirmed(workspace: Workspace, payload: Payload) -> Issue:
    issue = read_issue(workspace, number_of(payload, "id", least=-(2**53)))
    if issue is None or issue.key != payload.get("key"):
        raise stale("this finding")
    if issue.state != "confirmed":
        raise SettingError("only a confirmed error can be waived")
    return issue


def add(workspace: Workspace, payload: Payload) -> Done:
    """Add an error that no check found.

    ``{"record", "bead", "texts", "en_span", "zh_span", "severity", "kind", "comment"}``; a span is
    ``[start, end]`` or null.

    Raises:
        StaleError: the pair is no longer what the page shows.
        SettingError: the request makes no sense.
    """
    record, number = number_of(payload, "record"), number_of(payload, "bead")
    bead = read_bead(workspace, record, number)
    if bead is None or bead.texts != payload.get("texts"):
        raise stale("this pair")
    en, zh = span_of(payload, "en_span", bead.pair.en), span_of(payload, "zh_span", bead.pair.zh)
    severity = one_of(payload, "severity", SEVERITIES, "major")
    kind = one_of(payload, "kind", tuple(KINDS), "mistranslation")
    comment = text_of(payload, "comment")
    words = " = ".join(text[slice(*s)] for text, s in ((bead.pair.en, en), (bead.pair.zh, zh)) if s)
    subject, identity = words.casefold(), next_added(workspace)
    message = f"{kind.capitalize()} found by a reader ({identity})"
    row = {"record": record, "texts": bead.texts, "message": message, "subject": subject}
    spans = {
        "en_start": en and en[0],
        "en_end": en and en[1],
        "zh_start": zh and zh[0],
        "zh_end": zh and zh[1],
    }
    about = ("once", "person", str(record), bead.texts, message, subject)
    value = {"state": "confirmed", "error_severity": severity, "kind": kind, "comment": comment}
    changes = [
        Change("added", (str(identity),), None, {**row, **spans}),
        Change("finding", about, None, {**value, **signed(workspace)}),
    ]
    decide(workspace, "add finding", changes, record=record, reason=comment)
    return Done(f"Added as {severity}, {kind}", record, number)


def switch(workspace: Workspace, payload: Payload) -> Done:
    """Switch a whole check off or on: ``{"check", "off"}``. What was decided one by one stays.

    Raises:
        SettingError: the request names no check.
    """
    check, off = text_of(payload, "check"), payload.get("off") is True
    if not check or check == "person":
        raise SettingError("there is no such check")
    key = ("check", check, "", "", "", "")
    before = read(workspace, "finding", *key)
    after = {"state": "dismissed", "comment": "switched off", **signed(workspace)} if off else None
    decide(workspace, "switch check", [Change("finding", key, before, after)])
    return Done(f"{label_of(check)}: switched {'off' if off else 'on'}")
