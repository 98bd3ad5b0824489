"""Speed beside other programmes: what is counted, and the table."""

import json

import pytest

from aligner.evaluation.speed import PROGRAMMES, Timing, measure, report

GOLD = {
    "en": [
        "No patient had pain.",
        "The fracture healed within three months.",
        "Cement leaked in 6 patients.",
    ],
    "zh": ["患者均无疼痛。", "骨折在3个月内愈合。", "6例骨水泥渗漏。"],
    "beads": [[[0], [0]], [[1], [1]], [[2], [2]]],
}


@pytest.fixture
def gold(tmp_path):
    (tmp_path / "one.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return [str(tmp_path)]


@pytest.mark.parametrize(
    ("name", "encoded"),
    [("aligner", 6), ("sentweave", 48), ("galechurch", 0)],
)
def test_texts_encoded(gold, name, encoded):
    if name != "aligner":
        pytest.importorskip(name)
    timing = measure(name, gold, "bundled", "cpu")
    assert (timing.name, timing.sentences, timing.encoded) == (name, 6, encoded)
    assert 0 <= timing.encoding <= timing.seconds
    assert timing.f1 == 1.0


def test_table(gold):
    timings = [
        Timing("aligner", 6, 6, 0.5, 0.4, 300.0, 1.0),
        Timing("sentweave", 6, 48, 5.0, 4.0, 400.0, 0.9),
        Timing("galechurch", 6, 0, 0.01, 0.0, 100.0, 0.5),
    ]
    lines = list(report(timings, gold, "bundled", "cpu"))
    assert [line.split()[0] for line in lines[1:4]] == list(PROGRAMMES)
    assert [line.split()[-1] for line in lines[1:4]] == ["1.0", "10.0", "0.0"]
    assert lines[4] == "alignment without encoding takes 25.0% of the encoding time"
    assert lines[5].startswith("encoder:bundled|segmenters:gold|documents:1|data:")
