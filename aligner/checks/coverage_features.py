"""How well each clause and list item of one side is covered by the other, read from span vectors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.checks.lexical import Floats
from aligner.checks.sides import Side, Sides
from aligner.types import Span

_WINDOW = 3
_BLOCK = 256  # segments of a side compared with as many of the other; more are taken part by part


def features(sides: Sides) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Describe how each segment is covered by the other side.

    Returns:
        A row a segment for each side, columns as in ``NAMES``.
    """
    both = [_vectors(side, side.places if sides.are_short else ()) for side in (sides.en, sides.zh)]
    blocks = -(-max(len(side.segments) for side in both) // _BLOCK)
    rows: tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]] = ([], [])
    for number in range(blocks):
        one, other = (side.part(number, blocks) for side in both)
        rows[0].append(_rows(one, other))
        rows[1].append(_rows(other, one))
    return np.concatenate(rows[0]), np.concatenate(rows[1])


NAMES = ("best", "gain", "whole", "share", "margin", "rank", "others", "pair", "count", "single")


@dataclass(frozen=True)
class _Side:
    """Vectors of a side's segments, of runs of them, of the whole, and of the whole without each segment."""

    segments: Floats
    runs: Floats
    starts: NDArray[np.int64]
    whole: Floats
    rests: Floats
    shares: NDArray[np.float64]

    def part(self, number: int, of: int) -> "_Side":
        """Return one of so many equal parts, in the order of the text."""
        n = len(self.segments)
        own = slice(n * number // of, n * (number + 1) // of)
        runs = slice(*np.searchsorted(self.starts, [own.start, own.stop]))
        return _Side(
            self.segments[own],
            self.runs[runs],
            self.starts[runs],
            self.whole,
            self.rests[own],
            self.shares[own],
        )


def _vectors(side: Side, windows: Sequence[Span]) -> _Side:
    spans, n = list(side.spans), len(side.spans)
    bounds = [(i, j) for i in range(n) for j in range(i, min(n, i + _WINDOW))]
    runs = [(spans[i][0], spans[j][1]) for i, j in bounds]
    side.read.of([*spans, *runs, (0, len(side.text)), *windows], spans)  # at once
    segments, rests = side.read.of(spans, spans)
    shares = np.array([(end - start) / max(1, len(side.text)) for start, end in spans])
    starts = np.array([i for i, _ in bounds], dtype=np.int64)
    return _Side(segments, side.read.of(runs)[0], starts, side.read.whole, rests, shares)


def _rows(one: _Side, other: _Side) -> NDArray[np.float64]:
    n, m = len(one.segments), len(other.segments)
    if not n or not m:
        return np.zeros((n, len(NAMES)))
    near = one.segments @ other.runs.T
    best = near.max(axis=1)
    single = one.segments @ other.segments.T
    taken = single.argmax(axis=1)
    rivals = np.array([_rival(single, i, int(taken[i])) for i in range(n)])
    pair = float((one.whole @ other.whole.T).item())
    gain = (one.rests @ other.whole.T)[:, 0] - pair
    mean = (best.sum() - best) / max(1, n - 1) if n > 1 else best
    columns = [
        best,
        gain,
        (one.segments @ other.whole.T)[:, 0],
        one.shares,
        single.max(axis=1) - rivals,
        best - best.max(),
        mean,
        np.full(n, pair),
        np.full(n, np.log((n + 0.5) / (m + 0.5))),
        single.max(axis=1),
    ]
    return np.stack(columns, axis=1).astype(np.float64)


def _rival(single: Floats, row: int, column: int) -> float:
    """The best claim any other segment has on the same counterpart."""
    if len(single) == 1:
        return 0.0
    return float(np.delete(single[:, column], row).max())
