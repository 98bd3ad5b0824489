"""In how many of a block's pairs two strings occur together, and apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aligner.terms.spans import Floats, Ints, Spans

_BITS = np.array([bin(byte).count("1") for byte in range(256)], dtype=np.uint8)


def measure(en: Spans, e: Ints, zh: Spans, z: Ints) -> dict[str, Floats]:
    """Return co-occurrence features of pairs of spans ``(e, z)``.

    The Dice coefficient (Dice 1945) is that of the texts the two strings occur in, less one text on either
    side: what a single
    pair of texts shows proves nothing, so the weight grows with the evidence.
    """
    left, right = _incidence(en, e), _incidence(zh, z)
    both = _BITS[left & right].sum(axis=1, dtype=np.int64)
    only_en = _BITS[left].sum(axis=1, dtype=np.int64)
    only_zh = _BITS[right].sum(axis=1, dtype=np.int64)
    return {
        "together": np.log(both),
        "dice": 2 * (both - 1) / np.maximum(only_en + only_zh - 2, 1),
        "given_en": (both - 0.5) / only_en,
        "given_zh": (both - 0.5) / only_zh,
    }


def _incidence(spans: Spans, rows: Ints) -> NDArray[np.uint8]:
    """Which texts hold each row's string, ``(n, texts / 8)`` bits."""
    wanted, place = np.unique(spans.string[rows], return_inverse=True)
    number = np.full(int(spans.string.max(initial=0)) + 1, -1, dtype=np.int64)
    number[wanted] = np.arange(len(wanted))
    row = number[spans.string]
    table = np.zeros((len(wanted), len(spans.texts)), dtype=bool)
    table[row[row >= 0], spans.text[row >= 0]] = True
    return np.packbits(table, axis=1)[place]
