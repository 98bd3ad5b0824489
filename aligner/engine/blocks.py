"""Blocks of records: those that follow each other in the input share the statistics of their terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aligner.errors import InputError
from aligner.store import Failure, Task, has_room
from aligner.types import Record

Block = list[Task | Failure]
"""Records to be worked on together, and what could not be read before, between or after them."""


def blocks_of(items: Iterable[Record | InputError]) -> Iterator[Block]:
    """Yield the blocks of the input, the same as records form in a new workspace.

    The ids of tasks and failures are their places in the input.
    """
    block: Block = []
    held = 0
    for ordinal, item in enumerate(items):
        if isinstance(item, InputError):
            block.append(Failure(item.where, "read", item.what, item.hint, ordinal))
            continue
        size = len(item.en) + len(item.zh)
        if held and not has_room(held, size):
            yield block
            block, held = [], 0
        block.append(Task(ordinal, 0, item))
        held += size
    if block:
        yield block
