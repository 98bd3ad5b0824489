"""Tokens: the pieces that term spans are made of.

A token is a run of letters, the possessive 's behind one, a short run of letters and digits (T12, her2), a
number, a Roman numeral sign, a per cent sign or one Chinese character; an HTML tag is none. In 626 annotated
pairs 99.8 % of the term spans begin and end at the edge of a token.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import regex
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_LETTERS = r"A-Za-z\u00B5\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u0370-\u03FF"
_TAG = r"</?[A-Za-z][A-Za-z\d]*(?:\s[^<>]*)?/?>"  # of HTML; it parts nothing: CD4<sup>+</sup>
_MARKUP = regex.compile(_TAG)
_UNIT = regex.compile(
    rf"(?P<tag>{_TAG})|\p{{Han}}|[{_LETTERS}]+\d+(?![\d.,])[{_LETTERS}]?(?![{_LETTERS}])|\d+(?:[.,]\d+)*|[{_LETTERS}]+|(?<=[{_LETTERS}\d])['’]s(?![{_LETTERS}\d])|\p{{Nl}}+|[%‰]"
)
_TIGHT = regex.compile(r"[\s\-‐‑–'’/+·]*")
_BRACKETS = {"(": 1, "[": 1, "（": 1, "［": 1, "《": 1, ")": -1, "]": -1, "）": -1, "］": -1, "》": -1}
_LOOSE = regex.compile(r"[\s\-‐‑–'’/+·,，、.()\[\]（）［］《》∶~～]*")

TIGHT, LOOSE, HARD = 0, 1, 2


@dataclass(frozen=True)
class Tokens:
    """A text cut into ``n`` tokens.

    Attributes:
        text: the text.
        starts: ``(n,)`` character offset where each token starts.
        ends: ``(n,)`` where it ends.
        words: the tokens in lower case.
        opening: character offset where the text begins behind its heading (METHODS, 目的).
    """

    text: str
    starts: Ints
    ends: Ints
    words: tuple[str, ...]
    opening: int = 0

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """The ``n + 1`` texts before, between and after the tokens."""
        edges = [0, *self.ends.tolist()]
        return tuple(
            self.text[a:b] for a, b in zip(edges, [*self.starts.tolist(), len(self.text)], strict=True)
        )

    @cached_property
    def breaks(self) -> Ints:
        """``(n + 1,)`` how strongly each gap parts its neighbours: TIGHT, LOOSE (comma, bracket) or HARD."""
        kinds = list(map(_kind, self.gaps))
        kinds[0] = kinds[-1] = kinds[int(np.searchsorted(self.starts, self.opening))] = HARD
        return np.array(kinds, dtype=np.int64)

    @cached_property
    def depths(self) -> Ints:
        """``(n,)`` how many brackets stand open at each token."""
        steps = [sum(_BRACKETS.get(mark, 0) for mark in gap) for gap in self.gaps[:-1]]
        return np.cumsum(np.array(steps, dtype=np.int64))


@lru_cache(maxsize=1 << 12)
def _kind(gap: str) -> int:
    """How strongly the text between two tokens parts them."""
    gap = _MARKUP.sub("", gap)
    return TIGHT if _TIGHT.fullmatch(gap) else LOOSE if _loose(gap) else HARD


def _loose(gap: str) -> bool:
    return bool(_LOOSE.fullmatch(gap)) and ". " not in gap.strip(" ") + " " * gap.endswith(". ")


def cut(text: str, read_as: str | None = None, *, opening: int = 0) -> Tokens:
    """Cut ``text`` into tokens; what is no token (spaces, punctuation) lies between them.

    Args:
        text: the text.
        read_as: the same text in another spelling, of equal length; the tokens' words are taken from it.
        opening: character offset where the text begins behind its heading.
    """
    found = [match.span() for match in _UNIT.finditer(text) if match.lastgroup != "tag"]
    bounds = np.array(found, dtype=np.int64).reshape(-1, 2)
    spelt = read_as if read_as is not None and len(read_as) == len(text) else text
    return Tokens(text, bounds[:, 0], bounds[:, 1], tuple(spelt[a:b].lower() for a, b in found), opening)
