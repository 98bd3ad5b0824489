"""``aligner evaluate checks``."""

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.options import DEVICE, ENCODER


def evaluate_checks(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Folder with clean.jsonl, errors.jsonl, glossary.jsonl.")
    ],
    encoder: ENCODER = "bundled",
    device: DEVICE = "auto",
) -> int:
    """Measure precision and recall of each check on pairs with labelled slips and on correct ones.

    Example: aligner evaluate checks qa/
    """
    from aligner.encoders import load_encoder
    from aligner.evaluation.checks import measure, read_qa, report

    loaded = load_encoder(encoder, device)
    qa = read_qa(folder)
    print("\n".join(report(measure(qa, loaded), qa, loaded)))
    return 0
