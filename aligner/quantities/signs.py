"""Numbers told by the signs around them: citations, P values, powers of ten, names with digits, ratios."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from aligner.quantities.numerals import whole
from aligner.quantities.types import Comparator, Quantity
from aligner.quantities.units import dimension, unit_at
from aligner.quantities.words import chinese_word
from aligner.text.han import HAN
from aligner.types import Language

_list = r"[0-9]{1,3}(?: ?[-,] ?[0-9]{1,3})*"
_CITATION = {
    "en": re.compile(
        rf"(?:(?<=[a-z%)\]][.,;:])|(?<=[a-z]{{3}}))(?<![ (]p\.)({_list})(?=$| (?![%0-9])|\)|;)|\["
        rf"({_list})\](?!%)"
    ),
    "zh": re.compile(
        rf"(?<=[{HAN})])(?<![为于至到约达在和及与图表第每共])({_list})(?=[。，；、)]|$)|\[({_list})\]"
    ),
}
_NO_CITATION = re.compile(
    r"(?:[0-9]|grade|phase|stage|type|figs?|table|ref|nos|approx|vs|ca|eq)[.,]?$", re.IGNORECASE
)
_P_SIGN: dict[str, Comparator] = {
    **dict.fromkeys(("<", "小于", "less than"), "<"),
    **dict.fromkeys((">", "大于", "greater than"), ">"),
    **dict.fromkeys(("=", "等于", "of", "was", "为", ":", ""), "="),
    **dict.fromkeys(("≤", "<="), "<="),
    **dict.fromkeys(("≥", ">="), ">="),
    "≈": "~",
}
_P = re.compile(
    r"(?<![A-Za-z0-9])[Pp]s?(?:[- ]?values?|值)?(?: ?(?:for|of) [A-Za-z][A-Za-z -]{2,24}?|均"
    r"|值均|\((?:for )?[a-z ]+\)|趋势|<sub>[a-zA-Z]+</sub>)?"
    r"(?: values?| were| was| is| all|均)* *(?P<sign><=|>=|[<>=≤≥≈:]|小于|大于|等于|less than"
    r"|greater than|of|was|为|) ?(?P<value>0?\.[0-9]+|1\.0+|1(?![0-9.])|0(?![0-9.]))",
)
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_POWER = re.compile(
    r"(?:(?P<mantissa>(?<![0-9.])[0-9]+(?:\.[0-9]+)?)(?: ?[-~—] ?(?P<high>[0-9]+(?:\.[0-9]+)?))? ?[×xX·*] ?)?"
    r"(?<![0-9.])10(?:\^|\*\*|<sup>)? ?(?P<exponent>(?<=[\^*>])-?[0-9]{1,2}|"
    r"(?<=[\^] )-?[0-9]{1,2}|(?<=[×xX·*]10)-[0-9]{1,2}(?![0-9.])|"
    r"(?<=[×xX·*] 10)-[0-9]{1,2}(?![0-9.])|"
    r"-[0-9]{1,2}(?= ?/ ?(?:L|l|升|mL|ml|μL|μl)(?![A-Za-z]))|"
    r"⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])|(?<=[×xX·*] 10)(?:3|6|9|12)"
    r"(?= ?/)|(?<=[×xX·*]10)(?:3|6|9|12)(?= ?/))(?:</sup>)?"
)
_CODE = re.compile(
    r"(?<![A-Za-z0-9.])(?!(?:or|hr|rr|md|smd|ci|auc|sd|se|iqr|vas|odi|bmd|ph|hu|bmi|to|and|of"
    r"|in|at|for|with|vs|no|about)-?[0-9.])"
    r"(?:[A-Za-z]{1,8}-?|[A-Za-z]{9,16}-)[0-9]{1,8}(?!\.[0-9])(?:[A-Za-z]{0,3}[0-9]{0,3}){1,3}"
    r"(?:-[A-Za-z]*[0-9]+)?(?![0-9A-Za-z%])"
    r"|(?<![A-Za-z0-9.])(?:18F|1[134]C|13N|15O|68Ga|99m?Tc|1[23][1-5]I|177Lu|223Ra|90Y|89Sr)(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9.])[0-9]{1,3}(?:m?Tc|FDG|F-FDG|Sr|Sm|I(?=-)|F(?=-)|C(?=-))[A-Za-z-]*",
    re.IGNORECASE,
)
# 白细胞介素-18, but 为-6.2 and 从-3: what goes before a minus in Chinese is one of few characters
_HAN_CODE = re.compile(
    rf"(?<=[{HAN}])(?<![为是达至到约于从由在值低升差即和或与及、])-[0-9]{{1,3}}(?![0-9.%~])"
)
_IDIOM = re.compile(r"(?<![0-9/])24/7(?![0-9/])")
_NO_CODE = re.compile(
    r"(?:grade|group|week|day|month|year|phase|stage|level|aged?|types?|class|score|top|mid"
    r"|pre|post|sub|non|anti|over|under|than|fig|figs|figure|table|ref|about|range|from|was"
    r"|were)-?[0-9]|[cmkdμ]?m[23](?![0-9])",
    re.IGNORECASE,
)
_whole = r"[0-9]+(?:(?:,| , )[0-9]{3}(?![0-9]))*"
_RATIO = re.compile(
    rf"(?<![0-9.:/])(?P<a>{_whole}(?:\.[0-9]+)?)(?P<sign> ?: ?| ?/ ?)(?P<b>{_whole}(?:\.[0-9]+)?)"
    r"(?P<scale> ?[万亿萬億])?(?:(?P=sign)(?P<c>[0-9]+(?:\.[0-9]+)?))?(?![0-9:/])"
)


def citations(plain: str, text: str, language: Language) -> Iterator[Quantity]:
    """Find reference numbers, which ride on a word or a stop: ``death.1-3``, 结局4。, [5]."""
    for match in _CITATION[language].finditer(plain):
        group = 1 if match[1] else 2
        if group == 1 and _NO_CITATION.search(plain[max(0, match.start() - 7) : match.start()]):
            continue
        values = tuple(Decimal(part) for part in re.split(r"[-, ]+", match[group]))
        yield Quantity("citation", values, match.span(), text[match.start() : match.end()])


def p_values(plain: str, text: str, _language: Language) -> Iterator[Quantity]:
    """Find P values with their sign; a missing sign is read as equality."""
    for match in _P.finditer(plain):
        if not match["sign"] and match["value"] in ("1", "0"):
            continue
        yield Quantity(
            "p-value",
            (Decimal(match["value"]),),
            match.span(),
            text[match.start() : match.end()],
            comparator=_P_SIGN[match["sign"]],
        )


def powers(plain: str, text: str, _language: Language) -> Iterator[Quantity]:
    """Find powers of ten: 5.2×10^9/L, 10⁻³."""
    if "10" not in plain:
        return
    for match in _POWER.finditer(plain):
        power = Decimal(10) ** int(match["exponent"].translate(_SUPER))
        values = [whole(Decimal(match[name]) * power) for name in ("mantissa", "high") if match[name]] or [
            power
        ]
        end = match.end()
        per = re.match(r" ?/ ?(?:L|l|升|mL|ml|毫升|μL|μl|mm3|mm³)(?![A-Za-z])", plain[end : end + 6])
        unit = f"/{_volume(per.group())}" if per else ""
        end += per.end() if per else 0
        yield Quantity(
            "number",
            tuple(values),
            (match.start(), end),
            text[match.start() : end],
            unit,
            is_range=len(values) > 1,
        )


def _volume(written: str) -> str:
    name = written.strip(" /").lower()
    return {"l": "L", "升": "L", "ml": "mL", "毫升": "mL", "μl": "μL", "mm3": "μL", "mm³": "μL"}[name]


def codes(plain: str, text: str, _language: Language) -> Iterator[Quantity]:
    """Find names with digits in them: HER2, IL-6, NCT01358877, 99mTc-MDP."""
    for match in chain(_CODE.finditer(plain), _IDIOM.finditer(plain), _HAN_CODE.finditer(plain)):
        if _NO_CODE.match(match.group()):
            continue
        digits = "".join(c for c in match.group() if c.isdigit() and c.isascii())
        yield Quantity("code", (Decimal(digits),), match.span(), text[match.start() : match.end()])


def ratios(plain: str, text: str, language: Language) -> Iterator[Quantity]:
    """Find ratios and fractions in digits: 1:1, 20/100, 120/80 mmHg."""
    for match in _RATIO.finditer(plain):
        values = tuple(Decimal(re.sub("[ ,]", "", match[name])) for name in "abc" if match[name])
        if match["scale"]:
            values = (values[0], values[1] * chinese_word(match["scale"].strip()), *values[2:])
        unit, end = unit_at(plain, match.end(), language)
        if unit and dimension(unit) != "pressure":
            unit, end = "", match.end()
        yield Quantity("ratio", values, (match.start(), end), text[match.start() : end], unit)
