"""Texts with their digits and signs in one form, character for character, so that offsets stay."""

import re

_SAME = {
    "\u00b5": "μ",
    "％": "%",
    "﹪": "%",
    "∶": ":",
    "：": ":",
    "﹣": "-",
    "－": "-",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "‒": "-",
    "～": "~",
    "∼": "~",
    "〜": "~",
    "˜": "~",
    "＜": "<",
    "﹤": "<",
    "〈": "<",
    "＞": ">",
    "﹥": ">",
    "〉": ">",
    "＝": "=",
    "≦": "≤",
    "⩽": "≤",
    "≧": "≥",
    "⩾": "≥",
    "＋": "+",
    "／": "/",
    "⁄": "/",
    "．": ".",
    "（": "(",
    "）": ")",
    "［": "[",
    "］": "]",
    "\u00a0": "\u2009",
    "\u2005": "\u2009",
    "\u2006": "\u2009",
    "\u2007": "\u2009",
    "\u2008": "\u2009",
    "\u200a": "\u2009",
    "\u202f": "\u2009",
    "\u3000": " ",
    "\t": " ",
    "\n": " ",
    "º": "°",
    "˚": "°",
    "×": "×",
    "✕": "×",
    "╳": "×",
}
_TABLE = {ord(key): value for key, value in _SAME.items()}
_TABLE |= {0xFF10 + i: chr(0x30 + i) for i in range(10)}
_TABLE |= {0x2080 + i: chr(0x30 + i) for i in range(10)}
_TABLE |= {0xFF21 + i: chr(0x41 + i) for i in range(26)}
_TABLE |= {0xFF41 + i: chr(0x61 + i) for i in range(26)}

_ENTITY = re.compile(r"&(?:#x?[0-9A-Fa-f]{1,6}|lt|gt|amp|nbsp);")
_SIGNS = {"&lt;": "<", "&gt;": ">"}


def _decode(match: re.Match[str]) -> str:
    return _SIGNS.get(match.group(), " ").rjust(len(match.group()))


def flatten(text: str) -> str:
    """Write full-width and variant digits, letters and signs as their plain ones; the length is kept.

    Han characters, full-width commas and superscripts (10⁹, mm²) stay as they are; thin and no-break
    spaces become one thin space.
    """
    plain = text.translate(_TABLE)
    return _ENTITY.sub(_decode, plain) if "&" in plain else plain
