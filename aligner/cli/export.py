"""``aligner export``."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from aligner.cli.options import FORMAT, HEADINGS, KEYWORDS, OUT, SOURCE, TARGET, TITLES, UNITS

DECIDED = ("tbx", "tbx2", "omegat", "two-column")
"""Formats of glossaries that other tools take as they are: what nobody has accepted is no entry of theirs."""


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
        typer.Option(
            help="accepted: accepted entries, confirmed findings alone (so for TBX, OmegaT, two-column)."
        ),
    ] = None,
    units: UNITS = False,
    source: SOURCE = None,
    target: TARGET = None,
    headings: HEADINGS = "keep",
    titles: TITLES = False,
    keywords: KEYWORDS = False,
) -> int:
    """Write what a workspace holds: sentence pairs, the glossary, or findings that were not dismissed.

    ``original`` writes them back into the XLIFF, SDLXLIFF, MQXLIFF and Word files they came from: comments at
    the words, corrections, accepted terms; --out is a folder.

    Example: aligner export abstracts.db glossary --format xlsx --out glossary.xlsx
    """
    from collections.abc import Callable, Iterator
    from functools import partial

    from aligner.cli.output import What, format_of, sink
    from aligner.cli.reporter import Reporter
    from aligner.engine.more_pairs import split_headings, with_metadata
    from aligner.errors import SettingError
    from aligner.formats.direction import direction_of
    from aligner.store import (
        Workspace,
        count_contents,
        metadata_of,
        open_workspace,
        read_findings,
        read_glossary,
        read_pairs,
        read_units,
    )

    if what == "original":
        return _originals(workspace, out, status or "all")
    readers: dict[str, Callable[[Workspace], Iterator[Any]]] = {
        "pairs": read_pairs,
        "glossary": read_glossary,
        "findings": read_findings,
        "units": read_units,
    }
    given = {
        "--units": units,
        "--source": source,
        "--target": target,
        "--headings": headings == "split",
        "--titles": titles,
        "--keywords": keywords,
    }
    if what != "pairs" and any(given.values()):
        where = next(name for name, value in given.items() if value)
        raise SettingError(f"is for sentence pairs, not for {what}", where=where, hint="use it with pairs")
    rows_of: What = "units" if units else what
    if what == "glossary" and status is None:
        status = "accepted" if format_of(output_format, what, out) in DECIDED else "all"
    write = sink(output_format, rows_of, out, direction=direction_of(source, target))
    with Reporter() as report, open_workspace(workspace, write=False) as opened:
        rows = readers[rows_of](opened)
        if headings == "split":
            rows = split_headings(rows)
        if titles or keywords:
            rows = with_metadata(rows, partial(metadata_of, opened), titles=titles, keywords=keywords)
        if what != "pairs" and status == "accepted":
            rows = (
                filter(_is_accepted, rows) if what == "glossary" else read_findings(opened, state="confirmed")
            )
        for error in write(report.count(rows_of, rows)):
            report.leave_out(error)
        report.records = count_contents(opened).records
        if status == "accepted":
            report.add("status", "accepted ones alone; --status all writes the rest too")
        return report.finish()


def _is_accepted(entry: Any) -> bool:
    return bool(entry.status == "accepted")


def _originals(workspace: Path, out: Path | None, status: Literal["accepted", "all"]) -> int:
    from aligner.cli.reporter import Reporter
    from aligner.engine.originals import write_originals
    from aligner.errors import InputError, SettingError
    from aligner.store import open_workspace

    if out is None:
        raise SettingError("say into which folder", hint="--out FOLDER")
    with Reporter() as report, open_workspace(workspace, write=False) as opened:
        for done in write_originals(opened, out, status=status):
            if isinstance(done, InputError):
                report.leave_out(done)
            else:
                report.records += 1
        report.add("files", f"{report.records:,} in {out}")
        return report.finish()
