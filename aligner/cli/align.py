"""``aligner align``."""

from typing import Annotated

import typer

from aligner.cli.options import COLUMNS, DEVICE, ENCODER, FORMAT, INPUT_FORMAT, INPUTS, LINES, OUT


def align(
    inputs: INPUTS,
    output_format: FORMAT = None,
    out: OUT = None,
    encoder: ENCODER = "bundled",
    device: DEVICE = "auto",
    input_format: INPUT_FORMAT = None,
    lines: LINES = False,
    columns: COLUMNS = None,
    split: Annotated[
        bool, typer.Option("--split", help="Input is pairs of paragraphs (TMX, XLIFF, tables): align each.")
    ] = False,
) -> int:
    """Write the sentence pairs of bilingual records.

    Example: aligner align abstracts/ --format jsonl --out pairs.jsonl
    """
    from collections import Counter
    from collections.abc import Iterator

    from aligner.cli.output import sink
    from aligner.cli.reporter import Reporter, count_kinds
    from aligner.engine import Inputs, Settings, columns_of, stream_results
    from aligner.types import Pair

    job = Inputs(inputs, input_format, lines=lines, columns=columns_of(columns), split=split)
    settings = Settings(encoder, device, terms=False, checks=False, split=split)
    write = sink(output_format, "pairs", out)
    count: Counter[str] = Counter()
    beads: Counter[str] = Counter()

    with Reporter() as report:

        def pairs() -> Iterator[Pair]:
            for result in report.take(stream_results(job, settings)):
                for name, side in (("English", result.en), ("Chinese", result.zh)):
                    count[name] += sum(bool(sentence.text.strip()) for sentence in side)
                beads.update(pair.kind for pair in result.pairs)
                yield from result.pairs

        if (rows := report.ready(pairs())) is not None:
            for error in write(rows):
                report.leave_out(error)
        report.add("sentences", f"{count['English']:,} English, {count['Chinese']:,} Chinese")
        report.add("beads", count_kinds(beads))
        return report.finish()
