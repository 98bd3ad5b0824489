"""Features of candidates among their competitors: a pair of spans is right when nothing near it is better."""

from __future__ import annotations

import numpy as np

from aligner.terms.pairing import CandidatePairs, Evidence
from aligner.terms.spans import Column, Floats, Ints, Table, table


def features(evidence: Evidence, candidates: CandidatePairs, logits: Floats) -> Table:
    """Return names and values of how each candidate stands among those of its texts and of the block.

    Args:
        evidence: of the block.
        candidates: ordered by text.
        logits: ``(n,)`` log odds of each candidate pair by itself.
    """
    en, zh = evidence.en, evidence.zh
    probability = 1 / (1 + np.exp(-logits))
    bounds = np.searchsorted(en.text[candidates.e], np.arange(len(en.texts) + 1))
    near = [np.empty((0, len(_RIVALS) + len(_PARTS)))]
    for first, after in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if first == after:  # a pair of texts without a candidate
            continue
        e, z = candidates.e[first:after], candidates.z[first:after]
        places = en.first[e], en.after[e], zh.first[z], zh.after[z]
        near.append(_near(*places, probability[first:after]))
    rank_en, sum_en = _shared(candidates.e, probability)
    rank_zh, sum_zh = _shared(candidates.z, probability)
    named = dict(zip((*_RIVALS, *_PARTS), np.concatenate(near).T, strict=True))
    columns = {
        "logit": logits,
        **{name: named[name] for name in _RIVALS},
        "rank_en": rank_en,
        "rank_zh": rank_zh,
        "rank": _shared(en.text[candidates.e], probability)[0],
        "sum_en": sum_en,
        "sum_zh": sum_zh,
        **{name: named[name] for name in _PARTS},
        **_far(evidence, candidates, probability),
    }
    return table(columns)


FAINT = 0.02  # probability of a candidate pair that covers nothing
PART = 0.1  # probability from which two candidates may be the parts of one that holds both
FILLED = 0.8  # share of each of its spans that the two parts fill

_RIVALS = (
    "longer_zh", "shorter_zh", "other_zh", "longer_en", "shorter_en", "other_en", "crossing",
    "parent", "child", "twisted",
)  # fmt: skip
_PARTS = ("parts_en", "parts_zh", "whole")


def _shared(group: Ints, p: Floats) -> tuple[Floats, Floats]:
    """Return how many of each candidate's group are better, and the sum of probability over the group."""
    order = np.lexsort((-p, group))
    opens = np.append([True], np.diff(group[order]) != 0)[: len(order)]
    changes = opens | np.append([True], np.diff(p[order]) != 0)[: len(order)]
    place = np.arange(len(order))
    first, equal = (np.maximum.accumulate(np.where(marks, place, 0)) for marks in (opens, changes))
    rank = np.empty(len(order), dtype=np.float64)
    rank[order] = equal - first
    return rank, np.asarray(np.bincount(group, weights=p)[group], dtype=np.float64)


def _near(a: Ints, b: Ints, c: Ints, d: Ints, p: Floats) -> Floats:
    """Compare every candidate of a pair of texts with every other: the best of each kind."""
    falling = np.argsort(-p, kind="stable")
    a, b, c, d, p = a[falling], b[falling], c[falling], d[falling], p[falling]
    holds_en = (a[:, None] <= a) & (b[:, None] >= b)  # [r, s]: the span of r holds that of s
    holds_zh = (c[:, None] <= c) & (d[:, None] >= d)
    same_en, same_zh = holds_en & holds_en.T, holds_zh & holds_zh.T
    proper_en, proper_zh = holds_en & ~same_en, holds_zh & ~same_zh
    apart_en, apart_zh = ~(holds_en | holds_en.T), ~(holds_zh | holds_zh.T)
    touch_en = (a[:, None] < b) & (a < b[:, None])
    touch_zh = (c[:, None] < d) & (c < d[:, None])
    parts = proper_en & proper_zh
    kinds = (
        same_en & proper_zh.T,
        same_en & proper_zh,
        same_en & apart_zh,
        same_zh & proper_en.T,
        same_zh & proper_en,
        same_zh & apart_en,
        (touch_en & apart_en) | (touch_zh & apart_zh),
        parts.T,
        parts,
        touch_en ^ touch_zh,
    )
    rows = np.arange(len(p))
    places = [kind.argmax(axis=1) for kind in kinds]  # the first is the best
    best = [np.where(kind[rows, place], p[place], 0.0) for kind, place in zip(kinds, places, strict=True)]
    covers = _covered(parts, p, (a, b), (c, d))
    result = np.empty((len(p), len(_RIVALS) + len(_PARTS)))
    result[falling] = np.stack([*best, *covers, _whole(parts, p, a, b, c, d)], axis=1)
    return result


def _covered(parts: Column, p: Floats, *sides: tuple[Ints, Ints]) -> list[Floats]:
    """Mean over each span's tokens of the probability of the best candidate within that covers it.

    Candidates stand in falling order of ``p``.
    """
    faint = int(np.searchsorted(-p, -FAINT))
    whole, part = np.nonzero(parts[:, :faint])
    whole, part = whole[::-1], part[::-1]  # better ones overwrite
    found = []
    for first, after in sides:
        base = int(first.min())
        covers = np.zeros((len(p), int(after.max()) - base))
        length = (after - first)[part]
        start = np.cumsum(length) - length
        step = np.arange(int(length.sum())) - np.repeat(start, length)
        covers[np.repeat(whole, length), np.repeat(first[part] - base, length) + step] = np.repeat(
            p[part], length
        )
        found.append(covers.sum(axis=1) / (after - first))
    return found


def _whole(parts: Column, p: Floats, a: Ints, b: Ints, c: Ints, d: Ints) -> Floats:
    """Best product of two candidates within that together fill most of both spans."""
    count = int(np.searchsorted(-p, -PART))
    x, y = np.triu_indices(count, 1)
    en, zh = b - a, d - c
    en_sum, zh_sum = en[x] + en[y], zh[x] + zh[y]
    fits = (en_sum >= FILLED * (np.maximum(b[x], b[y]) - np.minimum(a[x], a[y]))) & (
        zh_sum >= FILLED * (np.maximum(d[x], d[y]) - np.minimum(c[x], c[y]))
    )
    fits &= ((b[x] <= a[y]) | (b[y] <= a[x])) & ((d[x] <= c[y]) | (d[y] <= c[x]))
    x, y, en_sum, zh_sum = x[fits], y[fits], en_sum[fits], zh_sum[fits]
    full = parts[:, x] & parts[:, y] & (en_sum >= FILLED * en[:, None]) & (zh_sum >= FILLED * zh[:, None])
    return np.asarray(np.where(full, p[x] * p[y], 0.0).max(axis=1, initial=0.0))


def _far(evidence: Evidence, candidates: CandidatePairs, p: Floats) -> dict[str, Floats]:
    """What the block's other texts think of the same two strings, and of each string with others."""
    s, t = evidence.en.string[candidates.e], evidence.zh.string[candidates.z]
    text = evidence.en.text[candidates.e]
    elsewhere, texts = _elsewhere(s * (int(t.max(initial=0)) + 1) + t, text, p)
    best_en, _ = _elsewhere(s, text, p)
    best_zh, _ = _elsewhere(t, text, p)
    return {
        "elsewhere": elsewhere,
        "elsewhere_texts": np.log1p(texts),
        "best_en_elsewhere": best_en,
        "best_zh_elsewhere": best_zh,
        "share_en": np.where(best_en > 0, elsewhere / np.maximum(best_en, 1e-9), -1),
        "share_zh": np.where(best_zh > 0, elsewhere / np.maximum(best_zh, 1e-9), -1),
    }


def _elsewhere(key: Ints, text: Ints, p: Floats) -> tuple[Floats, Floats]:
    """Mean over the other texts that have the key of their best probability, and how many there are."""
    keys, number = np.unique(key, return_inverse=True)
    cells, cell = np.unique(number * (int(text.max(initial=0)) + 1) + text, return_inverse=True)
    best = np.zeros(len(cells))
    np.maximum.at(best, cell, p)
    owner = cells // (int(text.max(initial=0)) + 1)
    total = np.bincount(owner, weights=best, minlength=len(keys))[number] - best[cell]
    others = np.bincount(owner, minlength=len(keys))[number] - 1
    return np.where(others > 0, total / np.maximum(others, 1), 0.0), others.astype(float)
