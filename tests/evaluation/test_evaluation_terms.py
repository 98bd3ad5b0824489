import json

import pytest

from aligner.encoders import load_encoder
from aligner.errors import InputError
from aligner.evaluation.terms import (
    Options,
    Rates,
    _extract,
    distinct,
    evaluate,
    occurrences,
    precision_recall,
    rank,
    read_list,
    report,
)
from aligner.terms.annotated import read, read_records
from aligner.terms.model import load

PAIRS = [
    {"id": "a-1", "en": "Bone cement leakage is common.", "zh": "骨水泥渗漏很常见。"},
    {"id": "a-2", "en": "MRI showed compression of the spinal cord.", "zh": "MRI显示脊髓受压。"},
]
GOLD = [
    {"id": "a-1", "en": "bone cement leakage", "zh": "骨水泥渗漏", "level": "core", "kind": "term"},
    {"id": "a-1", "en": "leakage", "zh": "渗漏", "level": "extra", "kind": "term"},
    {"id": "a-2", "en": "spinal cord", "zh": "脊髓", "level": "core", "kind": "term"},
    {"id": "a-2", "en": "MRI", "zh": "MRI", "level": "core", "kind": "abbr"},
]


class Row:
    def __init__(self, name, terms, codes=()):
        self.name, self.terms, self.codes = name, terms, frozenset(codes)


def test_codes_count_neither_way_and_extra_terms_only_as_right():
    examples = [
        Row("a", {("x", "甲"): "core", ("y", "乙"): "extra"}, [("t12", "t12")]),
        Row("b", {("x", "甲"): "core"}),
    ]
    found = {
        ("a", ("x", "甲")): 0.9,
        ("a", ("y", "乙")): 0.8,
        ("a", ("t12", "t12")): 0.7,
        ("b", ("z", "丙")): 0.6,
    }
    assert occurrences(examples, found) == Rates(right=2, found=3, core_found=1, core=2)
    assert distinct(examples, found) == Rates(right=2, found=3, core_found=1, core=1)


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        (Rates(2, 3, 1, 2), "P=0.6667 R=0.5000 F1=0.5714 (3)"),
        (Rates(0, 0, 0, 0), "P=0.0000 R=0.0000 F1=0.0000 (0)"),
    ],
)
def test_rates(rates, expected):
    assert str(rates) == expected


def test_ranking_puts_the_surer_and_the_more_frequent_first():
    found = {
        ("a", ("x", "甲")): 0.7,
        ("b", ("x", "甲")): 0.7,
        ("a", ("y", "乙")): 0.9,
        ("a", ("z", "丙")): 0.9,
    }
    assert rank(found) == [("x", "甲"), ("y", "乙"), ("z", "丙")]


@pytest.fixture
def files(tmp_path):
    for name, rows in (("pairs", PAIRS), ("gold", GOLD)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "terms.txt").write_text("spinal cord\tterm\nMRI\n", encoding="utf-8")
    return tmp_path


def test_report_says_what_was_measured(files):
    (evaluation,) = evaluate(files / "pairs.jsonl", files / "gold.jsonl", Options(), files / "terms.txt")
    assert evaluation.occurrences.core == 3
    assert evaluation.occurrences.recall == 1.0
    lines = report(evaluation)
    assert lines[0].startswith("occurrences     P=")
    assert lines[-1].startswith("encoder:bundled|model:")
    recalls = [recall for _, recall in evaluation.curve]
    assert recalls == sorted(recalls)


def test_each_size_of_blocks_is_measured(files):
    both = evaluate(files / "pairs.jsonl", files / "gold.jsonl", Options(blocks=(400, 1)))
    assert ["|block:400|" in both[0].signature, "|block:1|" in both[1].signature] == [True, True]
    assert both[0].occurrences.core == both[1].occurrences.core == 3


def test_what_is_measured_is_what_extraction_gives(files):
    examples = read(files / "pairs.jsonl", files / "gold.jsonl", load_encoder())
    part = ("a-1", ("leakage", "渗漏"))  # of a longer term, so more is asked of it
    threshold = _extract(examples, 400, 0.05, load())[part] - 0.05
    (evaluation,) = evaluate(files / "pairs.jsonl", files / "gold.jsonl", Options(threshold=threshold))
    given = _extract(examples, 400, threshold, load())
    assert part not in given
    assert evaluation.occurrences == occurrences(examples, given)


def test_a_folder_of_gold_files_is_read_bead_by_bead(tmp_path):
    gold = {
        "en": ["Bone cement leaked.", "It was seen on CT.", "Nobody died."],
        "zh": ["骨水泥渗漏，CT可见。"],
        "beads": [[[0, 1], [0]], [[2], []]],
        "terms": [
            {"en": "bone cement", "zh": "骨水泥", "level": "core"},
            {"en": "CT", "zh": "CT", "level": "extra"},
            {"en": "died", "zh": "死亡", "level": "extra"},
        ],
    }
    (tmp_path / "a.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    (example,) = read_records(tmp_path, load_encoder())
    assert (example.name, example.document) == ("a-0", "a")
    assert example.terms == {("bonecement", "骨水泥"): "core", ("ct", "ct"): "extra"}
    (evaluation,) = evaluate(tmp_path, None, Options())
    assert evaluation.occurrences.core == 1
    (tmp_path / "b.json").write_text('{"en": []}', encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.json"):
        read_records(tmp_path, load_encoder())
    with pytest.raises(InputError, match="no gold files"):
        evaluate(tmp_path / "none", None, Options())


def test_statistics_come_from_the_block(files):
    examples = read(files / "pairs.jsonl", files / "gold.jsonl", load_encoder())
    together, apart = (_extract(examples, size, 0.05, load()) for size in (2, 1))
    shared = together.keys() & apart.keys()
    assert any(together[key] != apart[key] for key in shared)


def test_curve_is_drawn(files):
    pytest.importorskip("matplotlib")
    (evaluation,) = evaluate(files / "pairs.jsonl", files / "gold.jsonl", Options())
    precision_recall(evaluation, files / "curve.png")
    assert (files / "curve.png").read_bytes()[1:4] == b"PNG"


@pytest.mark.parametrize(("name", "text"), [("empty.txt", "\n"), ("missing.txt", None)])
def test_list_without_terms_is_named(tmp_path, name, text):
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=name):
        read_list(tmp_path / name)
