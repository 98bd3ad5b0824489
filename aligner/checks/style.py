"""How a record's Chinese is punctuated: full-width, half-width or mixed, mark by mark."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from aligner.text.han import HAN
from aligner.types import Pair, Span

Width = Literal["full", "half", "mixed", ""]
FULL = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！", ".": "。"}

# Half-width marks that stand where Chinese has its own: after a Han character, or before one.
# 3.5, P=0.05, 1:1, "DXA, OVCF" are none.
_HALF = re.compile(
    rf"(?<=[{HAN}”》）)]),(?=[{HAN}“《（(A-Za-z0-9 ]|$)|(?<=[{HAN}％%0-9A-Za-z]),(?= ?[{HAN}])"
    rf"|(?<=[{HAN}）)]):(?=[ {HAN}“《（(A-Za-z0-9]|$)|(?<=[{HAN}%％0-9A-Za-z)）]);(?=[ {HAN}A-Za-z0-9]|$)"
    rf"|(?<=[{HAN}”》）)])[?!](?=[ {HAN}]|$)|(?<=[{HAN}”》）)])\.(?=[ {HAN}”]|$)"
    rf"|(?<=[%％0-9A-Za-z])\.(?=$)"
)
_HALF_BRACKET = re.compile(rf"(?<=[{HAN}])\((?=[^()]*\))|(?<=[^\s(])\)(?=[{HAN}，。；：、,;]|$)")
_FULL_MARK = re.compile("[，：；？！。（）]")


@dataclass(frozen=True)
class Style:
    """Counts of half-width and full-width marks in the Chinese of a record.

    Attributes:
        half: half-width marks where Chinese has its own, by mark.
        full: full-width marks, by their half-width form.
    """

    half: dict[str, int] = field(default_factory=dict)
    full: dict[str, int] = field(default_factory=dict)

    def width(self, mark: str) -> Width:
        """Tell how the record writes a mark (given half-width)."""
        half, full = self.half.get(mark, 0), self.full.get(mark, 0)
        if half and full:
            return "mixed"
        return "half" if half else "full" if full else ""

    @property
    def house(self) -> Width:
        """The record's habit for commas, colons, semicolons and brackets together."""
        half = sum(count for mark, count in self.half.items() if mark in ",:;()")
        full = sum(count for mark, count in self.full.items() if mark in ",:;()")
        if half and full:
            return "half" if half >= 3 * full else "full" if full >= 3 * half else "mixed"
        return "half" if half else "full" if full else ""


_ENTITY = re.compile(r"&#?[A-Za-z0-9]{1,10};")  # &lt; ends with no mark of punctuation


def half_width(text: str) -> list[Span]:
    """Find the half-width marks that stand where Chinese has its own."""
    if "&" in text:
        text = _ENTITY.sub(lambda match: " " * len(match.group()), text)
    found = [match.span() for match in _HALF.finditer(text)]
    found += [match.span() for match in _HALF_BRACKET.finditer(text)]
    return sorted(found)


def style_of(pairs: Iterable[Pair]) -> Style:
    """Count the marks of a record's Chinese."""
    half: dict[str, int] = {}
    full: dict[str, int] = {}
    narrow = {wide: mark for mark, wide in FULL.items()}
    for pair in pairs:
        if not re.search(f"[{HAN}]", pair.zh):
            continue
        for start, _ in half_width(pair.zh):
            half[pair.zh[start]] = half.get(pair.zh[start], 0) + 1
        for mark in _FULL_MARK.findall(pair.zh):
            full[narrow[mark]] = full.get(narrow[mark], 0) + 1
    return Style(half, full)
