"""One side of a document: its sentences as vectors, and what runs of them look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.encoders import EncodedText
from aligner.encoders.text import Encoder, Floats, Ints

LONGEST = 6
SHRINK = 5.0
AROUND = 200


@dataclass(frozen=True)
class Side:
    """The sentences of one language.

    Attributes:
        texts: the encoded sentences, ``n`` of them.
        sums: ``(n + 1, d)`` running sums of the sentences' token states, without edges.
        counts: ``(n + 1,)`` running count of tokens.
        means: ``(n, d)`` what is subtracted from a vector: the mean of the sentences around, shrunk.
        vectors: ``(n, d)`` sentence vectors less the mean; rows are of length 1.
        lengths: ``(n,)`` characters that are not white space.
        total: ``(n + 1,)`` running sum of the lengths.
        weighted: ``(n, d)`` vectors times lengths: a run's mean vector points where the sum of its rows does.
        norms: ``(LONGEST + 2, n + 2)`` length of the sum of ``k`` rows from row ``i`` on, at ``[k, i]``;
            infinite where there are no such rows.
    """

    texts: Sequence[EncodedText]
    sums: NDArray[np.float64]
    counts: NDArray[np.float64]
    means: Floats
    vectors: Floats
    lengths: NDArray[np.float64]
    total: NDArray[np.float64]
    weighted: Floats
    norms: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def encoder(self) -> Encoder:
        """The encoder, for the stage after the sum."""
        return self.texts[0].encoder

    @staticmethod
    def of(texts: Sequence[EncodedText]) -> Side:
        """Read the sentences' vectors in one go."""
        each = np.stack([text.states.sum(axis=0, dtype=np.float64) for text in texts])
        tokens = np.array([len(text.states) for text in texts], dtype=np.float64)
        edges = np.stack([text.edge for text in texts])
        bare = texts[0].encoder.compose(
            (each + edges).astype(np.float32),
            (tokens + texts[0].edge_tokens).astype(np.float32),
        )
        means = means_around(bare)
        vectors = unit(bare - means)
        lengths = np.array(
            [max(1, len("".join(text.text.split()))) for text in texts],
            dtype=np.float64,
        )
        weighted = (vectors * lengths[:, None]).astype(np.float32)
        return Side(
            texts,
            running(each),
            running(tokens),
            means,
            vectors,
            lengths,
            running(lengths),
            weighted,
            run_norms(weighted),
        )

    def runs(self, starts: Ints, stops: Ints) -> Floats:
        """Return the composed vectors of runs from ``starts`` to ``stops``, centred, rows of length 1."""
        sums = self.sums[stops] - self.sums[starts] + self.texts[0].edge
        counts = self.counts[stops] - self.counts[starts] + self.texts[0].edge_tokens
        return unit(
            self.encoder.compose(sums.astype(np.float32), counts.astype(np.float32)) - self.means[starts]
        )


def running(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return running sums along the first axis, with a zero before them."""
    sums = np.zeros((len(rows) + 1, *rows.shape[1:]))
    np.cumsum(rows, axis=0, out=sums[1:])
    return sums


def means_around(rows: Floats) -> Floats:
    """Return the mean of up to ``AROUND`` rows before and after each row, nearer 0 the fewer there are."""
    sums, place = running(rows.astype(np.float64)), np.arange(len(rows))
    first, last = np.maximum(place - AROUND, 0), np.minimum(place + AROUND, len(rows))
    return np.asarray((sums[last] - sums[first]) / (last - first + SHRINK)[:, None], dtype=np.float32)


def unit(rows: Floats) -> Floats:
    """Scale rows to length 1."""
    norms = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    return np.asarray(rows / np.maximum(norms, 1e-6)[:, None], dtype=np.float32)


def run_norms(weighted: Floats) -> NDArray[np.float64]:
    """Return the lengths of sums of up to ``LONGEST + 1`` neighbouring rows, from products of near rows."""
    n, longest = len(weighted), LONGEST + 1
    squares = np.full((longest + 1, n + 2), np.inf)
    squares[0] = 0.0
    near = [
        np.einsum("ij,ij->i", weighted[: n - k], weighted[k:], dtype=np.float64)
        for k in range(min(longest, n))
    ]
    for k in range(1, min(longest, n) + 1):
        rows = n - k + 1
        added = near[0][k - 1 :].copy()
        for gap in range(1, k):
            added += 2.0 * near[gap][k - 1 - gap :]
        squares[k, :rows] = squares[k - 1, :rows] + added
    norms: NDArray[np.float64] = np.sqrt(np.maximum(squares, 1.0))
    return norms
