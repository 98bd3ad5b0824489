"""``aligner report``."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.options import OUT


def report(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="File that 'aligner run' made.")],
    out: OUT = None,
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="Title of the report; the workspace's name if not given.")
    ] = "",
) -> None:
    """Write one HTML file with the pairs, findings and glossary of a workspace; it needs nothing else.

    Example: aligner report review.db --out report.html
    """
    from aligner.cli.output import open_output
    from aligner.review.report import write_report
    from aligner.store import open_workspace
    from aligner.text.surrogates import shown

    with open_workspace(workspace, write=False) as opened, open_output(out) as stream:
        counted = write_report(opened, stream, title=shown(title))
    for name, number in (
        ("records", counted.records),
        ("pairs", counted.beads),
        ("open issues", counted.count(state="open")),
    ):
        print(f"{name:<12}{number:,}", file=sys.stderr)
