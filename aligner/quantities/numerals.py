"""Numerals of both languages: digits and number words, as exact values with their offsets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from aligner.quantities.words import ENGLISH_WORD, ORDINALS, SCALES, chinese_word, english_word
from aligner.types import Language


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral as written: its offsets, its value, and whether it is a word or a Roman numeral."""

    start: int
    end: int
    value: Decimal
    is_word: bool = False
    is_ordinal: bool = False
    scale: Decimal = Decimal(1)


_ENGLISH = re.compile(
    r"(?:(?:(?<![0-9.])|(?<=[a-z]{3}\.))(?<![cmkd]m)(?<!/m)(?<!/ m)"
    r"(?P<digits>(?:[1-9][0-9]{0,2} [0-9]{3}(?![0-9.])(?= [a-z]{5})"
    r"|[1-9][0-9]{0,2}(?: [0-9]{3})+(?<=0)(?!\.?[0-9]|%)"
    r"|[0-9]{1,3}(?:(?:,"
    r"|\u2009)[0-9]{3})+(?![0-9])|[0-9]+)"
    r"(?:\.[0-9]+)?)|(?<![0-9A-Za-z.)])(?P<bare>\.[0-9]+))"
    r"(?:(?P<nth>st|nd|rd|th)\b|[ -](?P<scale>thousand|million|billion)\b)?",
)
_ENGLISH_WORD = re.compile(
    rf"\b(?=[aefhnostz])(?:(?P<ordinal>{'|'.join(ORDINALS)})|(?P<word>{ENGLISH_WORD})(?:-?fold)?)(?![a-z])"
)
_CHINESE = re.compile(
    r"(?P<nth>第 ?)?(?:(?P<digits>(?<![0-9.])(?<![cmkd]m)(?<!/m)(?<!/ m)"
    r"(?:[0-9]{1,3}(?:(?:,| ,|[ \u2009]| , )[0-9]{3})+(?![0-9%])|[0-9]+)(?:\.[0-9]+)?|"
    r"(?<![0-9A-Za-z)])\.[0-9]+)"
    r"(?: ?[多余餘几]?(?P<scale>万亿|百万|千万|十万|万|亿|萬|億)(?![古能向一]))?"
    r"|(?P<word>[零〇一二三四五六七八九十百千万亿萬億两兩]+(?:[多余餘][万亿萬億]+)?(?:点[零〇一二三四五六七八九]+)?|半))",
)
_DIGITS_OUT = re.compile(r"[, \u2009]")

# What must follow a Chinese number word for it to be one: 三例 is three cases, 三角 a triangle.
_COUNTER = re.compile(
    r" ?(?:例|名|个|個|种|種|项|項|次|组|組|年|月|日|天|周|星期|岁|歲|级|級|期|度|型|倍|条|位"
    r"|处|節|节|段|椎|批|家|轮|支|只|枚|张|篇"
    r"|类点|点|分钟|小时|秒|疗程|维|者|人|侧|臂|线|中心|国|所|折|步|阶段|因素|部分|方面|术|酮"
    r"|院|台|代|成|份|款|层|根|颗|粒|片|袋|瓶|针|剂|滴|孔|眼|肾|肺|侧肺|膝"
    r"|毫|厘|微|米|克|升|公斤|公里|百分|[%~-]|、[二三四五六七八九十]|至|到|或|和)"
)
_NOT_NUMBER = re.compile(
    r"一(?:般|些|定|致|旦|直|样|方|并|起|系列|律|切|贯|过|级预|线|体化?|氧|侧|部|期|度|如|味"
    r"|举|经|再|向|边|面|时|同|道|者)"
    r"|十(?:分(?!钟|之)|足|二指|字)|三(?:角|酰|磷|氟|尖|叉|联)|四(?:肢|环)|五官|百(?:日咳|合"
    r"|会)|千(?:克|米|伏|帕|金|卡)|万(?:古|能|向|一)|半(?:月|衰|胱|乳|球|规|侧|透|定|合)"
    r"|两(?:性|栖)|二(?:甲|氧|价|聚|级预|尖|分|元|联|线|磷|代|硫)|七叶|八面|九价|六价"
)
_ROMAN = {c: v for v, c in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", 1)} | {c: v for v, c in enumerate("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ", 1)}
ROMAN_LETTERS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_ROMAN_SIGN = re.compile("[Ⅰ-Ⅻⅰ-ⅻ]")
_LATIN_ROMAN = r"(?<![A-Za-z0-9])(?:VIII|VII|III|VI|IV|IX|II|XII|XI|X|V|I)(?=[ABCabc]?(?![A-Za-z0-9]))"
_ENGLISH_ROMAN = re.compile(
    rf"(?:grades?|stages?|types?|class(?:es)?|phases?|levels?|degrees?|groups?|part|factors?|categor(?:y"
    rf"|ies)|zones?)[ -][(]?(?:{_LATIN_ROMAN}[ABC]?"
    rf"(?:,? ?(?:-|to|or|and|/|,|vs\.?|versus) ?)?)+",
    re.IGNORECASE,
)
_CHINESE_ROMAN = re.compile(
    rf"(?:{_LATIN_ROMAN}[ab]?(?:[-~—至或和、/,与及]|到)?)+ ?(?:级|期|型|度|类|区)|(?:分[级期型]"
    rf"|级别|[型期级])(?:为|是|:)? ?(?:{_LATIN_ROMAN}(?:[-~—至或和、/,与及])?)+",
    re.IGNORECASE,
)
_ONE_ROMAN = re.compile(_LATIN_ROMAN, re.IGNORECASE)


def numerals(plain: str, language: Language) -> list[Numeral]:
    """Find the numerals of a flattened text, in order and without overlap."""
    found = sorted(_english(plain) if language == "en" else _chinese(plain), key=lambda one: one.start)
    roman = list(_romans(plain, language))
    if roman:
        taken = {i for numeral in roman for i in range(numeral.start, numeral.end)}
        found = [numeral for numeral in found if numeral.start not in taken] + roman
        found.sort(key=lambda numeral: numeral.start)
    return found


def whole(value: Decimal) -> Decimal:
    """Drop the empty decimals that a multiplication leaves: 1.3 million is 1300000."""
    return value.to_integral_value() if value == value.to_integral_value() else value


def _number(digits: str, scale: Decimal = Decimal(1)) -> Decimal:
    value = Decimal(_DIGITS_OUT.sub("", digits))
    return value if scale == 1 else whole(value * scale)


def _english(plain: str) -> Iterator[Numeral]:
    for match in _ENGLISH.finditer(plain):
        start, end = match.span()
        scale = Decimal(SCALES[match["scale"]]) if match["scale"] else Decimal(1)
        value = _number(match["digits"] or match["bare"], scale)
        yield Numeral(start, end, value, is_ordinal=match["nth"] is not None, scale=scale)
    low = plain.lower()
    for match in _ENGLISH_WORD.finditer(low if len(low) == len(plain) else plain):
        if match["ordinal"]:
            value = Decimal(ORDINALS.index(match["ordinal"]) + 1)
            yield Numeral(match.start(), match.end(), value, is_word=True, is_ordinal=True)
        else:
            word = match["word"]
            scale = Decimal(SCALES.get(word.rpartition(" ")[2], 1))
            yield Numeral(match.start(), match.end("word"), english_word(word), is_word=True, scale=scale)


def _chinese(plain: str) -> Iterator[Numeral]:
    for match in _CHINESE.finditer(plain):
        start, end = match.span()
        if digits := match["digits"]:
            scale = chinese_word(match["scale"]) if match["scale"] else Decimal(1)
            yield Numeral(start, end, _number(digits, scale), is_ordinal=match["nth"] is not None)
            continue
        word, at = match["word"], match.start("word")
        if word in "万亿萬億百千" or (not match["nth"] and not _is_chinese_number(plain, word, at, end)):
            continue
        yield Numeral(start, end, chinese_word(word), is_word=True, is_ordinal=match["nth"] is not None)


def _is_chinese_number(plain: str, word: str, start: int, end: int) -> bool:
    if _NOT_NUMBER.match(plain, end - 1):
        return False
    if word == "半":
        before = plain[start - 1 : start]
        return (plain[end : end + 1] in "年天日小个周数" and before not in ("大", "多")) or before == "一"
    if start and plain[start - 1] in "统唯单专同万之另某每任逐进均" and word == "一":
        return False
    if len(word) > 1 and any(c in word for c in "十百千万亿") and word[0] not in "千万亿百":
        return True
    return _COUNTER.match(plain, end) is not None


def _romans(plain: str, language: Language) -> Iterator[Numeral]:
    if not plain.isascii():
        for match in _ROMAN_SIGN.finditer(plain):
            yield Numeral(match.start(), match.end(), Decimal(_ROMAN[match.group()]))
    for phrase in (_ENGLISH_ROMAN if language == "en" else _CHINESE_ROMAN).finditer(plain):
        for match in _ONE_ROMAN.finditer(plain, phrase.start(), phrase.end()):
            yield Numeral(match.start(), match.end(), Decimal(ROMAN_LETTERS[match.group().lower()]))
