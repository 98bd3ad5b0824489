"""The checks there are."""

from aligner.registry import Row, Table


def _row(module: str, summary: str) -> Row:
    return Row(f"aligner.checks.{module}:check", summary)


CHECKS = Table(
    "check",
    {
        "number": _row("number", "numbers that differ, are missing or were added"),
        "unit": _row("unit", "the same value in another unit (20 mg, 20 g)"),
        "level": _row("level", "vertebral levels that differ (T12, 第11胸椎)"),
        "duration": _row("duration", "lengths of time that differ (6 months, 3个月)"),
        "date": _row("date", "calendar dates that differ"),
        "percent": _row("percent", "percentages that differ or lost their sign"),
        "p-value": _row("p_value", "P values that differ in value or sign"),
        "direction": _row("direction", "more and less, above and below, better and worse turned round"),
        "negation": _row("negation", "a denial lost or added"),
        "laterality": _row("laterality", "left and right, front and back, inside and outside swapped"),
        "dose": _row("dose", "amounts of a drug that differ"),
        "omission": _row("omission", "English that nothing in the Chinese renders"),
        "addition": _row("addition", "Chinese that renders nothing in the English"),
        "untranslated": _row("untranslated", "English left standing in the Chinese"),
        "term": _row("term", "glossary terms rendered otherwise"),
        "abbreviation": _row("abbreviation", "abbreviations changed or never explained"),
        "punctuation": _row("punctuation", "slips of Chinese punctuation"),
        "consistency": _row("consistency", "one source, two translations in a record"),
    },
)
