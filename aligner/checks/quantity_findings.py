"""Findings on quantities: what is said where the two sides' values do not agree."""

from collections.abc import Iterator

from aligner.checks.difference import Difference
from aligner.checks.reading import Reading
from aligner.checks.say import place, quoted, spans
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


def of_check(reading: Reading, code: str) -> Iterator[Finding]:
    """Write the findings of one check from the pair's differing quantities."""
    for one in reading.differences:
        if one.check == code:
            suggestion = place(one.en) if code == "level" and one.en and one.zh else ""
            yield reading.finding(
                code, one.severity, message(one, reading), spans(one.en, one.zh), suggestion=suggestion
            )


def message(one: Difference, reading: Reading) -> str:
    """Say what differs: ``English has 5 patients, Chinese has 25例``."""
    en = quoted(one.en, reading.pair.en, "en") if one.en else ""
    zh = quoted(one.zh, reading.pair.zh, "zh") if one.zh else ""
    name = _NAMES[one.check]
    if one.reason == "missing":
        return f"The {name} {en} has no counterpart in the Chinese"
    if one.reason == "added":
        return f"The {name} {zh} has no counterpart in the English"
    what = {"unit": "the units differ", "sign": "the signs differ", "value": f"the {name}s differ"}[
        one.reason
    ]
    return f"English has {en}, Chinese has {zh}: {what}"
