"""What training minimises: how improbable the gold alignments are, over whole paths, with its gradient.

Reference:
    Sarawagi & Cohen (2004), Semi-Markov conditional random fields for information extraction, NIPS.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from aligner.alignment.candidates import NEVER, STEP_KINDS, Candidates
from aligner.alignment.clauses import Doubles
from aligner.alignment.features import Features
from aligner.alignment.lattice import Lattice, Scores, posteriors, sum_paths
from aligner.alignment.model import FEATURES, Layer, Net, inputs, to_scores
from aligner.alignment.training.gold import Allowed
from aligner.encoders.text import Floats


@dataclass(frozen=True)
class Example:
    """One training document.

    Attributes:
        candidates: steps and cells, the gold ones among them.
        features: their features.
        allowed: what agrees with the gold.
        weight: how much the document counts.
    """

    candidates: Candidates
    features: Features
    allowed: Allowed
    weight: float

    def is_possible(self) -> bool:
        """Tell whether any alignment agrees with the gold."""
        lattice = Lattice.of([self.candidates])
        steps, nulls = np.zeros(len(lattice.source)), np.zeros(len(lattice.above))
        masked = mask(Scores(steps, *(nulls,) * 4), lattice, [self])
        return bool(sum_paths(lattice, masked).total[0] > NEVER / 2)


def mask(scores: Scores, lattice: Lattice, examples: Sequence[Example]) -> Scores:
    """Take the chance of whatever the gold does not allow."""
    good = {
        part: np.concatenate([getattr(example.allowed, part) for example in examples]) for part in FEATURES
    }
    allowed = np.empty(len(lattice.kind), dtype=np.bool_)
    for kind, name in enumerate(STEP_KINDS):
        allowed[lattice.kind == kind] = good[name][lattice.step_rows[lattice.kind == kind]]
    en, zh = good["en"][lattice.cell_rows], good["zh"][lattice.cell_rows]
    return Scores(
        np.where(allowed, scores.steps, NEVER),
        *(np.where(en, null, NEVER) for null in (scores.en_opens, scores.en_extends)),
        *(np.where(zh, null, NEVER) for null in (scores.zh_opens, scores.zh_extends)),
    )


class Batch:
    """Examples as one lattice."""

    def __init__(
        self,
        examples: Sequence[Example],
        scales: Mapping[str, Doubles],
        precision: type[np.floating[Any]] = np.float32,
    ) -> None:
        """Put the examples side by side, features scaled."""
        self.precision = precision
        self.lattice = lattice = Lattice.of([example.candidates for example in examples])
        found = inputs([example.features for example in examples], lattice, scales)
        self.inputs = {part: x.astype(precision) for part, x in found.items()}
        self.examples = examples
        self.weight = np.array([example.weight for example in examples])

    def loss(self, net: Net) -> tuple[float, dict[str, Doubles]]:
        """Return the weighted negative log likelihood and its gradient by each part's outputs."""
        lattice = self.lattice
        values = {part: getattr(net, part).astype(self.precision)(x) for part, x in self.inputs.items()}
        scores = to_scores(values, lattice)
        masked = mask(scores, lattice, self.examples)
        every, right = sum_paths(lattice, scores), sum_paths(lattice, masked)
        got, want = posteriors(lattice, scores, every), posteriors(lattice, masked, right)
        by_cell = self.weight[lattice.document]
        steps = ((got.steps - want.steps) * by_cell[lattice.target])[:, None]
        slopes = {name: steps[lattice.kind == kind] for kind, name in enumerate(STEP_KINDS)}
        for part in ("en", "zh"):
            names = f"{part}_opens", f"{part}_extends"
            slope = np.stack([getattr(got, name) - getattr(want, name) for name in names], axis=1)
            slopes[part] = slope * by_cell[:, None]
        return float(self.weight @ (every.total - right.total)), slopes


def gradient(layer: Layer, x: Floats, slope: Doubles) -> Layer:
    """Return the gradient by a layer's weights, given the one by its outputs ``(n, k)``."""
    layer, slope = layer.astype(x.dtype.type), slope.astype(x.dtype)
    hidden = np.tanh(x @ layer.inner + layer.shift)
    shared = slope.sum(axis=1, keepdims=True)
    back = (shared @ layer.outer.T) * (1.0 - hidden * hidden)
    found = Layer(x.T @ shared, slope.sum(axis=0), x.T @ back, back.sum(axis=0), hidden.T @ shared)
    return found.astype(np.float64)
