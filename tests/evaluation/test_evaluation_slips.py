"""Measuring the checks on correct pairs and on slips made of them."""

import json
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.evaluation.slips import as_pairs, measure_slips, read_rows, report_slips

# Constructed.
ROWS = [
    {"id": "a", "en": "Of 45 men, 12 (26.7%) had pain.", "zh": "45例男性中，12例（26.7%）疼痛。"},
    {"id": "b", "en": "They took 20 mg for 6 months.", "zh": "患者服用20 mg，持续6个月。"},
    {"id": "c", "en": "There were 12 men.", "zh": "共21例男性。"},
]


def write(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "pairs.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_alarms_and_slips_are_counted(tmp_path: Path) -> None:
    rows, digest = read_rows(write(tmp_path, ROWS))
    pairs = as_pairs(rows)
    scores = measure_slips(pairs, None, seed=2, per_kind=2)
    assert (scores.pairs, scores.alarms, scores.errors) == (3, 1, 1)
    assert scores.by_check == {"number": 1}
    assert scores.found["unit: changed"] == scores.slips["unit: changed"] == 1
    assert scores.found["punctuation: end mark lost"] == 2
    assert 0.5 < scores.mean_recall <= 1
    assert 0 < scores.precision(scores.alarms, scores.found.total()) < 1
    lines = report_slips(scores, None, seed=2, digest=digest)
    assert lines[-1].endswith(f"encoder none | seed 2 | data sha256 {digest}")
    again = measure_slips(pairs, None, seed=2, per_kind=2)
    assert again == scores


def test_a_row_without_a_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="id, en and zh"):
        read_rows(write(tmp_path, [{"id": "a", "en": "x"}]))
