"""Units and their synonyms in both languages, read from units.tsv."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from aligner.types import Language

# Case tells these apart; everything else is read without case, since many texts come lower-cased.
_BY_CASE = {
    "T": "T",
    "G": "G",
    "N": "N",
    "D": "D",
    "W": "W",
    "M": "",
    "S": "",
    "H": "",
    "C": "",
    "F": "",
    "Y": "",
}


class Unit(NamedTuple):
    """A canonical unit: its dimension, and its size in the dimension's base unit."""

    name: str
    dimension: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class _Forms:
    pattern: re.Pattern[str]
    names: dict[str, str]


@cache
def _table() -> dict[str, tuple[Unit, tuple[str, ...], tuple[str, ...]]]:
    table = {}
    for line in files("aligner.quantities").joinpath("units.tsv").read_text(encoding="utf-8").splitlines():
        name, dimension, factor, english, chinese = line.split("\t")
        forms = [tuple(form for form in side.split("|") if form != "-") for side in (english, chinese)]
        table[name] = (Unit(name, dimension, Decimal(factor)), forms[0], forms[1])
    return table


def _boundary(form: str) -> str:
    escaped = re.escape(form)
    return escaped + r"(?![A-Za-z])" if form[-1].isascii() and form[-1].isalpha() else escaped


@cache
def _forms(language: Language) -> _Forms:
    names: dict[str, str] = {}
    for unit, english, chinese in _table().values():
        for form in (
            english + chinese if language == "zh" else english + tuple(c for c in chinese if c in "%‰℃")
        ):
            names.setdefault(form.lower(), unit.name)
    ordered = sorted(names, key=lambda form: (-len(form), form))
    letters = "|".join(_BY_CASE)
    one = "|".join(map(_boundary, ordered))
    return _Forms(re.compile(rf"(?:({one})|({letters})(?![A-Za-z]))", re.IGNORECASE), names)


_TIMES = re.compile(r" ?[·•*×/] ?")
_PER = re.compile(
    r" ?/ ?\(|[ -]?(?:/|·) ?|\.(?=[a-z]+-1)|(?: or (?:more|less|higher|lower))? +per +(?:each +)?| ?每 ?",
    re.IGNORECASE,
)
_PER_MINUS = re.compile(r"(?:-1|⁻¹|\^-1)(?![0-9])")
_PER_COUNT = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})* *)?")
_HYPHEN = re.compile(r" ?-(?=[A-Za-z])|[ \u2009]*")
_VOLUMES = {
    **{"l": "L", "升": "L", "liter": "L", "litre": "L", "ml": "mL", "毫升": "mL", "milliliter": "mL"},
    **{"μl": "μL", "ul": "μL", "mm3": "μL", "mm³": "μL", "微升": "μL", "microliter": "μL", "dl": "dL"},
}
_PER_VOLUME = re.compile(
    r"(?: ?(?:cells|copies|个|拷贝|cfu|pfu|(?:white |red )?blood cells|platelets))? ?(?:/|per |每) ?"
    rf"(?P<volume>{'|'.join(sorted(_VOLUMES, key=len, reverse=True))})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_BEATS = re.compile(r"次 ?/ ?(?:分钟|分|min)")


def unit_at(plain: str, position: int, language: Language) -> tuple[str, int]:
    """Read the unit that follows a number.

    Args:
        plain: flattened text.
        position: offset just after the number.
        language: whose words to know.

    Returns:
        The canonical unit (``mg``, ``mg/kg``) and the offset where it ends; ``""`` and ``position``
        where no unit follows.
    """
    if position >= len(plain):
        return "", position
    if language == "zh" and (beats := _BEATS.match(plain, position)):
        return "beat/min", beats.end()
    gap = _HYPHEN.match(plain, position)
    start = gap.end() if gap else position
    name, end = _single(plain, start, language)
    if not name:
        return "", position
    in_bracket = False
    while per := _PER.match(plain, end) or (_TIMES.match(plain, end) if in_bracket else None):
        in_bracket = in_bracket or per.group().endswith("(")
        count = _PER_COUNT.match(plain, per.end())
        below, after = _single(plain, count.end() if count else per.end(), language)
        if not below:
            break
        minus = _PER_MINUS.match(plain, after)
        if "·" in per.group() and not minus and not in_bracket:
            break
        name, end = f"{name}/{below}", minus.end() if minus else after
    if in_bracket and plain[end : end + 1] == ")":
        end += 1
    return name, end


def per_volume(plain: str, position: int) -> tuple[str, int]:
    """Read the volume that cells, copies and the like are counted in: ``/L``, 15万/μL; as `unit_at` does."""
    match = _PER_VOLUME.match(plain, position)
    if match is None:
        return "", position
    return f"/{_VOLUMES[match['volume'].lower()]}", match.end()


def _single(plain: str, start: int, language: Language) -> tuple[str, int]:
    forms = _forms(language)
    match = forms.pattern.match(plain, start)
    if match is None:
        return "", start
    written = match.group()
    by_case = _BY_CASE.get(written)
    if by_case is not None and len(written) == 1:
        return (by_case, match.end()) if by_case else ("", start)
    return forms.names.get(written.lower(), ""), match.end()


def in_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Express a value in its dimension's base unit, so that 0.5 g equals 500 mg and 半年 six months.

    Returns:
        The value, and what it is measured in: the dimension, or for a unit per unit the two, ``mass/volume``.
    """
    if not unit:
        return value, ""
    if unit == "°F":
        return ((value - 32) * 5 / 9).normalize(), "temperature"
    dimensions = []
    for place, name in enumerate(unit.split("/")):
        if name not in _table():
            dimensions.append(name)
            continue
        found = _table()[name][0]
        value = value * found.factor if place == 0 else value / found.factor
        dimensions.append(found.dimension)
    return value.normalize(), "/".join(dimensions)


def dimension(unit: str) -> str:
    """Return what a canonical unit measures: ``mass``, ``time``, ``percent``; empty if unknown."""
    row = _table().get(unit.partition("/")[0])
    return row[0].dimension if row else ""
