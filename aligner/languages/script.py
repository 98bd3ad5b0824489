"""Chinese in one script, to compare with; what a person sees stays as written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Turn Traditional characters into Simplified ones, character by character (OpenCC t2s)."""
    return str(_simplifier().convert(text))
