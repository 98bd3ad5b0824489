"""``aligner run``."""

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.options import ALIGNED, COLUMNS, DEVICE, ENCODER, GLOSSARY, INPUT_FORMAT, LINES, NOTES

INTERRUPTED = "interrupted; what is done is kept, the same command goes on from there"


def run(
    workspace: Annotated[
        Path, typer.Option(metavar="FILE", help="Workspace to make or go on with, one SQLite file.")
    ],
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT...", help="Files, folders or globs; - is standard input."),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, metavar="N", help="Worker processes, one core each.")] = 1,
    aligned: ALIGNED = False,
    glossary: GLOSSARY = None,
    base: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Glossary that the workspace's glossary begins with."),
    ] = None,
    terms: Annotated[
        bool, typer.Option("--terms/--no-terms", help="Look for terms and issues, or stop after alignment.")
    ] = True,
    engine: Annotated[str, typer.Option(metavar="NAME", help="local, or ray: a cluster.")] = "local",
    address: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Ray cluster; if not given, this machine.")
    ] = None,
    shards: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where ray puts its Parquet files; beside the workspace."),
    ] = None,
    from_parquet: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Load Parquet files that ray made, instead of inputs.")
    ] = None,
    encoder: ENCODER = "bundled",
    device: DEVICE = "auto",
    input_format: INPUT_FORMAT = None,
    lines: LINES = False,
    columns: COLUMNS = None,
    notes: NOTES = None,
    revision: Annotated[
        bool,
        typer.Option("--revision", help="The input is a corrected text: say what became of each finding."),
    ] = False,
) -> int:
    """Align, and search for terms and issues, any number of records; what is done is kept in a workspace.

    Stop it whenever you like: the same command goes on where it was. Records that are done and have not
    changed are passed over; what people decided stays. With another --glossary, the checks are done again.

    --revision takes a corrected text back: its records are found by their sentences and units, whatever the
    file is called now, and a table says what is fixed, still there, new, or changed unasked.

    Example: aligner run abstracts/ --workspace abstracts.db --jobs 2
    """
    from aligner.checks import load_glossary
    from aligner.cli.reporter import Reporter
    from aligner.cli.revisions import show_revisions
    from aligner.cli.run_summary import finish_run
    from aligner.engine import Inputs, Settings, check_inputs, columns_of, run_local, run_parquet, run_ray
    from aligner.engine.glossary import read_base_file
    from aligner.engine.revision import run_revision
    from aligner.errors import SettingError
    from aligner.store import one_run, open_workspace
    from aligner.store.base_glossary import write_base
    from aligner.terms import Termbase

    job = Inputs(inputs or [], input_format, lines, aligned, columns_of(columns), notes)
    check_inputs(job, engine, workspace=workspace, from_parquet=from_parquet)
    rows = read_base_file(base) if base else None
    checked_by = load_glossary(glossary) if glossary else None
    settings = Settings(encoder, device, terms, terms, checked_by, termbase=Termbase.of(rows or ()))
    if revision and (from_parquet or engine != "local" or not inputs or not terms):
        raise SettingError("--revision goes with an input, the engine local and the search for issues")
    with (
        open_workspace(workspace, create=True) as opened,
        one_run(opened),
        Reporter(interrupted=INTERRUPTED) as report,
    ):
        if rows is not None:
            write_base(opened, rows)
        if revision:
            summary, revisions = run_revision(opened, job, settings, jobs=jobs, watch=report)
            code = finish_run(report, summary, opened)
            return max(code, show_revisions(revisions))
        if from_parquet:
            summary = run_parquet(opened, from_parquet, settings, jobs=jobs, watch=report)
        elif engine == "ray":
            shards = shards or workspace.with_name(f"{workspace.name}.shards")
            summary = run_ray(opened, job, settings, shards=shards, address=address, jobs=jobs, watch=report)
        else:
            summary = run_local(opened, job, settings, jobs=jobs, watch=report)
        return finish_run(report, summary, opened)
