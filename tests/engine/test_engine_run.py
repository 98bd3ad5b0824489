"""Runs: every record once, the same results on any number of processes, and failures that cost no other."""

import os
from collections import Counter

import pytest
from engine_examples import write_records

from aligner.engine import Settings, run
from aligner.engine.executors import run_serial
from aligner.engine.processes import run_processes
from aligner.engine.records import unique_names
from aligner.errors import AlignerError, InputError
from aligner.formats import read_records
from aligner.store import (
    Failure,
    Result,
    Task,
    open_workspace,
    read_failures,
    read_findings,
    read_glossary,
    read_pairs,
)
from aligner.store import read_terms as read_occurrences
from aligner.types import Bead, Record

ALIGN = Settings(terms=False)


class Silent:
    """Counts what it is told."""

    def __init__(self):
        self.total = self.records = 0

    def reading(self, counts):
        pass

    def working(self, total):
        self.total = total

    def advance(self, records, failures):
        self.records += records

    def gathering(self):
        pass


def go(workspace, *paths, settings=Settings(), jobs=1):  # noqa: B008 - frozen
    watch = Silent()
    summary = run(workspace, read_records([str(path) for path in paths]), settings, jobs=jobs, watch=watch)
    assert watch.records == watch.total
    return summary


def contents(workspace):
    return [list(read(workspace)) for read in (read_pairs, read_occurrences, read_glossary, read_findings)]


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    return write_records(tmp_path_factory.mktemp("records") / "records.jsonl", 10)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, records):
    """What an uninterrupted run in one process makes of the records."""
    with open_workspace(tmp_path_factory.mktemp("whole") / "a.db", create=True) as opened:
        go(opened, records)
        return contents(opened)


@pytest.fixture
def workspace(tmp_path):
    with open_workspace(tmp_path / "a.db", create=True) as opened:
        yield opened


def test_a_run_holds_pairs_terms_and_glossary(whole):
    pairs, terms, glossary, _ = whole
    assert [pair.record for pair in pairs][::2] == [f"r{n:03d}" for n in range(10)]
    assert all(p.en_ids == p.zh_ids for p in pairs)
    assert {(t.record, t.bead) for t in terms} <= {(p.record, p.bead) for p in pairs}
    assert (
        10 < sum(entry.count for entry in glossary) <= len(terms)
    )  # fragments of longer terms are no entries


def test_two_processes_find_the_same(workspace, records, whole):
    summary = go(workspace, records, jobs=2)
    assert (summary.taken["new"], summary.done, summary.failed) == (10, 10, 0)
    assert contents(workspace) == whole


def test_what_is_done_is_not_done_again(workspace, records, whole):
    assert go(workspace, records, settings=ALIGN).done == 10
    assert go(workspace, records, settings=ALIGN).done == 0
    assert go(workspace, records).done == 10  # the terms
    assert go(workspace, records).done == 0
    assert contents(workspace) == whole


def test_changed_and_new_records_give_what_a_fresh_run_gives(tmp_path, workspace, records, whole):
    lines = records.read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path / "records.jsonl"
    path.write_text("".join([*lines[:2], lines[2].replace("r002", "r002x"), *lines[3:7]]), encoding="utf-8")
    go(workspace, path)
    path.write_text("".join(lines[:7]).replace("the", "these", 1), encoding="utf-8")
    summary = go(workspace, path)
    assert dict(summary.taken) == {"changed": 1, "new": 1, "same": 5, "renamed": 0}
    assert summary.done == 8  # all share a block
    assert go(workspace, records).taken["new"] == 3
    pairs, *_ = contents(workspace)
    assert sorted({pair.record for pair in pairs}) == sorted([*(f"r{n:03d}" for n in range(10)), "r002x"])
    assert [p for p in pairs if p.record == "r000"] == [p for p in whole[0] if p.record == "r000"]


def test_a_longer_input_gives_what_a_fresh_run_gives(tmp_path, workspace, records, whole):
    path = tmp_path / "records.jsonl"
    lines = records.read_text(encoding="utf-8").splitlines(keepends=True)
    for count in (3, 9, 10):
        path.write_text("".join(lines[:count]), encoding="utf-8")
        go(workspace, path)
    assert contents(workspace) == whole


def test_failures_are_kept_and_cost_no_other(tmp_path, workspace, records, whole):
    path = tmp_path / "records.jsonl"
    lines = records.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:4], "{broken\n", *lines[4:]]), encoding="utf-8")
    summary = go(workspace, path)
    assert (summary.done, summary.failed) == (10, 1)
    assert [str(failure) for failure in read_failures(workspace, run=1)] == [
        f'{path}, line 5: is not a JSON object; each line must be one, like {{"id": …}}'
    ]
    assert contents(workspace) == whole


def test_a_mistake_of_ours_is_the_failure_of_one_record():
    good, bad = Record("good", "Pain was relieved.", "疼痛缓解。"), Record("bad", "Pain.", "疼痛。")
    tasks = [Task(1, 0, good), Task(2, 0, bad, fixed=(Bead((0,), (9,), 1.0),))]
    ((failure, result),) = run_serial([tasks], Settings())
    assert isinstance(result, Result)
    assert result.id == 1
    assert (failure.record, failure.stage, failure.id) == ("bad", "align", 2)
    assert failure.reason.startswith("unforeseen IndexError: tuple index out of range (engine/sides.py:")


class Deadly(str):
    """A name that ends the process that it is handed to."""

    __slots__ = ()

    def __reduce__(self):
        return os._exit, (7,)


def test_a_record_that_kills_its_worker_costs_no_other():
    names = ["a", Deadly("b"), "c"]
    tasks = [Task(n, 0, Record(name, "Pain was relieved.", "疼痛缓解。")) for n, name in enumerate(names)]
    outcomes = [one for found in run_processes([tasks], ALIGN, 2) for one in found]
    assert sorted((one.id, type(one)) for one in outcomes) == [(0, Result), (1, Failure), (2, Result)]
    (failure,) = (one for one in outcomes if isinstance(one, Failure))
    assert (failure.stage, failure.reason) == ("worker", "the process working on it died (exit code 7)")


def test_workers_that_always_die_end_the_run():
    blocks = [[Task(n, 0, Record(Deadly("b"), "x", "y"))] for n in range(20)]
    with pytest.raises(AlignerError, match=r"worker processes keep dying \(exit code 7\); give fewer --jobs"):
        list(run_processes(blocks, ALIGN, 1))


@pytest.mark.parametrize("engine", [run_serial, lambda blocks, settings: run_processes(blocks, settings, 2)])
def test_an_unknown_encoder_ends_the_run(engine):
    with pytest.raises(AlignerError, match="unknown encoder 'none'; known are: bundled"):
        list(engine([[Task(1, 0, Record("a", "x", "y"))]], Settings("none")))


def test_no_record_stands_in_for_another():
    items = [Record(name, name, name) for name in ("a", "a", "a~2", "a")]
    items.insert(1, InputError("x", where="y"))
    counts = Counter()
    names = [item.name for item in unique_names(items, counts) if isinstance(item, Record)]
    assert names == ["a", "a~2", "a~2~2", "a~3"]
    assert counts["renamed"] == 3
