"""Boosted oblivious trees, read from JSON and evaluated with numpy.

In an oblivious tree every node of a level asks the same question, so a tree of depth ``d`` is ``d`` comparisons and a
table of ``2**d`` values (Prokhorenkova et al. 2018, CatBoost, which trains them).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ROWS = 4096  # evaluated at a time: comparisons of so many rows stay in the processor's cache


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
    borders: Floats
    leaves: Floats
    bias: float

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Trees:
        """Build trees from what a model file holds."""
        return cls(
            tuple(data["names"]),
            np.array(data["features"], dtype=np.int64),
            np.array(data["borders"], dtype=np.float64),
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
        count, depth = self.features.shape
        columns, borders = self.features.ravel(), self.borders.ravel()
        weights = (1 << np.arange(depth)).astype(np.int64)
        base = np.arange(count) * self.leaves.shape[1]
        result = np.empty(len(values))
        for start in range(0, len(values), _ROWS):
            rows = values[start : start + _ROWS]
            answers = (rows[:, columns] > borders).reshape(len(rows), count, depth)
            result[start : start + _ROWS] = self.leaves.ravel()[answers @ weights + base].sum(axis=1)
        return result + self.bias
