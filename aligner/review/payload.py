"""What the page sends, read piece by piece; nothing in it is trusted."""

from __future__ import annotations

from typing import Any

from aligner.errors import SettingError
from aligner.store import StaleError

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


def text_of(payload: Payload, name: str, default: str = "") -> str:
    """Return a text that can be stored.

    Raises:
        SettingError: it is none, longer than `MAX_TEXT_CHARS`, or holds a half of a surrogate pair.
    """
    value = payload.get(name, default)
    if not isinstance(value, str) or len(value) > MAX_TEXT_CHARS:
        raise SettingError(f"'{name}' must be a text of at most {MAX_TEXT_CHARS:,} characters")
    if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
        raise SettingError(f"'{name}' holds half a character")
    return value


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
