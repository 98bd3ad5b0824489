"""What changed between two versions of a text, in words of English and characters of Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Any, Literal

from aligner.review.marks import cut

TOKEN = re.compile(r"[A-Za-z]+|[0-9][0-9.,]*[0-9]|\s+|.", re.DOTALL)
MAX_DIFF_CHARS = 20_000
"""Characters of the longest text that is compared; of longer ones the old and the new are shown whole."""


def changes(
    before: str,
    after: str,
    *,
    marked: Sequence[dict[str, Any]] = (),
    side: Literal["before", "after"] = "after",
) -> list[dict[str, Any]]:
    """Return pieces of both texts in order: kept, deleted (``del``) and inserted (``ins``).

    Args:
        before: one text.
        after: the other.
        marked: the pieces of one of them, whose marks are kept.
        side: which of them that is.
    """
    found = _runs(before, after)
    if not marked:
        return [_piece(tag, text) for tag, text in found]
    other = "ins" if side == "before" else "del"
    ends = list(accumulate(len(text) for tag, text in found if tag != other))
    own = iter(cut(marked, ends))
    shown: list[dict[str, Any]] = []
    for tag, text in found:
        shown += [_piece(tag, text)] if tag == other else [{**piece, "tag": tag} for piece in next(own)]
    return shown


def brief(pieces: Sequence[dict[str, Any]], around: int) -> list[dict[str, Any]]:
    """Return what changed, and of what was kept in long texts some characters around that."""
    found = []
    for place, piece in enumerate(pieces):
        kept = piece["text"]
        if not piece["tag"] and len(kept) > 2 * around:
            head, tail = place > 0, place + 1 < len(pieces)
            kept = f"{kept[:around] if head else ''}…{kept[-around:] if tail else ''}"
        found.append({**piece, "text": kept})
    return found


def _runs(before: str, after: str) -> list[tuple[str, str]]:
    if len(before) + len(after) > MAX_DIFF_CHARS:
        return [("del", before), ("ins", after)]
    one, two = TOKEN.findall(before), TOKEN.findall(after)
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("", "".join(one[a:b])))
            continue
        if b > a:
            found.append(("del", "".join(one[a:b])))
        if d > c:
            found.append(("ins", "".join(two[c:d])))
    return found


def _piece(tag: str, text: str) -> dict[str, Any]:
    return {"text": text, "classes": "", "marks": "", "tag": tag}
