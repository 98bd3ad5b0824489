"""A workspace: one SQLite file, transactional, brought up to date when it is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from aligner.errors import AlignerError, InputError
from aligner.store.opening import connect, connect_to_read, is_damaged


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open workspace; belongs to the thread that opened it. Close it, or use it in a ``with`` statement.

    Attributes:
        path: the file.
        db: the connection; statements outside `transaction` commit one by one.
        created: whether the file was made by opening it. If no record of it was done when the block ends by
            an error, it goes again.
    """

    path: Path
    db: sqlite3.Connection
    created: bool = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if isinstance(error, Exception) and not isinstance(error, AlignerError):
                self._explain(error)
        finally:
            unused = self.created and error is not None and self._is_unused(error)
            self.db.close()
            if unused:
                for suffix in ("", "-wal", "-shm"):
                    self.path.with_name(f"{self.path.name}{suffix}").unlink(missing_ok=True)

    def _explain(self, error: Exception) -> None:
        """Raise a mendable error where SQLite's own, or a damaged file, is the cause of another."""
        if isinstance(error, sqlite3.Error):
            with suppress(sqlite3.Error), mendable(self.path):
                raise error
        if is_damaged(self.db):
            raise _damaged(self.path, error) from error

    def _is_unused(self, error: BaseException) -> bool:
        """Tell whether no record was done; after an interrupt, those that were read are worth keeping."""
        done = "WHERE state IN ('aligned', 'done')" if isinstance(error, AlignerError) else ""
        with suppress(sqlite3.Error):
            return not self.db.execute(f"SELECT 1 FROM records {done}").fetchone()  # noqa: S608
        return False

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


def open_workspace(path: Path | str, *, create: bool = False, write: bool = True) -> Workspace:
    """Open a workspace and bring its tables up to date.

    Args:
        path: the file.
        create: make the file if it is not there.
        write: open it for writing; otherwise the file stays as it is, and need not be writable.

    Raises:
        InputError: it is not there, not a workspace, damaged, of a later version, or cannot be opened.
    """
    path = Path(path)
    if str(path) == ":memory:" or str(path).startswith("file:"):
        raise InputError("is no name of a file", where=str(path), hint="name one, such as work.db")
    there = path.exists()
    if not create and not there:
        raise InputError("no such workspace", where=str(path), hint="'aligner run' makes one")
    with mendable(path):
        try:
            return Workspace(path, connect(path) if write else connect_to_read(path), created=not there)
        except (ValueError, TypeError, KeyError) as error:  # in a migration of a damaged file
            raise _damaged(path, error) from error


@contextmanager
def mendable(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ones that say what to try."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if any(words in str(error) for words in ("decode", "no such", "malformed", "duplicate column")):
            code = sqlite3.SQLITE_CORRUPT
        if code not in _HINTS:
            raise
        raise InputError(
            f"the workspace cannot be used ({error})", where=str(path), hint=_HINTS[code]
        ) from error


def _damaged(path: Path, error: Exception) -> InputError:
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:120]
    hint = _HINTS[sqlite3.SQLITE_CORRUPT]
    return InputError(f"the workspace is damaged ({reason})", where=str(path), hint=hint)


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
