import json
from pathlib import Path

import numpy as np
import pytest

from aligner.encoders import EncodedPair, load_encoder
from aligner.errors import InputError
from aligner.terms.annotated import folds, read, read_folder, read_verdicts, squeeze
from aligner.terms.extraction import extract
from aligner.terms.model import Model, load
from aligner.types import Pair

GOLD = Path(__file__).parents[2] / "corpora" / "constructed" / "gold"
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


def test_verdicts_are_read_with_the_pairs_they_are_about(tmp_path):
    write(tmp_path / "pairs.jsonl", [PAIR])
    (tmp_path / "verdicts.tsv").write_text("Bone cement\t骨水泥\t3\nleaked\t渗漏\t0\n", encoding="utf-8")
    examples, verdicts = read_folder(tmp_path, load_encoder())
    assert [example.terms for example in examples] == [{}]
    assert verdicts == {("bonecement", "骨水泥"): 3, ("leaked", "渗漏"): 0}


def test_a_wrong_verdict_is_named(tmp_path):
    write(tmp_path / "pairs.jsonl", [PAIR])
    (tmp_path / "verdicts.tsv").write_text("leak\t渗漏\t0\nbone\t骨\t4\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"verdicts\.tsv:2"):
        read_folder(tmp_path, load_encoder())


def test_verdicts_on_the_corpora_are_about_their_texts():
    verdicts = read_verdicts(GOLD / "verdicts.tsv")
    texts = []
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        texts.append((squeeze("".join(gold["en"])), squeeze("".join(gold["zh"]))))
    assert all(any(en in a and zh in b for a, b in texts) for en, zh in verdicts)
    assert set(verdicts.values()) == {0, 1, 2, 3}


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
def test_a_small_model_is_trained_and_verdicts_say_how_useful_terms_are(tmp_path):
    pytest.importorskip("catboost")
    pytest.importorskip("sklearn")
    from aligner.terms.train import train

    words = [("bone cement", "骨水泥"), ("spinal cord", "脊髓"), ("treatment", "治疗"), ("result", "结果")]
    rows = [
        {
            "id": f"{document}-{k}",
            "en": f"We studied the {en} in {k + 2} patients.",
            "zh": f"我们研究了{k + 2}例患者的{zh}。",
        }
        for document in "abcdef"
        for k, (en, zh) in enumerate(words)
    ]
    terms = [
        {**TERM, "id": row["id"], "en": en, "zh": zh} for row, (en, zh) in zip(rows, words * 6, strict=True)
    ]
    pairs, gold = write(tmp_path / "p.jsonl", rows[:12]), write(tmp_path / "g.jsonl", terms[:12])
    examples = read(pairs, gold, load_encoder())
    judged = read(write(tmp_path / "j.jsonl", rows[12:]), None, load_encoder())
    verdicts = {(squeeze(en), squeeze(zh)): 3 * (k < 2) for k, (en, zh) in enumerate(words)}
    model = Model.read(json.loads(json.dumps(train(examples, judged, verdicts))))
    assert model.final.names[0] == "logit"
    encoded = [EncodedPair(Pair(e.name, 0, e.en.text, e.zh.text), e.en, e.zh) for e in judged]
    found = {term.en: term.termhood for term in extract(encoded, model=model)}
    assert found
    assert found.keys() <= {"bone cement", "spinal cord"}
