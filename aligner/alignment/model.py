"""The score of a bead: small nets over its features, as trained by ``aligner.alignment.train``.

Each net is linear plus a few tanh units; the scores of several nets, trained from different beginnings, are
averaged. The weights are in ``weights.json`` and readable: features by name, one row a feature.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from aligner.alignment import clauses, contrasts, evidence, nulls
from aligner.alignment.describe import Description
from aligner.alignment.lattice import Lattice, Scores
from aligner.alignment.products import Doubles

BEAD_FEATURES = contrasts.NAMES + clauses.NAMES + evidence.NAMES
NULL_FEATURES = nulls.NAMES + evidence.NULL_NAMES
WEIGHTS = "weights.json"


@dataclass(frozen=True)
class Layer:
    """Linear plus tanh: ``x @ linear + tanh(x @ inner + shift) @ outer + bias``, for ``k`` scores at once.

    Attributes:
        linear: ``(features, k)``.
        bias: ``(k,)``.
        inner: ``(features, units)``.
        shift: ``(units,)``.
        outer: ``(units, k)``.
    """

    linear: Doubles
    bias: Doubles
    inner: Doubles
    shift: Doubles
    outer: Doubles

    def __call__(self, x: Doubles) -> Doubles:
        """Return scores ``(n, k)`` of rows ``(n, features)``."""
        result: Doubles = x @ self.linear + np.tanh(x @ self.inner + self.shift) @ self.outer + self.bias
        return result


@dataclass(frozen=True)
class Net:
    """One net: a layer for beads and one for the unmatched of either side (opening, continuing)."""

    beads: Layer
    en: Layer
    zh: Layer


@dataclass(frozen=True)
class Model:
    """Nets and what their inputs are scaled by.

    Attributes:
        bead_scale: mean and standard deviation of each bead feature, ``(2, features)``.
        null_scale: likewise of the features of unmatched sentences.
        temperature: what scores are divided by to make them probabilities.
        nets: whose scores are averaged.
    """

    bead_scale: Doubles
    null_scale: Doubles
    temperature: float
    nets: tuple[Net, ...]

    def scores(self, described: Description, lattice: Lattice) -> Scores:
        """Score the beads and cells of a lattice."""
        beads = _scaled(described.beads[lattice.bead_rows], self.bead_scale)
        en = _scaled(described.en[lattice.cell_rows], self.null_scale)
        zh = _scaled(described.zh[lattice.cell_rows], self.null_scale)
        parts = [
            np.mean([getattr(net, name)(x) for net in self.nets], axis=0) / self.temperature
            for name, x in (("beads", beads), ("en", en), ("zh", zh))
        ]
        return Scores(
            parts[0][:, 0],
            parts[1][:, 0],
            parts[1][:, 1],
            parts[2][:, 0],
            parts[2][:, 1],
        )


def _scaled(x: Doubles, scale: Doubles) -> Doubles:
    result: Doubles = (x - scale[0]) / scale[1]
    return result


@cache
def load() -> Model:
    """Read the weights that come with the program; once per process."""
    return read(json.loads(files("aligner.alignment").joinpath(WEIGHTS).read_text(encoding="utf-8")))


def read(data: dict[str, Any]) -> Model:
    """Turn the content of a weights file into a model.

    Raises:
        ValueError: the file was trained on other features than these.
    """
    if tuple(data["bead_features"]) != BEAD_FEATURES or tuple(data["null_features"]) != NULL_FEATURES:
        raise ValueError(
            "the weights belong to other features; train anew: python -m aligner.alignment.train"
        )
    return Model(
        np.array(data["bead_scale"]),
        np.array(data["null_scale"]),
        float(data["temperature"]),
        tuple(
            Net(
                *(
                    Layer(*(np.array(net[part][name]) for name in LAYER_PARTS))
                    for part in ("beads", "en", "zh")
                )
            )
            for net in data["nets"]
        ),
    )


LAYER_PARTS = ("linear", "bias", "inner", "shift", "outer")
