"""The clauses and list items of a text, as spans: what a translation can leave out or put in."""

import re
from collections.abc import Sequence
from itertools import pairwise

from aligner.text.han import HAN
from aligner.types import Language, Span

# Brackets that hold only a figure or a short form do not part what stands around them.
_EN_ASIDE = re.compile(
    r"\((?:[A-Za-z]*[A-Z][A-Za-z]*(?:[-–][A-Z0-9]+)?|[^()A-Za-z]*|[nP][^()A-Za-z]*"
    r"|[^()]*95% ?CI[^()]*)\)"
)
_ZH_ASIDE = re.compile(rf"[（(][^（）(){HAN}]*[）)]")
_EN_PIECE = re.compile(r"[^,;:.()\[\]?!]+(?:[.,:](?=[^\s])[^,;:.()\[\]?!]*)*")
_EN_JOIN = re.compile(r"(?:and|or|but|whereas|while|which|who|although|because)\b\s*", re.IGNORECASE)
_EN_CUT = re.compile(r"\s(?=(?:and|or|but|whereas|while|which|who|although|because)\b)", re.IGNORECASE)
_EN_WORDS = re.compile(r"[A-Za-z]{2,}")
_ZH_PIECE = re.compile(r"[^，。；：、（）()\[\]；！？,;:]+")
_ZH_CUT = re.compile(
    r"(?<![总缓温饱柔谐调])和(?!缓|谐|睦|解|抗体)|(?<![涉波提普危触顾])及(?!时|其|早|格)|"
    r"(?<![参])与(?!否|其)|(?<!抑)或(?!许|将|可)"
    r"|以及|同时|并(?!非|不|发|且|存|未|无|列|行)|并且|而且"
)
_ZH_JOIN = re.compile(r"以及|并且|而且|同时|[和及与或并]")
_ZH_CHARS = re.compile(rf"[{HAN}]|[A-Za-z]{{2,}}|[0-9]")
_LIST_GAP = {
    "en": re.compile(r"\s*[,;]?\s*(?:(?:and|or)\s+)?", re.IGNORECASE),
    "zh": re.compile(r"[、，；]?(?:以及|[和及与或])?"),
}


def segments(text: str, language: Language) -> list[Span]:
    """Cut a text at its punctuation and conjunctions; pieces without words are left out."""
    aside = _EN_ASIDE if language == "en" else _ZH_ASIDE
    plain = aside.sub(lambda match: "_" * len(match.group()), text)
    return _english(plain) if language == "en" else _chinese(plain)


def list_lengths(text: str, spans: Sequence[Span], language: Language) -> list[int]:
    """Return for each segment how many segments the enumeration it stands in has; 1 where it stands alone."""
    runs: list[list[int]] = [[0]] if spans else []
    for at, one_list in enumerate(in_one_list(text, spans, language), 1):
        if one_list:
            runs[-1].append(at)
        else:
            runs.append([at])
    return [len(run) for run in runs for _ in run]


def in_one_list(text: str, spans: Sequence[Span], language: Language) -> list[bool]:
    """Tell of each two neighbouring segments whether nothing but a joint is between them."""
    joint = _LIST_GAP[language]
    return [joint.fullmatch(text, one[1], other[0]) is not None for one, other in pairwise(spans)]


def _english(text: str) -> list[Span]:
    found = []
    for piece in _EN_PIECE.finditer(text):
        cuts = [piece.start() + cut.start() for cut in _EN_CUT.finditer(piece.group())]
        for start, end in pairwise([piece.start(), *cuts, piece.end()]):
            span = _trimmed(text, start, end)
            joint = _EN_JOIN.match(text, *span)
            start = joint.end() if joint and joint.end() < span[1] else span[0]
            if _EN_WORDS.search(text, start, span[1]):
                found.append((start, span[1]))
    return found


def _chinese(text: str) -> list[Span]:
    found = []
    for piece in _ZH_PIECE.finditer(text):
        cuts = [at for cut in _ZH_CUT.finditer(text, *piece.span()) if (at := cut.start()) > piece.start()]
        for start, end in pairwise([piece.start(), *cuts, piece.end()]):
            joint = _ZH_JOIN.match(text, start, end) if start != piece.start() else None
            span = _trimmed(text, joint.end() if joint and joint.end() < end else start, end)
            if len(_ZH_CHARS.findall(text, *span)) >= 2:
                found.append(span)
    return found


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
