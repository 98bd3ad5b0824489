"""Records from the inputs into the workspace, before any is worked on: their number and order are known."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from aligner.errors import InputError
from aligner.store import Failure, Ingest, Workspace, fail
from aligner.store.revisions import note_changed
from aligner.types import Record

COMMIT_RECORDS, COMMIT_SECONDS = 256, 1.0


def ingest(
    workspace: Workspace,
    items: Iterable[Record | InputError],
    *,
    run: int,
    progress: Callable[[Counter[str]], None] = lambda _: None,
    revision: bool = False,
) -> Counter[str]:
    """Put records into the workspace, in small transactions.

    Args:
        workspace: where.
        items: records and what could not be read, as `aligner.formats.read_records` yields them.
        run: the run's number.
        progress: is called after each transaction with the counts so far.
        revision: note which records changed, for what became of what was found in them.

    Returns:
        How many were new, changed, same, renamed (another record has their name) and unread.
    """
    counts: Counter[str] = Counter()
    previous: int | None = None
    inlet = Ingest(workspace)
    for batch in _batches(items):
        with workspace.transaction():
            for item in batch:
                if isinstance(item, InputError):
                    counts["unread"] += 1
                    fail(workspace, Failure(item.where, "read", item.what, item.hint), run=run)
                else:
                    previous, news = inlet.put(item, previous)
                    counts[news] += 1
        progress(counts)
    with workspace.transaction():
        new, moved = inlet.settle()
        if revision:
            note_changed(workspace, moved.values())
    counts["changed"] -= new
    counts["new"] += new
    counts["renamed"] = inlet.renamed()
    return counts


def _batches(items: Iterable[Record | InputError]) -> Iterator[list[Record | InputError]]:
    batch: list[Record | InputError] = []
    started = time.monotonic()
    for item in items:
        batch.append(item)
        if len(batch) >= COMMIT_RECORDS or time.monotonic() - started > COMMIT_SECONDS:
            yield batch
            batch, started = [], time.monotonic()
    if batch:
        yield batch
