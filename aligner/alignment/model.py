"""The score of a step: small nets over its features, as trained by ``aligner.alignment.train``.

Each net is linear plus a few tanh units; the scores of several nets, trained from different beginnings, are
averaged. The weights are in ``weights.json`` and readable: features by name, one row a feature.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from aligner.alignment.bead_features import BEAD_FEATURES, LONE_FEATURES
from aligner.alignment.candidates import STEP_KINDS
from aligner.alignment.clauses import Doubles
from aligner.alignment.features import NULL_FEATURES, STEP_FEATURES, SWAP_FEATURES, WHOLE_FEATURES, Features
from aligner.alignment.lattice import Lattice, Scores

FEATURES = {
    "steps": STEP_FEATURES,
    "whole": WHOLE_FEATURES,
    "swaps": SWAP_FEATURES,
    "en": NULL_FEATURES,
    "zh": NULL_FEATURES,
}
WHOLE_BEADS = {"beads": BEAD_FEATURES, "lone": LONE_FEATURES}
LAYER_PARTS = ("linear", "bias", "inner", "shift", "outer")
WEIGHTS = "weights.json"


@dataclass(frozen=True)
class Layer:
    """Linear plus tanh: ``x @ linear + tanh(x @ inner + shift) @ outer + bias``.

    ``k`` scores at once, which differ by their bias alone.

    Attributes:
        linear: ``(features, 1)``.
        bias: ``(k,)``.
        inner: ``(features, units)``.
        shift: ``(units,)``.
        outer: ``(units, 1)``.
    """

    linear: Doubles
    bias: Doubles
    inner: Doubles
    shift: Doubles
    outer: Doubles

    def astype(self, kind: type[np.floating[Any]]) -> Layer:
        """Return the layer in another precision."""
        return Layer(*(getattr(self, name).astype(kind) for name in LAYER_PARTS))

    def __call__(self, x: Doubles) -> Doubles:
        """Return scores ``(n, k)`` of rows ``(n, features)``."""
        result: Doubles = x @ self.linear + np.tanh(x @ self.inner + self.shift) @ self.outer + self.bias
        return result


@dataclass(frozen=True)
class Net:
    """One net: a layer for each kind of step, one for each side's unmatched clauses.

    These have two scores, of a clause that opens a stretch and of one that extends it. Opening costs the same
    wherever it happens, or the place of a stretch would hang on what stands at its start.
    """

    steps: Layer
    whole: Layer
    swaps: Layer
    en: Layer
    zh: Layer


@dataclass(frozen=True)
class BeadWeights:
    """The second stage: what whole beads, and sentences left alone, are worth.

    Attributes:
        share: how much the log of what the first stage thinks of a bead counts.
        scales: mean and standard deviation of the features of ``beads`` and ``lone``, ``(2, features)``.
        beads: ``(features,)`` weights of the scaled features of what has two sides.
        lone: likewise of unmatched sentences.
        alone: what being unmatched is worth itself.
    """

    share: float
    scales: Mapping[str, Doubles]
    beads: Doubles
    lone: Doubles
    alone: float


@dataclass(frozen=True)
class Model:
    """Nets and what their inputs are scaled by.

    Attributes:
        scales: mean and standard deviation of the features of each part of a net, ``(2, features)``.
        nets: whose scores are averaged.
        whole_beads: the second stage; None where beads are left as the first found them.
    """

    scales: Mapping[str, Doubles]
    nets: tuple[Net, ...]
    whole_beads: BeadWeights | None = None

    def scores(self, features: Features, lattice: Lattice) -> Scores:
        """Score the steps and cells of a lattice."""
        values = {
            part: np.mean([getattr(net, part)(x) for net in self.nets], axis=0)
            for part, x in inputs([features], lattice, self.scales).items()
        }
        return to_scores(values, lattice)


def inputs(
    features: Sequence[Features], lattice: Lattice, scales: Mapping[str, Doubles]
) -> dict[str, Doubles]:
    """Return the scaled features of a lattice's steps, kind by kind, and cells, in its order."""
    rows = {name: lattice.step_rows[lattice.kind == kind] for kind, name in enumerate(STEP_KINDS)}
    rows["en"] = rows["zh"] = lattice.cell_rows
    return {
        part: (np.concatenate([getattr(one, part) for one in features])[rows[part]] - scales[part][0])
        / scales[part][1]
        for part in FEATURES
    }


def to_scores(values: Mapping[str, Doubles], lattice: Lattice) -> Scores:
    """Put the outputs of a net's layers where the lattice has their steps and cells."""
    steps = np.empty(len(lattice.kind))
    for kind, name in enumerate(STEP_KINDS):
        steps[lattice.kind == kind] = values[name][:, 0]
    en, zh = values["en"], values["zh"]
    return Scores(steps, en[:, 0], en[:, 1], zh[:, 0], zh[:, 1])


@cache
def load() -> Model:
    """Read the weights that come with the program; once per process."""
    return read(json.loads(files("aligner.alignment").joinpath(WEIGHTS).read_text(encoding="utf-8")))


def read(data: dict[str, Any]) -> Model:
    """Turn the content of a weights file into a model.

    Raises:
        ValueError: the file was trained on other features than these.
    """
    known = {**data["features"], **data.get("whole_beads", {}).get("features", {})}
    wanted = FEATURES | (WHOLE_BEADS if "whole_beads" in data else {})
    if any(tuple(known.get(part, ())) != names for part, names in wanted.items()):
        raise ValueError(
            "the weights belong to other features; train anew: python -m aligner.alignment.training"
        )
    return Model(
        {part: np.array(data["scales"][part]) for part in FEATURES},
        tuple(Net(*(_layer(net[part]) for part in FEATURES)) for net in data["nets"]),
        _whole_beads(data["whole_beads"]) if "whole_beads" in data else None,
    )


def _layer(data: Mapping[str, Any]) -> Layer:
    return Layer(*(np.array(data[name]) for name in LAYER_PARTS))


def _whole_beads(data: Mapping[str, Any]) -> BeadWeights:
    scales, (beads, lone) = data["scales"], (np.array(data[part]) for part in WHOLE_BEADS)
    return BeadWeights(
        data["share"], {part: np.array(scales[part]) for part in WHOLE_BEADS}, beads, lone, data["alone"]
    )
