import json
from pathlib import Path

import pytest

from aligner.encoders import load_encoder
from aligner.terms.keywords import pair_keywords
from aligner.text.keywords import keyword_spans

GOLD = sorted((Path(__file__).parents[2] / "corpora" / "journal" / "gold").glob("*.json"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("骨质疏松；骨折；体层摄影术，X线计算机", ["骨质疏松", "骨折", "体层摄影术，X线计算机"]),
        ("arthritis, rheumatoid; osteoporosis.", ["arthritis, rheumatoid", "osteoporosis"]),
        (" 早產兒、口腔運動刺激、新生兒加護病房。", ["早產兒", "口腔運動刺激", "新生兒加護病房"]),
        ("bone cement, leakage", ["bone cement", "leakage"]),
        ("kyphoplasty;", ["kyphoplasty"]),
        ("；；", []),
        ("", []),
    ],
)
def test_keywords_of_a_line(line, expected):
    assert [line[a:b] for a, b in keyword_spans(line)] == expected


def pairs(english, chinese, known=()):
    found = pair_keywords(english, chinese, load_encoder(), known=known)
    return [(english[e], chinese[z]) for e, z, _ in found]


def test_lists_in_another_order_and_of_another_length_are_paired():
    english = ["nerve block", "kyphoplasty", "aged"]
    chinese = ["老年人", "右美托咪定", "椎体后凸成形术", "神经阻滞"]
    assert pairs(english, chinese) == [
        ("nerve block", "神经阻滞"),
        ("kyphoplasty", "椎体后凸成形术"),
        ("aged", "老年人"),
    ]


def test_what_the_text_has_as_translations_is_believed():
    english, chinese = ["debridement", "bracing"], ["支具", "清创术"]
    surer = pair_keywords(english, chinese, load_encoder(), known=[("Debridement", "清創術")])
    plain = pair_keywords(english, chinese, load_encoder())
    probability = {(e, z): p for e, z, p in plain}.get((0, 1), 0.5)
    assert {(e, z): p for e, z, p in surer}[0, 1] > probability


def test_nothing_is_paired_with_nothing():
    assert pairs([], ["骨折"]) == pairs(["fracture"], []) == []


def test_keywords_of_journal_records_are_paired_one_to_one_and_right():
    right = found = wanted = 0
    for path in GOLD:
        words = json.loads(path.read_text(encoding="utf-8"))["keywords"]
        got = pair_keywords(words["en"], words["zh"], load_encoder())
        assert len({e for e, _, _ in got}) == len({z for _, z, _ in got}) == len(got)
        assert all(0.5 < p < 1 for _, _, p in got)
        right += len({(e, z) for e, z, _ in got} & {(e, z) for e, z in words["pairs"]})
        found, wanted = found + len(got), wanted + len(words["pairs"])
    assert right / found > 0.93
    assert right / wanted > 0.8
