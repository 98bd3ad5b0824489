"""``aligner align``."""

from aligner.cli.options import (
    COLUMNS,
    DEVICE,
    ENCODER,
    FORMAT,
    HEADINGS,
    INPUT_FORMAT,
    INPUTS,
    KEYWORDS,
    LINES,
    NOTES,
    OUT,
    SOURCE,
    SPLIT,
    TARGET,
    TITLES,
    UNITS,
)


def align(
    inputs: INPUTS,
    output_format: FORMAT = None,
    out: OUT = None,
    encoder: ENCODER = "bundled",
    device: DEVICE = "auto",
    input_format: INPUT_FORMAT = None,
    lines: LINES = False,
    columns: COLUMNS = None,
    split: SPLIT = False,
    source: SOURCE = None,
    target: TARGET = None,
    headings: HEADINGS = "keep",
    titles: TITLES = False,
    keywords: KEYWORDS = False,
    units: UNITS = False,
    notes: NOTES = None,
) -> int:
    """Write the sentence pairs of bilingual records.

    Example: aligner align abstracts/ --format jsonl --out pairs.jsonl
    """
    from collections import Counter
    from collections.abc import Iterator

    from aligner.cli.output import sink, streams_to_terminal
    from aligner.cli.reporter import Reporter, count_kinds
    from aligner.engine import Inputs, Settings, columns_of, stream_records
    from aligner.engine.more_pairs import WithMetadata, split_headings
    from aligner.engine.records import read
    from aligner.formats.direction import direction_of
    from aligner.text.units import unit_pairs
    from aligner.types import Pair

    job = Inputs(inputs, input_format, lines=lines, columns=columns_of(columns), notes=notes, split=split)
    settings = Settings(encoder, device, terms=False, checks=False, split=split)
    write = sink(
        output_format,
        "units" if units else "pairs",
        out,
        inputs=inputs,
        direction=direction_of(source, target),
    )
    records = WithMetadata(read(job), titles=titles, keywords=keywords)
    count: Counter[str] = Counter()
    beads: Counter[str] = Counter()

    with Reporter(bar=not streams_to_terminal(output_format, out)) as report:

        def pairs() -> Iterator[Pair]:
            for result in report.take(stream_records(records, settings)):
                for name, side in (("English", result.en), ("Chinese", result.zh)):
                    count[name] += sum(bool(sentence.text.strip()) for sentence in side)
                beads.update(pair.kind for pair in result.pairs)
                cut = (unit for pair in result.pairs for unit in unit_pairs(pair, result.en, result.zh))
                chosen = tuple(cut) if units else result.pairs
                found = split_headings(chosen) if headings == "split" else iter(chosen)
                yield from records.after(result, found)

        if (rows := report.ready(pairs())) is not None:
            for error in write(rows):
                report.leave_out(error)
        report.add("sentences", f"{count['English']:,} English, {count['Chinese']:,} Chinese")
        report.add("beads", count_kinds(beads))
        return report.finish()
