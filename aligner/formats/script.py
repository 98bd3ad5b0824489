"""Which Chinese a text is in: zh-CN (simplified) or zh-TW (traditional), by its characters."""

from collections.abc import Iterable
from functools import cache
from typing import Any


def tag_of(texts: Iterable[str]) -> str:
    """Return zh-TW when more characters exist only in traditional script than only in simplified."""
    text = "".join(texts)
    traditional = _changed(text, "t2s")
    return "zh-TW" if traditional > _changed(text, "s2t") else "zh-CN"


def _changed(text: str, conversion: str) -> int:
    return sum(a != b for a, b in zip(text, _converter(conversion).convert(text), strict=False))


@cache
def _converter(conversion: str) -> Any:
    from opencc import OpenCC

    return OpenCC(conversion)
