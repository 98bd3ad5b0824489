"""Parts of a whole in words: half, two-thirds, 三分之一, 百分之五, 1年半."""

import re
from collections.abc import Iterator
from decimal import Decimal

from aligner.quantities.types import Kind, Quantity
from aligner.quantities.units import dimension, unit_at
from aligner.quantities.words import SCALES, chinese_word, english_word
from aligner.types import Language

_zh_number = r"[0-9]{1,3}(?:\.[0-9]{1,6})?|[一二两三四五六七八九十百]{1,7}(?:点[零一二三四五六七八九]{1,6})?"
_ENGLISH = re.compile(
    r"\b(?P<top>one|two|three|four|five|a)[- ](?P<bottom>half|third|quarter|fourth|fifth|sixth"
    r"|eighth|tenth)s?\b(?! (?:of age|lumbar|thoracic|cervical))",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    rf"(?P<bottom>[十百]?万|百|千|{_zh_number})分之(?P<top>{_zh_number})(?:[~至到-](?:百分之)?"
    rf"(?P<high>{_zh_number}))?"
)
_BOTTOMS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "eighth": 8,
    "tenth": 10,
}
_HALF_A = re.compile(r"\bhalf an? |\ban? half[- ]|\bhalf-", re.IGNORECASE)
_AND_HALF = re.compile(
    r"\b(?P<n>[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten) and (?:a|one)[- ]half"
    r"(?: (?P<scale>thousand|million|billion)\b)?(?: |-|(?=[.,;)]|$))",
    re.IGNORECASE,
)
_HAN_HALF = re.compile(r"(?<![0-9])(?P<n>[0-9]{1,3}|[一二两三四五六七八九十])(?P<unit>年|个月|天|周|小时)半")
_HAN_UNITS = {"年": "yr", "个月": "mo", "天": "d", "周": "wk", "小时": "h"}


def fractions(plain: str, text: str, language: Language) -> Iterator[Quantity]:
    """Find fractions, percentages in words, and halves of a unit: 三分之一, 百分之五, half a year, 1年半."""
    yield from _english(plain, text) if language == "en" else _chinese(plain, text)


def _english(plain: str, text: str) -> Iterator[Quantity]:
    for match in _AND_HALF.finditer(plain):
        end = match.end() - (match.group()[-1] in " -")
        unit, end = unit_at(plain, end, "en")
        value = _read(match["n"]) + Decimal("0.5")
        if match["scale"]:
            value = (value * SCALES[match["scale"].lower()]).quantize(Decimal(1))
        yield Quantity(_kind(unit), (value,), (match.start(), end), text[match.start() : end], unit)
    for match in _HALF_A.finditer(plain):
        unit, end = unit_at(plain, match.end(), "en")
        if unit:
            yield Quantity(
                _kind(unit),
                (Decimal("0.5"),),
                (match.start(), end),
                text[match.start() : end],
                unit,
                is_word=True,
            )
    for match in _ENGLISH.finditer(plain):
        top = Decimal(1) if match["top"].lower() == "a" else english_word(match["top"])
        yield _part(text, match, top, Decimal(_BOTTOMS[match["bottom"].lower()]))


def _chinese(plain: str, text: str) -> Iterator[Quantity]:
    for match in _HAN_HALF.finditer(plain):
        unit = _HAN_UNITS[match["unit"]]
        value = _read(match["n"]) + Decimal("0.5")
        yield Quantity("duration", (value,), match.span(), text[match.start() : match.end()], unit)
    for match in _CHINESE.finditer(plain):
        top, bottom = _read(match["top"]), _read(match["bottom"])
        if bottom not in (100, 1000, 10**4, 10**5, 10**6):
            yield _part(text, match, top, bottom)
            continue
        tops = [top, _read(match["high"])] if match["high"] else [top]
        values = tuple(value * 100 / bottom for value in tops)
        written = text[match.start() : match.end()]
        yield Quantity("percent", values, match.span(), written, "%", is_range=len(values) > 1, is_word=True)


def _part(text: str, match: re.Match[str], top: Decimal, bottom: Decimal) -> Quantity:
    half = top == 1 and bottom == 2
    values = (Decimal("0.5"),) if half else (top, bottom)
    return Quantity(
        "number" if half else "ratio", values, match.span(), text[match.start() : match.end()], is_word=True
    )


def _kind(unit: str) -> Kind:
    if not unit:
        return "number"
    return "duration" if dimension(unit) in ("time", "months") else "measure"


def _read(written: str) -> Decimal:
    if written[0].isascii():
        return Decimal(written) if written[0].isdigit() else english_word(written)
    return chinese_word(written)
