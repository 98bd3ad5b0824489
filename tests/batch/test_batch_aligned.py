"""Rows that are pairs already, and glossaries that a run checks by."""

from dataclasses import replace

import pytest
from batch_examples import Silent, write_records

from aligner.batch import Settings, run
from aligner.batch.processes import run_processes
from aligner.batch.reading import records_of
from aligner.batch.serial import run_serial
from aligner.checks import Glossary, Term
from aligner.errors import InputError
from aligner.formats import read_records
from aligner.pipeline import ROWS_AT_ONCE
from aligner.store import Task, open_workspace, read_findings, read_pairs, read_terms
from aligner.types import Pair

PAIRS = [
    Pair("a", 0, "Cement leaked. No patient died.", "骨水泥渗漏。无死亡。", score=0.5),
    Pair("a", 1, "Pain was relieved in 5 patients.", "6例疼痛缓解。"),
    Pair("a", 2, "", "另一句。"),
    Pair("b", 0, "Cement leaked.", "水泥外漏。"),
    Pair("a", 0, "None died.", " "),
]
BY = Settings(glossary=Glossary((Term("cement", "骨水泥"),)))


def go(workspace, items, settings=Settings()):  # noqa: B008 - frozen
    return run(workspace, items, settings, watch=Silent())


def rows(workspace):
    return [(p.record, p.bead, p.en, p.zh, p.score) for p in read_pairs(workspace)]


def found(workspace, check):
    return [(f.record, f.bead) for f in read_findings(workspace) if f.check == check]


@pytest.fixture
def workspace(tmp_path):
    with open_workspace(tmp_path / "a.db", create=True) as opened:
        yield opened


def test_rows_stay_as_they_came_and_are_checked(workspace):
    error = InputError("is damaged", where="x, row 3")
    summary = go(workspace, records_of([*PAIRS[:2], error, *PAIRS[2:]]))
    assert rows(workspace) == [
        ("a", 0, PAIRS[0].en, PAIRS[0].zh, 0.5),
        ("a", 1, PAIRS[1].en, PAIRS[1].zh, 1.0),
        ("a", 2, "", "另一句。", 1.0),
        ("b", 0, "Cement leaked.", "水泥外漏。", 1.0),
        ("a~2", 0, "None died.", "", 1.0),
    ]
    assert (summary.done, summary.failed, summary.taken["new"]) == (3, 1, 3)
    assert found(workspace, "number") == [("a", 1)]
    assert list(read_terms(workspace))
    assert go(workspace, records_of(PAIRS)).done == 0


def test_rows_are_not_aligned_again_with_another_encoder(workspace):
    go(workspace, records_of(PAIRS), Settings(terms=False))
    before = rows(workspace)
    with workspace.transaction() as db:
        db.execute("UPDATE settings SET value = '{}' WHERE name = 'settings'")
    assert go(workspace, records_of(PAIRS)).done == 3
    assert rows(workspace) == before


def test_a_record_of_very_many_rows_comes_in_parts():
    pairs = [replace(PAIRS[0], bead=n) for n in range(ROWS_AT_ONCE + 1)]
    assert [len(record.beads) for record in records_of(pairs)] == [ROWS_AT_ONCE, 1]


def test_another_glossary_changes_the_findings_and_nothing_else(workspace, monkeypatch):
    go(workspace, records_of(PAIRS))
    terms, pairs = list(read_terms(workspace)), rows(workspace)
    assert found(workspace, "term") == []
    monkeypatch.setattr("aligner.terms.extract", None)  # nobody looks for terms again
    assert go(workspace, records_of(PAIRS), BY).done == 3
    assert found(workspace, "term") == [("b", 0)]
    assert (list(read_terms(workspace)), rows(workspace)) == (terms, pairs)
    assert go(workspace, [], BY).done == 0
    assert go(workspace, []).done == 3
    assert found(workspace, "term") == []


def test_worker_processes_check_by_the_glossary_too(tmp_path):
    (record,) = read_records([str(write_records(tmp_path / "r.jsonl", 1, pairs=1))])
    tasks = [Task(1, 0, replace(record, en="Cement leaked.", zh="水泥外漏。"))]
    results = [next(iter(engine))[0] for engine in (run_serial([tasks], BY), run_processes([tasks], BY, 2))]
    assert results[0] == results[1]
    assert [finding.check for finding in results[0].findings if finding.check == "term"] == ["term"]
