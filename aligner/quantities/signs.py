"""Numbers told by the signs around them: citations, P values, powers of ten, names with digits, ratios."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from aligner.quantities.numerals import whole
from aligner.quantities.types import Comparator, Quantity
from aligner.quantities.units import dimension, per_volume, unit_at
from aligner.quantities.words import SCALES, chinese_word, english_word
from aligner.text.han import HAN
from aligner.types import Language

_list = r"[0-9]{1,3}(?: ?[-,] ?[0-9]{1,3})*"
_CITATION = {
    "en": re.compile(
        rf"(?:(?<=[a-z%)\]][.,;:])|(?<=[a-z]{{3}}))(?<![ (]p\.)({_list})(?=$| (?![%0-9])|\)|;)|\["
        rf"({_list})\](?!%)"
    ),
    "zh": re.compile(
        rf"(?<=[{HAN})])(?<![为于至到约达在和及与图表第每共之])({_list})(?=[。，；、)]|$)|\[({_list})\]"
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
    r"|greater than|of|was|为|) ?"
    r"(?P<value>0?\.0{3}[ \u2009][0-9]{1,3}(?![0-9])|0?\.[0-9]+|1\.0+|1(?![0-9.])|0(?![0-9.]))",
)
_REACH = 40  # characters looked back for a number of the same list
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_a_number = r"[0-9]+(?:\.[0-9]+)?"
_times_sign = r" ?[×xX·*] ?"
# 5.2×10^9, (0.88±0.19)×10−3, 4 to 10 × 10⁹: the power is said of both numbers. Texts that lost their
# superscripts write 10-3, and 109 before a unit of volume or what is counted.
_POWER = re.compile(
    rf"(?:(?:\( ?)?(?P<mantissa>(?<![0-9.]){_a_number})"
    rf"(?: ?(?P<join>[-~—±]|\+/-|to|至) ?(?P<high>{_a_number}))?(?: ?\))?{_times_sign})?"
    r"(?<![0-9.])10(?:\^|\*\*|<sup>)? ?(?P<exponent>(?<=[\^*>])-?[0-9]{1,2}|"
    r"(?<=[\^] )-?[0-9]{1,2}|(?<=[×xX·*]10)-[0-9]{1,2}(?![0-9.])|"
    r"(?<=[×xX·*] 10)-[0-9]{1,2}(?![0-9.])|"
    r"-[0-9]{1,2}(?= ?/ ?(?:L|l|升|mL|ml|μL|μl)(?![A-Za-z]))|"
    r"⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])|(?:(?<=[×xX·*] 10)|(?<=[×xX·*]10))(?:[3-9]|1[0-2])"
    r"(?= ?(?:/|per |个|拷贝|cells?\b|copies\b|CFU|PFU|IU\b)))(?:</sup>)?"
)
# 0.88 ± 0.19 vs. 1.47 ± 0.26 ×10−3: said of the numbers before, if they are written alike
_SHARED = re.compile(
    rf"(?<![0-9.])(?P<mantissa>{_a_number})(?: ?(?:±|\+/-) ?(?P<high>{_a_number}))?"
    r"(?: ?(?:vs\.?|versus|and|or|compared (?:with|to)|比|和|与|、) ?)$"
)
_CODE = re.compile(
    r"(?<![A-Za-z0-9.])(?!(?:or|hr|rr|md|smd|ci|auc|sd|se|iqr|vas|odi|bmd|ph|hu|bmi|to|and|of"
    r"|in|at|for|with|vs|no|about)-?[0-9.])"
    r"(?:[A-Za-z]{1,8}-?|[A-Za-z]{9,16}-)[0-9]{1,8}(?!\.[0-9])(?:[A-Za-z]{0,3}[0-9]{0,3}){1,3}"
    r"(?:-[A-Za-z]*[0-9]+)?(?![0-9A-Za-z%])"
    r"|(?<![A-Za-z0-9.])(?:25\(OH\)D[23]?|18F|1[134]C|13N|15O|68Ga|99m?Tc|1[23][1-5]I|177Lu|223Ra|90Y|89Sr)(?![A-Za-z0-9])"
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
# 5.2 per 100,000, 3 cases per 1000 live births; 5.2/万
_PER_COUNT = {
    "en": re.compile(
        rf"(?<![0-9.])(?P<a>{_a_number})(?: [a-z]+){{0,3}} (?:per|in every|for every|out of every)"
        r" (?P<b>1(?:0|(?:,|\u2009| )?0{3})+(?![0-9]|[,.][0-9])|(?:one )?(?:hundred|thousand|million)\b)"
        r"(?: (?P<more>thousand|million)\b)?",
    ),
    "zh": re.compile(rf"(?<![0-9.])(?P<a>{_a_number}) ?(?:例|人|次)? ?/ ?(?P<b>[十百千]?[万萬]|[百千])"),
}
_ONE_IN = re.compile(
    r"\b(?P<a>one|two|three|[1-9]) (?:in|out of)(?: every)? (?P<b>two|three|four|five|six|seven|eight|nine"
    r"|ten|twenty|[0-9]{1,3}(?:,?[0-9]{3})*)\b(?![-.%:/]| (?:groups?|studies|trials|centers|centres|hospitals"
    r"|countries|phases?|arms?|(?:milli|centi|kilo)?[gml]|years?|months?|weeks?|days?|hours?|minutes?)\b)",
    re.IGNORECASE,
)
_RATIO = re.compile(
    rf"(?<![0-9.:/])(?P<a>{_whole}(?:\.[0-9]+)?)(?P<sign> ?: ?| ?/ ?)"
    rf"(?P<b>(?<=[0-9]/)[0-9]{{1,3}}[ \u2009][0-9]{{3}}(?=[)，,;；])|{_whole}(?:\.[0-9]+)?)"
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
        if not match["sign"] and (match["value"] in ("1", "0") or match.group().startswith("p.")):
            continue
        yield Quantity(
            "p-value",
            (Decimal(re.sub("[ \u2009]", "", match["value"])),),
            match.span(),
            text[match.start() : match.end()],
            comparator=_P_SIGN[match["sign"]],
        )


def powers(plain: str, text: str, language: Language) -> Iterator[Quantity]:
    """Find powers of ten: 5.2×10^9/L, 10⁻³, (0.88±0.19)×10−3 mm²/s."""
    if "10" not in plain:
        return
    for match in _POWER.finditer(plain):
        power = Decimal(10) ** int(match["exponent"].translate(_SUPER))
        values = [whole(Decimal(match[name]) * power) for name in ("mantissa", "high") if match[name]] or [
            power
        ]
        unit, end = unit_at(plain, match.end(), language)
        unit, end = (unit, end) if unit else per_volume(plain, match.end())
        is_range = len(values) > 1 and match["join"] not in ("±", "+/-")
        if match["mantissa"]:
            yield from _sharing(plain, text, match, power, unit)
        span = (match.start(), end)
        yield Quantity("number", tuple(values), span, text[match.start() : end], unit, is_range=is_range)


def _sharing(plain: str, text: str, match: re.Match[str], power: Decimal, unit: str) -> Iterator[Quantity]:
    """Go back over the numbers that a power of ten written once is said of too."""
    start, shape = match.start(), ("." in match["mantissa"], match["high"] is None)
    while before := _SHARED.search(plain, max(0, start - _REACH), start):
        if ("." in before["mantissa"], before["high"] is None) != shape:
            return
        values = tuple(whole(Decimal(before[name]) * power) for name in ("mantissa", "high") if before[name])
        end = before.end("high") if before["high"] else before.end("mantissa")
        start = before.start()
        yield Quantity("number", values, (start, end), text[start:end], unit)


def codes(plain: str, text: str, language: Language) -> Iterator[Quantity]:
    """Find names with digits in them: HER2, IL-6, NCT01358877, 99mTc-MDP."""
    for match in chain(_CODE.finditer(plain), _IDIOM.finditer(plain), _HAN_CODE.finditer(plain)):
        if _NO_CODE.match(match.group()) or _is_inverse(plain, match, language):
            continue
        digits = "".join(c for c in match.group() if c.isdigit() and c.isascii())
        yield Quantity("code", (Decimal(digits),), match.span(), text[match.start() : match.end()])


def _is_inverse(plain: str, match: re.Match[str], language: Language) -> bool:
    """Tell whether a name is a unit that divides: mg·kg-1·d-1."""
    joined = plain[match.start() - 1 : match.start()] in ("·", "•", "⋅")
    return joined and match.group().endswith("-1") and unit_at(plain, match.start(), language)[0] != ""


def ratios(plain: str, text: str, language: Language) -> Iterator[Quantity]:
    """Find ratios and fractions in digits: 1:1, 20/100, 120/80 mmHg."""
    for match in _PER_COUNT[language].finditer(plain):
        yield _per_count(text, match)
        plain = plain[: match.start()] + "\x00" * (match.end() - match.start()) + plain[match.end() :]
    if language == "en":
        for match in _ONE_IN.finditer(plain):
            values = tuple(map(_read, (match["a"], match["b"])))
            if values[0] < values[1]:
                written = text[match.start() : match.end()]
                is_word = not any(part.isdigit() for part in written)
                yield Quantity("ratio", values, match.span(), written, is_word=is_word)
    for match in _RATIO.finditer(plain):
        values = tuple(Decimal(re.sub("[ ,\u2009]", "", match[name])) for name in "abc" if match[name])
        if match["scale"]:
            values = (values[0], values[1] * chinese_word(match["scale"].strip()), *values[2:])
        unit, end = unit_at(plain, match.end(), language)
        if unit and dimension(unit) != "pressure":
            unit, end = "", match.end()
        yield Quantity("ratio", values, (match.start(), end), text[match.start() : end], unit)


def _per_count(text: str, match: re.Match[str]) -> Quantity:
    below = _read(match["b"])
    if "more" in match.groupdict() and match["more"]:
        below *= SCALES[match["more"]]
    written = text[match.start() : match.end()]
    return Quantity("ratio", (Decimal(match["a"]), below), match.span(), written)


def _read(written: str) -> Decimal:
    """Read 100 000, one, thousand, 万."""
    if written[0].isascii() and written[0].isdigit():
        return Decimal(re.sub("[ ,\u2009]", "", written))
    if not written[0].isascii():
        return chinese_word(written)
    words = written.lower().split()
    return Decimal(SCALES[words[-1]]) if words[-1] in SCALES else english_word(written)
