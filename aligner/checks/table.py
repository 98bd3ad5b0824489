"""The checks there are."""

from aligner.registry import Row, Table


def _row(where: str, summary: str) -> Row:
    module, _, name = where.partition(":")
    return Row(f"aligner.checks.{module}:{name or 'CHECK'}", summary)


CHECKS = Table(
    "check",
    {
        "number": _row("quantity:NUMBER", "numbers that differ, are missing or were added"),
        "unit": _row("quantity:UNIT", "the same value in another unit (20 mg, 20 g)"),
        "level": _row("quantity:LEVEL", "vertebral levels that differ (T12, 第11胸椎)"),
        "duration": _row("quantity:DURATION", "lengths of time that differ (6 months, 3个月)"),
        "date": _row("quantity:DATE", "calendar dates that differ"),
        "percent": _row("quantity:PERCENT", "percentages that differ or lost their sign"),
        "p-value": _row("quantity:P_VALUE", "P values that differ in value or sign"),
        "direction": _row(
            "direction:DIRECTION", "more and less, above and below, better and worse turned round"
        ),
        "negation": _row("negation", "a denial lost or added"),
        "laterality": _row(
            "direction:LATERALITY", "left and right, front and back, inside and outside swapped"
        ),
        "owner": _row("owner", "a value or a side said of something else"),
        "staging": _row("staging", "stages of disease that differ (T1N2M0, ⅢB)"),
        "statistic": _row("statistic", "mean and median, odds, risk and hazard ratio exchanged; P, ± lost"),
        "opposite": _row(
            "direction:OPPOSITE", "a word for its opposite: hypo- and hyper-, included and excluded"
        ),
        "dose": _row("quantity:DOSE", "amounts of a drug that differ"),
        "omission": _row("omission", "English that nothing in the Chinese renders"),
        "addition": _row("addition", "Chinese that renders nothing in the English"),
        "untranslated": _row("untranslated", "English left standing in the Chinese"),
        "term": _row("term", "glossary terms rendered otherwise"),
        "abbreviation": _row("abbreviation", "abbreviations changed or never explained"),
        "punctuation": _row("punctuation", "slips of Chinese punctuation"),
        "repetition": _row("repetition", "a word that stands twice in a row"),
        "address": _row("address", "web and mail addresses, DOIs, registration numbers that changed"),
        "tag": _row("tag", "markup and placeholders lost or added"),
        "consistency": _row("consistency", "one source, two translations in a record"),
    },
)


def describe(name: str) -> str:
    """Return what a check looks for, a pair that it reports and one that it passes, as text.

    Raises:
        UnknownNameError: there is no such check.
    """
    check = CHECKS.load(name)
    lines = [f"{name}: {CHECKS.rows[name].summary}"]
    lines += [f"glossary  {term.en} = {' | '.join(term.targets)}" for term in check.terms]
    for label, texts in (("reported", check.wrong), ("passed", check.right)):
        for en, zh in texts:
            lines += [f"{label:<8}  {en}", f"{'':<8}  {zh}"]
    return "\n".join(lines)
