"""Headings, titles and keywords as pairs of their own."""

import pytest

from aligner.engine.more_pairs import pairs_of_metadata, split_headings
from aligner.types import Pair


@pytest.mark.parametrize(
    ("en", "zh", "parts"),
    [
        (
            "OBJECTIVE: To assess pain.",
            "目的：评估疼痛。",
            [("OBJECTIVE:", "目的："), ("To assess pain.", "评估疼痛。")],
        ),
        ("Methods: We did.", "【方法】我们做了。", [("Methods:", "【方法】"), ("We did.", "我们做了。")]),
        ("RESULTS Pain fell.", "结果 疼痛减轻。", [("RESULTS", "结果"), ("Pain fell.", "疼痛减轻。")]),
        ("Conclusions:", "结论：", [("Conclusions:", "结论：")]),
        ("Pain: it fell.", "疼痛：减轻。", [("Pain: it fell.", "疼痛：减轻。")]),
        ("Methods: We did.", "结果：做了。", [("Methods: We did.", "结果：做了。")]),
        ("Methods: We did.", "我们做了。", [("Methods: We did.", "我们做了。")]),
        ("", "结果：做了。", [("", "结果：做了。")]),
    ],
)
def test_headings_become_pairs(en, zh, parts):
    pairs = [Pair("r", 0, en, zh, (0,), (0,), 0.5), Pair("r", 1, "Next.", "下。", (1,), (1,), 0.5)]
    found = list(split_headings([*pairs, Pair("s", 0, "A.", "甲。")]))
    assert [(pair.en, pair.zh) for pair in found[: len(parts)]] == parts
    assert [pair.bead for pair in found] == [*range(len(parts) + 1), 0]
    assert {pair.en_ids for pair in found[: len(parts)]} == {(0,)}


def test_titles_and_keywords_become_pairs():
    metadata = {
        "title_en": "Bone cement",
        "title_zh": "骨水泥",
        "keywords_en": "leakage; spine;",
        "keywords_zh": "渗漏；脊柱",
    }
    found = list(pairs_of_metadata("r", metadata, first=3, titles=True, keywords=True))
    assert [(pair.bead, pair.en, pair.zh) for pair in found] == [
        (3, "Bone cement", "骨水泥"),
        (4, "leakage", "渗漏"),
        (5, "spine", "脊柱"),
    ]
    metadata["keywords_zh"] = "渗漏，脊柱，骨"
    (pair,) = pairs_of_metadata("r", metadata, first=0, titles=False, keywords=True)
    assert (pair.en, pair.zh) == ("leakage; spine", "渗漏；脊柱；骨")
    assert not list(pairs_of_metadata("r", {}, first=0, titles=True, keywords=True))
