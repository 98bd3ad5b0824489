"""``aligner check``."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.options import (
    ALIGNED,
    COLUMNS,
    DEVICE,
    ENCODER,
    FORMAT,
    GLOSSARY,
    INPUT_FORMAT,
    INPUTS,
    LINES,
    NOTES,
    OUT,
    SPLIT,
)


class FailOn(StrEnum):
    """From which severity on findings make the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


class SourceLanguage(StrEnum):
    """The language a text was translated from."""

    EN = "en"
    ZH = "zh"


def check(
    inputs: INPUTS,
    output_format: FORMAT = None,
    out: OUT = None,
    aligned: ALIGNED = False,
    glossary: GLOSSARY = None,
    fail_on: Annotated[FailOn, typer.Option(help="Exit with 1 when something this severe is found.")] = (
        FailOn.ERROR
    ),
    encoder: ENCODER = "bundled",
    device: DEVICE = "auto",
    input_format: INPUT_FORMAT = None,
    lines: LINES = False,
    columns: COLUMNS = None,
    notes: NOTES = None,
    split: SPLIT = False,
    checks: Annotated[
        str | None,
        typer.Option(metavar="LIST", help="Run these checks alone: a,b,c; consistency looks for terms."),
    ] = None,
    without: Annotated[str | None, typer.Option(metavar="LIST", help="Run all checks but these.")] = None,
    profile: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="Checks, severities and own patterns.")
    ] = None,
    source: Annotated[
        SourceLanguage | None, typer.Option(help="The language translated from; messages say source, target.")
    ] = None,
) -> int:
    """Find where a translation may have drifted: numbers, units, sides, negation, terms, omissions and more.

    Example: aligner check pairs.tsv --aligned --glossary glossary.tsv --format html --out findings.html
    """
    from aligner.checks import load_glossary
    from aligner.checks.profile import apply, of_options
    from aligner.cli.exit_codes import ExitCode
    from aligner.cli.output import sink, streams_to_terminal
    from aligner.cli.reporter import Reporter
    from aligner.cli.severities import Severities
    from aligner.engine import Inputs, Settings, columns_of, stream_results

    job = Inputs(inputs, input_format, lines, aligned, columns_of(columns), notes, split)
    write = sink(output_format, "findings", out, inputs=inputs)
    terms = load_glossary(glossary) if glossary else None
    wanted = of_options(profile, checks, without, source.value if source else None)
    looks_for_terms = "consistency" in (checks or "").replace(" ", "").split(",")
    settings = Settings(encoder, device, terms=looks_for_terms, glossary=terms, split=split)
    with Reporter(bar=not streams_to_terminal(output_format, out)) as report:
        results = report.ready(report.take(stream_results(job, settings)))
        if results is None:
            return report.finish()
        findings = (finding for result in results for finding in apply(wanted, result.pairs, result.findings))
        seen = Severities()
        for error in write(seen.pass_on(findings)):
            report.leave_out(error)
        report.add("issues", seen.describe())
        return max(report.finish(), ExitCode(seen.reach(fail_on)))
