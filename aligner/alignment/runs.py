"""Encoder vectors of runs of a text's clauses, each made once and kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from aligner.encoders.text import Encoder, Floats, Ints

KEPT = 20_000  # vectors of one side, 40 MB; a text of more clauses makes some again


@dataclass
class RunVectors:
    """What the encoder summed over the tokens of ``n`` clauses, and the vectors made of it so far.

    Attributes:
        sums: ``(n, d)`` sums of the clauses' token states, without edges.
        counts: ``(n,)`` counts of tokens.
        edge: ``(d,)`` what is added to every sum before it is composed.
        edge_tokens: tokens that it stands for.
        encoder: the stage after the sum.
    """

    sums: Floats
    counts: Floats
    edge: Floats
    edge_tokens: float
    encoder: Encoder
    _keys: Ints = field(init=False, repr=False)
    _rows: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._keys = np.array([-1])  # of nothing, so that there is always a row
        self._rows = np.zeros((1, self.encoder.dimensions), dtype=np.float32)

    def select(self, clauses: Ints) -> RunVectors:
        """Return those of some clauses in a new order."""
        return RunVectors(self.sums[clauses], self.counts[clauses], self.edge, self.edge_tokens, self.encoder)

    def of(self, starts: Ints, stops: Ints) -> Floats:
        """Return the vectors of runs of clauses, each as if it were one text; equal runs are made once."""
        keys = starts * (len(self.sums) + 1) + stops
        place = self._find(keys)
        if not np.array_equal(self._keys[place], keys):
            self._make(np.unique(keys))
            place = self._find(keys)
        return self._rows[place]

    def _find(self, keys: Ints) -> Ints:
        return np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)

    def _make(self, wanted: Ints) -> None:
        """Make the vectors of runs, and keep those of earlier calls where there is room."""
        new = wanted[self._keys[self._find(wanted)] != wanted]
        start, stop = np.divmod(new, len(self.sums) + 1)
        sums, counts = self._running
        states = (sums[stop] - sums[start]).astype(np.float32) + self.edge
        tokens = (counts[stop] - counts[start] + self.edge_tokens).astype(np.float32)
        rows = self.encoder.compose(states, tokens)
        if len(self._keys) + len(new) > KEPT:
            held = np.isin(self._keys, wanted)
            self._keys, self._rows = self._keys[held], self._rows[held]
        place = np.searchsorted(self._keys, new)
        self._keys, self._rows = np.insert(self._keys, place, new), np.insert(self._rows, place, rows, axis=0)

    @cached_property
    def _running(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return running(self.sums.astype(np.float64)), running(self.counts.astype(np.float64))


def running(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return running sums along the first axis, with a zero before them."""
    sums = np.zeros((len(rows) + 1, *rows.shape[1:]))
    np.cumsum(rows, axis=0, out=sums[1:])
    return sums
