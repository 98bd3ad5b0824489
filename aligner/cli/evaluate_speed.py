"""``aligner evaluate speed``."""

from typing import Annotated

import typer

from aligner.cli.options import DEVICE, ENCODER


def evaluate_speed(
    gold: Annotated[list[str], typer.Argument(metavar="GOLD...", help="Gold files or folders of them.")],
    encoder: ENCODER = "bundled",
    device: DEVICE = "auto",
) -> None:
    """Time sentence alignment beside sentweave and galechurch, on the same texts with the same encoder.

    Example: aligner evaluate speed corpora/constructed/gold
    """
    from aligner.evaluation.speed import compare, report

    print("\n".join(report(compare(gold, encoder, device), gold, encoder, device)))
