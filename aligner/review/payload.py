"""What the page sends, read piece by piece; nothing in it is trusted."""

from __future__ import annotations

from typing import Any

from aligner.errors import SettingError
from aligner.store import StaleError
from aligner.text.surrogates import find_surrogate

Payload = dict[str, Any]
"""What the page sent, already JSON."""

MAX_TEXT_CHARS = 2000
"""Characters of a text that a person types."""


def number_of(payload: Payload, name: str, *, least: int = 0) -> int:
    """Return a whole number.

    Raises:
        SettingError: it is none, less than ``least``, or larger than a browser can count.
    """
    value = payload.get(name)
    if type(value) is not int or not least <= value < 2**53:
        raise SettingError(f"'{name}' must be a number")
    return value


def text_of(payload: Payload, name: str, default: str = "", *, longest: int = MAX_TEXT_CHARS) -> str:
    """Return a text that can be stored.

    Raises:
        SettingError: it is none, longer than ``longest``, or holds a half of a surrogate pair.
    """
    value = payload.get(name, default)
    if not isinstance(value, str) or len(value) > longest:
        raise SettingError(f"'{name}' must be a text of at most {longest:,} characters")
    if find_surrogate(value) is not None:
        raise SettingError(f"'{name}' holds half a character")
    return value


def span_of(payload: Payload, name: str, text: str) -> tuple[int, int] | None:
    """Return a span of a text, or None.

    Raises:
        SettingError: it is none, or reaches beyond the text.
    """
    value = payload.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or [type(one) for one in value] != [int, int]:
        raise SettingError(f"'{name}' must be two numbers")
    start, end = value
    if not 0 <= start < end <= len(text):
        raise SettingError(f"'{name}' reaches beyond the text")
    return start, end


def one_of(payload: Payload, name: str, known: tuple[str, ...], default: str | None = None) -> str:
    """Return one of the words that are known.

    Raises:
        SettingError: it is another; the message lists those there are.
    """
    value = payload.get(name, default)
    if value not in known:
        raise SettingError(f"'{name}' must be one of {', '.join(filter(None, known))}")
    return str(value)


def stale(what: str) -> StaleError:
    """Return the error for a request about something that is no longer as the page shows it."""
    return StaleError(
        f"{what} was changed meanwhile, in another tab or by a run", hint="look at it again and repeat"
    )
