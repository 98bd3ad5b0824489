"""The Ray engine on a cluster of two workers on this machine, and its Parquet files."""

import subprocess
import sys
from dataclasses import replace

import pytest
from engine_examples import Silent, call, exports, write_records

from aligner.checks import Glossary, Term
from aligner.engine import Settings, run_parquet
from aligner.engine.executors import run_serial
from aligner.engine.options import Inputs
from aligner.engine.ray_resume import finished_blocks
from aligner.engine.records import records_of
from aligner.engine.shards import table_of
from aligner.errors import SettingError
from aligner.store import (
    Change,
    Failure,
    Task,
    decide,
    decisions,
    ingest,
    open_workspace,
    read_failures,
    read_pairs,
    read_terms,
)
from aligner.types import Pair, Record

parquet = pytest.importorskip("pyarrow.parquet")
pc = pytest.importorskip("pyarrow.compute")
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
        assert +summary.taken == {"new": 2, "unread": 1}
        assert [str(failure) for failure in read_failures(opened)] == ["c.txt: is empty"]
        assert [(pair.record, pair.en, pair.zh) for pair in read_pairs(opened)] == [A, B]
        assert load(opened, shards).done == 0


def test_blocks_that_are_others_here_are_searched_for_terms_again(tmp_path, shards):
    """Two shards of one record each fall into one block, as they would if they had been read here."""
    here, there = (open_workspace(tmp_path / name, create=True) for name in ("a.db", "b.db"))
    with here as opened, there as whole:
        load(opened, shards)
        with whole.transaction():
            ingest(whole, [Record(*texts) for texts in (A, B)])
        load(whole, shards)
        assert list(read_terms(opened)) == list(read_terms(whole))


def test_what_people_did_is_not_overwritten(tmp_path, shards):
    with open_workspace(tmp_path / "a.db", create=True) as opened:
        load(opened, shards)
        before = decisions.read(opened, "alignment", "1")
        apart = [{"en": en, "zh": zh, "score": 1.0, "state": "edited"} for en, zh in (([0], []), ([], [0]))]
        decide(opened, "split", [Change("alignment", ("1",), before, {**before, "beads": apart})])
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


def test_a_folder_goes_on_only_with_the_run_that_it_is_of(tmp_path, shards):
    table = tmp_path / "a.jsonl"
    table.write_text("{}", encoding="utf-8")
    folder = tmp_path / "shards"
    inputs = Inputs([str(tmp_path / "*.jsonl")])
    assert finished_blocks(folder, inputs, Settings()) == frozenset()
    for file in shards.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "cut.parquet").write_bytes(b"PAR1")
    assert finished_blocks(folder, inputs, Settings()) == {0, 1}
    assert not (folder / "cut.parquet").exists()
    others = [
        (replace(inputs, aligned=True), Settings()),
        (inputs, Settings(terms=False)),
        (inputs, Settings(glossary=Glossary((Term("leak", "渗漏"),)))),
    ]
    for other, settings in others:
        with pytest.raises(SettingError, match="holds something other than this run's results"):
            finished_blocks(folder, other, settings)
    table.write_text("{}\n", encoding="utf-8")
    with pytest.raises(SettingError, match="holds something other than this run's results"):
        finished_blocks(folder, inputs, Settings())
    with pytest.raises(SettingError, match="holds something other than this run's results"):
        finished_blocks(shards, inputs, Settings())


def test_rows_that_came_aligned_are_loaded_as_they_came(tmp_path):
    pairs = [
        Pair("a", 0, "Pain fell. None died.", "疼痛减轻。无死亡。", score=0.5),
        Pair("a", 1, "Cement leaked.", ""),
    ]
    (record,) = records_of(pairs)
    tasks = [Task(0, 0, record)]
    (found,) = run_serial([tasks], Settings())
    for name, outcomes in (("whole", found), ("failed", [Failure("a", "worker", "died", "", 0)])):
        (tmp_path / name).mkdir()
        parquet.write_table(table_of([(0, tasks, outcomes)], Settings()), tmp_path / name / "a.parquet")
        with open_workspace(tmp_path / f"{name}.db", create=True) as opened:
            load(opened, tmp_path / name)
            assert [(p.en, p.zh, p.score) for p in read_pairs(opened)] == [
                (pair.en, pair.zh, pair.score) for pair in pairs
            ]


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
    here, there, loaded = (tmp_path / f"{name}.db" for name in ("here", "there", "loaded"))
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
    records.write_text("".join(lines), encoding="utf-8")
    code, _, err = call("run", records, "--workspace", there, "--engine", "ray", "--shards", shards)
    assert (code, "holds something other than this run's results; load what it" in err) == (2, True)


@pytest.mark.slow
def test_a_ray_run_that_was_stopped_does_the_rest(tmp_path):
    pytest.importorskip("ray")
    records = write_records(tmp_path / "records.jsonl", 150)
    here, there, resumed = (tmp_path / f"{name}.db" for name in ("here", "there", "resumed"))
    assert call("run", records, "--workspace", here, "--no-terms")[0] == 0
    shards = tmp_path / "shards"
    on_ray = ("--no-terms", "--engine", "ray", "--jobs", 2, "--shards", shards)
    assert call("run", records, "--workspace", there, *on_ray)[0] == 0
    cut_short(shards)
    code, _, err = call("run", records, "--workspace", resumed, *on_ray)
    assert code == 0, err
    assert exports(resumed) == exports(there) == exports(here)
    new = [file for file in shards.glob("*.parquet") if file.name not in ("first.parquet", "second.parquet")]
    redone = {row["block"] for file in new for row in parquet.read_table(file).to_pylist()}
    assert redone == {1}


def cut_short(shards):
    """Leave what a run has left that was killed: a whole block, a part of one, and a file that is cut."""
    (file,) = shards.glob("*.parquet")
    table = parquet.read_table(file)
    data = file.read_bytes()
    file.unlink()
    for name, block, rows in (("first", 0, 999), ("second", 1, 3)):
        part = table.filter(pc.equal(table["block"], block)).slice(0, rows)
        parquet.write_table(part, shards / f"{name}.parquet")
    (shards / "third.parquet").write_bytes(data[: len(data) // 2])
