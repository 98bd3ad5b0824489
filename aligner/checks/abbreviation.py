"""Abbreviations changed, swapped or never explained in the Chinese."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from aligner.checks.base import Check, of_pair
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.text.abbreviations import definitions
from aligner.types import Finding, Span

_SHORT = re.compile(
    r"(?<![A-Za-z0-9])(?:[a-z]{0,2}[A-Z][A-Za-z]*[A-Z][A-Za-z]*|[A-Z]{2,})(?:-?[0-9]{1,2}"
    r"(?!\.?[0-9]))?(?![A-Za-z])"
)
_CLOSES = re.compile(r"[^（）()]*[）)]")
_ASIDE = 300  # characters; a longer bracket is no place to explain an abbreviation in
_LONGEST = 20  # characters of an abbreviation
_WINDOW = 32  # candidates looked at for one changed abbreviation
# Known to every reader of a medical abstract; asks for no explanation.
_COMMON = frozenset(
    [
        "CT",
        "MRI",
        "MR",
        "DNA",
        "RNA",
        "mRNA",
        "HIV",
        "AIDS",
        "ICU",
        "USA",
        "UK",
        "US",
        "WHO",
        "FDA",
        "PET",
        "CI",
        "OR",
        "HR",
        "RR",
        "SD",
        "SE",
        "ECG",
        "BMI",
        "PCR",
        "CSF",
        "CNS",
        "AI",
        "IV",
        "PCA",
        "SPSS",
        "SAS",
        "IBM",
        "DSA",
        "CTA",
        "MRA",
        "OK",
    ]
)
_NO_SHORT = re.compile(
    r"[IVX]{2,}|ClinicalTrials|PubMed|GraphPad|XGBoost|LightGBM|CatBoost|JavaScript|MacOS"
    r"|DeepL|AdaBoost|MedCalc|McGill|McNemar|VanBuren|DeLong|MacArthur|[IVX]+[ABC]"
)


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Compare the abbreviations of the two sides, and find the first use of one that was never explained."""
    en, zh = _shorts(parsed.pair.en), _shorts(parsed.pair.zh)
    yield from _changed(parsed, en, zh)
    yield from _mistyped(parsed, en, zh)
    yield from _unexplained(parsed, context, zh)


def _shorts(text: str) -> list[tuple[str, Span]]:
    found = []
    for match in _SHORT.finditer(text):
        written = match.group()
        if len(written) > _LONGEST or _NO_SHORT.fullmatch(written):
            continue
        name = written[:-1] if written.endswith("s") and written[-2].isupper() else written
        found.append((name, match.span()))
    return found


def _changed(parsed: ParsedPair, en: list[tuple[str, Span]], zh: list[tuple[str, Span]]) -> Iterator[Finding]:
    """An abbreviation that only the English has against one that only the Chinese has, or has too often."""
    mine, theirs = Counter(name for name, _ in en), Counter(name for name, _ in zh)
    lost = [row for row in en if not theirs[row[0]]]
    added = [row for row in zh if theirs[row[0]] > mine[row[0]]]
    taken: set[str] = set()
    for name, span in list({name: (name, span) for name, span in reversed(lost)}.values())[::-1]:
        near = _nearest(added, span[0] * len(parsed.pair.zh) // max(1, len(parsed.pair.en)))
        fitting = [
            row
            for row in near
            if row[0] not in taken and _may_be(parsed, (name, span), row, never=not mine[row[0]])
        ]
        if not fitting:
            continue
        other, place = min(fitting, key=lambda row: (mine[row[0]] > 0, _distance(row[0], name), -row[1][0]))
        taken.add(other)
        message = f"English has {name}, Chinese has {other}: the abbreviation was changed"
        yield parsed.finding(
            "abbreviation", "warning", message, (span, place), category="terminology", suggestion=name
        )


def _mistyped(
    parsed: ParsedPair, en: list[tuple[str, Span]], zh: list[tuple[str, Span]]
) -> Iterator[Finding]:
    """An abbreviation with the letters of an English one in another order, where that one stands as well."""
    mine, theirs = dict(reversed(en)), {name for name, _ in zh}
    letters = {"".join(sorted(name)): name for name in mine if name in theirs}
    for other, place in zh:
        name = letters.get("".join(sorted(other)), other)
        if other not in mine and name != other:
            message = f"English has {name}, Chinese has {other}: the abbreviation was changed"
            spans = mine[name], place
            yield parsed.finding(
                "abbreviation", "warning", message, spans, category="terminology", suggestion=name
            )


def _nearest(rows: list[tuple[str, Span]], place: int) -> list[tuple[str, Span]]:
    middle = bisect_left(rows, place, key=lambda row: row[1][0])
    return rows[max(0, middle - _WINDOW) : middle + _WINDOW]


def _may_be(parsed: ParsedPair, one: tuple[str, Span], other: tuple[str, Span], *, never: bool) -> bool:
    bracketed = _is_bracketed(parsed.pair.en, one[1]) and _is_bracketed(parsed.pair.zh, other[1])
    if not never:  # the English has it too: it stands in one bracket more in the Chinese
        return bracketed and _brackets(parsed.pair.zh, other[0]) > _brackets(parsed.pair.en, other[0])
    return bracketed or _distance(one[0], other[0]) <= 1 or sorted(one[0]) == sorted(other[0])


def _is_bracketed(text: str, span: Span) -> bool:
    before, after = text[max(0, span[0] - _ASIDE) : span[0]], text[span[1] : span[1] + _ASIDE]
    opened = max(before.rfind("("), before.rfind("（")) > max(before.rfind(")"), before.rfind("）"))
    return opened and _CLOSES.match(after) is not None


def _brackets(text: str, name: str) -> int:
    """Count how often a short form stands in a bracket."""
    return sum(_is_bracketed(text, span) for short, span in _shorts(text) if short == name)


def _distance(one: str, other: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def _unexplained(parsed: ParsedPair, context: CheckContext, zh: list[tuple[str, Span]]) -> Iterator[Finding]:
    """English explains an abbreviation in this pair, and the Chinese uses it bare for the first time."""
    places: dict[str, list[Span]] = {}
    for short, span in zh:
        places.setdefault(short, []).append(span)
    for definition in definitions(parsed.pair.en, "en"):
        name, span = definition.short, definition.short_span
        if name in _COMMON or not definition.long or sum(map(str.isupper, name)) < 2:
            continue
        uses = places.get(name, [])
        if not uses or context.known.get(name, parsed.pair.bead + 1) <= parsed.pair.bead:
            continue
        if any(explains(parsed.pair.zh, use) for use in uses):
            continue
        message = f"English explains {name} here, the Chinese uses it unexplained"
        yield parsed.finding("abbreviation", "warning", message, (span, uses[0]), category="terminology")


def explains(zh: str, span: Span) -> bool:
    """Tell whether Chinese explains the abbreviation at ``span``: in a bracket, or by one that follows."""
    return _is_bracketed(zh, span) or zh[span[1] : span[1] + 1] in ("（", "(")


def explained(zh: str) -> Iterator[str]:
    """List the abbreviations that a Chinese text explains."""
    for name, span in _shorts(zh):
        if explains(zh, span):
            yield name


CHECK = Check(
    check,
    wrong=of_pair("Bone mineral density (BMD) was measured.", "测量骨密度（BDM）。"),
    right=of_pair("Bone mineral density (BMD) was measured.", "测量骨密度（BMD）。"),
)
