r"""Lists in one cell of a table: variants, counts, contexts, competing translations.

Items are joined by `` | ``, the parts of one context (record, English, Chinese) or of one competing
translation (English, Chinese, count) by `` :: ``. A bar or a double colon that is part of a text gets a
backslash before it, and backslashes right before one are doubled.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import regex

from aligner.errors import InputError
from aligner.text.joining import join_list, split_list
from aligner.types import CompetingTranslation, Context

T = TypeVar("T")

_HINTS = {
    **dict.fromkeys(("en_variants", "zh_variants"), "write texts with ' | ' between them"),
    **dict.fromkeys(("en_counts", "zh_counts"), "write whole numbers with ' | ' between them"),
    "contexts": "write 'record :: English :: Chinese' with ' | ' between them",
    "competing": "write 'English :: Chinese :: count' with ' | ' between them",
}
_COLONS, _MARKED_COLONS = regex.compile(r"(\\*)::"), regex.compile(r"(\\+)::")


def join(items: list[Any]) -> str:
    """Return a list of texts, numbers or mappings as one cell."""
    return join_list(
        " :: ".join(_marked(str(field), _COLONS) for field in item.values())
        if isinstance(item, dict)
        else str(item)
        for item in items
    )


def read_list(cells: Mapping[str, Any], name: str, item: Callable[[Any], T], where: str) -> tuple[T, ...]:
    """Return the items of a list, or of a cell that joins them, each turned by ``item``.

    Raises:
        InputError: an item is not what it should be.
    """
    value = cells.get(name, "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = [value]
    if isinstance(value, str):
        value = split_list(value)
    try:
        return tuple(map(item, value))
    except (ValueError, TypeError, KeyError, OverflowError):
        raise InputError(f"column {name} is damaged", where=where, hint=_HINTS[name]) from None


def _marked(text: str, pattern: "regex.Pattern[str]") -> str:
    return pattern.sub(lambda match: match[1] * 2 + "\\" + match[0][len(match[1]) :], text)


def _unmarked(text: str, pattern: "regex.Pattern[str]") -> str:
    return pattern.sub(lambda match: match[1][: len(match[1]) // 2] + match[0][len(match[1]) :], text)


def as_text(item: Any) -> str:
    """Return a text as it is."""
    if not isinstance(item, str):
        raise TypeError
    return item


def as_count(item: Any) -> int:
    """Return a whole number."""
    if int(item) < 0:
        raise ValueError
    return int(item)


def as_context(item: Any) -> Context:
    """Return a context."""
    return Context(*map(as_text, _fields(item, ("record", "en", "zh"))))


def as_competing(item: Any) -> CompetingTranslation:
    """Return a competing translation."""
    en, zh, count = _fields(item, ("en", "zh", "count"))
    return CompetingTranslation(as_text(en), as_text(zh), as_count(count))


def _fields(item: Any, names: tuple[str, str, str]) -> list[Any]:
    """Return three fields of a mapping, or of a text that joins them."""
    if isinstance(item, str):
        first, second, third = (_unmarked(field, _MARKED_COLONS) for field in item.split(" :: "))
        return [first, second, third]
    return [item[name] for name in names]
