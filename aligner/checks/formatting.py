"""Quantities and their surroundings as messages quote them."""

import re

from aligner.quantities import Quantity, name_of
from aligner.types import Language, Span

_EN_NOUN = re.compile(r" ?(?:[a-z]+)", re.IGNORECASE)
_ZH_COUNTER = re.compile(r" ?(?:例|名|个|種|种|项|次|组|处|节|枚|位|只|眼|级|期|型|人|篇|条|倍|岁|分)")
_NOT_NOUN = frozenset(
    "and or of in to with for from the a an vs versus was were is are at on by as had who which than".split()  # noqa: SIM905
)
_SIGNS = {"<=": "≤", ">=": "≥"}


def quoted(quantity: Quantity, text: str, language: Language) -> str:
    """Quote a quantity with the word it counts: ``5 patients``, 25例."""
    start, end = quantity.span
    if quantity.unit or quantity.kind in ("p-value", "level", "date", "ratio", "code"):
        return quantity.text.strip()
    if language == "en" and (noun := _EN_NOUN.match(text, end)):
        if noun.group().strip().lower() not in _NOT_NOUN:
            return text[start : noun.end()]
    elif language == "zh" and (counter := _ZH_COUNTER.match(text, end)):
        return text[start : counter.end()]
    return quantity.text.strip()


def spans(en: Quantity | None, zh: Quantity | None) -> tuple[Span | None, Span | None]:
    """Return the two spans of a difference."""
    return (en.span if en else None, zh.span if zh else None)


def level_name(quantity: Quantity) -> str:
    """Name a vertebral level: T12, T11-L1."""
    return "-".join(name_of(value) for value in quantity.values)
