"""Han characters, and the two scripts Chinese is written in.

Text is compared in Simplified characters; what a person sees stays as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from aligner.types import Span

if TYPE_CHECKING:
    from opencc import OpenCC

HAN = (
    "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9"
    "\U00016fe2-\U00016fe3\U00016ff0-\U00016ff6\U00020000-\U0003347f"
)
"""The Han script (Unicode 17, ``Script=Han``) as what stands between the brackets of a character class."""

WIDE = f"{HAN}\u3000-\u303f\uff00-\uffef"
"""Han characters and the full-width marks between them, likewise: no blank stands among them."""

_ONE = re.compile(f"[{HAN}]")
_WIDE = re.compile(f"[{WIDE}]")
_RUN = re.compile(f"[{HAN}]+")
_WORD_CHARACTERS = 12  # a longer text is converted each time, not remembered


def is_han(character: str) -> bool:
    """Tell whether one character is a Han character."""
    return "\u4e00" <= character <= "\u9fff" or (
        character > "\u2e7f" and _ONE.fullmatch(character) is not None
    )


def has_han(text: str) -> bool:
    """Tell whether a text holds a Han character."""
    return not text.isascii() and _ONE.search(text) is not None


def count_han(text: str) -> int:
    """Count the Han characters of a text."""
    return 0 if text.isascii() else sum(map(len, _RUN.findall(text)))


def screen_width(text: str) -> int:
    """Return the places a text takes on a screen, where a Chinese character or mark takes two."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def han_runs(text: str) -> Iterator[Span]:
    """Yield the spans of unbroken Han characters, in order."""
    return (match.span() for match in _RUN.finditer(text))


def simplify(text: str) -> str:
    """Write Traditional characters as Simplified ones (OpenCC t2s); the length stays the same.

    A word is remembered: asking for it again takes no conversion.

    Example:
        >>> simplify("骨質疏鬆症")
        '骨质疏松症'
    """
    if text.isascii():
        return text
    return _word(text) if len(text) <= _WORD_CHARACTERS else _converted(text)


def is_traditional(texts: Iterable[str]) -> bool:
    """Tell whether Chinese texts hold more characters of Traditional than of Simplified script alone.

    A character that both scripts write (乾, 后, 里) counts for neither.

    Example:
        >>> is_traditional(["個案管理"]), is_traditional(["个案管理", "T12"])
        (True, False)
    """
    traditional, simplified = _of_one_script()
    balance = 0
    for text in texts:
        for character in text:
            balance += (character in traditional) - (character in simplified)
    return balance > 0


def chinese_tag(texts: Iterable[str]) -> str:
    """Return the language tag of Chinese texts by their script: zh-TW or zh-CN."""
    return "zh-TW" if is_traditional(texts) else "zh-CN"


@lru_cache(maxsize=1 << 16)
def _word(text: str) -> str:
    return _converted(text)


def _converted(text: str) -> str:
    return str(_converter("t2s").convert(text))


@cache
def _converter(conversion: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(conversion)


@cache
def _of_one_script() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters of Traditional script alone, and of Simplified script alone.

    OpenCC would convert them, and the character set of the other script (GB 2312, Big5) lacks them.
    """
    han = [character for character in map(chr, range(0x3400, 0xA000)) if is_han(character)]

    def changed(conversion: str, other: str) -> frozenset[str]:
        # a line each, so that none is converted as a part of a phrase
        lines = _converter(conversion).convert("\n".join(han)).split("\n")
        return frozenset(a for a, b in zip(han, lines, strict=True) if a != b and not _encodes(a, other))

    return changed("t2s", "gb2312"), changed("s2t", "big5")


def _encodes(character: str, encoding: str) -> bool:
    return bool(character.encode(encoding, "ignore"))
