"""``aligner glossary``."""

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.options import (
    ALIGNED,
    COLUMNS,
    DEVICE,
    ENCODER,
    FORMAT,
    INPUT_FORMAT,
    INPUTS,
    LINES,
    NOTES,
    OUT,
    SPLIT,
)


def glossary(
    inputs: INPUTS,
    output_format: FORMAT = None,
    out: OUT = None,
    aligned: ALIGNED = False,
    occurrences: Annotated[
        bool, typer.Option("--occurrences", help="Write each occurrence and its place, not entries.")
    ] = False,
    topic: Annotated[
        str, typer.Option(metavar="TEXT", help="Keep what is close to these phrases, closest first.")
    ] = "",
    base: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Glossary to add to; decided rows stay as they are, accepted ones help to find terms.",
        ),
    ] = None,
    min_score: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out entries whose score times termhood is less.")
    ] = 0.5,
    min_count: Annotated[int, typer.Option(min=1, help="Leave out entries seen less often.")] = 1,
    encoder: ENCODER = "bundled",
    device: DEVICE = "auto",
    input_format: INPUT_FORMAT = None,
    lines: LINES = False,
    columns: COLUMNS = None,
    notes: NOTES = None,
    split: SPLIT = False,
) -> int:
    """Write the bilingual glossary of records, what a translator needs most first.

    Rows are ranked by score (how probably the translation is right) times termhood (how useful the term is in
    a glossary: near 0 no term, 0.4 a word that every medical translator knows, 0.9 a term worth a row, 1 one
    of its field where a wrong rendering would hurt).

    Example: aligner glossary abstracts/ --topic "vertebroplasty, osteoporotic fracture" --out glossary.tsv
    """
    from collections.abc import Iterator

    from aligner.cli.output import sink, streams_to_terminal
    from aligner.cli.reporter import Reporter
    from aligner.engine import (
        GlossaryOptions,
        Inputs,
        Settings,
        columns_of,
        make_glossary,
        stream_results,
    )
    from aligner.engine import occurrences as occurrences_of
    from aligner.engine.glossary import read_base_file
    from aligner.terms import Termbase
    from aligner.text.surrogates import shown
    from aligner.types import Entry, TermPair

    job = Inputs(inputs, input_format, lines, aligned, columns_of(columns), notes, split)
    write = sink(output_format, "occurrences" if occurrences else "glossary", out, inputs=inputs)
    with Reporter(bar=not streams_to_terminal(output_format, out)) as report:
        own = bool(base and out and base.exists() and out.exists() and base.samefile(out))
        skip = None if own else report.leave_out  # a base that is written over keeps all its rows
        known = read_base_file(base, skip) if base else []
        settings = Settings(encoder, device, checks=False, split=split, termbase=Termbase.of(known))
        results = report.ready(report.take(stream_results(job, settings)))
        if results is None:
            return report.finish()
        if occurrences:
            rows: Iterator[TermPair | Entry] = report.count("occurrences", occurrences_of(results))
        else:
            options = GlossaryOptions(shown(topic), known, min_score, min_count, encoder, device, report.note)
            rows = report.count("entries", make_glossary(results, options))
        for error in write(rows):
            report.leave_out(error)
        return report.finish()
