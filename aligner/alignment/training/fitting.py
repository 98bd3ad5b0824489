"""Fitting the nets to the likelihood of whole alignments, and writing them.

Reference:
    Kingma & Ba (2015), Adam: a method for stochastic optimization, ICLR.
"""

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
from aligner.alignment.model import FEATURES, LAYER_PARTS, WHOLE_BEADS, Layer, Model, Net
from aligner.alignment.training.documents import Document
from aligner.alignment.training.gold import Gold
from aligner.alignment.training.objective import Batch, Example, gradient

UNITS = {"steps": 8, "whole": 8, "swaps": 3, "en": 4, "zh": 4}
# Biases that training starts from.
BEGINNING = {"steps": [0.0], "whole": [0.0], "swaps": [-3.0], "en": [-3.0, -0.5], "zh": [-3.0, -0.5]}
PENALTY = {"linear": 1.0, "inner": 5.0, "outer": 5.0}  # of squared weights, over all documents
SEEDS = 0, 1, 2  # where nets begin
EPOCHS = 28  # few epochs, for they too keep the weights small
BATCH = 15_000  # steps
RATE, WARM_UP = 0.02, 20  # of Adam, falling along a half cosine after so many batches
MEAN_KEPT, SQUARE_KEPT, STEADY = 0.9, 0.99, 1e-3
VARIANT_WEIGHT = 0.3
# Scores are multiplied by this after the fit, for penalised weights are too cautious: in two-fold
# cross-validation by document the calibration error on hard, constructed, NEJM and MEDLINE texts falls from
# .053, .025, .014 and .022 to .037, .016, .004 and .021; by 1.4 MEDLINE texts come out too sure.
SHARPENING = 1.2
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
    epochs: int = EPOCHS,
) -> Net:
    """Train one net from a random beginning."""
    random = np.random.default_rng(seed)
    batches = [Batch(group, scales) for group in groups(examples, random)]
    start = beginning(seed)
    shapes = [getattr(getattr(start, part), name).shape for part in FEATURES for name in LAYER_PARTS]
    costs = np.concatenate(
        [
            np.full(getattr(getattr(start, part), name).size, PENALTY.get(name, 0.0))
            for part in FEATURES
            for name in LAYER_PARTS
        ]
    )
    theta = flatten(start)
    mean, square = np.zeros_like(theta), np.zeros_like(theta)
    count, total = 0, epochs * len(batches)
    for _ in range(epochs):
        loss = 0.0
        for number in random.permutation(len(batches)).tolist():
            batch, net = batches[number], unflatten(theta, shapes)
            value, slopes = batch.loss(net)
            layers = (gradient(getattr(net, part), batch.inputs[part], slopes[part]) for part in FEATURES)
            slope = flatten(Net(*layers)) + costs * theta / len(batches)
            count, loss = count + 1, loss + value
            mean = MEAN_KEPT * mean + (1 - MEAN_KEPT) * slope
            square = SQUARE_KEPT * square + (1 - SQUARE_KEPT) * slope * slope
            rate = RATE * min(1.0, count / WARM_UP) * 0.5 * (1.0 + np.cos(np.pi * count / total))
            deviation = np.sqrt(square / (1 - SQUARE_KEPT**count)) + STEADY
            theta = theta - rate * mean / (1 - MEAN_KEPT**count) / deviation
    print(f"net {seed}: {loss:.1f} after {epochs} epochs", file=sys.stderr)
    return sharpened(unflatten(theta, shapes))


def groups(examples: Sequence[Example], random: np.random.Generator) -> Iterator[list[Example]]:
    """Yield the examples in batches of about ``BATCH`` steps, documents of like length together."""
    order = sorted(random.permutation(len(examples)).tolist(), key=lambda n: _magnitude(examples[n]))
    group: list[Example] = []
    steps = 0
    for example in (examples[number] for number in order):
        size = len(example.candidates.steps)
        if group and (steps + size > BATCH or _magnitude(example) > _magnitude(group[0]) + 2):
            yield group
            group, steps = [], 0
        group.append(example)
        steps += size
    yield group


def _magnitude(example: Example) -> int:
    return int(np.log2(1 + example.candidates.cells.max()))


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
        outer = random.normal(0, 0.2, (UNITS[part], 1))
        bias = np.array(BEGINNING[part])
        layers.append(Layer(np.zeros((len(names), 1)), bias, inner, np.zeros(UNITS[part]), outer))
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


def write(path: Path, model: Model) -> None:
    """Write the weights as JSON, a line a feature."""
    data: dict[str, Any] = {
        "about": "weights of the alignment; how they were obtained: aligner/alignment/training",
        "features": FEATURES,
        "scales": dict(model.scales),
        "nets": [asdict(net) for net in model.nets],
    }
    if model.whole_beads is not None:
        data["whole_beads"] = {"features": WHOLE_BEADS, **asdict(model.whole_beads)}
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
