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
    free = tmp_path / "free.jsonl"
    free.write_text(json.dumps(rows[0] | {"id": "f1", "zh": "1例男性发热，未死亡。"}), encoding="utf-8")
    for name in ("a.json", "b.json"):
        command = ["train", "--tuning", str(pairs), "--free", str(free)]
        command += ["--out", str(tmp_path / name), "--per-kind", "3"]
        monkeypatch.setattr("sys.argv", command)
        train.main()
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    found = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert set(coverage.FEATURES) <= set(found["kinds"]["omission"]["weights"])
    assert all(0 < rate <= 1 for rate in found["rules"].values())
    assert len({half_of(str(row["id"])) for row in rows}) == 2


def test_omissions_and_additions_are_not_learned_from_free_translations() -> None:
    from aligner.checks.edits import make_slips
    from aligner.checks.examples import Texts, gather
    from aligner.encoders import load_encoder
    from aligner.types import Pair

    pairs = [
        Pair(name, 0, "No pain, fever, cough or rash was seen, and the wound healed.", zh)
        for name, zh in (("close", "未见疼痛、发热、咳嗽或皮疹，伤口愈合。"), ("free", "未见疼痛。"))
    ]
    texts = Texts([(pairs[0], "close")], [(pairs[1], "free")], frozenset({"close"}))
    found = gather(texts, make_slips(pairs, per_kind=2), load_encoder())
    records = {kind: {pair.partition("#")[0] for _, pair in rows.pairs} for kind, rows in found.rows.items()}
    assert records["omission"] == records["addition"] == {"close"}
    assert records["negation lost"] == {"close", "free"}


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
