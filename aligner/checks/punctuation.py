"""Punctuation of the Chinese: half-width marks, open brackets, doubled marks; a house style is left alone."""

import re
from collections.abc import Iterator

from aligner.checks.base import Check, of_pair
from aligner.checks.enumerations import enumerations
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.checks.style import FULL, half_width
from aligner.text.han import HAN, has_han
from aligner.types import Finding, Pair, Severity, Span

_DOUBLED = re.compile(r"([，。；：、？！])\s*\1+|[，、；][。；，、]|[。；，]{2,}|,,+|(?<!\.)\.\.(?!\.)|;;+")
_PAIRS = dict(zip("（([［【《〈〔“‘「『", "）)]］】》〉〕”’」』", strict=True))
_ITEM = rf"[{HAN}A-Za-z]{{1,8}}"
_LISTED = re.compile(
    rf"(?P<blanks>(?<=\S)[ \u3000]{{2,}}(?=\S))|(?P<joined>、(?:和|以及|及|与)(?!其))"
    rf"|、{_ITEM}(?P<mixed>，)(?!以及|和|及){_ITEM}(?:和|及|以及|、){_ITEM}(?=[，。；）)]|$)"
    rf"|(?:^|(?<=[，。：；]))[{HAN}]{{2,6}}(?P<commas>，)[{HAN}]{{2,6}}，[{HAN}]{{2,6}}(?:和|及|以及)[{HAN}]{{2,6}}"
)
_SAME = {"（": "(", "）": ")", "［": "[", "］": "]"}
_LIST_MARK = re.compile(r"(?:^|[，。；：\s])(?:[0-9]{1,2}|[a-zA-Z]|[一二三四五六七八九十])$")
_HEADING = re.compile(rf"\W{{0,2}}[{HAN}]{{2,6}}")  # 目的, which blanks part from its text
_ENGLISH_END = re.compile(r"(?<=[A-Za-z0-9)%\]])(?P<mark>[.?!])[\"”’')\]]*\s*$")
_HEADING_WORDS, _HEADING_CHARACTERS = 3, 8
_CHINESE_END = re.compile(r"(?P<mark>[。．？！.?!…；;：:，、,]?)[\"”’'）)\]』」》]*\s*$")
_CATEGORY = "linguistic conventions"


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Find slips of punctuation; a record that is half-width throughout gets one note, on its first pair."""
    zh = parsed.pair.zh
    if not has_han(zh):
        return
    yield from _end(parsed)
    yield from _doubled(parsed)
    yield from _lists(parsed)
    yield from _brackets(parsed)
    yield from _quotes(parsed)
    yield from _half(parsed, context)


def _end(parsed: ParsedPair) -> Iterator[Finding]:
    """Find an end mark that the English has and the Chinese has not, or has another one."""
    en, zh = _ENGLISH_END.search(parsed.pair.en), _CHINESE_END.search(parsed.pair.zh)
    if en is None or zh is None or (not zh["mark"] and _is_heading(parsed.pair)):
        return
    mark, other = en["mark"], zh["mark"]
    at = zh.start("mark") if other else len(parsed.pair.zh.rstrip()) - 1
    span = (at, at + 1)
    if not other:
        message = f"The Chinese ends without a mark, the English with {mark}"
        yield parsed.finding("punctuation", "warning", message, (None, span), category=_CATEGORY)
    elif other in "，、,":
        message = f"The Chinese ends with {other}, the English with {mark}"
        yield parsed.finding("punctuation", "warning", message, (None, span), category=_CATEGORY)
    elif (mark == "?") != (other in "？?") and mark in ".?" and other in "。.？?":
        message = f"The Chinese ends with {other}, the English with {mark}"
        yield parsed.finding("punctuation", "info", message, (None, span), category=_CATEGORY)


def _is_heading(pair: Pair) -> bool:
    """Tell whether a pair is short enough to be a heading, which Chinese writes without a mark."""
    return len(pair.en.split()) <= _HEADING_WORDS and len(pair.zh.strip()) <= _HEADING_CHARACTERS


def _doubled(parsed: ParsedPair) -> Iterator[Finding]:
    for match in _DOUBLED.finditer(parsed.pair.zh):
        marks = match.group()
        message = f"Two marks in a row: {marks}"
        yield parsed.finding(
            "punctuation", "warning", message, (None, match.span()), category=_CATEGORY, suggestion=marks[0]
        )


def _lists(parsed: ParsedPair) -> Iterator[Finding]:
    """Find several blanks in a row, and the marks of lists: 、 between items, none before 和."""
    for match in _LISTED.finditer(parsed.pair.zh):
        kind = str(match.lastgroup)
        if kind == "commas" and not any(len(items) > 2 for items in enumerations(parsed.pair.en, "en")):
            continue
        if kind == "blanks" and _HEADING.fullmatch(parsed.pair.zh, 0, match.start()):
            continue
        message = {
            "blanks": "Several blanks in a row",
            "joined": f"{match.group()}: the last item of a list has no 、 before it",
            "mixed": "A list with both 、 and ，",
            "commas": "The items of a list are parted by ，, not by 、",
        }[kind]
        suggestion = {"blanks": " ", "joined": match.group()[1:]}.get(kind, "、")
        yield parsed.finding(
            *("punctuation", "warning", message, (None, match.span(kind))),
            category=_CATEGORY,
            suggestion=suggestion,
        )


def _quotes(parsed: ParsedPair) -> Iterator[Finding]:
    if parsed.pair.zh.count('"') % 2 and parsed.pair.en.count('"') % 2 == 0:
        at = parsed.pair.zh.rindex('"')
        yield _bracket(parsed, 'The quotation mark " has no other one', (at, at + 1))


def _brackets(parsed: ParsedPair) -> Iterator[Finding]:
    zh = parsed.pair.zh
    open_: list[tuple[str, int]] = []
    for at, char in enumerate(zh):
        if char in "“‘" and open_ and open_[-1][0] == char:
            yield _bracket(parsed, f"The quotation mark {char} closes what {char} opened", (at, at + 1))
            open_.pop()
        elif char in _PAIRS:
            open_.append((char, at))
        elif char in _PAIRS.values():
            if open_ and _narrow(_PAIRS[open_[-1][0]]) == _narrow(char):
                open_.pop()
            elif char not in "”’" and not (char in "）)" and _LIST_MARK.search(zh[max(0, at - 4) : at])):
                message = f"The bracket {char} was never opened"
                yield _bracket(parsed, message, (at, at + 1))
    for char, at in open_:
        yield _bracket(parsed, f"The bracket {char} is never closed", (at, at + 1))


def _bracket(parsed: ParsedPair, message: str, span: Span) -> Finding:
    en = parsed.pair.en
    same_in_english = en.count("(") != en.count(")") or (
        parsed.pair.zh[span[0]] in "“”" and (en.count('"') % 2 == 1 or en.count("“") != en.count("”"))
    )
    severity: Severity = "info" if same_in_english else "warning"
    return parsed.finding("punctuation", severity, message, (None, span), category=_CATEGORY)


def _narrow(char: str) -> str:
    return _SAME.get(char, char)


def _half(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    zh, style = parsed.pair.zh, context.style
    found = half_width(zh)
    if not found:
        return
    if style.house == "half" or (
        style.house == "" and style.width(".") == "half" and style.half.get(".", 0) > 1
    ):
        if context.pairs and parsed.pair.bead == _first_half(context):
            message = "The whole record uses half-width punctuation"
            yield parsed.finding("punctuation", "info", message, (None, found[0]), category="style")
        found = [span for span in found if zh[span[0]] == "." and style.width(".") == "mixed"]
    for span in found:
        mark = zh[span[0]]
        severity: Severity = "info" if mark in "()" else "warning"
        if mark in "()":
            message = f"Half-width bracket {mark} in Chinese text"
        else:
            message = f"Half-width {mark} where the record writes {FULL[mark]}"
        yield parsed.finding(
            "punctuation",
            severity,
            message,
            (None, span),
            category=_CATEGORY,
            suggestion=FULL[mark],
        )


def _first_half(context: CheckContext) -> int:
    return next((pair.bead for pair in context.pairs if half_width(pair.zh)), -1)


CHECK = Check(
    check,
    wrong=of_pair("Pain, however, recurred.", "然而，，疼痛复发。"),
    right=of_pair("Pain, however, recurred.", "然而，疼痛复发。"),
)
