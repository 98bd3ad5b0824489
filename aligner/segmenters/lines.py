"""Single line breaks: is the line a line of its own (a title, a heading, a list item), or was it wrapped?"""

from collections.abc import Callable

import regex

from aligner.languages import words
from aligner.text.han import screen_width

_UNIT = regex.compile(r"\p{Han}|[^\s\p{Han}]{1,40}")
_UNFINISHED = regex.compile(r"[.,;:，；：、/(（\[［-]|\p{Pd}")
_ENDS_ITEM = ";；:："
_ITEM = regex.compile(r"[(（\[]?\d{1,2}[)）\].．、](?!\d)|[①-⑳⑴-⒇•‣◦*·●■-]\s?\S|【")


def widest_line(text: str, begin: int, limit: int) -> int:
    """Return the width of the widest line of a paragraph; 0 for a paragraph of one line."""
    if text.find("\n", begin, limit) < 0:
        return 0
    return max(screen_width(line.strip()) for line in text[begin:limit].split("\n"))


def parted(text: str, at: int, limit: int, widest: int, is_heading: Callable[[str], bool]) -> bool:
    """Return whether the line break at ``at`` parts sentences though no stop stands before it.

    A line that had room for the first word of the next was not wrapped: it ended on purpose. A list item
    and a heading begin a line on purpose too. A line that ends with a comma, ``and`` or the like goes on, but
    not one that ends with a semicolon or colon before a list item.
    """
    line = text[text.rfind("\n", 0, at) + 1 : at].strip()
    following = text[at + 1 : min(limit, at + 200)].partition("\n")[0].strip()
    if not line or not following:
        return False
    heads = (following.split()[0], regex.split("[:：]", following)[0], following)
    if any(is_heading(head) and not head[0].islower() for head in heads):
        return True
    if _ITEM.match(following) and line[-1] in _ENDS_ITEM:
        return True
    if _UNFINISHED.match(line[-1]) or line[-20:].split()[-1] in words("en", "continuers"):
        return False
    if _ITEM.match(following):
        return True
    first = _UNIT.match(following)
    room = first is None or screen_width(line) + 1 + screen_width(first[0]) < widest
    return room and not following[0].islower()
