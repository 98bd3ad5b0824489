"""Decide which candidates stand: best first, and none that its betters speak against."""

from __future__ import annotations

import numpy as np
import regex

from aligner.terms.pairing import CandidatePairs
from aligner.terms.spans import Floats, Ints, Spans

CROSSING = 0.1  # how much more probable a candidate pair must be that is at odds with a better one
NESTED = 0.1  # likewise one that stands within another in both languages; from 626 annotated pairs
LONGER = 0.15  # how much less probable a candidate may be that lengthens one of two spans, and go first
_LIST = regex.compile(r"[，、；]|[,;]\s")  # what parts the items of a list, hence no term holds it

Bounds = tuple[int, int, int, int]


def decode(en: Spans, zh: Spans, candidates: CandidatePairs, probability: Floats, threshold: float) -> Ints:
    """Return the rows that are term pairs: best first, a span stands in one pair only.

    Spans that hold a comma between words are left out. Of candidates that share one span and differ in how
    far the other goes, the longest goes first unless it is less probable by ``LONGER``: Kaposi's sarcoma and
    not Kaposi. A Chinese span is not lengthened at its left end, where a verb may stand: 治疗非小细胞肺癌. A
    candidate at odds with a better one of its texts (the spans overlap in one language only, or neither holds
    the other) must be more probable by ``CROSSING``; by ``NESTED``, one within another that stands: the whole
    is the term, unless its part is one too.
    """
    likely = np.flatnonzero(probability >= threshold)
    order = likely[np.lexsort((likely, -_rank(en, zh, candidates.take(likely), probability[likely])))]
    some = candidates.take(order)
    listed = [
        any(_LIST.search(spans.texts[t].text, *span) for spans, span in ((en, x), (zh, y)))
        for t, x, y in zip(
            en.text[some.e].tolist(), en.characters(some.e), zh.characters(some.z), strict=True
        )
    ]
    bounds = (en.first[some.e], en.after[some.e], zh.first[some.z], zh.after[some.z])
    kept: dict[int, list[tuple[int, Bounds]]] = {}
    for row, text, commas, *place in zip(
        order.tolist(), en.text[some.e].tolist(), listed, *(b.tolist() for b in bounds), strict=True
    ):
        a, b, c, d = place
        betters = kept.setdefault(text, [])
        if commas or any((a, b) == better[:2] or (c, d) == better[2:] for _, better in betters):
            continue
        odds = any(_at_odds((a, b, c, d), better) for _, better in betters)
        if probability[row] >= threshold + CROSSING * odds:
            betters.append((row, (a, b, c, d)))
    rows = [
        row
        for standing in kept.values()
        for row, one in standing
        if probability[row] >= threshold + NESTED * any(_within(one, other) for _, other in standing)
    ]
    return np.array(sorted(rows), dtype=np.int64)


def _rank(en: Spans, zh: Spans, candidates: CandidatePairs, probability: Floats) -> Floats:
    """Return what candidates are taken in the order of: how probable they are, less where a longer one is."""
    result = probability.copy()
    for spans, own, shared in ((en, candidates.e, candidates.z), (zh, candidates.z, candidates.e)):
        order = np.argsort(shared, kind="stable")
        first, after = spans.first[own], spans.after[own]
        for step in range(1, len(order)):
            same = shared[order[step:]] == shared[order[:-step]]
            if not same.any():
                break
            one, other = order[step:][same], order[:-step][same]
            for short, long in ((one, other), (other, one)):
                begins = first[long] <= first[short] if spans is en else first[long] == first[short]
                holds = begins & (after[short] <= after[long])
                behind = probability[short] - probability[long]
                rows = np.flatnonzero(holds & (behind > 0) & (behind <= LONGER))
                np.minimum.at(result, short[rows], np.nextafter(probability[long[rows]], 0))
    return result


def _within(one: Bounds, other: Bounds) -> bool:
    """Tell whether a candidate pair is a proper part of the other in both languages."""
    (a, b, c, d), (e, f, g, h) = one, other
    return e <= a and b <= f and g <= c and d <= h and (a, b) != (e, f) and (c, d) != (g, h)


def _at_odds(one: Bounds, other: Bounds) -> bool:
    """Tell whether two candidates overlap in one language only, or cross in one."""
    a, b, c, d = one
    e, f, g, h = other
    en, zh = a < f and e < b, c < h and g < d
    if en != zh:
        return True
    nested_en = (e <= a and b <= f) or (a <= e and f <= b)
    nested_zh = (g <= c and d <= h) or (c <= g and h <= d)
    return en and not (nested_en and nested_zh)
