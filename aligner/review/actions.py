"""What a person does on the page, each as one decision of the workspace: logged, and taken back by undo."""

from __future__ import annotations

from collections.abc import Callable

from aligner.errors import SettingError
from aligner.review.alignment_actions import align, review_record
from aligner.review.finding_actions import add, decide_finding, switch, waive
from aligner.review.payload import Payload, stale
from aligner.review.recheck import remember, renew
from aligner.review.setting_actions import set_review
from aligner.review.signed import Done
from aligner.review.term_actions import decide_term, decide_terms
from aligner.review.text_actions import correct
from aligner.store import Decision, Workspace, redo, undo
from aligner.store.decisions import next_redo, next_undo


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


def _first_difference(decision: Decision) -> int | None:
    """Return the number of the first bead that a decision changed, to show where it was."""
    for change in decision.changes:
        if change.table == "alignment" and change.before and change.after:
            pairs = zip(change.before["beads"], change.after["beads"], strict=False)
            return next((n for n, (one, two) in enumerate(pairs) if one != two), 0)
    return None


ACTIONS: dict[str, Callable[[Workspace, Payload], Done]] = {
    "finding": decide_finding,
    "waive": waive,
    "added": add,
    "check": switch,
    "correction": correct,
    "alignment": align,
    "reviewed": review_record,
    "term": decide_term,
    "terms": decide_terms,
    "settings": set_review,
    "undo": take_back,
    "redo": do_again,
}
