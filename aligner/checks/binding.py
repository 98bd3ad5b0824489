"""What two values of a text are said of: the words that bind to each, by the shape of the sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aligner.quantities import Quantity
from aligner.text import background
from aligner.text.han import HAN
from aligner.types import Language, Span

Owners = tuple[Span, Span]
"""The places of what the first and the second of two values are said of."""

_REACH = 160  # characters looked through on either side of a value
_LISTED = {  # what stands between the values of one list: 61 and 58 years, 12%和25%
    "en": re.compile(
        r"[a-z%/°]{0,7} ?(?:\([^()]{0,30}\))?,? ?(?:and|or|vs\.?|versus|compared (?:with|to)|,|to) ?",
        re.IGNORECASE,
    ),
    "zh": re.compile(rf"[a-zA-Z%％/°℃{HAN}]{{0,3}} ?(?:（[^（）]{{0,30}}）)?[和、与及比，,] ?"),
}
_AFTER = re.compile(  # 45 min for fusion, 71% (25/35) with surgery, 9% of the group
    r"[ a-z%/°-]{0,16}?(?:\([^()]{0,40}\))? ?\b(?:in|for|with|of|among|by|after|before|during|at|on)"
    r" (?:the |those |patients )?(?P<owner>[A-Za-z0-9][^,;.:()]{1,60}?)"
    r"(?=,|;|[.:](?: |$)|\(| and | vs\.? | versus | while | whereas | but | compared | respectively|$)",
    re.IGNORECASE,
)
_BEGIN = {
    "en": re.compile(r"[,;:(]|\.(?= )|\b(?:and|or|but|versus|vs|while|whereas|than|from)\b", re.IGNORECASE),
    "zh": re.compile("[，,；;。：:（(、]|而(?=[^且])|和|与|及"),
}
_IN_BRACKET = re.compile(r"[（(\[][^（）()\[\]]{0,12}$")
_EN_COUPLE = re.compile(
    r"(?P<a>[A-Za-z0-9%-]+(?: [a-z0-9-]+)?)(?: groups?)?,? (?:and|or|versus|vs\.?) (?:the |in |for )?"
    r"(?P<b>[A-Za-z0-9%-]+(?: [a-z0-9-]+)?)",
)
_ZH_COUPLE = re.compile(
    rf"(?P<a>[{HAN}A-Za-z0-9-]{{1,12}}?)(?:[和、与及]|以及)(?P<b>[{HAN}A-Za-z0-9-]{{1,12}}?)"
    rf"(?=的|分别|[^{HAN}A-Za-z0-9-]|$|组)"
)
_EDGE = re.compile("[。；;]|[.](?= )")
_LONGEST = 24  # characters of a phrase that are looked up
_LITTLE = frozenset("a an and at by for from in of on or that the to was were with".split())  # noqa: SIM905
_TOKEN = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Binding:
    """The owners of two values.

    Attributes:
        spans: of the first and the second value.
        style: ``list`` where the values and their owners stand side by side, else ``after`` or ``before``.
    """

    spans: Owners
    style: str


def owners(text: str, values: Owners, language: Language) -> Binding | None:
    """Find what two values are said of; they are given in the order of the text.

    Args:
        text: one side of a pair.
        values: the values' places.
        language: of the text.

    Returns:
        None where the sentence does not tell.
    """
    one, other = values
    if other[0] - one[1] > _REACH:
        return None
    if _LISTED[language].fullmatch(text, one[1], other[0]):
        spans = _couple(text, values, language)
        return Binding(spans, "list") if spans else None
    if language == "en":
        after = [_AFTER.match(text, span[1], min(len(text), span[1] + _REACH)) for span in values]
        if after[0] and after[1] and after[0].end("owner") <= other[0]:
            return Binding((after[0].span("owner"), after[1].span("owner")), "after")
    before = [_before(text, span, language) for span in values]
    if all(_is_said(text, span) for span in before):
        return Binding((before[0], before[1]), "before")
    behind = [_behind(text, span) for span in values]
    if language == "zh" and all(_is_said(text, span) for span in behind):
        return Binding((behind[0], behind[1]), "after")
    return None


def _is_said(text: str, span: Span) -> bool:
    return len(text[slice(*span)].strip(" 的为是有达")) > 1


def _before(text: str, span: Span, language: Language) -> Span:
    """Return the words before a value, from where its clause or item begins; before the bracket it is in."""
    start = max(0, span[0] - _REACH)
    bracket = _IN_BRACKET.search(text, start, span[0])
    end = bracket.start() if bracket else span[0]
    for match in _BEGIN[language].finditer(text, start, end):
        if match.end() < end - 1:
            start = match.end()
    return start, end


def _behind(text: str, span: Span) -> Span:
    """Return the words after a Chinese value, to the end of its clause: 15例患者出现恶心."""
    end = next((m.start() for m in _BEGIN["zh"].finditer(text, span[1], span[1] + _REACH)), len(text))
    return span[1], end


def _couple(text: str, values: Owners, language: Language) -> Owners | None:
    """Find the two things side by side that two values side by side are said of, the nearest first."""
    start = max((m.end() for m in _EDGE.finditer(text, 0, values[0][0])), default=0)
    stop = _EDGE.search(text, values[1][1])
    end = stop.start() if stop else len(text)
    couple = _EN_COUPLE if language == "en" else _ZH_COUPLE
    found = [m for m in couple.finditer(text, values[1][1], end) if language == "en"]
    found += reversed(list(couple.finditer(text, start, values[0][0])))
    return next(((m.span("a"), m.span("b")) for m in found), None)


def shared(en: str, zh: str) -> int:
    """Count the short forms, numbers, and words a dictionary translates by each other, that phrases share."""
    words = set(map(str.lower, _TOKEN.findall(en)))
    same = words & set(map(str.lower, _TOKEN.findall(zh)))
    han = zh[:_LONGEST]
    spans = ((at, at + length) for length in range(2, 7) for at in range(len(han) - length + 1))
    glossed = {word for start, end in spans for word in background.gloss_words(han[start:end])}
    return len(same) + len(words & glossed - _LITTLE)


def with_shared_units(text: str, quantities: Sequence[Quantity], language: Language) -> list[Quantity]:
    """Give the numbers of a list the unit that is written once, behind the last: 61 and 58 years."""
    found = list(quantities)
    for at in range(len(found) - 2, -1, -1):
        one, other = found[at], found[at + 1]
        is_bare = one.kind == "number" and not one.unit and not one.is_word
        if is_bare and other.unit and _LISTED[language].fullmatch(text, one.span[1], other.span[0]):
            found[at] = replace(one, kind=other.kind, unit=other.unit)
    return found
