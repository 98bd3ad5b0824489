"""What changed between two versions of a text, in words of English and characters of Chinese."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

TOKEN = re.compile(r"[A-Za-z]+|[0-9][0-9.,]*[0-9]|\s+|.", re.DOTALL)
MAX_DIFF_CHARS = 20_000
"""Characters of the longest text that is compared; of longer ones the old and the new are shown whole."""


def changes(before: str, after: str) -> list[dict[str, Any]]:
    """Return pieces of both texts in order: kept, deleted (``del``) and inserted (``ins``)."""
    if len(before) + len(after) > MAX_DIFF_CHARS:
        return [_piece("del", before), _piece("ins", after)]
    one, two = TOKEN.findall(before), TOKEN.findall(after)
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(_piece("", "".join(one[a:b])))
            continue
        if b > a:
            found.append(_piece("del", "".join(one[a:b])))
        if d > c:
            found.append(_piece("ins", "".join(two[c:d])))
    return found


def _piece(tag: str, text: str) -> dict[str, Any]:
    return {"text": text, "classes": "", "marks": "", "tag": tag}
