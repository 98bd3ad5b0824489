"""Counting beads, calibration, floors, and the command that prints them."""

import json
from pathlib import Path

import pytest

from aligner.errors import InputError, SettingError
from aligner.evaluation.alignment import (
    Tally,
    calibration,
    calibration_error,
    evaluate,
    least_sure,
    report,
    tally,
    two_sided,
)
from aligner.evaluation.floors import Measured, check, read_floors
from aligner.evaluation.gold import read_gold
from aligner.types import Bead

GOLD = [((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((4,), (2, 3))]


def beads(*rows) -> list[Bead]:
    return [Bead(en, zh, score) for en, zh, score in rows]


@pytest.mark.parametrize(
    ("predicted", "counts"),
    [
        (beads(*((en, zh, 1.0) for en, zh in GOLD)), (3, 3, 3, 3, 3)),
        (beads(((0,), (0,), 1.0), ((1,), (1,), 0.5), ((2,), (), 1.0)), (1, 2, 2, 2, 3)),
        (beads(((0,), (1,), 1.0)), (0, 0, 1, 0, 3)),
        (beads(((0, 1), (0, 1), 1.0)), (0, 1, 1, 2, 3)),
        ([], (0, 0, 0, 0, 3)),
    ],
)
def test_two_sided(predicted, counts):
    got = two_sided(GOLD, predicted)
    assert (got.right, got.touching, got.predicted, got.found, got.gold) == counts


@pytest.mark.parametrize(
    ("predicted", "counts"),
    [
        (beads(*((en, zh, 1.0) for en, zh in GOLD)), (4, 4, 4)),
        (beads(((0,), (0,), 1.0), ((1,), (1,), 0.5), ((2,), (), 1.0), ((3,), (), 1.0)), (2, 4, 4)),
    ],
)
def test_all_beads_count_the_unmatched(predicted, counts):
    got = tally(GOLD, predicted)
    assert (got.right, got.predicted, got.gold) == counts


def test_rates():
    got = two_sided(GOLD, beads(((0,), (0,), 1.0), ((1,), (1,), 0.5)))
    assert got.strict() == pytest.approx((0.5, 1 / 3, 0.4))
    assert got.lax() == pytest.approx((1.0, 2 / 3, 0.8))
    assert Tally().strict() == (0.0, 0.0, 0.0)


def test_calibration():
    scored = [(0.95, True), (0.95, True), (0.95, False), (0.95, True), (0.15, False), (0.15, True)]
    rows = calibration(scored)
    assert [row[0] for row in rows] == [2, 4]
    assert [row[1:] for row in rows] == [pytest.approx((0.15, 0.5)), pytest.approx((0.95, 0.75))]
    assert calibration_error(scored) == pytest.approx((2 * 0.35 + 4 * 0.2) / 6)
    assert calibration_error([]) == 0.0


def test_least_sure():
    assert least_sure([(k / 10, k > 1) for k in range(10)]) == 1.0
    assert least_sure([(k / 10, k < 9) for k in range(10)]) == 0.0
    assert least_sure([(0.5, True)] * 10) == 1.0


def write(path, en, zh, gold):
    path.write_text(json.dumps({"en": en, "zh": zh, "beads": gold}), encoding="utf-8")


def test_evaluate_prints_figures_with_what_produced_them(tmp_path):
    from aligner.encoders import load_encoder

    write(
        tmp_path / "one.json",
        ["No pain.", "The fracture healed."],
        ["无疼痛。", "骨折愈合。"],
        [[[0], [0]], [[1], [1]]],
    )
    write(tmp_path / "two.json", ["The patient went home."], ["患者出院。"], [[[0], [0]]])
    documents = read_gold([tmp_path])
    evaluation = evaluate(documents, load_encoder())
    lines = list(report(evaluation))
    assert lines[0] == "all beads           P=1.0000 R=1.0000 F1=1.0000"
    assert lines[-1].startswith("encoder:bundled|segmenters:gold|documents:2|data:")
    assert sorted(evaluation.documents) == ["one", "two"]
    assert evaluation.kinds["1-1"].right == 3


@pytest.mark.parametrize("content", ["", "[]", '{"en": []}', '{"en": [], "zh": [], "beads": [[1]]}'])
def test_what_is_no_gold_file_is_named(tmp_path, content):
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.json: not a gold file"):
        read_gold([path])


def test_no_gold_files(tmp_path):
    with pytest.raises(InputError, match="no gold files"):
        read_gold([tmp_path])
    with pytest.raises(InputError, match="cannot be read"):
        read_gold([tmp_path / "none.json"])


def test_floors(tmp_path, capsys):
    path = tmp_path / "floors.json"
    good, worse = Measured("align hard", 0.95, "s"), Measured("align hard", 0.94, "s")
    with pytest.raises(InputError, match="no floor for 'align hard'"):
        check(path, good)
    assert check(path, good, pin=True) == 0
    assert check(path, good) == 0
    assert check(path, worse) == 1
    assert "below its floor 0.9500" in capsys.readouterr().err
    assert check(path, worse, pin=True) == 1
    assert check(path, worse, pin=True, lower=True) == 0
    assert check(path, worse) == 0
    assert check(None, worse) == 0
    with pytest.raises(SettingError):
        check(None, worse, pin=True)


def test_plot(tmp_path):
    pytest.importorskip("matplotlib")
    from aligner.evaluation.plot import reliability_diagram

    scored = [(k / 20, k % 3 > 0) for k in range(20)]
    reliability_diagram(scored, tmp_path / "r.png", "signature")
    assert (tmp_path / "r.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(SettingError, match="cannot draw"):
        reliability_diagram(scored, tmp_path / "r.nothing", "signature")


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["hard", "constructed/gold", "journal/gold"])
def test_shipped_corpora_stay_above_their_floors(folder):
    """The documents the weights were trained on and the floor pinned with: a guard against slips, no more."""
    from aligner.encoders import load_encoder

    corpora = Path(__file__).parents[2] / "corpora"
    name = " ".join(["align", "/".join((corpora / folder).parts[-2:])])
    signature = str(read_floors(corpora / "floors.json")[name]["signature"])
    pinned = int(signature.partition("documents:")[2].partition("|")[0])
    evaluation = evaluate(read_gold([corpora / folder])[:pinned], load_encoder())
    assert check(corpora / "floors.json", evaluation.figure([str(corpora / folder)])) == 0
