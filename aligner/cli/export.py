"""``aligner export``."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from aligner.cli.options import OUT


def export(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="File that 'aligner run' made.")],
    what: Annotated[
        Literal["pairs", "glossary", "findings"], typer.Argument(metavar="{pairs|glossary|findings}")
    ],
    output_format: Annotated[
        str, typer.Option("--format", metavar="NAME", help="tsv, jsonl, tmx, ...")
    ] = "tsv",
    out: OUT = None,
) -> int:
    """Write what a workspace holds: sentence pairs, the glossary, or findings that were not dismissed.

    Example: aligner export abstracts.db glossary --format xlsx --out glossary.xlsx
    """
    from collections.abc import Callable, Iterator
    from typing import Any

    from aligner.cli.output import sink
    from aligner.cli.report import Report
    from aligner.store import (
        Workspace,
        count_contents,
        open_workspace,
        read_findings,
        read_glossary,
        read_pairs,
    )

    readers: dict[str, Callable[[Workspace], Iterator[Any]]] = {
        "pairs": read_pairs,
        "glossary": read_glossary,
        "findings": read_findings,
    }
    write = sink(output_format, what, out)
    with Report() as report, open_workspace(workspace, write=False) as opened:
        for error in write(report.count(what, readers[what](opened))):
            report.leave_out(error)
        report.records = count_contents(opened).records
        return report.finish()
