"""``aligner export``."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from aligner.cli.options import FORMAT, OUT


def export(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="File that 'aligner run' made.")],
    what: Annotated[
        Literal["pairs", "glossary", "findings", "original"],
        typer.Argument(metavar="{pairs|glossary|findings|original}"),
    ],
    output_format: FORMAT = None,
    out: OUT = None,
    status: Annotated[
        Literal["accepted", "all"] | None,
        typer.Option(help="original: confirmed findings alone, or all that nobody dismissed."),
    ] = None,
) -> int:
    """Write what a workspace holds: sentence pairs, the glossary, or findings that were not dismissed.

    ``original`` writes them back into the XLIFF, SDLXLIFF, MQXLIFF and Word files they came from: comments at
    the words, corrections, accepted terms; --out is a folder.

    Example: aligner export abstracts.db glossary --format xlsx --out glossary.xlsx
    """
    from collections.abc import Callable, Iterator
    from typing import Any

    from aligner.cli.output import sink
    from aligner.cli.reporter import Reporter
    from aligner.store import (
        Workspace,
        count_contents,
        open_workspace,
        read_findings,
        read_glossary,
        read_pairs,
    )

    if what == "original":
        return _originals(workspace, out, status or "all")
    readers: dict[str, Callable[[Workspace], Iterator[Any]]] = {
        "pairs": read_pairs,
        "glossary": read_glossary,
        "findings": read_findings,
    }
    write = sink(output_format, what, out)
    with Reporter() as report, open_workspace(workspace, write=False) as opened:
        for error in write(report.count(what, readers[what](opened))):
            report.leave_out(error)
        report.records = count_contents(opened).records
        return report.finish()


def _originals(workspace: Path, out: Path | None, status: Literal["accepted", "all"]) -> int:
    from aligner.cli.report import Report
    from aligner.engine.originals import write_originals
    from aligner.errors import InputError, SettingError
    from aligner.store import open_workspace

    if out is None:
        raise SettingError("say into which folder", hint="--out FOLDER")
    with Report() as report, open_workspace(workspace, write=False) as opened:
        for done in write_originals(opened, out, status=status):
            if isinstance(done, InputError):
                report.leave_out(done)
            else:
                report.records += 1
        report.add("files", f"{report.records:,} in {out}")
        return report.finish()
