"""What a person does on the page, each as one decision of the workspace: logged, and taken back by undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aligner.errors import SettingError
from aligner.review import editing
from aligner.review.errors import KINDS, SEVERITIES, kind_of
from aligner.review.payload import Payload, number_of, one_of, stale, text_of
from aligner.review.recheck import encoder_of, remember, renew
from aligner.store import Change, Decision, Workspace, decide, finding_key, redo, undo
from aligner.store.decided import Value, read_review
from aligner.store.decisions import next_redo, next_undo, read
from aligner.store.entries import read_entry
from aligner.store.issues import Issue, read_issue
from aligner.store.overview import read_record
from aligner.store.records import read_texts


@dataclass(frozen=True, slots=True)
class Done:
    """What happened.

    Attributes:
        said: in words, for the person.
        record: number of the record it was about; None if about none.
        bead: number of the bead to go to.
    """

    said: str
    record: int | None = None
    bead: int | None = None


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


def signed(workspace: Workspace) -> dict[str, str]:
    """Return who decides, and when."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return {"who": str(read_review(workspace)["reviewer"]), "at": at}


def align(workspace: Workspace, payload: Payload) -> Done:
    """Edit the alignment of a record.

    ``{"record", "revision", "kind": merge|split|move|confirm|unconfirm|realign, "bead", ...}``; split has
    ``carets`` [English, Chinese], move has ``side`` and ``direction``.

    Raises:
        StaleError: the record is no longer what the page shows.
        SettingError: the request makes no sense.
    """
    kind = one_of(payload, "kind", tuple(_EDITS))
    number = number_of(payload, "record")
    line = read_record(workspace, number)
    if line is None or line.revision != payload.get("revision"):
        raise stale("this record")
    before = read(workspace, "alignment", str(number))
    if before is None:
        raise stale("this record")
    after, bead = _EDITS[kind](workspace, number, before, payload)
    earlier = None if kind in ("confirm", "unconfirm") else remember(workspace, number)
    decide(workspace, kind, [Change("alignment", (str(number),), before, after)], record=number)
    if earlier:
        renew(workspace, number, earlier)
    return Done(_SAID[kind].format(bead + 1), number, bead)


def decide_term(workspace: Workspace, payload: Payload) -> Done:
    """Accept, reject or edit a glossary entry.

    ``{"id", "seen", "status", "en", "zh", "note"}``; ``seen`` is the version of the entry that the page
    shows, and what is not given stays.

    Raises:
        StaleError: the entry is no longer what the page shows.
        SettingError: the request makes no sense.
    """
    status = one_of(payload, "status", ("candidate", "accepted", "rejected"))
    entry = read_entry(workspace, number_of(payload, "id"))
    if entry is None or entry.version != payload.get("seen"):
        raise stale("this term")
    en, zh, note = (text_of(payload, name, getattr(entry, name)).strip() for name in ("en", "zh", "note"))
    if not en or not zh:
        raise SettingError("a term has an English and a Chinese form")
    before = read(workspace, "term", *entry.key)
    after: dict[str, Any] = {
        **(before or {}),
        **signed(workspace),
        "status": status,
        "en": "" if en == entry.found_en else en,
        "zh": "" if zh == entry.found_zh else zh,
        "note": note,
    }
    edited = (en, zh, note) != (entry.en, entry.zh, entry.note)
    kind = (
        "edit term" if edited else {"accepted": "accept", "rejected": "reject", "candidate": "reopen"}[status]
    )
    decide(workspace, kind, [Change("term", entry.key, before, after)])
    return Done(f"{en} = {zh}: {'edited, ' if edited else ''}{status}")


def take_back(workspace: Workspace, payload: Payload) -> Done:
    """Undo the decision the page offers to undo: ``{"decision"}``.

    Raises:
        StaleError: something else was decided meanwhile.
    """
    return _again(workspace, payload, next_undo(workspace), undo, "undone")


def do_again(workspace: Workspace, payload: Payload) -> Done:
    """Redo the decision the page offers to redo: ``{"decision"}``.

    Raises:
        StaleError: something else was decided meanwhile.
    """
    return _again(workspace, payload, next_redo(workspace), redo, "redone")


def _again(
    workspace: Workspace,
    payload: Payload,
    offered: Decision | None,
    function: Callable[[Workspace], Decision | None],
    word: str,
) -> Done:
    if offered is None:
        raise SettingError(f"there is nothing to be {word}")
    if offered.id != payload.get("decision"):
        raise stale("what would be " + word)
    number = offered.record
    earlier = remember(workspace, number) if number is not None else None
    done = function(workspace)
    if earlier and number is not None:
        renew(workspace, number, earlier)
    return Done(f"{word}: {offered.kind}", number, _first_difference(done) if done else None)


Edited = tuple[editing.Alignment, int]
"""An alignment, and the bead to go to."""


def _merge(_: Workspace, __: int, before: editing.Alignment, payload: Payload) -> Edited:
    bead = number_of(payload, "bead")
    return editing.merge(before, bead), bead


def _move(_: Workspace, __: int, before: editing.Alignment, payload: Payload) -> Edited:
    bead = number_of(payload, "bead")
    side, direction = one_of(payload, "side", ("en", "zh")), one_of(payload, "direction", ("up", "down"))
    after = editing.move(before, bead, side, direction)  # type: ignore[arg-type]
    return after, min(max(bead, 0), len(after["beads"]) - 1)


def _confirm(_: Workspace, __: int, before: editing.Alignment, payload: Payload) -> Edited:
    bead = number_of(payload, "bead")
    return editing.confirm(before, bead, confirmed=payload["kind"] == "confirm"), bead


def _split(workspace: Workspace, number: int, before: editing.Alignment, payload: Payload) -> Edited:
    bead, carets = number_of(payload, "bead"), payload.get("carets")
    if not isinstance(carets, list) or [type(one) for one in carets] != [int, int]:
        raise SettingError("a split needs a caret in each text")
    return editing.split(before, bead, (carets[0], carets[1]), read_texts(workspace, number)), bead


def _realign(workspace: Workspace, number: int, before: editing.Alignment, _: Payload) -> Edited:
    from aligner.review.realign import realign

    encoder = encoder_of(workspace)
    if encoder is None:
        raise SettingError("the encoder this workspace was made with is not on this machine")
    return realign(workspace, number, before, encoder), 0


_EDITS = {
    "merge": _merge,
    "split": _split,
    "move": _move,
    "confirm": _confirm,
    "unconfirm": _confirm,
    "realign": _realign,
}
_SAID = {
    "merge": "Pair {} merged with the next",
    "split": "Pair {} split",
    "move": "Sentence moved at pair {}",
    "confirm": "Pair {} confirmed",
    "unconfirm": "Pair {} no longer confirmed",
    "realign": "Aligned again; what a person made or confirmed stays",
}


def _first_difference(decision: Decision) -> int | None:
    """Return the number of the first bead that a decision changed, to show where it was."""
    for change in decision.changes:
        if change.table == "alignment" and change.before and change.after:
            pairs = zip(change.before["beads"], change.after["beads"], strict=False)
            return next((n for n, (one, two) in enumerate(pairs) if one != two), 0)
    return None


ACTIONS: dict[str, Callable[[Workspace, Payload], Done]] = {
    "finding": decide_finding,
    "alignment": align,
    "term": decide_term,
    "undo": take_back,
    "redo": do_again,
}
