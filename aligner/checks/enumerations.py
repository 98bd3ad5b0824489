"""Enumerations (A, B and C; A、B和C) as spans of their items, and a pair's two that differ in length."""

import re

from aligner.encoders import EncodedText
from aligner.types import Language, Span

_ASIDE = re.compile(r"[（(\[][^（）()\[\]]*[）)\]]")
_EN_CLAUSE = re.compile(r"(?:[^;:?!.]|\.(?=\S))+")
_EN_PIECE = re.compile(r"(?:[^,]|,(?=\S))+")
_EN_LAST = re.compile(r"\s*(?:and|or) ", re.IGNORECASE)
_EN_LAST_TWO = re.compile(r"\s*(?:\S+ ){1,6}?(?=(?:and|or) \S)", re.IGNORECASE)
# A segment with one of these holds more than the first item, and the enumeration begins in it.
_EN_OPENING = re.compile(
    r"\b(?:including|includes?|included|such as|namely|like|was|were|is|are|had|has|have"
    r"|showed|shows?|between"
    r"|among|that|which|who|whether|for|with|of|by|in|on|at|from|to|than|as|be|been|may|can|could|compared?"
    r"|underwent|received|using|especially|particularly|notably|through|except|via|across|without|against"
    r"|versus|into|during|after|before|either|both|causes?)\b",
    re.IGNORECASE,
)
_EN_ASIDE_WORDS = re.compile(
    r"\s*(?:(?:however|moreover|furthermore|therefore|thus|in addition|in particular"
    r"|for example|finally|overall"
    r"|similarly|conversely|indeed)\s*$|(?:and|or|but|which|who|whereas|while|although|because"
    r"|as|when|since|if)\b)",
    re.IGNORECASE,
)
_ZH_CLAUSE = re.compile(r"(?:[^，。；：！？;]|，(?=以及|和|及))+")
_ZH_CUT = re.compile(
    r"、|，?以及|(?<![总缓温饱柔谐调])和(?!缓|谐|睦|解|抗体)|(?<![涉波提普危触顾])及(?!时|其"
    r"|早|格)|(?<![参])与(?!否|其)|(?<!抑)或(?!许|将|可)"
)
_SHORT = 6  # words; a longer segment is the clause that the first item ends


def enumerations(text: str, language: Language) -> list[list[Span]]:
    """Find the enumerations of three and more items in a text, and of two in Chinese with its own comma."""
    plain = text
    while (shorter := _ASIDE.sub(lambda match: " " * len(match.group()), plain)) != plain:
        plain = shorter
    return _english(plain) if language == "en" else _chinese(plain)


def _english(plain: str) -> list[list[Span]]:
    found = []
    for clause in _EN_CLAUSE.finditer(plain):
        pieces = [match.span() for match in _EN_PIECE.finditer(plain, *clause.span())]
        for at in range(1, len(pieces)):
            start, end = pieces[at]
            two = None if _EN_LAST.match(plain, start, end) else _EN_LAST_TWO.match(plain, start, end)
            if two is None and not _EN_LAST.match(plain, start, end):
                continue
            if two is not None and _EN_OPENING.search(two.group()):
                continue
            items = [(start, end)] if two is None else [(start, two.end()), (two.end(), end)]
            items = [_trimmed(plain, item) for item in _before(plain, pieces[:at]) + items]
            if len(items) >= 3:
                found.append(items)
    return found


def _before(plain: str, pieces: list[Span]) -> list[Span]:
    """Go back over the items in front of the last one, to the segment the enumeration begins in."""
    items: list[Span] = []
    for start, end in reversed(pieces):
        piece = plain[start:end]
        if not piece.split() or _EN_ASIDE_WORDS.match(piece):
            break
        items.insert(0, (start, end))
        if len(piece.split()) > _SHORT or _EN_OPENING.search(piece):
            break
    return items


def _trimmed(plain: str, item: Span) -> Span:
    start, end = item
    joint = _EN_LAST.match(plain, start, end)
    start = joint.end() if joint else start
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    return start, end


def _chinese(plain: str) -> list[list[Span]]:
    found = []
    for clause in _ZH_CLAUSE.finditer(plain):
        if "、" not in clause.group():
            continue
        start, end = clause.span()
        last = plain.rindex("、", start, end)
        cuts = [match.span() for match in re.finditer("、", plain) if start <= match.start() < end]
        joint = _ZH_CUT.search(plain, last + 2, end)
        if joint:
            cuts.append(joint.span())
        bounds = [start, *(bound for cut in cuts for bound in cut), end]
        items = [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if plain[a:b].strip()]
        found.append(items)
    return found


def longer_enumeration(en: str, zh: str) -> tuple[Language, list[Span], int] | None:
    """Compare the enumerations of a pair that has as many on each side.

    Returns:
        The side whose enumeration is longer by one item, its items, and the length of the other's; None where
        they agree, or differ by so much that they are not the same enumeration.
    """
    mine, theirs = enumerations(en, "en"), enumerations(zh, "zh")
    if len(mine) != len(theirs):
        return None
    unequal = [(a, b) for a, b in zip(mine, theirs, strict=True) if len(a) != len(b)]
    if len(unequal) != 1 or abs(len(unequal[0][0]) - len(unequal[0][1])) != 1:
        return None
    a, b = unequal[0]
    return ("en", a, len(b)) if len(a) > len(b) else ("zh", b, len(a))


def least_similar(items: list[Span], own: EncodedText, other: EncodedText, others: list[Span]) -> Span:
    """Return the item that is least like any of the other side's segments."""
    near = own.vectors(items) @ other.vectors(others).T
    return items[int(near.max(axis=1).argmin())]
