"""How well each clause and list item of one side is covered by the other, read from span vectors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.encoders import EncodedText
from aligner.types import Span

_WINDOW = 3
Floats = NDArray[np.float32]


def features(
    texts: tuple[EncodedText, EncodedText], spans: tuple[Sequence[Span], Sequence[Span]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Describe how each segment is covered by the other side.

    Args:
        texts: the two encoded sides.
        spans: their segments.

    Returns:
        A row a segment for each side, columns as in ``NAMES``.
    """
    one, other = (_vectors(text, list(own)) for text, own in zip(texts, spans, strict=True))
    return _rows(one, other, texts[0], spans[0]), _rows(other, one, texts[1], spans[1])


NAMES = ("best", "gain", "whole", "share", "margin", "rank", "others", "pair", "count", "single")


@dataclass(frozen=True)
class _Side:
    segments: Floats
    runs: Floats
    whole: Floats
    rests: Floats


def _vectors(text: EncodedText, spans: list[Span]) -> _Side:
    n = len(spans)
    runs = [(spans[i][0], spans[j][1]) for i in range(n) for j in range(i, min(n, i + _WINDOW))]
    whole = (0, len(text.text))
    sums, counts = text.sums([*spans, *runs, whole])
    rest = sums[-1] - sums[:n], np.maximum(counts[-1] - counts[:n], 1.0)
    sums, counts = np.concatenate([sums, rest[0]]), np.concatenate([counts, rest[1]])
    vectors = text.encoder.compose(sums + text.edge, counts + np.float32(text.edge_tokens))
    r = n + len(runs)
    return _Side(vectors[:n], vectors[n:r], vectors[r : r + 1], vectors[r + 1 :])


def _rows(one: _Side, other: _Side, text: EncodedText, spans: Sequence[Span]) -> NDArray[np.float64]:
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
    share = np.array([(end - start) / max(1, len(text.text)) for start, end in spans])
    columns = [
        best,
        gain,
        (one.segments @ other.whole.T)[:, 0],
        share,
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
