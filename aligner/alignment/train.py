r"""Train the weights: ``python -m aligner.alignment.train --data FOLDER=WEIGHT... --out FILE``.

Reads gold files ``{"en": [...], "zh": [...], "beads": [[[0], [0, 1]], ...]}``, encodes every sentence once
with the bundled encoder, makes more documents by leaving out, joining, parting and moving sentences, and
fits a few small nets by L-BFGS on the likelihood of whole alignments. Needs scipy, which nothing else here
does.

The weights that come with the program were trained so, on documents that are not all ours to publish:

    python -m aligner.alignment.train --out aligner/alignment/weights.json --data nejm-dev=1.5 mac-dev=1.2 \
        ovcf-dev/gold=3 corpora/constructed/gold=2 corpora/hard=1.5

nejm-dev: six documents of ParaMed (Liu & Huang 2021); mac-dev: six chapters of MAC's development part
(bfsujason/mac); ovcf-dev: eight abstracts written for this project; corpora/: in this repository.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from aligner.alignment.augment import variants
from aligner.alignment.describe import Views
from aligner.alignment.documents import Document
from aligner.alignment.gold import Path as GoldPath
from aligner.alignment.model import (
    BEAD_FEATURES,
    LAYER_PARTS,
    NULL_FEATURES,
    Layer,
    Net,
)
from aligner.alignment.objective import (
    CONTINUING,
    OPENING,
    OUTPUTS,
    PARTS,
    Batch,
    Example,
    gradient,
)
from aligner.alignment.products import Doubles
from aligner.alignment.side import Side
from aligner.encoders import load_encoder

UNITS = {"beads": 8, "en": 4, "zh": 4}
PENALTY = 30.0  # of squared weights; with 10 the scores of literary text are too sure of themselves
NETS, ITERATIONS = 3, 80
VARIANT_WEIGHT = 0.5
LEAST_DEVIATION = 0.1


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the data, train, and write the weights."""
    parser = argparse.ArgumentParser(description="Train the weights of the sentence alignment.")
    parser.add_argument("--data", nargs="+", required=True, metavar="FOLDER=WEIGHT")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--nets", type=int, default=NETS)
    parser.add_argument("--iterations", type=int, default=ITERATIONS)
    chosen = parser.parse_args(arguments)
    examples: list[Example] = []
    for item in chosen.data:
        folder, _, weight = item.partition("=")
        for path in sorted(Path(folder).glob("*.json")):
            examples += make_examples(path, float(weight or 1.0))
            print(f"{path}: {len(examples)} examples", file=sys.stderr)
    scales = measure_scales(examples)
    nets = [fit(examples, scales, seed, chosen.iterations) for seed in range(chosen.nets)]
    write(chosen.out, scales, nets)


def read_document(path: Path) -> Document:
    """Read and encode a gold file."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    encoder = load_encoder()
    return Document(
        encoder.encode(gold["en"]),
        encoder.encode(gold["zh"]),
        [(list(e), list(z)) for e, z in gold["beads"]],
    )


def make_examples(path: Path, weight: float) -> list[Example]:
    """Return the examples made of one gold file; the same ones each time."""
    random = np.random.default_rng(zlib.crc32(path.stem.encode()))
    examples = []
    for number, document in enumerate(variants(read_document(path), random)):
        views, gold = (
            Views.of(Side.of(document.en), Side.of(document.zh)),
            GoldPath.of(document.beads),
        )
        n, m = len(document.en), len(document.zh)
        candidates = gold.forced(views.candidates(), n, m)
        examples.append(
            Example(
                candidates,
                views.describe(candidates),
                gold.allowed(candidates, n, m),
                weight * (VARIANT_WEIGHT if number else 1.0),
            )
        )
    return examples


def measure_scales(examples: Sequence[Example]) -> dict[str, Doubles]:
    """Return mean and deviation of the features, ``(2, features)`` by part; nulls of both sides share one."""
    beads = np.concatenate([example.described.beads for example in examples])
    alone = np.concatenate([x for example in examples for x in (example.described.en, example.described.zh)])
    beads_scale, alone_scale = (
        np.stack([x.mean(axis=0), np.maximum(x.std(axis=0), LEAST_DEVIATION)]) for x in (beads, alone)
    )
    return {"beads": beads_scale, "en": alone_scale, "zh": alone_scale}


def fit(
    examples: Sequence[Example],
    scales: dict[str, Doubles],
    seed: int,
    iterations: int = ITERATIONS,
) -> Net:
    """Train one net from a random beginning."""
    from scipy.optimize import minimize

    whole = Batch(examples, scales)
    split = [
        [e for e, is_open in zip(examples, whole.open, strict=True) if is_open is wanted]
        for wanted in (False, True)
    ]
    batches = [Batch(part, scales) for part in split if part]
    start = beginning(seed)
    shapes = [getattr(getattr(start, part), name).shape for part in PARTS for name in LAYER_PARTS]
    free = np.concatenate([np.full(int(np.prod(s)), len(s) > 1 or s[0] > 2) for s in shapes])

    def objective(theta: Doubles) -> tuple[float, Doubles]:
        net = unflatten(theta, shapes)
        loss, slope = (
            0.5 * PENALTY * float(theta[free] @ theta[free]),
            PENALTY * theta * free,
        )
        for batch in batches:
            part_loss, slopes = batch.loss(net)
            loss += part_loss
            layers = Net(*(gradient(getattr(net, part), batch.inputs[part], slopes[part]) for part in PARTS))
            slope = slope + flatten(layers)
        return loss, slope

    found = minimize(
        objective,
        flatten(start),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": iterations},
    )
    print(f"net {seed}: {found.fun:.1f} after {found.nit} iterations", file=sys.stderr)
    return unflatten(found.x, shapes)


def beginning(seed: int) -> Net:
    """Return a net with small random tanh units."""
    random = np.random.default_rng(seed)
    layers = []
    for part in PARTS:
        features, units, outputs = (
            (len(BEAD_FEATURES) if part == "beads" else len(NULL_FEATURES)),
            UNITS[part],
            OUTPUTS[part],
        )
        bias = np.zeros(1) if part == "beads" else np.array([OPENING, CONTINUING])
        inner, outer = (
            random.normal(0, 0.2, (features, units)),
            random.normal(0, 0.2, (units, outputs)),
        )
        layers.append(Layer(np.zeros((features, outputs)), bias, inner, np.zeros(units), outer))
    return Net(*layers)


def flatten(net: Net) -> Doubles:
    """Return all weights as one row."""
    return np.concatenate(
        [getattr(getattr(net, part), name).ravel() for part in PARTS for name in LAYER_PARTS]
    )


def unflatten(theta: Doubles, shapes: Sequence[tuple[int, ...]]) -> Net:
    """Undo ``flatten``."""
    pieces = np.split(theta, np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1])
    arrays = [piece.reshape(shape) for piece, shape in zip(pieces, shapes, strict=True)]
    count = len(LAYER_PARTS)
    return Net(*(Layer(*arrays[k : k + count]) for k in range(0, len(arrays), count)))


def write(
    path: Path,
    scales: dict[str, Doubles],
    nets: Sequence[Net],
    temperature: float = 1.0,
) -> None:
    """Write the weights as JSON, a line a feature."""
    data: dict[str, Any] = {
        "about": "weights of the sentence alignment; how they were obtained: aligner/alignment/train.py",
        "bead_features": BEAD_FEATURES,
        "null_features": NULL_FEATURES,
        "bead_scale": scales["beads"],
        "null_scale": scales["en"],
        "temperature": temperature,
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


if __name__ == "__main__":
    main()
