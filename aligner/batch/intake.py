"""Records from the inputs into the workspace, before any is worked on: their number and order are known."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace

from aligner.errors import InputError
from aligner.store import Failure, Ingest, Workspace, fail
from aligner.types import Record

COMMIT_RECORDS, COMMIT_SECONDS = 256, 1.0


def take_in(
    workspace: Workspace,
    items: Iterable[Record | InputError],
    *,
    run: int,
    progress: Callable[[Counter[str]], None] = lambda _: None,
) -> Counter[str]:
    """Put records into the workspace, in small transactions.

    Args:
        workspace: where.
        items: records and what could not be read, as `aligner.formats.read_records` yields them.
        run: the run's number.
        progress: is called after each transaction with the counts so far.

    Returns:
        How many were new, changed, same, renamed (another record has their name) and unread.
    """
    counts: Counter[str] = Counter()
    previous: int | None = None
    ingest = Ingest(workspace)
    for batch in _batches(items):
        with workspace.transaction():
            for item in batch:
                if isinstance(item, InputError):
                    counts["unread"] += 1
                    fail(workspace, Failure(item.where, "read", item.what, item.hint), run=run)
                else:
                    previous, news = ingest.put(item, previous)
                    counts[news] += 1
        progress(counts)
    with workspace.transaction():
        new, _ = ingest.settle()
    counts["changed"] -= new
    counts["new"] += new
    counts["renamed"] = ingest.renamed()
    return counts


def unique_names(items: Iterable[Record | InputError], counts: Counter[str]) -> Iterator[Record | InputError]:
    """Give the second record of a name the name ``NAME~2``, and so on: no record stands in for another."""
    with closing(sqlite3.connect("")) as db:  # a file of its own that is gone afterwards
        db.execute("CREATE TABLE names (name TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID")
        query = "INSERT INTO names VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count"
        for item in items:
            if isinstance(item, InputError):
                yield item
                continue
            name = item.name
            while (number := db.execute(query, (name,)).fetchall()[0][0]) > 1:
                name = f"{name}~{number}"
            counts["renamed"] += name != item.name
            yield item if name == item.name else replace(item, name=name)


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
