"""The checks of quantities: numbers, units, levels, times, dates, percentages, P values and doses."""

from collections.abc import Iterator
from functools import partial

from aligner.checks.base import Check, of_pair
from aligner.checks.formatting import level_name, quoted, spans
from aligner.checks.mentions import Difference
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.types import Finding

_NAMES = {
    "number": "number",
    "unit": "quantity",
    "level": "vertebral level",
    "duration": "length of time",
    "date": "date",
    "percent": "percentage",
    "p-value": "P value",
    "dose": "dose",
    "direction": "limit",
}


def differing(parsed: ParsedPair, context: CheckContext, check: str) -> Iterator[Finding]:
    """Write the findings of one check from the pair's differing quantities."""
    del context
    for one in parsed.differences:
        if one.check == check:
            suggestion = level_name(one.en) if check == "level" and one.en and one.zh else ""
            yield parsed.finding(
                check, one.severity, _message(one, parsed), spans(one.en, one.zh), suggestion=suggestion
            )


def _message(one: Difference, parsed: ParsedPair) -> str:
    """Say what differs: ``English has 5 patients, Chinese has 25例``."""
    en = quoted(one.en, parsed.pair.en, "en") if one.en else ""
    zh = quoted(one.zh, parsed.pair.zh, "zh") if one.zh else ""
    name = _NAMES[one.check]
    if one.reason == "missing":
        return f"The {name} {en} has no counterpart in the Chinese"
    if one.reason == "added":
        return f"The {name} {zh} has no counterpart in the English"
    what = {
        "unit": "the units differ",
        "lost": "the P is missing" if one.check == "p-value" else "a percent sign is missing",
        "sign": "the signs differ",
        "value": f"the {name}s differ",
    }[one.reason]
    return f"English has {en}, Chinese has {zh}: {what}"


def _check(name: str, en: str, right: str, wrong: str) -> Check:
    return Check(partial(differing, check=name), of_pair(en, wrong), of_pair(en, right))


NUMBER = _check("number", "Thirty-two patients were enrolled.", "共纳入32例患者。", "共纳入23例患者。")
UNIT = _check("unit", "The nodule measured 8 mm.", "结节大小为8毫米。", "结节大小为8 cm。")
LEVEL = _check("level", "The fracture was at T12.", "骨折位于第12胸椎。", "骨折位于第11胸椎。")
DURATION = _check("duration", "Follow-up lasted half a year.", "随访6个月。", "随访3个月。")
DATE = _check("date", "Enrollment began in March 2018.", "2018年3月开始入组。", "2018年5月开始入组。")
PERCENT = _check("percent", "Pain fell in 62.5% of them.", "其中62.5%疼痛减轻。", "其中65.2%疼痛减轻。")
P_VALUE = _check(
    "p-value", "The scores differed (P<.05).", "评分有差异（P＜0.05）。", "评分有差异（P＞0.05）。"
)
DOSE = _check("dose", "They took 20 mg of it.", "服用20毫克。", "服用200毫克。")
