"""``aligner align``."""

from typing import Annotated

import typer

from aligner.cli.options import DEVICE, ENCODER, INPUT_FORMAT, INPUTS, LINES, OUT


def align(
    inputs: INPUTS,
    output_format: Annotated[str, typer.Option("--format", metavar="NAME", help="tsv, jsonl, ...")] = "tsv",
    out: OUT = None,
    encoder: ENCODER = "bundled",
    device: DEVICE = "auto",
    input_format: INPUT_FORMAT = None,
    lines: LINES = False,
) -> int:
    """Write the sentence pairs of bilingual records.

    Example: aligner align abstracts/ --format jsonl --out pairs.jsonl
    """
    from collections import Counter
    from collections.abc import Iterator

    from aligner.cli.output import open_output
    from aligner.cli.report import Report, count_kinds
    from aligner.formats.writing import writer
    from aligner.pipeline import Inputs, align_inputs
    from aligner.types import Pair

    job = Inputs(inputs, input_format, lines=lines, encoder=encoder, device=device)
    write = writer(output_format, "pairs")
    count: Counter[str] = Counter()
    beads: Counter[str] = Counter()

    with Report() as report:

        def pairs() -> Iterator[Pair]:
            for record in report.take(align_inputs(job)):
                count.update(English=len(record.en.filled()), Chinese=len(record.zh.filled()))
                beads.update(bead.kind for bead in record.beads)
                yield from (one.pair for one in record.pairs())

        if (rows := report.ready(pairs())) is not None:
            with open_output(out) as stream:
                for error in write(rows, stream):
                    report.fail(error)
        report.add("sentences", f"{count['English']:,} English, {count['Chinese']:,} Chinese")
        report.add("beads", count_kinds(beads))
        return report.finish()
