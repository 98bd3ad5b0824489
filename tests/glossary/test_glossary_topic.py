"""The entries of one field out of a mixed glossary, with the bundled encoder."""

import pytest

from aligner.encoders import load_encoder
from aligner.errors import SettingError
from aligner.glossary import rank_by_topic
from aligner.glossary.topic import fields
from aligner.types import Context, Entry

FIELDS = {
    "spine": {
        (
            "Bone cement was injected into the collapsed vertebral body through the pedicle.",
            "经椎弓根向塌陷椎体注入骨水泥。",
        ): [
            ("bone cement", "骨水泥"),
            ("vertebral body", "椎体"),
            ("pedicle", "椎弓根"),
        ],
        (
            "Percutaneous vertebroplasty relieved back pain in osteoporosis.",
            "经皮椎体成形术缓解了骨质疏松症的背痛。",
        ): [
            ("percutaneous vertebroplasty", "经皮椎体成形术"),
            ("back pain", "背痛"),
            ("osteoporosis", "骨质疏松症"),
        ],
        ("Osteoporotic vertebral fractures caused kyphosis.", "骨质疏松性椎体骨折导致后凸畸形。"): [
            ("osteoporotic vertebral fractures", "骨质疏松性椎体骨折"),
            ("kyphosis", "后凸畸形"),
        ],
    },
    "heart": {
        ("Atrial fibrillation was treated by catheter ablation.", "心房颤动行导管消融治疗。"): [
            ("atrial fibrillation", "心房颤动"),
            ("catheter ablation", "导管消融"),
        ],
        (
            "Warfarin lowered the risk of stroke in atrial fibrillation.",
            "华法林降低了心房颤动患者的卒中风险。",
        ): [
            ("warfarin", "华法林"),
            ("stroke", "卒中"),
        ],
        ("The left atrium was enlarged on echocardiography.", "超声心动图示左心房增大。"): [
            ("left atrium", "左心房"),
            ("echocardiography", "超声心动图"),
        ],
    },
}


def glossary(*names: str) -> list[Entry]:
    return [
        Entry(en, zh, 0.9, 1, 1, contexts=(Context(name, *texts),))
        for name in names
        for texts, terms in FIELDS[name].items()
        for en, zh in terms
    ]


TOPICS = [
    ("vertebroplasty, osteoporotic fracture", "spine"),
    ("椎体成形术、骨质疏松性骨折", "spine"),
    ("atrial fibrillation", "heart"),
    ("心房颤动", "heart"),
]


@pytest.mark.parametrize(("topic", "name"), TOPICS)
def test_a_mixed_glossary_is_cut_to_the_topic(topic, name):
    kept = rank_by_topic(glossary("spine", "heart"), topic, load_encoder())
    assert {entry.contexts[0].record for entry in kept} == {name}
    assert len(kept) >= 0.75 * len(glossary(name))


def test_the_closest_come_first():
    kept = rank_by_topic(glossary("heart", "spine"), "vertebroplasty, osteoporotic fracture", load_encoder())
    assert {entry.en for entry in kept[:3]} <= {
        "percutaneous vertebroplasty",
        "osteoporotic vertebral fractures",
        "osteoporosis",
        "vertebral body",
    }


@pytest.mark.parametrize(
    ("topic", "first"),
    [
        ("atrial fibrillation", "atrial fibrillation"),
        ("Stroke", "stroke"),
        ("stroke; 心房顫動", "atrial fibrillation"),
        ("osteoporotic vertebral fracture", "osteoporotic vertebral fractures"),
    ],
)
def test_the_term_that_is_the_topic_comes_first(topic, first):
    kept = rank_by_topic(glossary("spine", "heart"), topic, load_encoder())
    assert kept[0].en == first


@pytest.mark.parametrize(
    ("topic", "name"),
    [("cardiology", "heart"), ("心血管内科", "heart"), ("Spine surgery", "spine"), ("骨科", "spine")],
)
def test_the_name_of_a_field_finds_its_field(topic, name):
    kept = rank_by_topic(glossary("spine", "heart"), topic, load_encoder())
    mine = [entry for entry in kept if entry.contexts[0].record == name]
    assert len(mine) >= 0.75 * len(glossary(name))
    assert len(mine) >= 0.75 * len(kept)


def test_each_name_of_a_field_has_phrases():
    assert {"cardiology", "骨科", "oncology"} <= fields().keys()
    assert all(len(phrases) >= 3 for phrases in fields().values())


def test_most_of_a_glossary_of_the_topic_stays_and_little_of_another():
    encoder = load_encoder()
    assert len(rank_by_topic(glossary("spine"), "vertebroplasty", encoder)) >= 5
    assert len(rank_by_topic(glossary("heart"), "vertebroplasty", encoder)) <= 2


def test_entries_without_contexts_are_judged_by_their_terms():
    bare = [Entry(e.en, e.zh, 1.0, 0, 0) for e in glossary("heart", "spine")]
    kept = rank_by_topic(bare, "vertebroplasty, osteoporosis", load_encoder())
    assert "percutaneous vertebroplasty" in {entry.en for entry in kept[:3]}
    assert "warfarin" not in {entry.en for entry in kept}


def test_the_same_glossary_in_any_order_gives_the_same_entries():
    encoder = load_encoder()
    one = rank_by_topic(glossary("spine", "heart"), "vertebroplasty", encoder)
    assert one == rank_by_topic(glossary("spine", "heart"), "vertebroplasty", encoder)
    assert set(one) == set(rank_by_topic(glossary("heart", "spine"), "vertebroplasty", encoder))


@pytest.mark.parametrize("topic", ["", " , ", "、", "--"])
def test_a_topic_without_a_word_is_refused(topic):
    with pytest.raises(SettingError, match="the topic holds no word"):
        rank_by_topic(glossary("spine"), topic, load_encoder())


def test_an_empty_glossary_stays_empty():
    assert rank_by_topic([], "vertebroplasty", load_encoder()) == []
