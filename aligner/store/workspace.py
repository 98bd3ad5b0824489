"""Open a workspace: one SQLite file, transactional, brought up to date when it is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

from aligner.errors import InputError
from aligner.store.schema import APPLICATION, MIGRATIONS

PATIENCE = 30.0
"""Seconds to wait for another program that writes to the workspace."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open workspace; belongs to the thread that opened it. Close it, or use it in a ``with`` statement.

    Attributes:
        path: the file.
        db: the connection; statements outside `transaction` commit one by one.
    """

    path: Path
    db: sqlite3.Connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit everything in the block, or nothing.

        Raises:
            InputError: the disk is full, the file is damaged or cannot be written, or another program
                has been writing for longer than `PATIENCE`.
        """
        with mendable(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise


def open_workspace(path: Path | str, *, create: bool = False) -> Workspace:
    """Open a workspace and bring its tables up to date.

    Args:
        path: the file.
        create: make the file if it is not there.

    Raises:
        InputError: it is not there, not a workspace, damaged, of a later version, or cannot be opened.
    """
    path = Path(path)
    if not create and not path.exists():
        raise InputError("no such workspace", where=str(path), hint="'aligner run' makes one")
    with mendable(path):
        db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            _prepare(db, path)
        except BaseException:
            db.close()
            raise
    return Workspace(path, db)


@contextmanager
def mendable(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ones that say what to try."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if not isinstance(error, sqlite3.OperationalError | sqlite3.DatabaseError) or code not in _HINTS:
            raise
        raise InputError(
            f"the workspace cannot be used ({error})", where=str(path), hint=_HINTS[code]
        ) from error


_HINTS = {
    sqlite3.SQLITE_FULL: "free some space and run again: what was done is kept",
    sqlite3.SQLITE_IOERR: "look at the disk and run again: what was done is kept",
    sqlite3.SQLITE_BUSY: "another program is writing to it; run again when that is done",
    sqlite3.SQLITE_LOCKED: "another program is writing to it; run again when that is done",
    sqlite3.SQLITE_READONLY: "it must be writable, and so must its folder",
    sqlite3.SQLITE_PERM: "it must be writable, and so must its folder",
    sqlite3.SQLITE_CANTOPEN: "its folder must be there and be writable",
    sqlite3.SQLITE_CORRUPT: "restore it from a copy, or run into a new file",
    sqlite3.SQLITE_NOTADB: "name a file that 'aligner run' made",
}


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA foreign_keys = ON")
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION and db.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise InputError("is an SQLite file, but no workspace", where=str(path), hint="name another file")
    if version > len(MIGRATIONS):
        raise InputError(
            f"the workspace is of a later version ({version}; this program knows {len(MIGRATIONS)})",
            where=str(path),
            hint="install a newer aligner",
        )
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")  # a commit survives a power cut
    if version < len(MIGRATIONS):
        _migrate(db)


def _migrate(db: sqlite3.Connection) -> None:
    """Run the missing migrations, all or none; another program may have done it meanwhile."""
    db.execute("BEGIN IMMEDIATE")
    try:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        for step in chain.from_iterable(MIGRATIONS[version:]):
            if callable(step):
                step(db)
                continue
            for statement in statements(step):
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def statements(script: str) -> Iterator[str]:
    """Split a script into statements: `sqlite3.executescript` would commit the open transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
