"""``aligner evaluate align``."""

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.options import DEVICE, ENCODER


def evaluate_align(
    gold: Annotated[list[str], typer.Argument(metavar="GOLD...", help="Gold files or folders of them.")],
    encoder: ENCODER = "bundled",
    device: DEVICE = "auto",
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE.png", help="Draw the reliability diagram.")
    ] = None,
    perturb: Annotated[
        str,
        typer.Option(
            "--perturb",
            metavar="KIND",
            help="Make the documents harder first: cut, merge, run-on, cut+merge.",
        ),
    ] = "",
    seed: Annotated[int, typer.Option("--seed", help="With --perturb: what chance is drawn from.")] = 0,
    folds: Annotated[
        int,
        typer.Option(
            "--folds",
            metavar="N",
            min=0,
            help="Train on --data without each N-th of the files, and measure it.",
        ),
    ] = 0,
    data: Annotated[
        list[str] | None,
        typer.Option("--data", metavar="FOLDER=WEIGHT", help="With --folds: what to learn from."),
    ] = None,
    nets: Annotated[
        int, typer.Option("--nets", min=1, help="With --folds: nets whose scores are averaged.")
    ] = 1,
    floor: Annotated[
        Path | None, typer.Option("--floor", metavar="FILE", help="Fail where F1 is below its pinned floor.")
    ] = None,
    pin: Annotated[bool, typer.Option("--pin", help="Write the figures to the file of floors.")] = False,
    lower: Annotated[bool, typer.Option("--lower", help="With --pin: floors may sink.")] = False,
) -> int:
    """Measure sentence alignment on gold files: {"en": [...], "zh": [...], "beads": [[[0], [0, 1]], ...]}.

    With --folds the weights measured have not seen the document; --perturb then makes it harder.

    Example: aligner evaluate align corpora/hard --plot reliability.png
    """
    from aligner.encoders import load_encoder
    from aligner.evaluation.alignment import evaluate, report
    from aligner.evaluation.floors import check
    from aligner.evaluation.folds import held_out_models
    from aligner.evaluation.gold import gold_files, read_gold
    from aligner.evaluation.perturbation import perturb as perturbed

    documents = read_gold(gold)
    if perturb:
        documents = perturbed(documents, perturb, seed)
    models = held_out_models(gold_files(gold), data or [], folds=folds, nets=nets) if folds else None
    evaluation = evaluate(documents, load_encoder(encoder, device), models)
    print("\n".join(report(evaluation)))
    if plot is not None:
        from aligner.evaluation.plot import reliability_diagram

        reliability_diagram(evaluation.total.scored, plot, evaluation.signature)
    return check(floor, evaluation.figure(gold), pin=pin, lower=lower)
