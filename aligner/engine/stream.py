"""Results one after the other, for commands that write a file or to standard output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from aligner.encoders import load_encoder
from aligner.engine.blocks import blocks_of
from aligner.engine.executors import run_serial
from aligner.engine.options import Inputs, Settings
from aligner.engine.records import read, unique_names
from aligner.errors import InputError
from aligner.store import Failure, Result, Task
from aligner.types import Record


def stream_results(inputs: Inputs, settings: Settings) -> Iterator[Result | Failure]:
    """Read records and work on them, block by block, in the order of the input.

    Raises:
        UnknownNameError: there is no such format or encoder.
        SettingError: that format carries no records, or no pairs.
        ModelError: the encoder's weights are missing or damaged.
    """
    return stream_records(read(inputs), settings)


def stream_records(items: Iterable[Record | InputError], settings: Settings) -> Iterator[Result | Failure]:
    """Work on records, block by block, in their order; a result's id is its record's place among the items.

    Raises:
        UnknownNameError: there is no such encoder.
        ModelError: its weights are missing or damaged.
    """
    load_encoder(settings.encoder, settings.device)  # so that what is wrong with it is said first
    for block in blocks_of(unique_names(items, Counter())):
        yield from (item for item in block if isinstance(item, Failure))
        if tasks := [item for item in block if isinstance(item, Task)]:
            for outcomes in run_serial([tasks], settings):
                yield from sorted(outcomes, key=lambda outcome: outcome.id or 0)
