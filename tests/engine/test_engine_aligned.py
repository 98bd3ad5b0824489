"""Rows that are pairs already, and glossaries that a run checks by."""

from dataclasses import replace

import pytest
from engine_examples import Silent, write_records

from aligner.checks import Glossary, Term
from aligner.encoders import load_encoder
from aligner.engine import Settings, align_record, run
from aligner.engine.executors import run_serial
from aligner.engine.processes import run_processes
from aligner.engine.records import records_of
from aligner.errors import InputError
from aligner.formats import read_records
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
        ("a", 3, "None died.", "", 1.0),
        ("b", 0, "Cement leaked.", "水泥外漏。", 1.0),
    ]
    assert (summary.done, summary.failed, summary.taken["new"]) == (2, 1, 2)
    assert found(workspace, "number") == [("a", 1)]
    assert list(read_terms(workspace))
    assert go(workspace, records_of(PAIRS)).done == 0


def test_rows_are_not_aligned_again_with_another_encoder(workspace):
    go(workspace, records_of(PAIRS), Settings(terms=False))
    before = rows(workspace)
    with workspace.transaction() as db:
        db.execute("UPDATE settings SET value = '{}' WHERE name = 'settings'")
    assert go(workspace, records_of(PAIRS)).done == 2
    assert rows(workspace) == before


def test_rows_of_one_record_are_numbered_wherever_they_stand():
    names = ["a", "b", "a", "c\udcb9"] * 600
    pairs = [Pair(name, 0, f"Row {number}.", f"第{number}行。") for number, name in enumerate(names)]
    records = list(records_of(pairs))
    assert [record.name for record in records] == ["a", "b", "c\udcb9"]
    for record in records:
        wanted = [number for number, name in enumerate(names) if name == record.name]
        assert [sentence.text for sentence in record.en_sentences] == [f"Row {n}." for n in wanted]
        assert [bead.zh for bead in record.beads] == [(place,) for place in range(len(wanted))]


def test_a_record_of_any_length_is_encoded_a_part_at_a_time(monkeypatch):
    encoder, most = load_encoder(), []
    encode = encoder.encode
    monkeypatch.setattr("aligner.engine.sides.HELD", 2)
    monkeypatch.setattr(encoder, "encode", lambda t: most.append(len(t := list(t))) or encode(t))
    (record,) = records_of([replace(PAIRS[1], en=f"Pain fell in {n} patients.") for n in range(700)])
    aligned = align_record(record, encoder)
    assert (len(aligned.pairs()), most) == (700, [])
    texts = [pair.en.text for pair in aligned.encoded_pairs()]
    assert texts == [pair.en for pair in aligned.pairs()]
    assert max(most) == 256
    assert len(aligned.en.encoded._chunks) == 2


def test_another_glossary_changes_the_findings_and_nothing_else(workspace, monkeypatch):
    go(workspace, records_of(PAIRS))
    terms, pairs = list(read_terms(workspace)), rows(workspace)
    assert found(workspace, "term") == []
    monkeypatch.setattr("aligner.terms.extract", None)  # nobody looks for terms again
    assert go(workspace, records_of(PAIRS), BY).done == 2
    assert found(workspace, "term") == [("b", 0)]
    assert (list(read_terms(workspace)), rows(workspace)) == (terms, pairs)
    assert go(workspace, [], BY).done == 0
    assert go(workspace, []).done == 2
    assert found(workspace, "term") == []


def test_worker_processes_check_by_the_glossary_too(tmp_path):
    (record,) = read_records([str(write_records(tmp_path / "r.jsonl", 1, pairs=1))])
    tasks = [Task(1, 0, replace(record, en="Cement leaked.", zh="水泥外漏。"))]
    results = [next(iter(engine))[0] for engine in (run_serial([tasks], BY), run_processes([tasks], BY, 2))]
    assert results[0] == results[1]
    assert [finding.check for finding in results[0].findings if finding.check == "term"] == ["term"]
