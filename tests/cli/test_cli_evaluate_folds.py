"""``aligner evaluate align --folds``: weights trained without the documents they are measured on."""

import json


def write(path, en, zh, gold):
    path.write_text(json.dumps({"en": en, "zh": zh, "beads": gold}), encoding="utf-8")


def test_folds_measure_each_document_by_weights_that_have_not_seen_it(tmp_path, cli, monkeypatch):
    from aligner.alignment.training import mix

    write(
        tmp_path / "one.json",
        ["No pain.", "It healed."],
        ["无疼痛。", "骨折愈合。"],
        [[[0], [0]], [[1], [1]]],
    )
    write(tmp_path / "two.json", ["He went home."], ["患者出院。"], [[[0], [0]]])
    learnt = []

    def train(made, nets):
        learnt.append(max(example.candidates.cells.max() for some in made.values() for example in some))
        return mix_train(made, nets, epochs=2)

    mix_train = mix.train
    monkeypatch.setattr(mix, "train", train)
    command = "evaluate", "align", str(tmp_path), "--folds", "2", "--data"
    code, out, _ = cli(*command, f"{tmp_path}=2")
    assert (code, out.startswith("all beads ")) == (0, True)
    assert learnt == [1, 2]  # clauses of the longest document
    code, _, err = cli(*command, f"{tmp_path}=none")
    assert code
    assert "needs a folder of .json files, and a weight above 0" in err
    code, _, err = cli(*command[:-1])
    assert code
    assert "nothing is left to learn from" in err
