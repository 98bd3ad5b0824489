"""What the bundled encoder computes for a piece of text whatever stands beside it, kept from text to text.

More than half of the arithmetic of a pass is on single pieces: their projections, what each adds to the
first convolution at each place of a window, and what their embedding adds to the last map. Texts of one
subject use the same pieces again and again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from aligner.encoders.text import Floats, Ints

CHUNKS, CHUNK_ROWS, EMBEDDING, BRANCH = 17, 7530, 512, 256
KEPT = 4096
"""Pieces that are kept: 63 MB. The first that come stay; others are computed each time they are needed."""

_TILE = 64
"""Rows that are multiplied at once, always: so a piece's numbers do not depend on what came with it."""


@dataclass(frozen=True, slots=True)
class PieceRows:
    """What is known of some pieces, a row each.

    Attributes:
        projected: ``(n, branches * 256)`` projections, normed.
        added: per branch and place of its window ``(n + 1, 256)`` what a piece there adds to the first
            convolution; the last row is what nothing adds.
        mapped: ``(n, 512)`` the embedding through the last map.
        moments: ``(n, 2)`` mean, and sum of squares around it, of the embedding.
    """

    projected: Floats
    added: Sequence[Sequence[Floats]]
    mapped: Floats
    moments: Floats


class Pieces:
    """Computes and keeps rows of numbers by piece."""

    def __init__(
        self, table: np.ndarray[Any, np.dtype[np.uint8]], weights: dict[str, Any], orders: Sequence[int]
    ) -> None:
        """Prepare for the weights.

        Args:
            table: ``(CHUNKS, CHUNK_ROWS, 512)`` quantised embeddings; piece ``k`` is row ``k // CHUNKS`` of
                chunk ``k % CHUNKS``.
            weights: all other weights by their names.
            orders: n-gram orders of the branches.
        """
        self._table, self._weights, self._orders = table, weights, orders
        self._epsilon = float(weights["eps"])
        joined = {
            name: np.concatenate([weights[f"{name}{order}"] for order in orders], axis=-1)
            for name in ("proj", "proj_b", "ln_g", "ln_b")
        }
        self._proj, self._bias, self._gain, self._shift = joined.values()
        self._first = [np.concatenate(np.split(weights[f"w1_{order}"], order), axis=1) for order in orders]
        self._map = (weights["ln_g"][:, None] * weights["cnn_W"])[:EMBEDDING]
        widths = [EMBEDDING + 2, len(orders) * BRANCH, *(order * BRANCH for order in orders)]
        self._edges = np.cumsum(widths)
        self._place = np.full(CHUNKS * CHUNK_ROWS, -1, dtype=np.int32)
        self._kept = np.empty((KEPT, int(self._edges[-1])), dtype=np.float32)
        self._count = 0

    def rows(self, pieces: Ints) -> PieceRows:
        """Return what is known of pieces, each named once."""
        place = self._place[pieces]
        new = place < 0
        rows = np.zeros((len(pieces) + 1, self._kept.shape[1]), dtype=np.float32)
        rows[:-1][~new] = self._kept[place[~new]]
        if new.any():
            rows[:-1][new] = fresh = self._compute(pieces[new])
            first, last = self._count, min(self._count + len(fresh), KEPT)
            self._kept[first:last] = fresh[: last - first]
            self._place[pieces[new][: last - first]] = np.arange(first, last)
            self._count = last
        known, projected, *added = np.split(rows, self._edges[:-1], axis=1)
        return PieceRows(
            projected[:-1],
            [np.split(part, order, axis=1) for part, order in zip(added, self._orders, strict=True)],
            known[:-1, :EMBEDDING],
            known[:-1, EMBEDDING:],
        )

    def _compute(self, pieces: Ints) -> Floats:
        result = np.empty((len(pieces), self._kept.shape[1]), dtype=np.float32)
        for start in range(0, len(pieces), _TILE):
            tile = pieces[start : start + _TILE]
            result[start : start + _TILE] = self._tile(np.resize(tile, _TILE))[: len(tile)]
        return result

    def _tile(self, pieces: Ints) -> Floats:
        w, chunk = self._weights, pieces % CHUNKS
        embedded = self._table[chunk, pieces // CHUNKS] * w["scale"][chunk, None] + w["lo"][chunk, None]
        embedded = embedded.astype(np.float32)
        projected = layer_norm(embedded @ self._proj + self._bias, self._gain, self._shift, self._epsilon)
        branches = np.split(projected, len(self._orders), axis=1)
        added = [np.ascontiguousarray(x) @ first for x, first in zip(branches, self._first, strict=True)]
        mean = embedded.mean(axis=1)
        around = np.square(embedded - mean[:, None]).sum(axis=1)
        mapped = embedded @ self._map
        return np.concatenate([mapped, mean[:, None], around[:, None], projected, *added], axis=1)


def layer_norm(x: Floats, gain: Floats, bias: Floats, epsilon: float) -> Floats:
    """Norm rows, in place."""
    x -= x.mean(axis=-1, keepdims=True)
    x *= (1.0 / np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + epsilon))[:, None]
    x *= gain
    x += bias
    return x
