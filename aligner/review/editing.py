"""Alignment edits as functions from an alignment to another; nothing is changed in place.

An alignment is what the store's decisions speak of: ``{"en": [[start, end], ...], "zh": ..., "beads":
[{"en": [0], "zh": [0, 1], "score": 0.97, "state": "proposed"}, ...]}``. Beads that a person made score 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from aligner.errors import SettingError
from aligner.text.joining import SENTENCE_JOINERS
from aligner.types import Language

Alignment = dict[str, Any]
Bead = dict[str, Any]

SIDES: tuple[Language, Language] = ("en", "zh")


def merge(alignment: Alignment, bead: int) -> Alignment:
    """Join a bead with the one after it.

    Raises:
        SettingError: there is no such bead, or none after it.
    """
    beads = _beads(alignment, bead)
    if bead + 1 >= len(beads):
        raise SettingError("there is no pair after this one to merge with")
    one, two = beads[bead : bead + 2]
    return _with(
        alignment, [*beads[:bead], _made(one["en"] + two["en"], one["zh"] + two["zh"]), *beads[bead + 2 :]]
    )


def move(alignment: Alignment, bead: int, side: Language, direction: Literal["up", "down"]) -> Alignment:
    """Give a bead's first sentence to the bead before it, or its last to the bead after it.

    At the first and the last bead the sentence becomes a bead of its own. An empty bead goes.

    Raises:
        SettingError: there is no such bead, or it has no sentence on this side.
    """
    beads = _beads(alignment, bead)
    here = beads[bead]
    if not here[side]:
        raise SettingError("this pair has no sentence on that side to move")
    up = direction == "up"
    sentence, rest = (here[side][0], here[side][1:]) if up else (here[side][-1], here[side][:-1])
    other = SIDES[1 - SIDES.index(side)]
    left = [_made_of(side, rest, here[other])] if rest or here[other] else []
    there = bead - 1 if up else bead + 1
    if 0 <= there < len(beads):
        target = beads[there]
        taken = [_made_of(side, [*target[side], sentence], target[other])]
    elif left:
        taken = [_made_of(side, [sentence], [])]
    else:
        raise SettingError("there is nowhere to move this sentence to")
    first, second = (taken, left) if up else (left, taken)
    return _with(
        alignment, [*beads[: min(bead, max(there, 0))], *first, *second, *beads[max(bead, there) + 1 :]]
    )


def confirm(alignment: Alignment, bead: int, *, confirmed: bool = True) -> Alignment:
    """Mark a bead as right, or take that back; one that a person made stays one."""
    beads = _beads(alignment, bead)
    state = "confirmed" if confirmed else "edited" if beads[bead]["score"] == 1.0 else "proposed"
    return _with(alignment, [*beads[:bead], {**beads[bead], "state": state}, *beads[bead + 1 :]])


def split(alignment: Alignment, bead: int, carets: tuple[int, int], texts: tuple[str, str]) -> Alignment:
    """Cut a bead in two at a caret in each of its texts; a sentence the caret stands in is cut too.

    Args:
        alignment: the record's.
        bead: the bead's number.
        carets: character offsets in the bead's English and Chinese text. What stands before them stays, the
            rest becomes the next bead. At 0 or at the end, all of that side goes to one bead.
        texts: the record's English and Chinese text.

    Raises:
        SettingError: there is no such bead, or one of the two would be empty.
    """
    beads = _beads(alignment, bead)
    sides: dict[str, list[list[int]]] = {side: list(alignment[side]) for side in SIDES}
    head: dict[Language, list[int]] = {}
    tail: dict[Language, list[int]] = {}
    shift: dict[Language, tuple[int, int]] = {}
    for side, caret, text in zip(SIDES, carets, texts, strict=True):
        ids = beads[bead][side]
        place, cut = _locate(ids, sides[side], caret, len(SENTENCE_JOINERS[side]), text)
        shift[side] = (ids[place] if cut else -1, 1 if cut else 0)
        if cut:
            start, end = sides[side][ids[place]]
            sides[side][ids[place] : ids[place] + 1] = [
                list(_trim(start, cut, text)),
                list(_trim(cut, end, text)),
            ]
            moved = [number + 1 for number in ids[place:]]
            head[side], tail[side] = ids[: place + 1], moved
        else:
            head[side], tail[side] = ids[:place], ids[place:]
    if not any(head.values()) or not any(tail.values()):
        raise SettingError(
            "one of the two pairs would be empty", hint="set the caret between what belongs to each"
        )
    cut_beads = [_made(head["en"], head["zh"]), _made(tail["en"], tail["zh"])]
    before, after = ([_shifted(other, shift) for other in part] for part in (beads[:bead], beads[bead + 1 :]))
    return {**sides, "beads": [*before, *cut_beads, *after]}


def _locate(
    ids: Sequence[int], bounds: Sequence[Sequence[int]], caret: int, joiner: int, text: str
) -> tuple[int, int]:
    """Return the place in ``ids`` of the sentence at a caret, and where in the text to cut it or 0."""
    offset = 0
    for place, number in enumerate(ids):
        start, end = bounds[number]
        if caret <= offset:
            return place, 0
        if caret < offset + end - start:
            at = start + caret - offset
            whole = not text[start:at].strip() or not text[at:end].strip()
            return (place + (not text[at:end].strip()), 0) if whole else (place, at)
        offset += end - start + joiner
    return len(ids), 0


def _trim(start: int, end: int, text: str) -> tuple[int, int]:
    """Take blanks off both ends of a slice."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _shifted(bead: Bead, shift: dict[Language, tuple[int, int]]) -> Bead:
    """Number a bead's sentences as they are after a cut."""
    return {
        **bead,
        **{side: [n + by if n > after else n for n in bead[side]] for side, (after, by) in shift.items()},
    }


def _beads(alignment: Alignment, bead: int) -> list[Bead]:
    beads: list[Bead] = alignment["beads"]
    if not 0 <= bead < len(beads):
        raise SettingError("there is no such pair (any more)")
    return beads


def _with(alignment: Alignment, beads: list[Bead]) -> Alignment:
    return {**alignment, "beads": beads}


def _made(en: Sequence[int], zh: Sequence[int]) -> Bead:
    return {"en": sorted(en), "zh": sorted(zh), "score": 1.0, "state": "edited"}


def _made_of(side: Language, ids: Sequence[int], others: Sequence[int]) -> Bead:
    return _made(ids, others) if side == "en" else _made(others, ids)
