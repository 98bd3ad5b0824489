"""Boosted oblivious trees, read from JSON and evaluated with numpy.

In an oblivious tree every node of a level asks the same question, so a tree of depth ``d`` is ``d``
comparisons and a
table of ``2**d`` values (Prokhorenkova et al. 2018, CatBoost, which trains them).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ROWS = 32768  # evaluated at a time: fewer, and numpy's calls cost more than their work


@dataclass(frozen=True)
class Trees:
    """A sum of ``t`` trees of depth ``d``.

    Attributes:
        names: the features, in the order of their columns.
        features: ``(t, d)`` column that each level asks for.
        borders: ``(t, d)`` the question is whether the value is above this.
        leaves: ``(t, 2**d)`` values; level ``k`` answers bit ``k`` of the place.
        bias: added to the sum.
    """

    names: tuple[str, ...]
    features: NDArray[np.int64]
    borders: NDArray[np.float32]
    leaves: Floats
    bias: float

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Trees:
        """Build trees from what a model file holds."""
        return cls(
            tuple(data["names"]),
            np.array(data["features"], dtype=np.int64),
            np.minimum(np.array(data["borders"]), 3e38).astype(np.float32),
            np.array(data["leaves"], dtype=np.float64),
            float(data["bias"]),
        )

    def __call__(self, names: Sequence[str], values: Floats) -> Floats:
        """Return the log odds ``(n,)`` of rows ``(n, features)``.

        Raises:
            ValueError: the columns are not those the trees were made for.
        """
        if tuple(names) != self.names:
            raise ValueError(f"features {sorted(set(names) ^ set(self.names))} differ from the model's")
        result = np.full(len(values), self.bias)
        for start in range(0, len(values), _ROWS):
            columns = np.ascontiguousarray(values[start : start + _ROWS].T, dtype=np.float32)
            result[start : start + _ROWS] += self._sum(columns)
        return result

    def _sum(self, columns: NDArray[np.float32]) -> Floats:
        """Sum the trees over ``(features, n)`` columns."""
        count = columns.shape[1]
        total = np.zeros(count)
        place, above = np.empty(count, dtype=np.uint8), np.empty(count, dtype=bool)
        bit, first = above.view(np.uint8), place.view(bool)
        for features, borders, leaves in zip(self.features.tolist(), self.borders, self.leaves, strict=True):
            np.greater(columns[features[-1]], borders[-1], out=first)
            for feature, border in zip(features[-2::-1], borders[-2::-1], strict=True):
                np.greater(columns[feature], border, out=above)
                np.add(place, place, out=place)
                np.add(place, bit, out=place)
            total += leaves.take(place)
        return total
