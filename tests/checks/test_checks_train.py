"""Training on a few constructed records: the same bytes twice, and every kind has what the program reads."""

import json
from pathlib import Path

import pytest

from aligner.checks import coverage
from aligner.checks.decision import SEVERITIES, decision
from aligner.checks.halves import half_of

pytest.importorskip("sklearn")


def test_training_writes_what_the_checks_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from aligner.checks import train

    rows = [
        {"id": f"t{at}", "en": f"Of {at + 20} men, {at + 3} had fever, cough and pain (P<.05); none died.",
         "zh": f"{at + 20}例男性中，{at + 3}例发热、咳嗽和疼痛（P<0.05），无死亡。"}
        for at in range(8)
    ]  # fmt: skip
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    for name in ("a.json", "b.json"):
        command = ["train", "--tuning", str(pairs), "--out", str(tmp_path / name), "--per-kind", "3"]
        monkeypatch.setattr("sys.argv", command)
        train.main()
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    found = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert set(coverage.FEATURES) <= set(found["kinds"]["omission"]["weights"])
    assert all(0 < rate <= 1 for rate in found["rules"].values())
    assert len({half_of(str(row["id"])) for row in rows}) == 2


def test_the_shipped_file_decides_on_every_kind() -> None:
    shipped = decision()
    assert set(coverage.FEATURES) <= set(shipped.models["omission"].weights)
    assert set(coverage.FEATURES) <= set(shipped.models["addition"].weights)
    cuts = [shipped.cuts[name] for name in SEVERITIES]
    assert cuts == sorted(cuts, reverse=True)
    assert all(0 < rate <= 1 for rate in shipped.rates.values())
    assert set(SEVERITIES) <= set(shipped.rates)


def test_a_rule_is_never_louder_than_it_says_and_quieter_where_it_was_often_wrong() -> None:
    from aligner.checks.decision import Decision

    made = Decision({}, {"number error both": 0.95, "date error both": 0.5, "warning": 0.4},
                    {"error": 0.9, "warning": 0.3, "info": 0.1})  # fmt: skip
    both = (0, 1), (0, 1)
    assert made.rated("number", "error", both) == (0.95, "error")
    assert made.rated("date", "error", both) == (0.5, "warning")
    assert made.rated("tag", "warning", both) == (0.4, "warning")
    assert made.rated("number", "info", both)[1] == "info"
