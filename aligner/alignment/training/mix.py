"""The documents that training learns from, and how much each counts."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np

from aligner.alignment.model import BeadWeights, Model
from aligner.alignment.training.documents import Document, read_document
from aligner.alignment.training.fitting import EPOCHS, SEEDS, fit, make_examples, measure_scales
from aligner.alignment.training.objective import Example
from aligner.alignment.training.perturbation import perturbed
from aligner.alignment.training.stacking import Stretches, fit_whole_beads, read_stretches
from aligner.errors import SettingError

FOLDS = 3  # of the documents: nets of the others make what the second stage learns from


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


def read_documents(path: Path) -> Iterator[Document]:
    """Yield the document of a gold file and what is made of it, which follows from its name."""
    return perturbed(read_document(path), np.random.default_rng(zlib.crc32(path.stem.encode())))


def read_examples(path: Path, weight: float) -> list[Example]:
    """Return the examples of one gold file."""
    return list(make_examples(read_documents(path), weight))


def train(made: Mapping[Path, Sequence[Example]], nets: int = len(SEEDS), epochs: int = EPOCHS) -> Model:
    """Fit up to ``len(SEEDS)`` nets from several beginnings, and the second stage.

    Args:
        made: the examples of each gold file.
        nets: how many.
        epochs: how often a net sees each example.
    """
    return replace(_first_stage(made, nets, epochs), whole_beads=_second_stage(made, epochs))


def _first_stage(made: Mapping[Path, Sequence[Example]], nets: int, epochs: int) -> Model:
    examples = list(chain(*made.values()))
    scales = measure_scales(examples)
    return Model(scales, tuple(fit(examples, scales, seed, epochs) for seed in SEEDS[:nets]))


def _second_stage(made: Mapping[Path, Sequence[Example]], epochs: int) -> BeadWeights | None:
    """Fit the second stage to what nets make of documents that they have not seen; None without any."""
    found: list[Stretches] = []
    paths = list(made)
    for fold in range(min(FOLDS, len(paths)) if len(paths) > 1 else 0):
        held = paths[fold::FOLDS]
        model = _first_stage({path: made[path] for path in paths if path not in held}, 1, epochs)
        for path in held:
            found += read_stretches(read_documents(path), model)
    return fit_whole_beads(found) if found else None
