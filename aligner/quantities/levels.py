"""Vertebral levels as places in the spine: T12, T<sub>12</sub>, 第12胸椎 are all 19."""

import re
from collections.abc import Iterator
from decimal import Decimal

from aligner.quantities.types import Quantity
from aligner.quantities.words import chinese_word
from aligner.types import Language

_FIRST = {"C": 1, "T": 8, "L": 20, "S": 25}
_LAST = {"C": 8, "T": 13, "L": 6, "S": 5}
_REGIONS = {"cervical": "C", "thoracic": "T", "dorsal": "T", "lumbar": "L", "sacral": "S"}
_HAN_REGIONS = {"颈": "C", "頸": "C", "胸": "T", "腰": "L", "骶": "S"}

_number = r"(?:</?sub>)?[(]?(1[0-3]|[1-9])(?![0-9])[)]?(?:</?sub>)?(?![0-9%]|\.[0-9])"
_CODE = re.compile(rf"(?<![A-Za-z0-9])(Th|[CTLS]) ?-?{_number}", re.IGNORECASE)
_NEXT = re.compile(
    rf"(?: ?(?P<to>-|~|—+|/|to|through|至|到) ?|(?P<and>、|, | and | or |和|及|或|与|,|，))(?:"
    rf"(Th|[CTLS])-?)?{_number}",
    re.IGNORECASE,
)
_TWO_DIGITS = re.compile(r"(?![0-9])")
_NOT_LEVEL = re.compile(
    r"[ ,，~-]*[Nn][0-3Xx](?![0-9])| ?-?(?:weighted|加权|权重|像|WI\b|信号|相|N[0-3X]|M[01X]"
    r"|DM|mapping|bN|期|stage|signal"
    r"|shortening|hyper|hypo|lesion|prolong|values?|times?|maps?|high|scans?|FLAIR|image|sequence|RNA|DNA|promoter|polymerase|phage|启动子|聚合酶|噬菌体|ρ|relax|弛豫|高信号|低信号|型)"
    r"|[A-Za-z]|\+|-(?!(?:[CTLS]|Th)[0-9])[A-Za-z]",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"(?:fig(?:ure|s)?\.?|tables?|appendix|图|表|附录|附件|材料|section|panel|complement|补体"
    r"|free|游离|factor|stage|pT|cT|hormone|激素|heart sound|心音|单次|剂量组) ?$"
    r"|(?-i:[A-Z]{2}-)$",
    re.IGNORECASE,
)
_words = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
_PHRASE = re.compile(
    rf"\b((?:(?:{_words}|[0-9]{{1,2}}(?:st|nd|rd|th))(?:,? (?:and|to|or|through) |, |-)?){{1,12}})[ -]?"
    rf"(cervical|thoracic|dorsal|lumbar|sacral)(?: vertebra[el]?| spine)?\b",
    re.IGNORECASE,
)
_ONE_WORD = re.compile(rf"({_words})|([0-9]{{1,2}})(?:st|nd|rd|th)", re.IGNORECASE)
_hanzi = r"([0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_HAN_PHRASE = re.compile(
    rf"第 ?{_hanzi}(?:[~、至到和及-]第?{_hanzi})? ?([颈頸胸腰骶])椎"
    r"|(?<![气氣血液脓膿])([颈頸胸腰骶])椎? ?第? ?"
    rf"([0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}}(?=椎))(?![0-9%]|\.[0-9])"
    rf"(?:[~、至到和及/-]([颈頸胸腰骶]?)椎?第?([0-9]{{1,2}})(?![0-9%]|\.[0-9]))?",
)
_ORDER = _words.split("|")


def name_of(place: Decimal) -> str:
    """Name a place in the spine: 19 is T12."""
    region = max((letter for letter in _FIRST if _FIRST[letter] <= place), key=_FIRST.__getitem__)
    return f"{region}{int(place) - _FIRST[region] + 1}"


def _place(region: str, number: int) -> Decimal | None:
    region = region[0].upper()
    return Decimal(_FIRST[region] + number - 1) if 1 <= number <= _LAST[region] else None


def levels(plain: str, text: str, language: Language) -> Iterator[Quantity]:
    """Find the vertebral levels of a flattened text; a range (T11-L2, 胸11至腰2) is one quantity."""
    yield from _codes(plain, text)
    yield from _english(plain, text) if language == "en" else _chinese(plain, text)


def _codes(plain: str, text: str) -> Iterator[Quantity]:
    position = 0
    while match := _CODE.search(plain, position):
        position = match.end()
        place = _place(match[1], int(match[2]))
        if (
            place is None
            or _NOT_LEVEL.match(plain, position)
            or _NOT_BEFORE.search(plain[max(0, match.start() - 14) : match.start()])
        ):
            continue
        found, position = _run(plain, text, match, place)
        if not _NOT_LEVEL.match(plain, position):
            yield from found


def _run(plain: str, text: str, match: re.Match[str], low: Decimal) -> tuple[list[Quantity], int]:
    """Read the levels that a first one opens (T11, T12 and L1; L1-4), and where they end."""
    found: list[Quantity] = []
    start, region, position = match.start(), match[1], match.end()
    while follow := _NEXT.match(plain, position):
        second = _place(follow[3] or region, int(follow[4]))
        if second is None or not _continues(follow, plain):
            break
        region, position = follow[3] or region, follow.end()
        if follow["to"] or (not found and plain[max(0, start - 8) : start].lower() == "between "):
            return [*found, _level(text, start, position, low, second)], position
        found.append(_level(text, start, follow.start(), low))
        start, low = follow.start(3 if follow[3] else 4), second
    return [*found, _level(text, start, position, low)], position


def _continues(follow: re.Match[str], plain: str) -> bool:
    """Tell whether a bare number after a level is one more level: T11, 12 and L1, but not L1, 12 patients."""
    if follow[3]:
        return True
    after = plain[follow.end() : follow.end() + 2]
    if follow["to"]:
        return not re.match(r" ?(?:%|mm|cm|例|个月|周)", after)
    return follow["and"] == "、" and bool(re.match(r"[椎节、至~-]|$|[CTLS]| ?[,，。)]", after))


def _english(plain: str, text: str) -> Iterator[Quantity]:
    for phrase in _PHRASE.finditer(plain):
        found = []
        for match in _ONE_WORD.finditer(plain, phrase.start(1), phrase.end(1)):
            number = _ORDER.index(match[1].lower()) + 1 if match[1] else int(match[2])
            place = _place(_REGIONS[phrase[2].lower()], number)
            if place is not None:
                found.append((match.start(), match.end(), place))
        if not found:
            continue
        if len(found) == 2 and re.fullmatch(r" to | through |-", plain[found[0][1] : found[1][0]]):
            yield _level(text, found[0][0], phrase.end(), found[0][2], found[1][2])
            continue
        for at, (start, end, place) in enumerate(found):
            yield _level(text, start, phrase.end() if at == len(found) - 1 else end, place)


def _chinese(plain: str, text: str) -> Iterator[Quantity]:
    for match in _HAN_PHRASE.finditer(plain):
        first, second, ordinal_region, region, number, next_region, next_number = match.groups()
        letter = _HAN_REGIONS[ordinal_region or region]
        low = _place(letter, _count(first or number))
        high_region = _HAN_REGIONS[next_region] if next_region else letter
        high = _place(high_region, _count(second or next_number)) if second or next_number else None
        if low is None:
            continue
        joined = match.group()
        is_list = any(sign in joined for sign in "、和及")
        if high is None or not is_list:
            yield _level(text, match.start(), match.end(), low, high)
        else:
            cut = match.start() + max(joined.find(sign) for sign in "、和及")
            yield _level(text, match.start(), cut, low)
            yield _level(text, cut + 1, match.end(), high)


def _count(written: str) -> int:
    return int(written) if written.isdigit() and written.isascii() else int(chinese_word(written))


def _level(text: str, start: int, end: int, low: Decimal, high: Decimal | None = None) -> Quantity:
    values = (low,) if high is None else (low, high)
    return Quantity("level", values, (start, end), text[start:end], is_range=high is not None)


__all__ = ["levels", "name_of"]
