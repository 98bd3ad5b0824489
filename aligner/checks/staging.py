"""Stages of disease that differ: T1N2M0 against T2N1M0, IIIA against ⅢB."""

import re
from collections.abc import Iterator

from aligner.checks.base import Check, of_pair
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.types import Finding, Span

_TNM = re.compile(
    r"(?<![A-Za-z0-9])(?:[cpyrum]{1,3})?T(?P<t>[0-4Xx]|is)[a-d]?[ ,]?N(?P<n>[0-3Xx])[a-c]?"
    r"(?:[ ,]?M(?P<m>[0-9Xx])[a-c]?)?(?![A-Za-z0-9])"
)
_ROMAN = "VIII|VII|VI|IV|IX|V|III|II|I|[Ⅰ-Ⅸ]"
_LETTERED = {
    "en": re.compile(
        rf"\b(?:[Ss]tages?|[Gg]rades?|[Tt]ypes?) (?P<number>{_ROMAN}|[1-4])[ -]?(?P<letter>[A-Ca-c])[1-3]?\b"
    ),
    "zh": re.compile(rf"(?<![A-Za-z0-9])(?P<number>{_ROMAN}|[1-4])(?P<letter>[A-Ca-c])[1-3]?(?= ?[期级型])"),
}
_NEXT = re.compile(
    rf"(?:,? (?:and|or|to) |, |-|/)(?P<number>{_ROMAN}|[1-4])[ -]?(?P<letter>[A-Ca-c])[1-3]?\b"
)
_VALUES = {c: v for v, c in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨ", 1)} | {
    name: v for v, name in enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"], 1)
}
_Stage = tuple[str, Span, str]


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Compare TNM codes, and the letters of stages; a stage's number is the number check's."""
    del context
    en, zh = parsed.pair.en, parsed.pair.zh
    if not en.strip() or not zh.strip():
        return
    yield from _differing(parsed, list(_codes(en)), list(_codes(zh)))
    yield from _differing(parsed, list(_lettered(en, "en")), list(_lettered(zh, "zh")))


def _codes(text: str) -> Iterator[_Stage]:
    for match in _TNM.finditer(text):
        yield "".join(str(match[name] or "").lower() for name in "tnm"), match.span(), match.group()


def _lettered(text: str, language: str) -> Iterator[_Stage]:
    for match in _runs(text, language):
        number = _VALUES.get(match["number"].upper(), match["number"])
        yield f"{number}{match['letter'].upper()}", match.span(), match.group()


def _runs(text: str, language: str) -> Iterator[re.Match[str]]:
    """Find lettered stages, and in English those that follow one: stage IIA and IIB."""
    for match in _LETTERED[language].finditer(text):
        follow: re.Match[str] | None = match
        while follow:
            yield follow
            follow = _NEXT.match(text, follow.end()) if language == "en" else None


def _differing(parsed: ParsedPair, mine: list[_Stage], theirs: list[_Stage]) -> Iterator[Finding]:
    lost, added = _without(mine, theirs), _without(theirs, mine)
    for (_, span, text), (_, place, other) in zip(lost, added, strict=False):
        message = f"English has {text}, Chinese has {other}: the stages differ"
        yield parsed.finding("staging", "error", message, (span, place))


def _without(some: list[_Stage], others: list[_Stage]) -> list[_Stage]:
    spare = [stage for stage, _, _ in others]
    left = []
    for row in some:
        if row[0] in spare:
            spare.remove(row[0])
        else:
            left.append(row)
    return left


CHECK = Check(
    check,
    wrong=of_pair("The tumor was T1N2M0.", "肿瘤为T2N1M0。"),
    right=of_pair("The tumor was T1N2M0.", "肿瘤分期为T1N2M0。"),
)
