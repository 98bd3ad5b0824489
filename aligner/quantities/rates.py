"""How often: once daily, every 3 weeks, t.i.d.; 每日1次, 每3周1个周期."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from aligner.quantities.types import Quantity
from aligner.quantities.words import chinese_word, english_word
from aligner.types import Language

_PERIODS = {
    **dict.fromkeys(("hour", "hourly"), "h"),
    **dict.fromkeys(("day", "daily"), "d"),
    **dict.fromkeys(("week", "weekly"), "wk"),
    **dict.fromkeys(("month", "monthly"), "mo"),
    **dict.fromkeys(("year", "yearly", "annually", "annual"), "yr"),
    "minute": "min",
}
_LATIN = {"qd": 1, "bid": 2, "tid": 3, "qid": 4}
_number = r"(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_times = rf"once|twice|thrice|(?P<times>{_number})(?:-| )times"
_period = r"(?:daily|weekly|monthly|yearly|annually)"
_ENGLISH = re.compile(
    rf"\b(?:(?P<often>{_times})[ -](?:(?:a|an|per|each|every|in a)[ -](?P<unit>hour|day|week"
    rf"|month|year|minute)|(?P<adverb>{_period}))"
    rf"|(?:(?P<once>once) +)?every +(?P<every>{_number}|other|second)(?:(?:-| | to )"
    rf"(?P<every_to>{_number}))?[ -](?P<every_unit>hour|day|week|month|year|minute)s?"
    rf"|(?:once +)?(?:every|each|a|per) (?P<each>hour|day|week|month|year)(?! of)"
    rf"|(?P<alone>{_period}|annual)"
    r"|(?P<latin>q\.?d|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d)\.?(?![A-Za-z])"
    r"|q(?P<q>[0-9]{1,2})(?P<q_unit>h|d|w|m))\b\.?(?<!\. )",
    re.IGNORECASE,
)
_zh = r"[0-9]{1,3}(?:\.[0-9]+)?|[一二两三四五六七八九十]{1,3}|半"
_ZH_UNITS = {
    "分钟": "min",
    **dict.fromkeys(("小时", "个小时", "h"), "h"),
    **dict.fromkeys(("日", "天", "d", "晚", "早"), "d"),
    **dict.fromkeys(("周", "星期", "个星期"), "wk"),
    **dict.fromkeys(("月", "个月"), "mo"),
    "年": "yr",
}
_zh_unit = "|".join(sorted(_ZH_UNITS, key=len, reverse=True))
_once = r"(?:1|一) ?(?:次|个周期|个疗程|周期|疗程|剂|回)"
_CHINESE = re.compile(
    rf"(?:每隔?|[隔]) ?(?P<n>{_zh})(?:[~至到-](?P<to>{_zh}))? ?(?P<unit>{_zh_unit})(?:[，,]? ?"
    rf"(?:给药|治疗|注射|服用|口服|使用|应用|检查|随访|重复|进行|完成|评估|复查|接受|静脉注射"
    rf"|皮下注射)? ?{_once})?"
    rf"|[每] ?(?:{_zh_unit}) ?(?:给药|治疗|注射|服用|口服|应用|检查|进行|完成|检测)? ?"
    rf"(?P<times>{_zh})(?:[~至到-](?P<times_to>{_zh}))? ?次"
    rf"|(?P<times2>[0-9]{{1,2}}|[一二两三四五六七八九十]) ?次 ?[/每] ?(?P<slash>{_zh_unit})(?!钟)"
    rf"|(?P<alternate>隔日)(?: ?{_once})?"
    rf"|(?P<each>每) ?(?P<each_unit>{_zh_unit})(?!度)"
)
_EACH_UNIT = re.compile(rf"每 ?({_zh_unit})")


def rates(plain: str, text: str, language: Language) -> Iterator[Quantity]:
    """Find frequencies (``frequency``, times a period) and intervals (``duration`` with role ``every``)."""
    return _english(plain, text) if language == "en" else _chinese(plain, text)


def _count(written: str) -> Decimal:
    if written[0].isascii() and written[0].isdigit():
        return Decimal(written)
    return english_word(written) if written[0].isascii() else chinese_word(written)


def _rate(text: str, match: re.Match[str], times: Decimal, unit: str, *, is_word: bool) -> Quantity:
    return Quantity("frequency", (times,), match.span(), match_text(text, match), unit=unit, is_word=is_word)


def match_text(text: str, match: re.Match[str]) -> str:
    """Return the slice of the text as written that a match in the flattened text covers."""
    return text[match.start() : match.end()]


def _every(text: str, match: re.Match[str], low: Decimal, high: str | None, unit: str) -> Quantity:
    values = (low, _count(high)) if high else (low,)
    return Quantity(
        "duration",
        values,
        match.span(),
        match_text(text, match),
        unit=unit,
        is_range=len(values) > 1,
        role="every",
    )


def _english(plain: str, text: str) -> Iterator[Quantity]:
    for match in _ENGLISH.finditer(plain):
        if match["often"]:
            often = match["often"].lower()
            times = {"once": 1, "twice": 2, "thrice": 3}.get(often)
            count = Decimal(times) if times else _count(match["times"])
            yield _rate(
                text, match, count, _PERIODS[(match["unit"] or match["adverb"]).lower()], is_word=False
            )
        elif match["every"]:
            every = match["every"].lower()
            low = Decimal(2) if every in ("other", "second") else _count(every)
            interval = _every(text, match, low, match["every_to"], _PERIODS[match["every_unit"].lower()])
            if match["once"]:
                start, end = match.span("once")
                yield Quantity(
                    "number", (Decimal(1),), (start, end), text[start:end], is_word=True, counts="time"
                )
                start = end + 1
                interval = replace(
                    interval, span=(start, interval.span[1]), text=text[start : interval.span[1]]
                )
            yield interval
        elif match["latin"]:
            yield _rate(
                text, match, Decimal(_LATIN[match["latin"].lower().replace(".", "")]), "d", is_word=False
            )
        elif match["q"]:
            unit = {"h": "h", "d": "d", "w": "wk", "m": "mo"}[match["q_unit"].lower()]
            yield _every(text, match, Decimal(match["q"]), None, unit)
        else:
            period = _PERIODS[(match["each"] or match["alone"]).lower()]
            yield _rate(text, match, Decimal(1), period, is_word=True)


def _chinese(plain: str, text: str) -> Iterator[Quantity]:
    for match in _CHINESE.finditer(plain):
        if match["n"]:
            yield _every(text, match, _count(match["n"]), match["to"], _ZH_UNITS[match["unit"]])
        elif match["alternate"]:
            yield _every(text, match, Decimal(2), None, "d")
        elif match["times"] or match["times2"]:
            each = _EACH_UNIT.match(match.group())
            unit = _ZH_UNITS[each[1] if each else match["slash"]]
            yield _rate(text, match, _count(match["times"] or match["times2"]), unit, is_word=False)
        else:
            yield _rate(text, match, Decimal(1), _ZH_UNITS[match["each_unit"]], is_word=True)
