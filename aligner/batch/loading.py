"""Parquet files of results into a workspace."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path

from aligner import __version__
from aligner.batch.run import Summary, Watch, close, finish
from aligner.batch.shards import Row, outcomes_of, record_of
from aligner.batch.work import Settings
from aligner.errors import InputError, SettingError
from aligner.store import Failure, Result, Workspace, begin_run, fail, members, save, take, untouched


def load(workspace: Workspace, folder: Path, settings: Settings, *, jobs: int, watch: Watch) -> Summary:
    """Put the results of Parquet files into a workspace, in the order of the input.

    Records that are there with the same text are passed over. What cannot be taken over as it is (a record
    that shares its block with others here, or that people have worked on) is worked on again here.

    Raises:
        SettingError: pyarrow is not installed, or the files were made with another encoder.
        InputError: the folder holds no such files.
    """
    files = sorted(folder.glob("*.parquet")) if folder.is_dir() else []
    if not files:
        raise InputError("there are no Parquet files", where=str(folder), hint="--engine ray makes them")
    number = begin_run(
        workspace,
        version=__version__,
        settings={"encoder": settings.encoder},
        inputs=[str(folder)],
        glossary=settings.checked_by,
    )
    summary = Summary(number)
    with closing(sqlite3.connect("")) as db:  # a file that is gone afterwards; sorts what memory cannot
        unread = list(_stage(db, files, settings))
        with workspace.transaction():
            for failure in unread:
                fail(workspace, failure, run=number)
        previous = None
        for block in _blocks(db):
            previous = _load_block(workspace, block, previous, summary, settings)
            watch.reading(summary.taken)
    finish(workspace, settings, summary, jobs=jobs, watch=watch)
    return close(workspace, settings, summary, watch=watch)


def _stage(db: sqlite3.Connection, files: Sequence[Path], settings: Settings) -> Iterator[Failure]:
    """Copy all rows into a table ordered by their place in the input; yield files that cannot be read."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise SettingError("pyarrow is not installed", hint="pip install 'aligner[ray]'") from error
    db.execute("CREATE TABLE rows (ordinal INTEGER PRIMARY KEY, block INTEGER, data TEXT)")
    for file in files:
        try:
            for batch in parquet.ParquetFile(file).iter_batches(batch_size=64):
                rows = batch.to_pylist()
                if other := {row["encoder"] for row in rows} - {settings.encoder}:
                    names = ", ".join(sorted(other))
                    what = f"was made with the encoder {names}"
                    raise SettingError(what, where=str(file), hint=f"--encoder {names}")
                values = [(row["ordinal"], row["block"], json.dumps(row)) for row in rows]
                db.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?)", values)
        except (pa.ArrowException, OSError, KeyError) as error:
            reason = " ".join(str(error).split())[:200]
            what = f"cannot be read as one of our Parquet files ({reason})"
            yield Failure(str(file), "read", what, "make it again")


def _blocks(db: sqlite3.Connection) -> Iterator[list[Row]]:
    rows = db.execute("SELECT block, data FROM rows ORDER BY ordinal")
    for _, group in groupby(rows, key=lambda row: row[0]):
        yield [json.loads(data) for _, data in group]


def _load_block(
    workspace: Workspace, rows: list[Row], previous: int | None, summary: Summary, settings: Settings
) -> int | None:
    """Take a block's records in and save their results; return the number of its last record."""
    numbers: dict[int, int] = {}
    with workspace.transaction():
        for row in rows:
            if row["en"] is None:
                for failure in row["failures"]:
                    fail(workspace, Failure(row["record"], **failure), run=summary.run)
                summary.taken["unread"] += 1
                continue
            previous, news = take(workspace, record_of(row), previous)
            numbers[row["ordinal"]] = previous
            summary.taken[news] += 1
    alike = bool(numbers) and members(workspace, previous or 0) == list(numbers.values())
    outcomes: list[Result | Failure] = []
    for row in rows:
        number = numbers.get(row["ordinal"])
        if number is not None and (revision := untouched(workspace, number)) is not None:
            outcomes += outcomes_of(row, number, revision, whole=alike and settings.terms)
    summary.done += save(workspace, outcomes, run=summary.run)
    return previous
