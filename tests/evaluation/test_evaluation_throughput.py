"""Whole runs are timed on records made of gold documents."""

import json
from pathlib import Path

import pytest

from aligner.cli.evaluate_speed import evaluate_speed
from aligner.errors import AlignerError, SettingError
from aligner.evaluation.gold import read_gold
from aligner.evaluation.throughput import numbers_of, time_run, write_records

GOLD = [str(Path(__file__).parents[2] / "corpora" / "constructed" / "gold")]


def test_records_are_as_long_as_the_documents_and_the_same_each_time(tmp_path):
    documents = read_gold(GOLD)
    first, second = (write_records(documents, 40, tmp_path / name) for name in "ab")
    assert first.read_bytes() == second.read_bytes()
    rows = [json.loads(line) for line in first.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len({row["en"] for row in rows}) == 40


def test_a_run_is_timed_with_all_its_processes(capsys):
    evaluate_speed(GOLD, runs="2", jobs="2", terms=False)
    header, row, signature = capsys.readouterr().out.splitlines()
    assert header.split()[:3] == ["records", "jobs", "seconds"]
    records, jobs, seconds, rate, processor, _, megabytes = map(float, row.split())
    assert (records, jobs) == (2, 2)
    assert seconds > processor / 4 > 0
    assert rate == pytest.approx(2 / seconds, rel=0.1)
    assert megabytes > 100
    assert signature.startswith("alignment alone|encoder:bundled|")


def test_a_run_that_fails_says_why(tmp_path):
    with pytest.raises(AlignerError, match=r"the run failed: aligner: .*none\.jsonl: no such file or folder"):
        time_run(tmp_path / "none.jsonl", 1, 1, [])


@pytest.mark.parametrize("text", ["", "x", "1,", "0", "-1"])
def test_numbers_are_numbers(text):
    with pytest.raises(SettingError, match="is not a list of numbers"):
        numbers_of("--runs", text)
