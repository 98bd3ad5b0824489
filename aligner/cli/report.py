"""``aligner report``."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.exit_codes import ExitCode
from aligner.cli.options import OUT


def report(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="File that 'aligner run' made.")],
    out: OUT = None,
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="Title of the report; the workspace's name if not given.")
    ] = "",
    answers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Read the answers of a table that a translator filled in."),
    ] = None,
) -> int:
    """Write what a review came to: errors gravest first with corrections, score, counts; HTML, or a table.

    With --out FILE.xlsx it is a table with a column for the translator's answers; --answers FILE.xlsx reads
    them back.

    Example: aligner report review.db --out report.html
    """
    from aligner.cli.output import open_output
    from aligner.review.report import write_report, write_report_table
    from aligner.store import open_workspace
    from aligner.store.overview import totals
    from aligner.text.surrogates import shown

    if answers:
        return _read_answers(workspace, answers)
    with open_workspace(workspace, write=False) as opened, open_output(out) as stream:
        if out and out.suffix.lower() == ".xlsx":
            write_report_table(opened, stream)
            counted = totals(opened)
        else:
            counted = write_report(opened, stream, title=shown(title))
    for name, number in (
        ("records", counted.records),
        ("pairs", counted.beads),
        ("open issues", counted.count(state="open")),
    ):
        print(f"{name:<12}{number:,}", file=sys.stderr)
    return ExitCode.DONE


def _read_answers(workspace: Path, path: Path) -> int:
    from aligner.cli.messages import say
    from aligner.review.answers import read_answers
    from aligner.store import open_workspace

    with open_workspace(workspace) as opened:
        kept, unknown = read_answers(opened, path)
    for line in unknown:
        say(line)
    print(f"{'answers':<12}{kept:,}", file=sys.stderr)
    return ExitCode.FOUND if unknown else ExitCode.DONE
