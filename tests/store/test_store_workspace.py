"""The workspace as a file: what it opens, what it refuses, and what a failed write leaves behind."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.store import (
    begin_run,
    count_to_do,
    ingest,
    log,
    one_run,
    open_workspace,
    opening,
    read_glossary,
    redo,
    undo,
)
from aligner.types import Record

VIEWS = {"pairs", "terms", "issues", "progress"}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.db"


def test_a_new_workspace_is_safe_and_plain(path):
    with open_workspace(path, create=True) as opened:
        settings = {
            name: opened.db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "foreign_keys", "synchronous", "user_version")
        }
    assert settings == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "user_version": len(opening.MIGRATIONS),
    }
    with sqlite3.connect(path) as db:
        views = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
        assert views == VIEWS
        assert [db.execute(f"SELECT count(*) FROM {view}").fetchone() for view in sorted(views)] == [(0,)] * 4


def test_closing_leaves_one_file(path):
    with open_workspace(path, create=True) as opened:
        begin_run(opened, version="1", settings={}, inputs=[])
    assert [file.name for file in path.parent.iterdir()] == ["a.db"]


def make_text(path):
    path.write_text("no database, but long enough to be taken for one\n" * 40, encoding="utf-8")


def make_other(path):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE t (a)")


def make_later(path):
    with open_workspace(path, create=True) as opened:
        opened.db.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "no such workspace; 'aligner run' makes one"),
        (make_text, "file is not a database"),
        (make_other, "is an SQLite file, but no workspace"),
        (
            make_later,
            f"of a later version (99; this program knows {len(opening.MIGRATIONS)}); install a newer aligner",
        ),
        (lambda path: path.mkdir(), "its folder must be there and be writable"),
    ],
)
def test_what_is_no_workspace_is_refused_and_left_alone(path, make, said):
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(InputError) as error:
        open_workspace(path)
    assert said in str(error.value)
    assert str(error.value).startswith(str(path))
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="its folder must be there"):
        open_workspace(tmp_path / "none" / "a.db", create=True)


def test_an_older_workspace_is_brought_up_to_date(path, monkeypatch):
    with open_workspace(path, create=True) as opened, opened.transaction():
        ingest(opened, [Record("a", "One.", "一。")])
    scripts = (
        *opening.MIGRATIONS,
        ("CREATE TABLE later (a);\nINSERT INTO later SELECT name FROM records;\n",),
    )
    monkeypatch.setattr(opening, "MIGRATIONS", scripts)
    for _ in range(2):
        with open_workspace(path) as opened:
            assert opened.db.execute("SELECT a FROM later").fetchall()[0][0] == "a"
            assert opened.db.execute("PRAGMA user_version").fetchone()[0] == len(scripts)


def test_a_migration_that_fails_changes_nothing(path, monkeypatch):
    open_workspace(path, create=True).db.close()
    monkeypatch.setattr(
        opening, "MIGRATIONS", (*opening.MIGRATIONS, ("CREATE TABLE later (a);\nSELECT * FROM none;\n",))
    )
    with pytest.raises(InputError, match="no such table: none"):
        open_workspace(path)
    monkeypatch.undo()
    with open_workspace(path) as opened:
        assert not opened.db.execute("SELECT 1 FROM sqlite_master WHERE name = 'later'").fetchone()


def test_a_full_disk_costs_only_the_transaction(path):
    with open_workspace(path, create=True) as opened:
        with opened.transaction():
            ingest(opened, [Record("a", "One.", "一。")])
        pages = opened.db.execute("PRAGMA page_count").fetchone()[0]
        opened.db.execute(f"PRAGMA max_page_count = {pages}")
        with (
            pytest.raises(InputError, match=r"disk is full.*free some space and run again"),
            opened.transaction(),
        ):
            ingest(opened, [Record("b", "Two. " * 50_000, "二。")])
        opened.db.execute("PRAGMA max_page_count = 1000000")
        with opened.transaction():
            ingest(opened, [Record("c", "Three.", "三。")])
    with open_workspace(path) as opened:
        assert [row[0] for row in opened.db.execute("SELECT name FROM records")] == ["a", "c"]
        assert opened.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_two_programs_write_by_turns(path):
    with open_workspace(path, create=True) as one, open_workspace(path) as other:
        for number, opened in enumerate((one, other, one)):
            with opened.transaction():
                ingest(opened, [Record(f"r{number}", "One.", "一。")])
        assert other.db.execute("SELECT count(*) FROM records").fetchone()[0] == 3
        other.db.execute("PRAGMA busy_timeout = 50")
        with (
            one.transaction(),
            pytest.raises(InputError, match="another program is writing"),
            other.transaction(),
        ):
            pass


def test_a_workspace_of_the_first_schema_goes_on(path, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(opening, "MIGRATIONS", opening.MIGRATIONS[:1])
        with open_workspace(path, create=True) as opened, opened.transaction():
            opened.db.execute(
                "INSERT INTO records (name, block, en, zh, hash, state)"
                " VALUES ('a', 0, 'One.', '一。', '', 'done')"
            )
    with open_workspace(path) as opened:
        begin_run(opened, version="1", settings={}, inputs=[])
        assert count_to_do(opened, terms=True) == 0
        begin_run(opened, version="1", settings={}, inputs=[], glossary="other")
        assert count_to_do(opened, terms=True) == 1


def test_one_run_at_a_time(path):
    with open_workspace(path, create=True) as first, open_workspace(path) as second:
        with one_run(first):
            with pytest.raises(InputError, match=r"a\.db: another run is working on it; wait until it ends"):
                one_run(second).__enter__()
            begin_run(second, version="1", settings={}, inputs=[])  # others may write
        with one_run(second):
            pass
    assert [file.name for file in path.parent.iterdir()] == ["a.db"]


def test_a_run_that_was_killed_leaves_no_lock(path):
    program = (
        "import os, sys; from aligner.store import open_workspace, one_run\n"
        "with open_workspace(sys.argv[1], create=True) as opened, one_run(opened): os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", program, path], check=False).returncode == -9
    assert path.with_name("a.db.lock").exists()
    with open_workspace(path) as opened, one_run(opened):
        pass
    assert [file.name for file in path.parent.iterdir()] == ["a.db"]


@pytest.fixture
def older(path):
    """A workspace of schema version 2."""
    script = Path(__file__).with_name("workspace_2.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as db:
        db.executescript(script)
    return path


def test_what_people_decided_in_an_older_workspace_holds(older):
    with open_workspace(older) as opened:
        rows = opened.db.execute(
            'SELECT "check", state, error_severity, kind, comment FROM issues ORDER BY id'
        )
        assert [tuple(row) for row in rows] == [
            ("number", "confirmed", "major", "mistranslation", "25 should be 5"),
            ("negation", "dismissed", "", "", "fine"),
            ("omission", "dismissed", "", "", "it is not rendered"),
        ]
        states = [state for (state,) in opened.db.execute("SELECT state FROM beads WHERE record = 1")]
        assert states == ["confirmed", "proposed", "proposed", "proposed"]
        assert next((e.status, e.note) for e in read_glossary(opened)) == ("accepted", "house list")
        assert [entry.record for entry in log(opened)] == [None, 1, 2, 1, 1]


def test_undo_goes_back_through_an_older_workspace_and_redo_forward(older):
    with open_workspace(older) as opened:

        def seen():
            issues = opened.db.execute("SELECT state, error_severity, comment FROM issues ORDER BY id")
            beads = opened.db.execute("SELECT state FROM beads")
            terms = opened.db.execute("SELECT status, note FROM terms")
            return [[tuple(row) for row in rows] for rows in (issues, beads, terms)]

        before = seen()
        for _ in range(5):
            undo(opened)
        assert undo(opened) is None
        assert seen() == [[("open", "", "")] * 3, [("proposed",)] * 6, [("candidate", "")] * 2]
        while redo(opened):
            pass
        assert seen() == before


def stop_after_a_record(opened):
    with opened.transaction():
        ingest(opened, [Record("a", "One.", "一。")])
    raise InputError("later")


@pytest.mark.parametrize("name", [":memory:", "file:a.db", "file:a.db?mode=memory"])
def test_names_that_are_no_files_are_refused(name):
    with pytest.raises(InputError, match="is no name of a file"):
        open_workspace(name, create=True)


def test_a_workspace_that_is_read_stays_as_it_is(older):
    before = older.read_bytes()
    with open_workspace(older, write=False) as opened:
        assert [entry.status for entry in read_glossary(opened)] == ["accepted", "candidate"]
        with pytest.raises(InputError, match="must be writable"), opened.transaction() as db:
            db.execute("DELETE FROM records")
    assert older.read_bytes() == before
    assert [file.name for file in older.parent.iterdir()] == ["a.db"]


def test_a_new_workspace_in_which_nothing_is_done_goes_when_its_work_fails(path):
    with pytest.raises(InputError, match="nothing"), open_workspace(path, create=True):
        raise InputError("nothing")
    assert not list(path.parent.iterdir())
    with pytest.raises(InputError, match="later"), open_workspace(path, create=True) as opened:
        stop_after_a_record(opened)
    assert not list(path.parent.iterdir())


def test_reading_leaves_nothing_beside_the_file(workspace):
    workspace.db.close()
    before = workspace.path.read_bytes()
    with open_workspace(workspace.path, write=False) as opened:
        assert opened.db.execute("SELECT count(*) FROM records").fetchone()[0] == 2
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            opened.db.execute("DELETE FROM records")
    assert [file.name for file in workspace.path.parent.iterdir()] == ["a.db"]
    assert workspace.path.read_bytes() == before


def test_a_log_that_another_program_left_is_read_and_stays(workspace):
    workspace.db.execute("INSERT INTO settings VALUES ('left', '1')")
    file_log = workspace.path.with_name("a.db-wal")
    before = file_log.read_bytes()
    with open_workspace(workspace.path, write=False) as opened:
        assert opened.db.execute("SELECT value FROM settings WHERE name = 'left'").fetchone()[0] == "1"
    assert before
    assert file_log.read_bytes() == before
