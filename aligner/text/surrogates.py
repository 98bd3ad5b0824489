"""Lone surrogates: half characters (U+D800 to U+DFFF), which no UTF-8 file or terminal can hold."""

import re

_LONE = re.compile("[\ud800-\udfff]")


def find_surrogate(text: str) -> int | None:
    r"""Return the offset of the first half character; None where the text can be written.

    Example:
        >>> find_surrogate("骨折"), find_surrogate("ab\ud800")
        (None, 2)
    """
    if text.isascii():
        return None
    found = _LONE.search(text)
    return found.start() if found else None


def shown(text: str) -> str:
    r"""Return a text that can be printed: half characters as ``\xb9`` or ``\ud800``.

    The bytes of a file's name that are not UTF-8 reach Python as U+DC80 to U+DCFF (PEP 383); they are
    shown as those bytes.
    """
    return text if text.isascii() else _LONE.sub(lambda match: _escape(ord(match[0])), text)


def _escape(code: int) -> str:
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"
