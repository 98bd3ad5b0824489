"""Parquet files of results into a workspace."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from aligner import __version__
from aligner.engine.options import Settings
from aligner.engine.originals import note_originals
from aligner.engine.run import Summary, Watch, close, finish
from aligner.engine.shards import Row, outcomes_of, record_of
from aligner.errors import InputError, SettingError
from aligner.store import Failure, Ingest, Result, Workspace, begin_run, fail, members, save, untouched
from aligner.text.surrogates import shown


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
        inputs=[shown(str(folder))],
        glossary=settings.checked_by,
    )
    summary = Summary(number)
    with closing(sqlite3.connect("")) as db:  # a file that is gone afterwards; sorts what memory cannot
        unread = list(_stage(db, files, settings))
        with workspace.transaction():
            for failure in unread:
                fail(workspace, failure, run=number)
        _take_in(workspace, db, summary, watch)
        note_originals(workspace)
        for block in _blocks(db):
            _save_block(workspace, block, summary, settings)
    finish(workspace, settings, summary, jobs=jobs, watch=watch)
    return close(workspace, settings, summary, watch=watch)


def _stage(db: sqlite3.Connection, files: Sequence[Path], settings: Settings) -> Iterator[Failure]:
    """Copy all rows into a table ordered by their place in the input; yield files that cannot be read."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise SettingError("pyarrow is not installed", hint="pip install 'aligner[ray]'") from error
    db.execute("CREATE TABLE rows (ordinal INTEGER PRIMARY KEY, block INTEGER, data TEXT, number INTEGER)")
    db.execute("CREATE INDEX rows_by_block ON rows (block, ordinal)")
    for file in files:
        try:
            for batch in parquet.ParquetFile(file).iter_batches(batch_size=64):
                rows = batch.to_pylist()
                if other := {row["encoder"] for row in rows} - {settings.encoder}:
                    names = ", ".join(sorted(other))
                    what = f"was made with the encoder {names}"
                    raise SettingError(what, where=str(file), hint=f"--encoder {names}")
                values = [(row["ordinal"], row["block"], json.dumps(row)) for row in rows]
                db.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, NULL)", values)
        except (pa.ArrowException, OSError, KeyError) as error:
            reason = " ".join(str(error).split())[:200]
            what = f"cannot be read as one of our Parquet files ({reason})"
            yield Failure(str(file), "read", what, "make it again")


def _take_in(workspace: Workspace, db: sqlite3.Connection, summary: Summary, watch: Watch) -> None:
    """Put the records of all rows into the workspace, and note their numbers beside the rows."""
    ingest, previous = Ingest(workspace), None
    for block in _blocks(db):
        with workspace.transaction():
            for row, _ in block:
                if row["en"] is None:
                    for failure in row["failures"]:
                        fail(workspace, Failure(row["record"], **failure), run=summary.run)
                    summary.taken["unread"] += 1
                    continue
                previous, news = ingest.put(record_of(row), previous)
                db.execute("UPDATE rows SET number = ? WHERE ordinal = ?", (previous, row["ordinal"]))
                summary.taken[news] += 1
        watch.reading(summary.taken)
    with workspace.transaction():
        new, moved = ingest.settle()
    db.executemany("UPDATE rows SET number = ? WHERE number = ?", [(b, a) for a, b in moved.items()])
    summary.taken["new"] += new
    summary.taken["changed"] -= new
    summary.taken["renamed"] = ingest.renamed()


def _blocks(db: sqlite3.Connection) -> Iterator[list[tuple[Row, int | None]]]:
    """Yield the rows of each block, each with its record's number in the workspace."""
    after: int | None = -1
    while True:
        (after,) = db.execute("SELECT min(block) FROM rows WHERE block > ?", (after,)).fetchone()
        if after is None:
            return
        rows = db.execute("SELECT data, number FROM rows WHERE block = ? ORDER BY ordinal", (after,))
        yield [(json.loads(data), number) for data, number in rows.fetchall()]


def _save_block(
    workspace: Workspace, rows: list[tuple[Row, int | None]], summary: Summary, settings: Settings
) -> None:
    """Save the results of a block's records."""
    numbers = [number for _, number in rows if number is not None]
    alike = bool(numbers) and members(workspace, numbers[-1]) == numbers
    outcomes: list[Result | Failure] = []
    for row, number in rows:
        if number is not None and (revision := untouched(workspace, number)) is not None:
            outcomes += outcomes_of(row, number, revision, whole=alike and settings.terms)
    summary.done += save(workspace, outcomes, run=summary.run)
