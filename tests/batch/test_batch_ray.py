"""The Ray engine on a cluster of two workers on this machine, and its Parquet files."""

import subprocess
import sys

import pytest
from batch_examples import Silent, call, exports, write_records

from aligner.batch import Settings, run_parquet
from aligner.batch.serial import run_serial
from aligner.batch.shards import table_of
from aligner.errors import SettingError
from aligner.store import (
    Change,
    Failure,
    Task,
    decide,
    decisions,
    open_workspace,
    read_failures,
    read_pairs,
    read_terms,
    take,
)
from aligner.types import Record

parquet = pytest.importorskip("pyarrow.parquet")
A = ("a", "Pain was relieved.", "疼痛缓解。")
B = ("b", "Cement leaked.", "骨水泥渗漏。")


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    """Three blocks of one record each, in two files and out of order; the third could not be read."""
    folder = tmp_path_factory.mktemp("shards")
    records = [
        Record(*A, metadata={"doi": "10.1/a"}),
        Record(*B),
    ]
    tasks = [Task(n, 0, record) for n, record in enumerate(records)]
    (first,), (second,) = (list(run_serial([[task]], Settings())) for task in tasks)
    unread = Failure("c.txt", "read", "is empty", "", 2)
    blocks = [(0, tasks[:1], first), (1, tasks[1:], [*second, unread])]
    for name, block in zip("yx", blocks, strict=True):
        parquet.write_table(table_of([block], Settings()), folder / f"{name}.parquet")
    return folder


def load(workspace, folder, settings=Settings()):  # noqa: B008 - frozen
    return run_parquet(workspace, folder, settings, jobs=1, watch=Silent())


def names(workspace):
    return [row[0] for row in workspace.db.execute("SELECT name FROM records ORDER BY id")]


def test_shards_are_loaded_in_the_order_of_the_input(tmp_path, shards):
    with open_workspace(tmp_path / "a.db", create=True) as opened:
        summary = load(opened, shards)
        assert names(opened) == ["a", "b"]
        assert dict(summary.taken) == {"new": 2, "unread": 1}
        assert [str(failure) for failure in read_failures(opened)] == ["c.txt: is empty"]
        assert [(pair.record, pair.en, pair.zh) for pair in read_pairs(opened)] == [A, B]
        assert load(opened, shards).done == 0


def test_blocks_that_are_others_here_are_searched_for_terms_again(tmp_path, shards):
    """Two shards of one record each fall into one block, as they would if they had been read here."""
    here, there = (open_workspace(tmp_path / name, create=True) for name in ("a.db", "b.db"))
    with here as opened, there as whole:
        load(opened, shards)
        previous = None
        with whole.transaction():
            for texts in (A, B):
                previous, _ = take(whole, Record(*texts), previous)
        load(whole, shards)
        assert list(read_terms(opened)) == list(read_terms(whole))


def test_what_people_did_is_not_overwritten(tmp_path, shards):
    with open_workspace(tmp_path / "a.db", create=True) as opened:
        load(opened, shards)
        before = decisions.read(opened, "alignment", "a")
        apart = [{"en": en, "zh": zh, "score": 1.0, "state": "edited"} for en, zh in (([0], []), ([], [0]))]
        decide(opened, "split", [Change("alignment", ("a",), before, {**before, "beads": apart})])
        load(opened, shards)
        assert [(pair.record, pair.en) for pair in read_pairs(opened)] == [A[:2], ("a", ""), B[:2]]


def test_shards_of_another_encoder_are_refused(tmp_path, shards):
    with open_workspace(tmp_path / "a.db", create=True) as opened:
        with pytest.raises(SettingError, match="made with the encoder bundled; --encoder bundled"):
            load(opened, shards, Settings("other/one"))
        assert names(opened) == []


def test_a_damaged_shard_costs_no_other(tmp_path, shards):
    for file in shards.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "y.parquet").write_bytes((shards / "y.parquet").read_bytes()[:500])
    with open_workspace(tmp_path / "a.db", create=True) as opened:
        assert load(opened, tmp_path).failed == 2
        assert names(opened) == ["b"]
        assert "y.parquet: cannot be read as one of our Parquet files (" in str(next(read_failures(opened)))


def test_without_ray_one_line_says_what_to_install(tmp_path):
    program = "import sys; sys.modules['ray'] = None; from aligner.cli.main import run; run()"
    records = write_records(tmp_path / "records.jsonl", 1)
    done = subprocess.run(
        [sys.executable, "-c", program, "run", records, "--workspace", tmp_path / "a.db", "--engine", "ray"],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr.decode()) == (
        2,
        "aligner: Ray is not installed; pip install 'aligner[ray]'\n",
    )


@pytest.mark.slow
def test_two_ray_workers_find_what_one_process_finds(tmp_path):
    pytest.importorskip("ray")
    records = write_records(tmp_path / "records.jsonl", 18)
    lines = records.read_text(encoding="utf-8").splitlines(keepends=True)
    records.write_text("".join([*lines[:5], "{broken\n", *lines[5:], lines[3]]), encoding="utf-8")
    here, there, loaded = (tmp_path / name for name in ("here.db", "there.db", "loaded.db"))
    code, _, err = call("run", records, "--workspace", here)
    assert code == 1, err
    assert "records     19 in the workspace (of the input 19 new), 1 failed\n" in err
    shards = tmp_path / "shards"
    code, _, err = call(
        "run", records, "--workspace", there, "--engine", "ray", "--jobs", 2, "--shards", shards
    )
    assert code == 1, err
    assert "records     19 in the workspace (of the input 19 new), 1 failed\n" in err
    assert call("run", "--from-parquet", shards, "--workspace", loaded)[0] == 1
    expected = exports(here)
    assert exports(there) == expected
    assert exports(loaded) == expected
    code, _, err = call("run", records, "--workspace", there, "--engine", "ray", "--shards", shards)
    assert (code, "is not empty; load what it holds with --from-parquet" in err) == (2, True)
