"""Sums over all alignments of a band, and the best one: a semi-Markov chain of beads with affine nulls."""

from __future__ import annotations

import numpy as np

from aligner.alignment.band import Band

NEG = -1e30


def _lse(x, axis=0):
    top = np.maximum(x.max(axis=axis), NEG)
    with np.errstate(divide="ignore"):
        return top + np.log(np.exp(x - top).sum(axis=axis))


def run(band, shapes, scores, nulls):
    """forward: states M, X (en null), Y (zh null)."""
    n = len(band.low) - 1
    C = len(band)
    i, j = band.cells
    src = np.stack([band.number(i - a, j - b) for a, b in shapes])
    up = band.number(i - 1, j)
    openn, ext = nulls
    M = np.full(C + 1, NEG); X = np.full(C + 1, NEG); Y = np.full(C + 1, NEG); T = np.full(C + 1, NEG)
    for row in range(n + 1):
        p = slice(band.first[row], band.first[row + 1])
        M[p] = _lse(T[src[:, p]] + scores[:, p])
        if row == 0:
            M[0] = 0
        X[p] = np.logaddexp(M[up[p]] + openn, X[up[p]] + ext)
        inn = np.logaddexp(M[p], X[p])
        w = p.stop - p.start
        e = ext * np.arange(w)
        Y[p.start + 1 : p.stop] = np.logaddexp.accumulate(inn[:-1] + openn - e[1:]) + e[1:]
        T[p] = np.logaddexp(inn, Y[p])
    # backward: bM,bX,bY at node leaving state
    out = np.stack([band.number(i + a, j + b) for a, b in shapes])
    sc = np.concatenate([scores, np.full((len(shapes), 1), NEG)], axis=1)
    sidx = np.arange(len(shapes))[:, None]
    down = band.number(i + 1, j)
    bM = np.full(C + 1, NEG); bX = np.full(C + 1, NEG); bY = np.full(C + 1, NEG)
    for row in range(n, -1, -1):
        p = slice(band.first[row], band.first[row + 1])
        o = out[:, p]
        base = _lse(bM[o] + sc[sidx, o])
        if row == n:
            base[-1] = 0.0
        # Y: leave via base or extend to the right
        w = p.stop - p.start
        e = ext * np.arange(w)
        bY[p] = (np.logaddexp.accumulate((base + e)[::-1]))[::-1] - e
        right = np.append(bY[p.start + 1 : p.stop], NEG)
        common = np.logaddexp(base, right + openn)
        bX[p] = np.logaddexp(common, bX[down[p]] + ext)
        bM[p] = np.logaddexp(common, bX[down[p]] + openn)
    Z = T[C - 1]
    assert abs(Z - bM[0]) < 1e-4 * max(1, abs(Z)), (Z, bM[0])
    post = np.exp(np.minimum(T[src] + scores + bM[:-1] - Z, 0))
    return post, Z


def decode(band, shapes, post):
    n = len(band.low) - 1
    C = len(band)
    i, j = band.cells
    src = np.stack([band.number(i - a, j - b) for a, b in shapes])
    gain = np.where(post > 0.02, post - 0.5, -1e9)
    best = np.full(C + 1, -np.inf)
    back = np.full(C + 1, -3)
    up = band.number(i - 1, j)
    for row in range(n + 1):
        p = slice(band.first[row], band.first[row + 1])
        cand = best[src[:, p]] + gain[:, p]
        k = cand.argmax(axis=0)
        v = cand[k, np.arange(p.stop - p.start)]
        if row == 0:
            v[0] = 0
        u = best[up[p]]
        k = np.where(u >= v, -1, k); v = np.maximum(v, u)
        acc = np.maximum.accumulate(v)
        k = np.where(acc > v, -2, k)
        best[p] = acc; back[p] = k
    c = C - 1
    I, J = n, int(band.high[-1])
    beads = []
    while (I, J) != (0, 0):
        c = int(band.number(np.array(I), np.array(J)))
        k = back[c]
        if k == -1:
            I -= 1; beads.append(((I,), (), 0))
        elif k == -2:
            J -= 1; beads.append(((), (J,), 0))
        else:
            a, b = shapes[k]
            beads.append((tuple(range(I - a, I)), tuple(range(J - b, J)), float(post[k, c])))
            I -= a; J -= b
    return beads[::-1]
