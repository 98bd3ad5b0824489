import json

import numpy as np
import pytest

from aligner.encoders import load_encoder
from aligner.errors import InputError
from aligner.terms.annotated import folds, read, squeeze
from aligner.terms.model import Model, load

PAIR = {"id": "a-1", "en": "Bone cement leaked at T12.", "zh": "T12骨水泥渗漏。"}
TERM = {"id": "a-1", "en": "Bone cement", "zh": "骨水泥", "level": "core", "kind": "term"}
CODE = {"id": "a-1", "en": "T12", "zh": "T12", "level": "core", "kind": "code"}


def write(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_annotated_pairs_are_read(tmp_path):
    pairs, gold = write(tmp_path / "p.jsonl", [PAIR]), write(tmp_path / "g.jsonl", [TERM, CODE])
    (example,) = read(pairs, gold, load_encoder())
    assert (example.name, example.document) == ("a-1", "a")
    assert example.terms == {("bonecement", "骨水泥"): "core"}
    assert example.codes == {("t12", "t12")}


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([TERM | {"id": "b-1"}], "g.jsonl"),
        ([{"id": "a-1", "en": "x"}], "g.jsonl:1"),
        ([TERM, {**TERM, "zh": 3}], "g.jsonl:2"),
    ],
)
def test_wrong_rows_are_named(tmp_path, rows, where):
    pairs, gold = write(tmp_path / "p.jsonl", [PAIR]), write(tmp_path / "g.jsonl", rows)
    with pytest.raises(InputError, match=where):
        read(pairs, gold, load_encoder())


def test_folds_keep_documents_together(tmp_path):
    rows = [
        {**PAIR, "id": f"{document}-{k}"}
        for document, size in (("a", 5), ("b", 3), ("c", 2))
        for k in range(size)
    ]
    pairs, gold = write(tmp_path / "p.jsonl", rows), write(tmp_path / "g.jsonl", [])
    assert folds(read(pairs, gold, load_encoder()), 2).tolist() == [0] * 5 + [1] * 5


def test_squeeze():
    assert squeeze("HHV - 8\n") == "hhv-8"


def test_model_holds_numbers_and_short_forms_only():
    model = load()
    for side in (model.en, model.zh):
        assert all(len(form) <= 40 and " " not in form for some in side.weights.values() for form in some)
    for trees in (model.en.trees, model.zh.trees, model.prefilter, model.pairs, model.final):
        assert np.isfinite(trees.leaves).all()
        assert trees.leaves.shape[1] == 2 ** trees.features.shape[1]


@pytest.mark.slow
def test_small_model_is_trained_and_used(tmp_path):
    pytest.importorskip("catboost")
    pytest.importorskip("sklearn")
    from aligner.terms.train import train

    words = [
        ("bone cement", "骨水泥"),
        ("spinal cord", "脊髓"),
        ("kyphoplasty", "后凸成形术"),
        ("osteoporosis", "骨质疏松症"),
    ]
    rows, terms = [], []
    for document in "abc":
        for k, (en, zh) in enumerate(words):
            rows.append(
                {
                    "id": f"{document}-{k}",
                    "en": f"We studied the {en} in {k + 2} patients.",
                    "zh": f"我们研究了{k + 2}例患者的{zh}。",
                }
            )
            terms.append({**TERM, "id": f"{document}-{k}", "en": en, "zh": zh})
    pairs, gold = write(tmp_path / "p.jsonl", rows), write(tmp_path / "g.jsonl", terms)
    content = train(read(pairs, gold, load_encoder()))
    assert Model.read(json.loads(json.dumps(content))).final.names[0] == "logit"
