"""``aligner evaluate checks``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.options import DEVICE, ENCODER

if TYPE_CHECKING:
    from aligner.checks.halves import Half


def evaluate_checks(
    data: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER|PAIRS", help="Folder with clean.jsonl, errors.jsonl, or JSONL of correct pairs."
        ),
    ],
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of the slips made of correct pairs.")] = 1,
    per_kind: Annotated[int, typer.Option(metavar="N", help="Slips of each kind at most.")] = 60,
    half: Annotated[
        str, typer.Option("--half", metavar="HALF", help="Of the texts only those of tuning, or checking.")
    ] = "",
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE.png", help="Draw slips found against alarms.")
    ] = None,
    speed: Annotated[
        bool, typer.Option("--speed", help="Time the checks without the encoder as well.")
    ] = False,
    encoder: ENCODER = "bundled",
    device: DEVICE = "auto",
) -> int:
    """Measure the checks.

    A folder holds labelled slips; of a file of correct pairs slips are made from the seed. Pairs with
    "labels" are errors that a person marked, pairs with "right" are slips that stand beside their right twin.

    Example: aligner evaluate checks pairs.jsonl --seed 1 --plot curve.png
    """
    from aligner.encoders import load_encoder
    from aligner.evaluation.checks import measure, read_qa, report

    of = _half(half)
    loaded = load_encoder(encoder, device)
    if data.is_dir():
        qa = read_qa(data, of)
        print("\n".join(report(measure(qa, loaded), qa, loaded)))
        return 0
    from aligner.evaluation import labelled, slips

    rows, digest = slips.read_rows(data, of)
    pairs = slips.as_pairs(rows)
    if any("labels" in row for row in rows):
        lines = labelled.report_labels(labelled.measure_labels(rows, loaded))
    elif rows and all("right" in row for row in rows):
        lines = labelled.measure_twins(rows, loaded)
    else:
        scores = slips.measure_slips(pairs, loaded, seed=seed, per_kind=per_kind)
        lines = slips.report_slips(scores, loaded, seed=seed, digest=digest)
        if plot is not None:
            from aligner.evaluation.curve import alarm_curve

            alarm_curve(scores.curve(), plot, lines[-1])
    if speed:
        lines.append(f"{slips.speed(pairs):,.0f} pairs a second without the encoder")
    print("\n".join(lines))
    return 0


def _half(name: str) -> "Half | None":
    from aligner.checks.halves import HALVES
    from aligner.errors import SettingError

    found = next((half for half in HALVES if half == name), None)
    if name and found is None:
        raise SettingError(f"there is no half '{name}'", where="--half", hint=f"it is {' or '.join(HALVES)}")
    return found
