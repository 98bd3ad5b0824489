"""Brackets that tie spans of both languages: (IIV3) behind a term on either side, 中文（English）."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import regex

from aligner.terms.spans import Column, Floats, Ints, Spans
from aligner.terms.tokens import Tokens
from aligner.text.abbreviations import definitions

AGREE, CLASH = 2.0, -3.0  # log odds for spans that the same short form follows, against those it tells apart

_QUOTED = regex.compile(r"\p{Han}\s*[(（\[［]\s*(\p{Latin}[\p{Latin}\d\s'’\-/.]{2,100}?)\s*[)）\]］,，;；]")
_NEGATIVE = frozenset("不非未无否失")
_NEGATING = frozenset({"no", "not", "non", "without", "never", "neither"})

Tie = tuple[int, int, int]  # first token of the English span, token after it, token after the Chinese one


def features(en: Spans, e: Ints, zh: Spans, z: Ints) -> dict[str, Column]:
    """Return what brackets say of pairs of spans ``(e, z)``, and how often each side denies something.

    ``anchored`` is 1 where both spans end before the same short form, or the Chinese one before the English
    one in a bracket (of both the latter counts); -1 where one of them is so tied to another; else 0.
    """
    value, start = _tied(en, e, zh, z, quotes=True)
    denying = np.append([word in _NEGATING for word in en.vocabulary], [False])[en.words].astype(int)
    negative = np.append([word in _NEGATIVE for word in zh.vocabulary], [False])[zh.words].astype(int)
    sums = (np.concatenate([[0], np.cumsum(denying)]), np.concatenate([[0], np.cumsum(negative)]))
    return {
        "anchored": value,
        "anchored_start": (value > 0) & start,
        "en_negations": sums[0][en.after[e]] - sums[0][en.first[e]],
        "zh_negations": sums[1][zh.after[z]] - sums[1][zh.first[z]],
    }


def evidence(en: Spans, e: Ints, zh: Spans, z: Ints) -> Floats:
    """Return log odds ``(n,)`` of definitions: live (LAIV3) and inactivated (IIV3) are not crossed."""
    value, start = _tied(en, e, zh, z, quotes=False)
    return np.where(value > 0, np.where(start, AGREE, 0.0), np.where(value < 0, CLASH, 0.0))


def ties(en: Spans, zh: Spans) -> tuple[Ints, Ints]:
    """Return which definition each span is of: equal numbers, where the same short form follows; 0 is none.

    An English span is the whole long form; a Chinese one may begin anywhere, since no bracket says where.
    """
    left, right, start = _numbers(en, zh, quotes=False)
    return np.where(start[en.after] == en.first, left[en.after], 0), right[zh.after]


def _tied(en: Spans, e: Ints, zh: Spans, z: Ints, *, quotes: bool) -> tuple[Ints, Column]:
    """Return 1, -1 or 0 for each pair of spans, and whether the English one begins as the tie has it."""
    left, right, start = _numbers(en, zh, quotes=quotes)
    behind, facing = left[en.after[e]], right[zh.after[z]]
    same = (behind > 0) & (behind == facing)
    value = np.where(same, 1, np.where((behind > 0) | (facing > 0), -1, 0))
    return value, start[en.after[e]] == en.first[e]


def _numbers(en: Spans, zh: Spans, *, quotes: bool) -> tuple[Ints, Ints, Ints]:
    """Number the ties: where each ends in either language, and the token its English side begins with."""
    left, right = np.zeros(len(en.words) + 1, dtype=np.int64), np.zeros(len(zh.words) + 1, dtype=np.int64)
    start = np.full(len(en.words) + 1, -1, dtype=np.int64)
    number = 0
    for text, (one, other) in enumerate(zip(en.texts, zh.texts, strict=True)):
        ties = [*_defined(one, other), *(_quoted(one, other) if quotes else ())]
        for en_start, en_end, zh_end in ties:
            number += 1
            a, b = int(en.offsets[text]), int(zh.offsets[text])
            left[a + en_end], right[b + zh_end] = number, number
            start[a + en_end] = a + en_start
    return left, right, start


def _defined(en: Tokens, zh: Tokens) -> Iterator[Tie]:
    """Yield English long forms with the Chinese terms that the same short form stands behind."""
    known = [d for d in definitions(zh.text, "zh") if d.chinese_end is not None]
    chinese = {d.short.casefold(): d.chinese_end for d in known}
    for one in definitions(en.text, "en"):
        end = chinese.get(one.short.casefold())
        if end is not None and one.long_span is not None:
            yield _tie(en, zh, *one.long_span, end)


def _quoted(en: Tokens, zh: Tokens) -> Iterator[Tie]:
    """Yield what the English text and a bracket behind a Chinese term both have.

    A short form there stands for its long form, which the English text may use as well: it ties nothing.
    """
    folded = en.text.casefold()
    if len(folded) != len(en.text):
        return
    known = [*definitions(en.text, "en"), *definitions(zh.text, "zh")]
    short = {definition.short.casefold() for definition in known}
    for match in _QUOTED.finditer(zh.text):
        quoted = match[1].casefold()
        place = folded.find(quoted)
        if place >= 0 and quoted not in short and not match[1].isupper():
            yield _tie(en, zh, place, place + len(match[1]), match.start() + 1)


def _tie(en: Tokens, zh: Tokens, start: int, end: int, zh_end: int) -> Tie:
    a, b = int(np.searchsorted(en.starts, start)), int(np.searchsorted(en.ends, end, side="right"))
    a += b - a > 1 and en.words[a] == "the"
    return a, b, int(np.searchsorted(zh.ends, zh_end, side="right"))
