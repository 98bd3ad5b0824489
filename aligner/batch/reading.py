"""The records of what the user names: bilingual documents, or rows that are pairs already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aligner.errors import InputError
from aligner.pipeline import ROWS_AT_ONCE, Inputs
from aligner.types import Address, Bead, Pair, Record, Sentence


def read(inputs: Inputs) -> Iterator[Record | InputError]:
    """Yield records and what could not be read, in the order of the input.

    Raises:
        UnknownNameError: there is no such format.
        SettingError: that format carries no records, or no pairs.
    """
    from aligner.formats import read_pairs, read_records

    if inputs.aligned:
        return records_of(read_pairs(inputs.paths, input_format=inputs.input_format, columns=inputs.columns))
    return read_records(
        inputs.paths, input_format=inputs.input_format, lines=inputs.lines, columns=inputs.columns
    )


def records_of(items: Iterable[Pair | InputError]) -> Iterator[Record | InputError]:
    """Gather pairs that follow each other under one record's name into a record that comes aligned.

    Each side of a row is a sentence. A record of more than `ROWS_AT_ONCE` rows becomes several.
    """
    rows: list[Pair] = []
    for item in items:
        if isinstance(item, InputError):
            yield item
            continue
        if rows and (item.record != rows[0].record or len(rows) == ROWS_AT_ONCE):
            yield _record(rows)
            rows = []
        rows.append(item)
    if rows:
        yield _record(rows)


def _record(rows: Sequence[Pair]) -> Record:
    en, en_numbers = _side([row.en for row in rows])
    zh, zh_numbers = _side([row.zh for row in rows])
    return Record(
        name=rows[0].record,
        en="\n".join(sentence.text for sentence in en),
        zh="\n".join(sentence.text for sentence in zh),
        en_sentences=en,
        zh_sentences=zh,
        beads=tuple(
            Bead(en_ids, zh_ids, row.score, row.source)
            for en_ids, zh_ids, row in zip(en_numbers, zh_numbers, rows, strict=True)
        ),
        source=None if rows[0].source is None else Address(rows[0].source.file),
    )


def _side(texts: Sequence[str]) -> tuple[tuple[Sentence, ...], list[tuple[int, ...]]]:
    """Return the sentences of one side, and for each row the number of its own; blank ones have none."""
    sentences: list[Sentence] = []
    numbers: list[tuple[int, ...]] = []
    start = 0
    for text in texts:
        if not text.strip():
            numbers.append(())
            continue
        numbers.append((len(sentences),))
        sentences.append(Sentence(text, start, start + len(text)))
        start += len(text) + 1
    return tuple(sentences), numbers
