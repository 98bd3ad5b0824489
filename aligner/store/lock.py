"""One run at a time on a workspace."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from aligner.errors import InputError
from aligner.store.workspace import Workspace, mendable


@contextmanager
def one_run(workspace: Workspace) -> Iterator[None]:
    """Keep other runs out while the block lasts; people may go on reviewing.

    A file beside the workspace is locked as SQLite locks its own: it is free again when the process ends,
    however it ends.

    Raises:
        InputError: another run works on the workspace.
    """
    path = workspace.path.with_name(f"{workspace.path.name}.lock")
    with closing(_locked(path, workspace.path)):
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _locked(path: Path, workspace: Path) -> sqlite3.Connection:
    while True:
        with mendable(workspace):
            db = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            with mendable(workspace):
                db.execute("BEGIN EXCLUSIVE")
        except InputError as error:
            db.close()
            if getattr(error.__cause__, "sqlite_errorcode", 0) != sqlite3.SQLITE_BUSY:
                raise
            hint = "wait until it ends, or name another workspace"
            raise InputError("another run is working on it", where=str(workspace), hint=hint) from error
        if path.exists():
            return db
        db.close()  # it was the file of a run that has just ended
