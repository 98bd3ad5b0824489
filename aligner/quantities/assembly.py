"""From a text to its quantities: the finders in their order, then numerals with units, roles and ranges."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from aligner.quantities.context import comparator_after, comparator_before, counted, role_after, role_before
from aligner.quantities.dates import dates
from aligner.quantities.fractions import fractions
from aligner.quantities.levels import levels
from aligner.quantities.numerals import Numeral, numerals
from aligner.quantities.plain import flatten
from aligner.quantities.rates import rates
from aligner.quantities.signs import citations, codes, p_values, powers, ratios
from aligner.quantities.types import Comparator, Kind, Quantity
from aligner.quantities.units import dimension, in_base, per_volume, unit_at
from aligner.text.addresses import masked
from aligner.types import Language, Span

_WORTH = {
    "en": re.compile(
        r"[0-9]|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
        r"|twenty|thirty|forty|fifty"
        r"|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozen|half|twice|thrice"
        r"|once|daily|weekly|monthly"
        r"|yearly|annually|annual|every|each|quarters?|thirds?|a (?:day|week|month|year)|b\.?i\.?d"
        r"|t\.?i\.?d|q\.?d|q\.?i\.?d"
        r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|decades?"
        r"|january|february|march|april|may|june|july|august|september|october|november|december"
        r"|(?:grade|stage|type|class|phase|level|degree|group|factor|categor(?:y|ies)|part"
        r"|zone)s? \(?[ivx]+[abc]?|\w+fold)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"[0-9〇零一二三四五六七八九十百千万亿萬億两兩半每Ⅰ-Ⅻⅰ-ⅻ]|隔日|[IVXivx][级期型度]"),
}
_FINDERS = (levels, citations, p_values, fractions, rates, dates, powers, codes, ratios)
_JOIN = {
    "en": re.compile(r" ?(?:-|~|—|–) ?| (?:to|through) |-to-", re.IGNORECASE),
    "zh": re.compile(r" ?(?:-|~|—+|至|到|to) ?"),
}
_BETWEEN = {
    "en": (re.compile(r"\bbetween ?$", re.IGNORECASE), " and "),
    "zh": (re.compile(r"(?:介于|在|界于) ?$"), "与和"),
}
_PLUS_MINUS = re.compile(r" ?(?:±|\+/-|\+-) ?")
_SHARED = re.compile(r" ?(?:,|、|and|or|和|及|与|或|比|vs\.?|versus|×|x|\*|/|，| )+ ?", re.IGNORECASE)
_AGE_AFTER = re.compile(r"[ -]old\b| of age\b", re.IGNORECASE)
_NEGATIVE = re.compile(
    r"(?:(?<![0-9A-Za-z%)\]~°²℃\x00-])(?<![0-9%)] )(?P<gap> ?)-|(?<=[,:=(\[])(?P<wide> ?)- "
    r"|(?<=[0-9]~)-)$"
)
_ASIDE = re.compile(r"\([0-9.±~+/ -]+$")  # what a unit behind a bracket is said of: (63.4±3.6)%
_PERIODS = {"day": "d", "week": "wk", "month": "mo", "year": "yr"}
_PERIOD_AFTER = re.compile(
    r"(?: [a-z]{2,6}-?operative| hospital)? (?P<period>day|week|month|year)\b", re.IGNORECASE
)
_PERIOD_BEFORE = re.compile(
    r"\b(?:on|at|by|until|to|through|of|and|from|since|postoperative) (?P<period>day|week|month)s? $",
    re.IGNORECASE,
)
_BELOW = {"平方米": "m2", "千克": "kg", "公斤": "kg", "分升": "dL", "毫升": "mL", "升": "L"}
_PER_BEFORE = re.compile(rf"每(?P<unit>{'|'.join(_BELOW)})(?:体表面积|体重)? ?$")  # 每平方米体表面积80 mg
_GRADES = 4  # 3度 is a grade, 30度 an angle
_UNIT_KINDS: dict[str, Kind] = {"percent": "percent", "time": "duration", "months": "duration"}


@dataclass(frozen=True, slots=True)
class _Measured:
    """A numeral with what stands directly around it."""

    numeral: Numeral
    start: int
    end: int
    value: Decimal
    unit: str
    comparator: Comparator
    role: str


def parse(text: str, language: Language) -> list[Quantity]:
    """Find every number, range, date, level and rate of a text as a typed value.

    Args:
        text: any text; a sentence or a pair's side.
        language: whose number words, units and dates to read. English units and names inside Chinese text
            are read too.

    Returns:
        Quantities in order of their offsets, without overlap.

    Example:
        >>> [q.values for q in parse("随访半年", "zh")]
        [(Decimal('0.5'),)]
    """
    if len(text) > _LONGEST:
        return [
            quantity for start, end in _pieces(text) for quantity in _moved(text[start:end], start, language)
        ]
    if not _WORTH[language].search(text.translate(_SEEN)):
        return []
    plain = flatten(masked(text, tags=False))
    found: list[Quantity] = []
    for finder in _FINDERS:
        claimed = list(finder(plain, text, language))
        if claimed:
            claimed = _apart(claimed)
            found.extend(claimed)
            plain = _mask(plain, claimed)
    found.extend(_assemble(plain, text, language))
    found.sort(key=lambda quantity: quantity.span)
    return found


_LONGEST = 4000  # characters read at once, so that work grows with the length whatever stands there
_CUT = re.compile(r".*[\s，。；,;]", re.DOTALL)


def _pieces(text: str) -> Iterator[Span]:
    """Cut a long text at white space and stops, or anywhere if there is none."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _LONGEST)
        if end < len(text) and (cut := _CUT.match(text, end - _LONGEST // 4, end)):
            end = cut.end()
        yield start, end
        start = end


def _moved(text: str, by: int, language: Language) -> Iterator[Quantity]:
    for quantity in parse(text, language):
        yield replace(quantity, span=(quantity.span[0] + by, quantity.span[1] + by))


_SEEN = {0xFF10 + i: chr(0x30 + i) for i in range(10)} | {0x2080 + i: chr(0x30 + i) for i in range(10)}


def _apart(quantities: Iterable[Quantity]) -> list[Quantity]:
    kept: list[Quantity] = []
    for quantity in sorted(quantities, key=lambda q: (q.span[0], -q.span[1])):
        if not kept or quantity.span[0] >= kept[-1].span[1]:
            kept.append(quantity)
    return kept


def _mask(plain: str, quantities: Iterable[Quantity]) -> str:
    parts, position = [], 0
    for quantity in quantities:
        start, end = quantity.span
        parts += [plain[position:start], "\x00" * (end - start)]
        position = end
    return "".join([*parts, plain[position:]])


def _assemble(plain: str, text: str, language: Language) -> Iterator[Quantity]:
    measured: list[_Measured] = []
    for numeral in numerals(plain, language):
        if not measured or numeral.start >= measured[-1].end:  # the 1 of kg-1 is in its unit
            measured.append(_measure(plain, numeral, language))
    _share_units(plain, measured)
    _find_deviations(plain, measured)
    position = 0
    while position < len(measured):
        one = measured[position]
        other = measured[position + 1] if position + 1 < len(measured) else None
        if other is not None and _is_range(plain, one, other, language):
            yield _range(plain, text, one, other, language)
            position += 2
            continue
        yield _single(plain, text, one, language)
        position += 1


def _measure(plain: str, numeral: Numeral, language: Language) -> _Measured:
    start, value = numeral.start, numeral.value
    before = plain[max(0, start - 28) : start]
    if not numeral.is_word and plain[start] in ".0123456789" and (minus := _NEGATIVE.search(before)):
        before = before[: minus.start()]
        start, value = plain.rindex("-", 0, start), -value
    unit, end = unit_at(plain, numeral.end, language) if not numeral.is_ordinal else ("", numeral.end)
    if numeral.is_ordinal and language == "zh":
        unit, end = unit_at(plain, numeral.end, language)
    elif numeral.is_ordinal and (period := _PERIOD_AFTER.match(plain, numeral.end)):
        unit, end = _PERIODS[period["period"].lower()], period.end()
    elif not unit and language == "en" and (period := _PERIOD_BEFORE.search(before)):
        unit = _PERIODS[period["period"].lower()]
    if not unit and plain[end : end + 2] in (")%", ")‰") and _ASIDE.search(plain, max(0, end - 24), end):
        unit, end = plain[end + 1], end + 2
    if not unit and not numeral.is_ordinal:
        unit, end = per_volume(plain, end)
    if unit and "/" not in unit and language == "zh" and (per := _PER_BEFORE.search(before)):
        unit = f"{unit}/{_BELOW[per['unit']]}"
    role = role_before(before, language) or role_after(plain, numeral.end, language)
    if unit == "°" and value > _GRADES:
        role = ""
    elif role in ("grade", "stage", "type") and unit in ("°", "wk", "yr"):
        unit, end = "", numeral.end
    return _Measured(numeral, start, end, value, unit, comparator_before(before, language), role)


def _share_units(plain: str, measured: list[_Measured]) -> None:
    """Give the unit written once to the numbers it is said of: 10, 20 and 30 mg; 65.3±6.2岁; 3 × 4 cm."""
    for at in range(len(measured) - 2, -1, -1):
        one, other = measured[at], measured[at + 1]
        if one.unit or not other.unit or one.end != one.numeral.end or one.numeral.is_word:
            continue
        between = plain[one.end : other.start]
        if _PLUS_MINUS.fullmatch(between) or (
            ("×" in between or "*" in between) and _SHARED.fullmatch(between)
        ):
            measured[at] = replace(one, unit=other.unit)


def _find_deviations(plain: str, measured: list[_Measured]) -> None:
    for at in range(1, len(measured)):
        one, other = measured[at - 1], measured[at]
        if not other.role and _PLUS_MINUS.fullmatch(plain, one.end, other.start):
            measured[at] = replace(other, role="sd")


def _is_range(plain: str, one: _Measured, other: _Measured, language: Language) -> bool:
    if one.role == "sd":  # from 7.2 ± 1.3 to 2.6
        return False
    between = plain[one.end : other.start]
    if _JOIN[language].fullmatch(between):
        pass
    else:
        opening, words = _BETWEEN[language]
        joined = between == words if language == "en" else between.strip() in words and bool(between.strip())
        if not joined or not opening.search(plain[max(0, one.start - 10) : one.start]):
            return False
    same = (
        not one.unit
        or not other.unit
        or one.unit == other.unit
        or {dimension(one.unit), dimension(other.unit)} <= {"time", "months"}
    )
    return same and not (one.numeral.is_ordinal and not other.numeral.is_ordinal and language == "en")


def _range(plain: str, text: str, one: _Measured, other: _Measured, language: Language) -> Quantity:
    unit = other.unit or one.unit
    values = (one.value, other.value)
    if one.unit and other.unit and one.unit != other.unit:
        unit = other.unit
        values = (_convert(one.value, one.unit, unit), other.value)
    elif other.numeral.scale > 1 and one.numeral.scale == 1 and one.value < 1000 and language == "en":
        values = (one.value * other.numeral.scale, other.value)
    elif (
        other.value >= 10**4 and one.value < 10**4 and re.search(r"[万亿萬億]", text[other.start : other.end])
    ):
        scaled = one.value * (10**8 if re.search("[亿億]", text[other.start : other.end]) else 10**4)
        values = (
            (scaled, other.value)
            if scaled < other.value and one.value < 10**3 and one.end == one.numeral.end
            else values
        )
    quantity = _build(plain, text, one, (one.start, other.end), unit, language)
    return replace(
        quantity, values=values, is_range=True, is_word=one.numeral.is_word and other.numeral.is_word
    )


def _convert(value: Decimal, unit: str, target: str) -> Decimal:
    return (in_base(value, unit)[0] / in_base(Decimal(1), target)[0]).normalize()


def _single(plain: str, text: str, one: _Measured, language: Language) -> Quantity:
    quantity = _build(plain, text, one, (one.start, one.end), one.unit, language)
    return replace(quantity, values=(one.value,), is_word=one.numeral.is_word)


def _build(
    plain: str, text: str, one: _Measured, span: tuple[int, int], unit: str, language: Language
) -> Quantity:
    start, end = span
    kind: Kind = _UNIT_KINDS.get(dimension(unit), "measure") if unit else "number"
    comparator = one.comparator or comparator_after(plain, end, language)
    if language == "en" and unit in ("yr", "mo", "wk", "d") and (age := _AGE_AFTER.match(plain, end)):
        kind, end = "age", age.end()
    elif language == "zh" and unit == "yr" and plain[end - 1] in "岁歲":
        kind = "age"
    role = one.role or ("ordinal" if one.numeral.is_ordinal else "")
    counts = "" if role else counted(plain, one.numeral.end, language)
    return Quantity(kind, (), (start, end), text[start:end], unit, comparator, role=role, counts=counts)
