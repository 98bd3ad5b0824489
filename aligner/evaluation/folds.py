"""Weights of the alignment that have not seen what they are measured on: cross-validation by document."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from aligner.alignment.model import Model
from aligner.errors import SettingError


def held_out_models(
    held: Sequence[Path], data: Sequence[str], *, folds: int, nets: int = 1
) -> dict[str, Model]:
    """Train one model a fold, on all data but the fold's files.

    Args:
        held: gold files; the first, and every ``folds``-th after it, are held back together, and so on.
        data: ``FOLDER=WEIGHT`` items, as the training command takes them.
        folds: how many models. With one, all of ``held`` are held back at once.
        nets: nets of each.

    Returns:
        The model that has not seen a file, by the file's name without its ending.

    Raises:
        SettingError: there is nothing to learn from.
    """
    from aligner.alignment.training.mix import read_examples, read_mix, train

    mix = read_mix(data)
    parts = [{path.resolve() for path in held[fold::folds]} for fold in range(folds)]
    if any(part >= mix.keys() for part in parts):
        raise SettingError(
            "nothing is left to learn from", where="--folds", hint="name training folders with --data"
        )
    made = {}
    for path, weight in mix.items():
        made[path] = read_examples(path, weight)
        print(f"{path}: {len(made[path])} examples", file=sys.stderr)
    models: dict[str, Model] = {}
    for part in parts:
        if part:
            model = train({path: made[path] for path in mix if path not in part}, nets)
            models |= {path.stem: model for path in part}
    return models
