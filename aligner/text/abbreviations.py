"""Short forms that a text defines in brackets, in either language and either width of bracket.

English: ``long form (SF)`` and ``SF (long form)``. Chinese: 中文（SF）, 中文（long form，SF）,
中文（long form，简称SF）, SF（中文）. The method is that of Schwartz & Hearst (2003), A simple algorithm for
identifying abbreviation definitions in biomedical text, but for what counts as the best long form: they take
the shortest that holds the letters, here each candidate is scored by how its words are used (`fit`), so that
IIH is idiopathic intracranial hypertension and not intracranial hypertension.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from aligner.text.han import HAN, count_han
from aligner.text.long_forms import FARTHEST, QUOTES, abbreviates, best_long_form, fit, is_short_form
from aligner.types import Language, Span

_OPENING = "(（[［"
_BRACKET = regex.compile(r"[(（\[［)）\]］]")
_LONGEST_BRACKET = 200  # characters
_SEPARATOR = regex.compile(r"\s*[,，;；、:：]\s*|\s*\bor\s+|^\s*(?:or|also|i\.e\.|以下)\s*")
_CALLED = regex.compile(
    r"^(?:简称为?|縮寫為?|缩写为?|簡稱為?|以下简称|以下簡稱|或称|hereafter|hereinafter|abbreviated(?: as)?|"
    r"abbreviation)\s*[:：]?\s*[\"“”'‘’]?",
    regex.I,
)
_LATIN_NAME = regex.compile(rf"[^{HAN}。！？：；]*\p{{Latin}}{{2}}[^{HAN}。！？：；]*")
_CHINESE_NAME = regex.compile(rf"[{HAN}\p{{Latin}}\d\-]*[{HAN}]{{2}}[{HAN}\p{{Latin}}\d\-]*")
# 椎体, 》, 白细胞介素-6, 肿瘤坏死因子-α, 转换酶 2, 亚单位A
_TERM_END = regex.compile(
    rf"[{HAN})）”》](?:[-‐–]?[\p{{Greek}}\d][\p{{Latin}}\d]{{0,2}}|[-‐–][\p{{Latin}}\p{{Greek}}\d]{{1,3}}"
    r"| \d{1,4}|[A-Z]\d{0,2})?$"
)
_LATIN_TOKEN = regex.compile(r"[\p{Latin}\p{Greek}\d\-/.+]+$")
_LAST_TOKEN = regex.compile(r"[^\s,，;；。:：()（）]+$")
_IN_WORD, _WORD_GOES_ON = regex.compile(r"[\p{Latin}\d]\p{Ps}"), regex.compile(r"[\p{Latin}\d]")
_VOWEL = regex.compile("[aeiou]")
_UNITS = frozenset(["MPa", "GPa", "IU", "MHz", "GHz", "MBq", "GBq", "MeV", "BID", "TID", "QD", "AM", "PM"])

_FITS_WELL = 0.6  # a long form in a bracket behind its short form
_PLAINLY_A_NAME = 5  # Han characters: PVP（经皮椎体成形术）, but CT（增强）


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form that a text defines.

    Attributes:
        short: the short form, as written.
        short_span: where it stands.
        long: the English long form, as written; empty where the text gives none.
        long_span: where it stands; None where the text gives none.
        chinese_end: where the Chinese term ends that the short form stands for; None where there is none.
        chinese_start: where it starts; None where that is open, because no bracket parts it from its
            sentence: 采用经皮椎体成形术（PVP）.
    """

    short: str
    short_span: Span
    long: str = ""
    long_span: Span | None = None
    chinese_end: int | None = None
    chinese_start: int | None = None


def definitions(text: str, language: Language) -> list[Definition]:
    """Return the short forms that a text defines, in order.

    Example:
        >>> [(d.short, d.long) for d in definitions("Bone mineral density (BMD, g/cm2) fell.", "en")]
        [('BMD', 'Bone mineral density')]
        >>> [(d.short, d.long) for d in definitions("测量骨密度（bone mineral density，BMD）。", "zh")]
        [('BMD', 'bone mineral density')]
    """
    return list(_definitions(text, language))


@lru_cache(maxsize=1 << 10)
def _definitions(text: str, language: Language) -> tuple[Definition, ...]:
    """Those of the last texts are kept: several stages ask for them."""
    read = _english if language == "en" else _chinese
    found: dict[Span, Definition] = {}
    for opening, closing in _brackets(text):
        if _IN_WORD.match(text, max(0, opening - 1)) and _WORD_GOES_ON.match(text, closing + 1):
            continue  # 25(OH)D
        for definition in read(text, opening, closing):
            found.setdefault(definition.short_span, definition)
    return tuple(sorted(found.values(), key=lambda d: d.short_span))


def _english(text: str, opening: int, closing: int) -> Iterator[Definition]:
    parts = _parts(text, opening + 1, closing)
    if not parts:
        return
    least = max(0, opening - FARTHEST)
    before = text[least:opening]
    short = text[slice(*parts[0])]
    if is_short_form(short) and (found := best_long_form(short, before)) is not None:
        long_span = least + found[0], least + found[1]
        yield Definition(short, parts[0], text[slice(*long_span)], long_span)
        return
    token = _LAST_TOKEN.search(before.rstrip())
    if token is None or not is_short_form(token[0]):
        return
    for a, b in dict.fromkeys((parts[0], (opening + 1, closing))):
        if not is_short_form(text[a:b]) and fit(token[0], text[a:b]) > _FITS_WELL:
            yield Definition(token[0], (least + token.start(), least + token.end()), text[a:b], (a, b))
            return


def _chinese(text: str, opening: int, closing: int) -> Iterator[Definition]:
    least = max(0, opening - FARTHEST)
    end = least + len(text[least:opening].rstrip())
    parts = _parts(text, opening + 1, closing)
    if end == least or not parts or len(parts) > 3:
        return
    token = _LATIN_TOKEN.search(text, max(least, end - 20), end)
    if _TERM_END.search(text, max(least, end - 8), end) or (
        token and _ends(text[slice(*parts[0])], token[0])
    ):
        yield from _of_chinese_term(text, parts, end)
        return
    if token is None or not is_short_form(token[0]) or token[0].islower():
        return
    a, b = parts[0]
    if _CHINESE_NAME.fullmatch(text[a:b]) and count_han(text[a:b]) >= _PLAINLY_A_NAME:
        yield Definition(token[0], token.span(), chinese_end=b, chinese_start=a)
    elif not is_short_form(text[a:b]) and fit(token[0], text[a:b]) > _FITS_WELL:
        yield Definition(token[0], token.span(), text[a:b], (a, b))


def _of_chinese_term(text: str, parts: list[Span], end: int) -> Iterator[Definition]:
    """Yield what a bracket behind a Chinese term defines: ``（long form，SF）`` or ``（SF）``."""
    shorts = [span for span in parts if is_short_form(text[slice(*span)])]
    longs = [span for span in parts if span not in shorts and _LATIN_NAME.fullmatch(text[slice(*span)])]
    if len(shorts) + len(longs) != len(parts):
        return
    for span in shorts:
        short = text[slice(*span)]
        fitting = [long for long in longs if abbreviates(short, text[slice(*long)])]
        if fitting:
            yield Definition(short, span, text[slice(*fitting[0])], fitting[0], end)
        elif not longs and span == shorts[0] and stands_alone(short, text):
            yield Definition(short, span, chinese_end=end)


def _ends(short: str, word: str) -> bool:
    """Tell whether a short form ends with a Latin word, or its initials: cccDNA, RANS (Navier-Stokes)."""
    tail = "".join(part[:1] for part in word.split("-")) if "-" in word else word
    return 1 < len(tail) < len(short) and short.endswith(tail)


def stands_alone(short: str, text: str) -> bool:
    """Tell whether a short form without a long one is more than a unit or a word: two capitals or digits.

    In a text without any capital, as lower-cased corpora have them, it is letters that are no word: mri, pvp.
    """
    if short in _UNITS or sum(map(str.isalpha, short)) < 2:
        return False
    if sum(letter.isupper() or letter.isdigit() for letter in short) > 1 and any(map(str.isupper, short)):
        return True
    return short.isalpha() and _VOWEL.search(short[:-1]) is None and not any(map(str.isupper, text))


def _brackets(text: str) -> Iterator[Span]:
    """Yield the places of opening and closing brackets that belong together, inner ones first."""
    open_: list[int] = []
    for bracket in _BRACKET.finditer(text):
        place = bracket.start()
        if bracket[0] in _OPENING:
            open_.append(place)
        elif open_:
            opening = open_.pop()
            if place - opening <= _LONGEST_BRACKET:
                yield opening, place


def _parts(text: str, start: int, end: int) -> list[Span]:
    """Cut what stands in a bracket at its commas, without quotes and words such as 简称."""
    parts, place = [], start
    cuts = [match.span() for match in _SEPARATOR.finditer(text, start, end)]
    for a, b in [*cuts, (end, end)]:
        piece = text[place:a]
        called = _CALLED.match(piece.strip())
        first = place + len(piece) - len(piece.lstrip()) + (called.end() if called else 0)
        bare = text[first:a].strip(QUOTES)
        if bare:
            first = text.index(bare, first, a)
            parts.append((first, first + len(bare)))
        place = b
    return parts
