"""Features of candidates among their competitors: a pair of spans is right when nothing near it is better."""

from __future__ import annotations

import numpy as np

from aligner.terms.pairing import CandidatePairs, Evidence
from aligner.terms.spans import Floats, Ints, Table


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
    near = [np.empty((0, len(_NEAR)))]
    for a, b in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if a == b:  # a pair of texts without a candidate
            continue
        e, z = candidates.e[a:b], candidates.z[a:b]
        near.append(_near(en.first[e], en.after[e], zh.first[z], zh.after[z], probability[a:b]))
    columns = {
        "logit": logits,
        **dict(zip(_NEAR, np.concatenate(near).T, strict=True)),
        **_far(evidence, candidates, probability),
    }
    return tuple(columns), np.stack(list(columns.values()), axis=1).astype(np.float64)


MAX_PARTS = 30  # candidates within another whose pairs are tried
FAINT = 0.02  # probability of a candidate pair that covers nothing

_NEAR = (
    "longer_zh", "shorter_zh", "other_zh", "longer_en", "shorter_en", "other_en", "crossing",
    "parent", "child", "twisted",
    "rank_en", "rank_zh", "rank", "sum_en", "sum_zh", "parts_en", "parts_zh", "whole",
)  # fmt: skip


def _near(a: Ints, b: Ints, c: Ints, d: Ints, p: Floats) -> Floats:
    """Compare every candidate of a pair of texts with every other: the best of each kind."""
    holds_en = (a[:, None] <= a) & (b[:, None] >= b)  # [r, s]: the span of r holds that of s
    holds_zh = (c[:, None] <= c) & (d[:, None] >= d)
    same_en, same_zh = holds_en & holds_en.T, holds_zh & holds_zh.T
    touch_en = (a[:, None] < b) & (a < b[:, None])
    touch_zh = (c[:, None] < d) & (c < d[:, None])
    cross = (touch_en & ~holds_en & ~holds_en.T) | (touch_zh & ~holds_zh & ~holds_zh.T)
    kinds = (
        same_en & holds_zh.T & ~same_zh,
        same_en & holds_zh & ~same_zh,
        same_en & ~holds_zh & ~holds_zh.T,
        same_zh & holds_en.T & ~same_en,
        same_zh & holds_en & ~same_en,
        same_zh & ~holds_en & ~holds_en.T,
        cross,
        holds_en.T & holds_zh.T & ~same_en & ~same_zh,
        holds_en & holds_zh & ~same_en & ~same_zh,
        (touch_en & ~touch_zh) | (touch_zh & ~touch_en),
    )
    best = [np.where(kind, p, 0.0).max(axis=1) for kind in kinds]
    better = p > p[:, None]
    ranks = [(better & same_en).sum(axis=1), (better & same_zh).sum(axis=1), better.sum(axis=1)]
    sums = [np.where(same_en, p, 0.0).sum(axis=1), np.where(same_zh, p, 0.0).sum(axis=1)]
    parts = np.where(kinds[8], p, 0.0)
    covers = [_covered(parts, p, *bounds) for bounds in ((a, b), (c, d))]
    return np.stack([*best, *ranks, *sums, *covers, _whole(parts, a, b, c, d)], axis=1)


def _covered(parts: Floats, p: Floats, first: Ints, after: Ints) -> Floats:
    """Mean over each span's tokens of the probability of the best candidate within that covers it."""
    base = int(first.min(initial=0))
    covers = np.zeros((len(first), int(after.max(initial=0)) - base))
    for s in np.argsort(p, kind="stable").tolist():  # better ones overwrite
        if p[s] > FAINT:
            covers[parts[:, s] > 0, first[s] - base : after[s] - base] = p[s]
    return np.asarray(covers.sum(axis=1) / (after - first))


def _whole(parts: Floats, a: Ints, b: Ints, c: Ints, d: Ints) -> Floats:
    """Best product of two candidates within that together fill at least four fifths of both spans."""
    count = parts.shape[0]
    result = np.zeros(count)
    for r in np.flatnonzero((parts > 0.1).sum(axis=1) > 1).tolist():
        inner = np.argsort(-parts[r], kind="stable")[:MAX_PARTS]
        inner = np.sort(inner[parts[r][inner] > 0.1])
        if len(inner) < 2:
            continue
        x, y = np.triu_indices(len(inner), 1)
        x, y = inner[x], inner[y]
        apart = ((b[x] <= a[y]) | (b[y] <= a[x])) & ((d[x] <= c[y]) | (d[y] <= c[x]))
        full = (b[x] - a[x] + b[y] - a[y] >= 0.8 * (b[r] - a[r])) & (
            d[x] - c[x] + d[y] - c[y] >= 0.8 * (d[r] - c[r])
        )
        fits = apart & full
        if fits.any():
            result[r] = (parts[r][x] * parts[r][y])[fits].max()
    return result


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
