"""What a person does on the page, each as one decision of the workspace: logged, and taken back by undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aligner.errors import SettingError
from aligner.review import editing
from aligner.review.pairs import CATEGORIES
from aligner.review.recheck import encoder_of, remember, renew
from aligner.review.wishes import Wish, number_of, one_of, stale, text_of
from aligner.store import Change, Decision, Workspace, decide, redo, ruling_key, undo
from aligner.store.decisions import read
from aligner.store.entries import read_entry
from aligner.store.history import Offer, next_redo, next_undo
from aligner.store.issues import read_issue
from aligner.store.overview import read_record


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


def judge(workspace: Workspace, wish: Wish) -> Done:
    """Dismiss a finding, confirm it as an error, or open it again.

    ``{"id", "key", "verdict": dismissed|confirmed|open, "scope": once|term|check, "category", "reason"}``

    Raises:
        StaleError: the finding is no longer what the page shows.
        SettingError: the wish makes no sense.
    """
    verdict = one_of(wish, "verdict", ("dismissed", "confirmed", "open"))
    scope = one_of(wish, "scope", ("once", "term", "check"), "once")
    category = one_of(wish, "category", ("", *CATEGORIES), "")
    reason = text_of(wish, "reason")
    issue = read_issue(workspace, number_of(wish, "id"))
    if issue is None or issue.key != wish.get("key"):
        raise stale("this finding")
    if verdict == "confirmed" and scope != "once":
        raise SettingError("an error is confirmed one by one")
    if scope == "term" and not issue.subject:
        raise SettingError("this finding names no term", hint="dismiss it once, or the check")
    key = ruling_key(workspace, issue.id, scope)
    before = read(workspace, "ruling", *key)
    after: dict[str, Any] | None = {"verdict": verdict, "category": category, "reason": reason}
    if verdict == "open" and (
        before and before["verdict"] != "open" and (scope != "once" or issue.scope == "once")
    ):
        after = None
    finding = issue.finding
    record, bead = _record_number(workspace, finding.record), finding.bead
    changes = [Change("ruling", key, before, after)]
    if verdict == "open" and scope != "once":
        own = ruling_key(workspace, issue.id, "once")
        if held := read(workspace, "ruling", *own):
            changes.append(Change("ruling", own, held, None))
    kind = {"dismissed": "dismiss", "confirmed": "confirm error", "open": "reopen"}[verdict]
    decide(workspace, kind, changes, record=finding.record, reason=reason)
    where = {"once": "", "term": f" for “{issue.subject}”", "check": f" for the check {finding.check}"}[scope]
    return Done(f"{finding.check}: {verdict}{where}", record, bead)


def align(workspace: Workspace, wish: Wish) -> Done:
    """Edit the alignment of a record.

    ``{"record", "revision", "kind": merge|split|move|confirm|unconfirm|realign, "bead", ...}``; split has
    ``carets`` [English, Chinese], move has ``side`` and ``direction``.

    Raises:
        StaleError: the record is no longer what the page shows.
        SettingError: the wish makes no sense.
    """
    kind = one_of(wish, "kind", tuple(_EDITS))
    number = number_of(wish, "record")
    line = read_record(workspace, number)
    if line is None or line.revision != wish.get("revision"):
        raise stale("this record")
    before = read(workspace, "alignment", line.name)
    if before is None:
        raise stale("this record")
    after, bead = _EDITS[kind](workspace, number, before, wish)
    earlier = None if kind in ("confirm", "unconfirm") else remember(workspace, number)
    decide(workspace, kind, [Change("alignment", (line.name,), before, after)], record=line.name)
    if earlier:
        renew(workspace, number, earlier)
    return Done(_SAID[kind].format(bead + 1), number, bead)


def name_term(workspace: Workspace, wish: Wish) -> Done:
    """Accept, reject or edit a glossary entry.

    ``{"id", "seen", "status", "en", "zh", "note"}``; ``seen`` is the version of the entry that the page
    shows, and what is not given stays.

    Raises:
        StaleError: the entry is no longer what the page shows.
        SettingError: the wish makes no sense.
    """
    status = one_of(wish, "status", ("candidate", "accepted", "rejected"))
    entry = read_entry(workspace, number_of(wish, "id"))
    if entry is None or entry.version != wish.get("seen"):
        raise stale("this term")
    en, zh, note = (text_of(wish, name, getattr(entry, name)).strip() for name in ("en", "zh", "note"))
    if not en or not zh:
        raise SettingError("a term has an English and a Chinese form")
    after = {
        "status": status,
        "en": "" if en == entry.found_en else en,
        "zh": "" if zh == entry.found_zh else zh,
        "note": note,
    }
    before = read(workspace, "term", *entry.key)
    edited = (en, zh, note) != (entry.en, entry.zh, entry.note)
    kind = (
        "edit term" if edited else {"accepted": "accept", "rejected": "reject", "candidate": "reopen"}[status]
    )
    decide(workspace, kind, [Change("term", entry.key, before, after)])
    return Done(f"{en} = {zh}: {'edited, ' if edited else ''}{status}")


def take_back(workspace: Workspace, wish: Wish) -> Done:
    """Undo the decision the page offers to undo: ``{"decision"}``.

    Raises:
        StaleError: something else was decided meanwhile.
    """
    return _again(workspace, wish, next_undo(workspace), undo, "undone")


def do_again(workspace: Workspace, wish: Wish) -> Done:
    """Redo the decision the page offers to redo: ``{"decision"}``.

    Raises:
        StaleError: something else was decided meanwhile.
    """
    return _again(workspace, wish, next_redo(workspace), redo, "redone")


def _again(
    workspace: Workspace,
    wish: Wish,
    offered: Offer | None,
    function: Callable[[Workspace], Decision | None],
    word: str,
) -> Done:
    if offered is None:
        raise SettingError(f"there is nothing to be {word}")
    if offered.id != wish.get("decision"):
        raise stale("what would be " + word)
    number = _record_number(workspace, offered.record) if offered.record else None
    earlier = remember(workspace, number) if number is not None else None
    done = function(workspace)
    if earlier and number is not None:
        renew(workspace, number, earlier)
    return Done(f"{word}: {offered.kind}", number, _first_difference(done) if done else None)


def _merge(_: Workspace, __: int, before: editing.Alignment, wish: Wish) -> tuple[editing.Alignment, int]:
    bead = number_of(wish, "bead")
    return editing.merge(before, bead), bead


def _move(_: Workspace, __: int, before: editing.Alignment, wish: Wish) -> tuple[editing.Alignment, int]:
    bead = number_of(wish, "bead")
    side, direction = one_of(wish, "side", ("en", "zh")), one_of(wish, "direction", ("up", "down"))
    after = editing.move(before, bead, side, direction)  # type: ignore[arg-type]
    return after, min(max(bead, 0), len(after["beads"]) - 1)


def _confirm(_: Workspace, __: int, before: editing.Alignment, wish: Wish) -> tuple[editing.Alignment, int]:
    bead = number_of(wish, "bead")
    return editing.confirm(before, bead, confirmed=wish["kind"] == "confirm"), bead


def _split(
    workspace: Workspace, number: int, before: editing.Alignment, wish: Wish
) -> tuple[editing.Alignment, int]:
    bead, carets = number_of(wish, "bead"), wish.get("carets")
    if not isinstance(carets, list) or [type(one) for one in carets] != [int, int]:
        raise SettingError("a split needs a caret in each text")
    texts = workspace.db.execute("SELECT en, zh FROM records WHERE id = ?", (number,)).fetchone()
    return editing.split(before, bead, (carets[0], carets[1]), (texts["en"], texts["zh"])), bead


def _realign(
    workspace: Workspace, number: int, before: editing.Alignment, _: Wish
) -> tuple[editing.Alignment, int]:
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


def _record_number(workspace: Workspace, name: str) -> int | None:
    row = workspace.db.execute("SELECT id FROM records WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


ACTIONS: dict[str, Callable[[Workspace, Wish], Done]] = {
    "finding": judge,
    "alignment": align,
    "term": name_term,
    "undo": take_back,
    "redo": do_again,
}
