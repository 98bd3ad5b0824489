"""Open the file of a workspace: for writing, or for reading alone where it must not or cannot be written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from aligner.errors import InputError
from aligner.store.schema import APPLICATION, MIGRATIONS

HAN_A_WORD = 1.7
"""Chinese characters a word of English, for texts whose source is Chinese."""

PATIENCE = 30.0
"""Seconds to wait for another program that writes to the workspace."""


def connect(path: Path) -> sqlite3.Connection:
    """Open a workspace for writing, and bring its tables up to date."""
    db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        version = _version(db, path)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")  # a commit survives a power cut
        if version < len(MIGRATIONS):
            _migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a workspace without writing to it; an older one is brought up to date in a temporary copy."""
    db = _opened_to_read(path)
    try:
        if _version(db, path) < len(MIGRATIONS):
            copy = sqlite3.connect("", isolation_level=None)
            db.backup(copy)
            db.close()
            db = copy
            _version(db, path)
            _migrate(db)
        db.execute("PRAGMA query_only = ON")
    except BaseException:
        db.close()
        raise
    return db


def _opened_to_read(path: Path) -> sqlite3.Connection:
    """Open a file so that nothing is left behind: who may not write cannot delete ``-wal`` and ``-shm``.

    Where another program left a log, it is read and stays. In a folder that cannot be written to, SQLite
    cannot make the files it shares with other programs.
    """
    log = path.with_name(f"{path.name}-wal")
    left = log.exists() and log.stat().st_size > 0
    ways = ["mode=ro", "immutable=1"] if left else ["mode=rw", "mode=ro", "immutable=1"]
    for how in ways[:-1]:
        try:
            return _read_only(path, how)
        except sqlite3.OperationalError:
            continue
    return _read_only(path, ways[-1])


def _read_only(path: Path, how: str) -> sqlite3.Connection:
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, timeout=PATIENCE, isolation_level=None
    )
    try:
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def _version(db: sqlite3.Connection, path: Path) -> int:
    """Return how many migrations a workspace has had, and refuse what is none."""
    db.row_factory = sqlite3.Row
    db.create_function("words", 3, source_words, deterministic=True)
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
    return int(version)


def source_words(en: str, zh: str, source: str) -> float:
    """Return the length of a source text in English words; a Chinese one is counted by its characters."""
    return sum(not char.isspace() for char in zh) / HAN_A_WORD if source == "zh" else float(len(en.split()))


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


def statements(script: str) -> list[str]:
    """Split a script into statements: `sqlite3.executescript` would commit the open transaction."""
    found, statement = [], ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            found.append(statement)
            statement = ""
    return found


def is_damaged(db: sqlite3.Connection) -> bool:
    """Tell whether the file, or what stands in its columns, is not as this program writes it."""
    try:
        if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            return True
        if db.execute("PRAGMA foreign_key_check").fetchone():
            return True
        queries = chain(_UNSOUND, _of_other_types(db))
        return any(db.execute(query).fetchone() for query in queries)
    except (sqlite3.Error, UnicodeDecodeError):
        return True


def _of_other_types(db: sqlite3.Connection) -> Iterator[str]:
    """Yield for each column a query for values of another type than it is declared with."""
    fitting = {"INTEGER": ("integer",), "REAL": ("real", "integer"), "TEXT": ("text",)}
    tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        for column in db.execute(f'PRAGMA table_info("{table}")').fetchall():
            types = ", ".join(f"'{name}'" for name in (*fitting.get(column["type"], ()), "null"))
            yield f'SELECT 1 FROM "{table}" WHERE typeof("{column["name"]}") NOT IN ({types})'  # noqa: S608


_JSON = {
    "records": ("metadata", "notes", "remembered"),
    "beads": ("en_ids", "zh_ids"),
    "glossary": ("en_variants", "zh_variants", "en_counts", "zh_counts", "contexts", "competing"),
    "decisions": ("changes",),
}
_UNSOUND = [
    *(
        f"SELECT 1 FROM {table} WHERE NOT json_valid({name})"  # noqa: S608 - our own words
        for table, names in _JSON.items()
        for name in names
    ),
    "SELECT 1 FROM records r WHERE EXISTS (SELECT 1 FROM sentences s WHERE s.record = r.id AND s.text <>"
    " substr(CASE s.language WHEN 'en' THEN r.en ELSE r.zh END, s.start + 1, s.\"end\" - s.start))",
    "SELECT 1 FROM beads b, json_each(b.en_ids) i WHERE NOT EXISTS (SELECT 1 FROM sentences s"
    " WHERE s.record = b.record AND s.language = 'en' AND s.number = i.value)",
    "SELECT 1 FROM beads b, json_each(b.zh_ids) i WHERE NOT EXISTS (SELECT 1 FROM sentences s"
    " WHERE s.record = b.record AND s.language = 'zh' AND s.number = i.value)",
]
