"""``aligner evaluate terms``."""

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.options import ENCODER


def evaluate_terms(
    pairs: Annotated[
        Path,
        typer.Argument(
            metavar="PAIRS.jsonl",
            help='Aligned pairs: {"id", "en", "zh"} a line; or a folder of gold files with terms, alone.',
        ),
    ],
    gold: Annotated[
        Path | None,
        typer.Argument(
            metavar="GOLD.jsonl", help='Their term pairs: {"id", "en", "zh", "level", "kind"} a line.'
        ),
    ] = None,
    folds: Annotated[
        int,
        typer.Option(
            "--folds", metavar="N", min=0, help="Train on the other documents and measure on each of N folds."
        ),
    ] = 0,
    block: Annotated[
        str | None,
        typer.Option("--block", metavar="N,N,...", help="Pairs whose statistics are taken together."),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option("--threshold", metavar="P", min=0, max=1, help="Leave out what is less probable."),
    ] = None,
    terms: Annotated[
        Path | None,
        typer.Option("--terms", metavar="FILE", help="English terms, one a line, to rank against."),
    ] = None,
    encoder: ENCODER = "bundled",
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE.png", help="Draw precision against recall.")
    ] = None,
    floor: Annotated[
        Path | None, typer.Option("--floor", metavar="FILE", help="Fail where F1 is below its pinned floor.")
    ] = None,
    pin: Annotated[bool, typer.Option("--pin", help="Write the figures to the file of floors.")] = False,
    lower: Annotated[bool, typer.Option("--lower", help="With --pin: floors may sink.")] = False,
) -> int:
    """Measure term pairs on annotated pairs; ids are DOCUMENT-NUMBER, and folds keep a document together.

    With several sizes of blocks each is measured; curve and floor are those of the first.

    Example: aligner evaluate terms pairs.jsonl gold.jsonl --folds 4 --block 400,15,1 --plot curve.png
    """
    from aligner.evaluation.floors import check
    from aligner.evaluation.terms import Options, evaluate, precision_recall, report
    from aligner.evaluation.throughput import numbers_of

    usual = Options()
    options = Options(
        encoder,
        folds,
        usual.blocks if block is None else tuple(numbers_of("--block", block)),
        usual.threshold if threshold is None else threshold,
    )
    evaluations = evaluate(pairs, gold, options, terms)
    print("\n\n".join("\n".join(report(evaluation)) for evaluation in evaluations))
    if plot is not None:
        precision_recall(evaluations[0], plot)
    return check(floor, evaluations[0].figure(), pin=pin, lower=lower)
