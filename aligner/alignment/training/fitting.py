"""Fitting the nets by L-BFGS on the likelihood of whole alignments, and writing them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from aligner.alignment.clauses import Doubles
from aligner.alignment.features import Views
from aligner.alignment.model import FEATURES, LAYER_PARTS, Layer, Net
from aligner.alignment.training.documents import Document
from aligner.alignment.training.gold import Gold
from aligner.alignment.training.objective import OUTPUTS, Batch, Example, gradient

UNITS = {"steps": 8, "swaps": 3, "en": 4, "zh": 4}
# Biases that training starts from.
BEGINNING = {"steps": [0.0], "swaps": [-3.0], "en": [-3.0, -0.5], "zh": [-3.0, -0.5]}
PENALTY_LINEAR, PENALTY_TANH = 2.0, 100.0  # of squared weights
NETS, ITERATIONS = 3, 70
VARIANT_WEIGHT = 0.3
# Scores are multiplied by this after the fit, for penalised weights are too cautious: in two-fold
# cross-validation by document the calibration error on hard, constructed and MEDLINE texts falls from .043,
# .020 and .027 to .013, .009 and .014, and F1 changes by 0 to +.007.
SHARPENING = 1.4
LEAST_DEVIATION = 0.1


def make_examples(documents: Iterable[Document], weight: float) -> Iterator[Example]:
    """Yield the examples of a document and of what was made of it; the first one counts fully.

    One whose gold no alignment through its candidates agrees with is left out.
    """
    for number, document in enumerate(documents):
        views, gold = Views.of(document.en.clauses, document.zh.clauses), Gold(document)
        candidates, features = views.describe(gold.candidates(views))
        example = Example(
            candidates,
            features,
            gold.allowed(candidates),
            weight * (VARIANT_WEIGHT if number else 1.0),
        )
        if example.is_possible():
            yield example


def measure_scales(examples: Sequence[Example]) -> dict[str, Doubles]:
    """Return mean and deviation of the features, ``(2, features)`` by part; nulls of both sides share one."""
    found = {
        part: np.concatenate([getattr(example.features, part) for example in examples]) for part in FEATURES
    }
    found["en"] = found["zh"] = np.concatenate([found["en"], found["zh"]])
    return {
        part: np.stack([x.mean(axis=0), np.maximum(x.std(axis=0), LEAST_DEVIATION)])
        if len(x)
        else np.stack([np.zeros(x.shape[1]), np.ones(x.shape[1])])
        for part, x in found.items()
    }


def fit(
    examples: Sequence[Example],
    scales: dict[str, Doubles],
    seed: int,
    iterations: int = ITERATIONS,
) -> Net:
    """Train one net from a random beginning."""
    from scipy.optimize import minimize

    batch = Batch(examples, scales)
    start = beginning(seed)
    shapes = [getattr(getattr(start, part), name).shape for part in FEATURES for name in LAYER_PARTS]
    cost = {"linear": PENALTY_LINEAR, "inner": PENALTY_TANH, "outer": PENALTY_TANH}
    costs = np.concatenate(
        [
            np.full(getattr(getattr(start, part), name).size, cost.get(name, 0.0))
            for part in FEATURES
            for name in LAYER_PARTS
        ]
    )

    def objective(theta: Doubles) -> tuple[float, Doubles]:
        net = unflatten(theta, shapes)
        loss, slopes = batch.loss(net)
        layers = Net(*(gradient(getattr(net, part), batch.inputs[part], slopes[part]) for part in FEATURES))
        return loss + 0.5 * float(costs @ theta**2), flatten(layers) + costs * theta

    found = minimize(
        objective,
        flatten(start),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": iterations},
    )
    print(f"net {seed}: {found.fun:.1f} after {found.nit} iterations", file=sys.stderr)
    return sharpened(unflatten(found.x, shapes))


def sharpened(net: Net) -> Net:
    """Return a net whose scores are ``SHARPENING`` times as large."""
    parts = (getattr(net, part) for part in FEATURES)
    return Net(
        *(
            replace(
                part,
                linear=part.linear * SHARPENING,
                bias=part.bias * SHARPENING,
                outer=part.outer * SHARPENING,
            )
            for part in parts
        )
    )


def beginning(seed: int) -> Net:
    """Return a net with small random tanh units."""
    random = np.random.default_rng(seed)
    layers = []
    for part, names in FEATURES.items():
        inner = random.normal(0, 0.2, (len(names), UNITS[part]))
        outer = random.normal(0, 0.2, (UNITS[part], OUTPUTS[part]))
        bias = np.array(BEGINNING[part])
        layers.append(Layer(np.zeros((len(names), OUTPUTS[part])), bias, inner, np.zeros(UNITS[part]), outer))
    return Net(*layers)


def flatten(net: Net) -> Doubles:
    """Return all weights as one row."""
    return np.concatenate(
        [getattr(getattr(net, part), name).ravel() for part in FEATURES for name in LAYER_PARTS]
    )


def unflatten(theta: Doubles, shapes: Sequence[tuple[int, ...]]) -> Net:
    """Undo ``flatten``."""
    pieces = np.split(theta, np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1])
    arrays = [piece.reshape(shape) for piece, shape in zip(pieces, shapes, strict=True)]
    count = len(LAYER_PARTS)
    return Net(*(Layer(*arrays[k : k + count]) for k in range(0, len(arrays), count)))


def write(path: Path, scales: dict[str, Doubles], nets: Sequence[Net]) -> None:
    """Write the weights as JSON, a line a feature."""
    data: dict[str, Any] = {
        "about": "weights of the alignment; how they were obtained: aligner/alignment/training",
        "features": FEATURES,
        "scales": scales,
        "nets": [asdict(net) for net in nets],
    }
    path.write_text(_readable(data) + "\n", encoding="utf-8", newline="\n")


def _readable(data: Any, depth: int = 0) -> str:
    """Write JSON with innermost lists on one line and numbers to five digits."""
    if isinstance(data, np.ndarray):
        data = data.tolist()
    pad = "\n" + " " * (depth + 1)
    if isinstance(data, dict):
        rows = [f"{json.dumps(key)}: {_readable(value, depth + 1)}" for key, value in data.items()]
        return "{" + pad + ("," + pad).join(rows) + "\n" + " " * depth + "}"
    if isinstance(data, list | tuple):
        if not any(isinstance(item, list | dict) for item in data):
            return "[" + ", ".join(_readable(item) for item in data) + "]"
        return (
            "["
            + pad
            + ("," + pad).join(_readable(item, depth + 1) for item in data)
            + "\n"
            + " " * depth
            + "]"
        )
    return f"{data:.5g}" if isinstance(data, float) else json.dumps(data)
