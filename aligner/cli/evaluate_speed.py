"""``aligner evaluate speed``."""

from typing import Annotated

import typer

from aligner.cli.options import DEVICE, ENCODER


def evaluate_speed(
    gold: Annotated[list[str], typer.Argument(metavar="GOLD...", help="Gold files or folders of them.")],
    encoder: ENCODER = "bundled",
    device: DEVICE = "auto",
    runs: Annotated[
        str,
        typer.Option(metavar="N,N,...", help="Time 'aligner run' instead, on so many records made of GOLD."),
    ] = "",
    jobs: Annotated[str, typer.Option(metavar="N,N,...", help="With --runs: worker processes.")] = "1,2",
    terms: Annotated[
        bool,
        typer.Option("--terms/--no-terms", help="With --runs: terms and checks too, or alignment alone."),
    ] = True,
) -> None:
    """Time sentence alignment beside sentweave and galechurch, on the same texts with the same encoder.

    With --runs: records a second, processor time and the most memory of all processes together.

    Example: aligner evaluate speed corpora/constructed/gold --runs 500,1000,2000 --jobs 1,2
    """
    if runs:
        from aligner.evaluation.throughput import measure_runs, numbers_of

        plan = numbers_of("--runs", runs), numbers_of("--jobs", jobs)
        for line in measure_runs(gold, *plan, encoder=encoder, terms=terms):
            print(line, flush=True)
        return
    from aligner.evaluation.speed import compare, report

    print("\n".join(report(compare(gold, encoder, device), gold, encoder, device)))
