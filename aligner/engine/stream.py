"""Results one after the other, for commands that write a file or to standard output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from aligner.encoders import load_encoder
from aligner.engine.blocks import blocks_of
from aligner.engine.executors import run_serial
from aligner.engine.options import Inputs, Settings
from aligner.engine.records import read, unique_names
from aligner.store import Failure, Result, Task


def stream_results(inputs: Inputs, settings: Settings) -> Iterator[Result | Failure]:
    """Read records and work on them, block by block, in the order of the input.

    Raises:
        UnknownNameError: there is no such format or encoder.
        SettingError: that format carries no records, or no pairs.
        ModelError: the encoder's weights are missing or damaged.
    """
    items = read(inputs)
    load_encoder(settings.encoder, settings.device)  # so that what is wrong with it is said first
    for block in blocks_of(unique_names(items, Counter())):
        yield from (item for item in block if isinstance(item, Failure))
        if tasks := [item for item in block if isinstance(item, Task)]:
            for outcomes in run_serial([tasks], settings):
                yield from sorted(outcomes, key=lambda outcome: outcome.id or 0)
