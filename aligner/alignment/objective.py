"""What training minimises: how improbable the gold alignments are, over whole paths, with its gradient.

Reference:
    Sarawagi & Cohen (2004), Semi-Markov conditional random fields for information extraction, NIPS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.alignment.describe import Description
from aligner.alignment.gold import Allowed
from aligner.alignment.lattice import Lattice, Scores, posteriors
from aligner.alignment.model import Layer, Net
from aligner.alignment.products import Doubles
from aligner.alignment.prune import NEVER, Candidates

PARTS = ("beads", "en", "zh")
OUTPUTS = {"beads": 1, "en": 2, "zh": 2}
OPENING, CONTINUING = -3.0, -0.5  # where training starts from


@dataclass(frozen=True)
class Example:
    """One training document.

    Attributes:
        candidates: beads and cells, the gold ones among them.
        described: their features.
        allowed: what agrees with the gold.
        weight: how much the document counts.
    """

    candidates: Candidates
    described: Description
    allowed: Allowed
    weight: float


class Batch:
    """Examples as one lattice."""

    def __init__(self, examples: Sequence[Example], scales: dict[str, Doubles]) -> None:
        """Put the examples side by side, features scaled."""
        self.lattice = lattice = Lattice.of([example.candidates for example in examples])
        rows = {
            "beads": lattice.bead_rows,
            "en": lattice.cell_rows,
            "zh": lattice.cell_rows,
        }
        self.inputs, self.allowed = {}, {}
        for part in PARTS:
            features = np.concatenate([getattr(example.described, part) for example in examples])[rows[part]]
            self.inputs[part] = (features - scales[part][0]) / scales[part][1]
            self.allowed[part] = np.concatenate([getattr(e.allowed, part) for e in examples])[rows[part]]
        self.weight = np.array([example.weight for example in examples])
        by_cell = self.weight[lattice.document]
        self.row_weight = {
            "beads": by_cell[lattice.target],
            "en": by_cell,
            "zh": by_cell,
        }
        gold, total = posteriors(
            lattice,
            self._masked({part: np.zeros((len(x), OUTPUTS[part])) for part, x in self.inputs.items()}),
        )
        if (total < NEVER / 2).any():
            raise ValueError("a document's gold has no path through its candidates")
        self.open = (np.abs(total) > 1e-6).tolist()  # documents whose gold leaves a choice
        self.settled = gold if not any(self.open) else None

    def _masked(self, values: dict[str, Doubles]) -> Scores:
        cut = {part: np.where(self.allowed[part][:, None], value, NEVER) for part, value in values.items()}
        return to_scores(cut)

    def loss(self, net: Net) -> tuple[float, dict[str, Doubles]]:
        """Return the weighted negative log likelihood and its gradient by each part's outputs."""
        values = {part: getattr(net, part)(self.inputs[part]) for part in PARTS}
        scores = to_scores(values)
        every, total = posteriors(self.lattice, scores)
        if self.settled is not None:  # one path agrees with the gold: its score is a plain sum
            right = self.settled
        else:
            right, right_total = posteriors(self.lattice, self._masked(values))
        got, want = to_values(every), to_values(right)
        slopes = {part: (got[part] - want[part]) * self.row_weight[part][:, None] for part in PARTS}
        loss = float(self.weight @ total)
        if self.settled is None:
            loss -= float(self.weight @ right_total)
        else:
            loss -= sum(float(((want[p] * values[p]).sum(axis=1) * self.row_weight[p]).sum()) for p in PARTS)
        return loss, slopes


def to_scores(values: dict[str, Doubles]) -> Scores:
    """Name the outputs of the layers."""
    en, zh = values["en"], values["zh"]
    return Scores(values["beads"][:, 0], en[:, 0], en[:, 1], zh[:, 0], zh[:, 1])


def to_values(scores: Scores) -> dict[str, Doubles]:
    """Undo ``to_scores``."""
    return {
        "beads": scores.beads[:, None],
        "en": np.stack([scores.en_opens, scores.en_extends], axis=1),
        "zh": np.stack([scores.zh_opens, scores.zh_extends], axis=1),
    }


def gradient(layer: Layer, x: Doubles, slope: Doubles) -> Layer:
    """Return the gradient by a layer's weights, given the one by its outputs ``(n, k)``."""
    hidden = np.tanh(x @ layer.inner + layer.shift)
    back = (slope @ layer.outer.T) * (1.0 - hidden * hidden)
    return Layer(x.T @ slope, slope.sum(axis=0), x.T @ back, back.sum(axis=0), hidden.T @ slope)
