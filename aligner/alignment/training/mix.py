"""The documents that training learns from, and how much each counts."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from aligner.alignment.model import Model
from aligner.alignment.training.documents import read_document
from aligner.alignment.training.fitting import EPOCHS, SEEDS, fit, make_examples, measure_scales
from aligner.alignment.training.objective import Example
from aligner.alignment.training.perturbation import perturbed
from aligner.errors import SettingError


def read_mix(items: Iterable[str]) -> dict[Path, float]:
    """Return the gold files of ``FOLDER=WEIGHT`` items, or ``FOLDER`` for a weight of 1, with their weights.

    Raises:
        SettingError: a weight is no positive number, or a folder holds no gold files.
    """
    weights: dict[Path, float] = {}
    for item in items:
        folder, _, weight = item.partition("=")
        files = sorted(Path(folder).glob("*.json"))
        try:
            value = float(weight or 1.0)
        except ValueError:
            value = 0.0
        if not files or value <= 0.0:
            raise SettingError("needs a folder of .json files, and a weight above 0", where=f"--data {item}")
        weights |= {path.resolve(): value for path in files}
    return weights


def read_examples(path: Path, weight: float) -> list[Example]:
    """Return the examples of one gold file; what is made of it follows from its name."""
    random = np.random.default_rng(zlib.crc32(path.stem.encode()))
    return list(make_examples(perturbed(read_document(path), random), weight))


def train(examples: list[Example], nets: int = len(SEEDS), epochs: int = EPOCHS) -> Model:
    """Fit up to ``len(SEEDS)`` nets from several beginnings."""
    scales = measure_scales(examples)
    return Model(scales, tuple(fit(examples, scales, seed, epochs) for seed in SEEDS[:nets]))
