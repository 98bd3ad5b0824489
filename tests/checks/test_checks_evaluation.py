"""Measuring the checks on a folder of labelled slips."""

import json
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.evaluation.checks import CHECKS_FOR_LABEL, measure, read_qa, report

CLEAN = [
    {"id": "c1", "en": "There were 12 patients.", "zh": "共12例患者。"},
    {"id": "c2", "en": "There were 12 patients.", "zh": "共21例患者。"},
]
ERRORS = [
    {"id": "e1", "en": "There were 12 patients.", "zh": "共21例患者。", "label": "number"},
    {
        "id": "e2",
        "en": "A dose of 5 mg was given.",
        "zh": "给予5 g。",
        "label": "typo_drug_dose",
        "alt": ["unit"],
    },
    {"id": "e3", "en": "It rose.", "zh": "升高。", "label": "direction_of_nothing"},
]


def write(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    (folder / name).write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def test_slips_and_alarms_are_counted(tmp_path: Path) -> None:
    write(tmp_path, "clean.jsonl", CLEAN)
    write(tmp_path, "errors.jsonl", ERRORS)
    qa = read_qa(tmp_path)
    scores = measure(qa, None)
    assert (scores.clean, scores.alarms) == (2, 1)
    assert (scores.found["number"], scores.found["typo_drug_dose"]) == (1, 1)
    assert scores.found["direction_of_nothing"] == 0
    assert scores.precision("number") == 0.5
    assert scores.precision("unit") == 1.0
    assert scores.total_recall == pytest.approx(2 / 3)
    lines = report(scores, qa, None)
    assert lines[-1].startswith("signature: aligner ")
    assert qa.signature in lines[-1]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    write(tmp_path, "clean.jsonl", CLEAN)
    with pytest.raises(InputError, match="cannot be read"):
        read_qa(tmp_path)


def test_a_row_without_a_key_is_named(tmp_path: Path) -> None:
    write(tmp_path, "clean.jsonl", [{"id": "c", "en": "x"}])
    write(tmp_path, "errors.jsonl", ERRORS)
    with pytest.raises(InputError, match="line 1"):
        read_qa(tmp_path)


def test_labels_name_known_checks() -> None:
    from aligner.checks import CHECKS

    assert {check for checks in CHECKS_FOR_LABEL.values() for check in checks} <= set(CHECKS)
