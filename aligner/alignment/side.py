"""One side of a document: its sentences as vectors, and what runs of them look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.encoders import EncodedText
from aligner.encoders.text import Floats

LONGEST = 6
SHRINK = 5.0


@dataclass(frozen=True)
class Side:
    """The sentences of one language.

    Attributes:
        texts: the encoded sentences.
        vectors: ``(n, d)`` sentence vectors less the side's mean; rows are of length 1.
        lengths: ``(n,)`` characters that are not white space.
        weighted: ``(n, d)`` the vectors times their length: the vector of a run is the sum of its rows.
        norms: ``(LONGEST + 1, n + 1)`` length of the sum of ``k`` rows from row ``i`` on, at ``[k, i]``.
    """

    texts: Sequence[EncodedText]
    vectors: Floats
    lengths: Floats
    weighted: Floats
    total: Floats
    norms: Floats

    def __len__(self) -> int:
        return len(self.texts)

    @staticmethod
    def of(texts: Sequence[EncodedText]) -> Side:
        """Read the sentences' vectors in one go."""
        sums = np.stack([text.states.sum(axis=0) + text.edge for text in texts])
        counts = np.array([len(text.states) + text.edge_tokens for text in texts], dtype=np.float32)
        vectors = centred(texts[0].encoder.compose(sums, counts))
        lengths = np.array([max(1, len("".join(text.text.split()))) for text in texts], dtype=np.float32)
        total = np.concatenate([[0.0], np.cumsum(lengths, dtype=np.float64)])
        weighted = vectors * lengths[:, None]
        return Side(texts, vectors, lengths, weighted, total, run_norms(weighted))


def centred(vectors: Floats) -> Floats:
    """Subtract the mean, the less of it the fewer the rows are, and scale rows to length 1."""
    moved = vectors - vectors.mean(axis=0) * (len(vectors) / (len(vectors) + SHRINK))
    norms = np.sqrt(np.einsum("ij,ij->i", moved, moved))
    return np.asarray(moved / np.maximum(norms, 1e-6)[:, None], dtype=np.float32)


def run_norms(weighted: Floats) -> Floats:
    """Return the lengths of sums of up to ``LONGEST`` neighbouring rows, from products of rows near one another."""
    n = len(weighted)
    squares = np.zeros((LONGEST + 1, n + 1), dtype=np.float64)
    near = np.zeros((LONGEST, n), dtype=np.float64)
    for k in range(min(LONGEST, n)):
        near[k, : n - k] = np.einsum("ij,ij->i", weighted[: n - k], weighted[k:])
    for k in range(1, min(LONGEST, n) + 1):
        rows = n - k + 1
        added = near[0, k - 1 :].copy()
        for gap in range(1, k):
            added += 2.0 * near[gap, k - 1 - gap : n - gap][:rows]
        squares[k, :rows] = squares[k - 1, :rows] + added
    return np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32)


def length_ratio(en: Side, zh: Side, similarities: Floats) -> float:
    """Return how many Chinese characters stand for one English one, from pairs that like each other best.

    Totals would mislead where a part of one side is missing.
    """
    best_zh, best_en = similarities.argmax(axis=1), similarities.argmax(axis=0)
    mutual = np.flatnonzero(best_en[best_zh] == np.arange(len(en)))
    sure = mutual[similarities[mutual, best_zh[mutual]] >= np.median(similarities[mutual, best_zh[mutual]])]
    a, b = en.lengths[sure].sum(), zh.lengths[best_zh[sure]].sum()
    prior = 40.0  # characters of English at the usual ratio
    return float((b + PRIOR_RATIO * prior) / (a + prior))


PRIOR_RATIO = 0.31
