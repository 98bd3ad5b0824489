"""Checks on errors that a person marked, and on slips with their right twins. Constructed."""

from pathlib import Path

import pytest

from aligner.evaluation.curve import alarm_curve
from aligner.evaluation.labelled import measure_labels, measure_twins, report_labels
from aligner.evaluation.slips import as_pairs, measure_slips, speed


def label(side: str, text: str) -> dict[str, str]:
    return {"side": side, "category": "Accuracy/Mistranslation", "severity": "Major", "text": text}


ROWS = [
    {"id": "a", "en": "There were 12 men.", "zh": "共21例男性。",
     "labels": [label("zh", "21例"), label("zh", "男性"), label("en", "12 men")]},
    {"id": "b", "en": "There were 12 men.", "zh": "共12例男性。", "labels": [label("zh", "12例")]},
]  # fmt: skip
NAME = "Accuracy/Mistranslation Major"


def test_labels_are_found_in_their_pair_and_on_their_words() -> None:
    scores = measure_labels(ROWS, None)
    assert (scores.labels[NAME], scores.flagged[NAME], scores.located[NAME]) == (4, 3, 2)
    assert report_labels(scores)[-1].split() == ["all", "4", "0.750", "0.500"]


def test_slips_are_counted_beside_their_twins() -> None:
    rows = [{"id": "a", "en": "There were 12 men.", "zh": "共21例男性。", "right": "共12例男性。"}]
    assert measure_twins(rows, None)[0].startswith("slips found 1/1; right twins without")


def test_the_curve_is_that_of_the_alarms_and_falls(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    scores = measure_slips(as_pairs(ROWS), None, per_kind=2)
    points = scores.curve()
    assert points[0][1:] >= points[-1][1:]
    assert all(0 <= alarms <= 1 and 0 <= recall <= 1 for _, alarms, recall in points)
    alarm_curve(points, tmp_path / "curve.svg", "constructed")
    assert (tmp_path / "curve.svg").read_bytes().startswith(b"<?xml")


def test_speed_is_measured() -> None:
    assert speed(as_pairs(ROWS), seconds=0.05) > 10
