"""Edits of a record's alignment, and its pairs as reviewed, each as one decision."""

from __future__ import annotations

from aligner.errors import SettingError
from aligner.review import editing
from aligner.review.payload import Payload, number_of, one_of, stale
from aligner.review.recheck import encoder_of, remember, renew
from aligner.review.signed import Done
from aligner.store import Change, Workspace, decide
from aligner.store.decisions import read
from aligner.store.overview import read_record
from aligner.store.records import read_texts


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


def review_record(workspace: Workspace, payload: Payload) -> Done:
    """Confirm all pairs of a record as reviewed: ``{"record"}``.

    Raises:
        StaleError: there is no such record (any more).
    """
    number = number_of(payload, "record")
    before = read(workspace, "alignment", str(number))
    if before is None:
        raise stale("this record")
    after = {**before, "beads": [{**bead, "state": "confirmed"} for bead in before["beads"]]}
    decide(workspace, "all reviewed", [Change("alignment", (str(number),), before, after)], record=number)
    return Done(f"{len(after['beads'])} pairs reviewed", number)


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
