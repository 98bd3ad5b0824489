"""``aligner evaluate checks``."""

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.options import DEVICE, ENCODER


def evaluate_checks(
    data: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER|PAIRS", help="Folder with clean.jsonl, errors.jsonl, or JSONL of correct pairs."
        ),
    ],
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of the slips made of correct pairs.")] = 1,
    per_kind: Annotated[int, typer.Option(metavar="N", help="Slips of each kind at most.")] = 60,
    encoder: ENCODER = "bundled",
    device: DEVICE = "auto",
) -> int:
    """Measure the checks on labelled slips in a folder, or on correct pairs and automatic slips of them.

    Example: aligner evaluate checks pairs.jsonl --seed 1
    """
    from aligner.encoders import load_encoder
    from aligner.evaluation.checks import measure, read_qa, report
    from aligner.evaluation.slips import measure_slips, read_correct, report_slips

    loaded = load_encoder(encoder, device)
    if not data.is_dir():
        pairs, digest = read_correct(data)
        scores = measure_slips(pairs, loaded, seed=seed, per_kind=per_kind)
        print("\n".join(report_slips(scores, loaded, seed=seed, digest=digest)))
        return 0
    qa = read_qa(data)
    print("\n".join(report(measure(qa, loaded), qa, loaded)))
    return 0
