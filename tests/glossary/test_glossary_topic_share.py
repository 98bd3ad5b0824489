"""A topic is cut out of a glossary whatever its share in it. All texts are constructed."""

from pathlib import Path

import pytest

from aligner.encoders import load_encoder
from aligner.formats import read_glossary
from aligner.glossary import rank_by_topic
from aligner.types import Context, Entry

ROOT = Path(__file__).parents[2]
OTHERS = [
    ("pneumonia", "肺炎", "ceftriaxone", "头孢曲松"),
    ("asthma", "哮喘", "budesonide", "布地奈德"),
    ("hypertension", "高血压", "amlodipine", "氨氯地平"),
    ("heart failure", "心力衰竭", "sacubitril", "沙库巴曲"),
    ("atrial fibrillation", "心房颤动", "warfarin", "华法林"),
    ("type 2 diabetes", "2型糖尿病", "metformin", "二甲双胍"),
    ("epilepsy", "癫痫", "levetiracetam", "左乙拉西坦"),
    ("migraine", "偏头痛", "erenumab", "依瑞奈尤单抗"),
    ("depression", "抑郁症", "sertraline", "舍曲林"),
    ("hepatitis C", "丙型肝炎", "sofosbuvir", "索磷布韦"),
    ("lung cancer", "肺癌", "pembrolizumab", "帕博利珠单抗"),
    ("breast cancer", "乳腺癌", "trastuzumab", "曲妥珠单抗"),
    ("leukemia", "白血病", "imatinib", "伊马替尼"),
    ("psoriasis", "银屑病", "secukinumab", "司库奇尤单抗"),
    ("glaucoma", "青光眼", "latanoprost", "拉坦前列素"),
    ("preeclampsia", "子痫前期", "aspirin", "阿司匹林"),
    ("malaria", "疟疾", "artesunate", "青蒿琥酯"),
    ("tuberculosis", "结核病", "rifampicin", "利福平"),
    ("gout", "痛风", "febuxostat", "非布司他"),
    ("anemia", "贫血", "ferric carboxymaltose", "羧基麦芽糖铁"),
]
SENTENCES = [
    ("Adults with {0} were randomly assigned to {2} or placebo.", "将成人{1}患者随机分为{3}组和安慰剂组。"),
    ("The primary outcome was recurrence of {0} at six months.", "主要结局为6个月时{1}复发。"),
    ("Nausea was more common with {2} than with placebo.", "{3}组恶心较安慰剂组多见。"),
    ("In patients with {0}, {2} lowered the rate of admission.", "{3}降低了{1}患者的住院率。"),
]


def other_fields() -> list[Entry]:
    entries = []
    for words in OTHERS:
        texts = [Context(words[0], en.format(*words), zh.format(*words)) for en, zh in SENTENCES]
        entries += [
            Entry(words[0], words[1], 0.9, 3, 1, contexts=(texts[0], texts[1], texts[3])),
            Entry(words[2], words[3], 0.9, 3, 1, contexts=(texts[0], texts[2], texts[3])),
            Entry(f"admission for {words[0]}", f"{words[1]}住院", 0.9, 1, 1, contexts=(texts[3],)),
        ]
    return entries


def of_records(*names: str) -> list[Entry]:
    """Return accepted entries of the domain's glossary with the contexts they have in these records."""
    entries = []
    for entry in read_glossary([str(ROOT / "glossaries" / "ovcf-vertebroplasty.tsv")]):
        assert isinstance(entry, Entry)
        contexts = tuple(context for context in entry.contexts if context.record in names)
        if contexts and entry.status == "accepted":
            entries.append(Entry(entry.en, entry.zh, entry.score, 1, 1, contexts=contexts))
    return entries


@pytest.mark.parametrize(
    "topic", ["vertebroplasty, osteoporotic fracture", "椎体成形术、骨质疏松性骨折", "kyphoplasty"]
)
def test_one_sentence_of_the_topic_is_found_among_eighty_others(topic):
    context = Context(
        "spine",
        "Percutaneous vertebroplasty and kyphoplasty relieve the pain of osteoporotic fracture.",
        "经皮椎体成形术和后凸成形术可缓解骨质疏松性骨折的疼痛。",
    )
    few = [
        Entry(en, zh, 0.9, 1, 1, contexts=(context,))
        for en, zh in (("percutaneous vertebroplasty", "经皮椎体成形术"), ("kyphoplasty", "后凸成形术"))
    ]
    assert {e.en for e in rank_by_topic([*other_fields(), *few], topic, load_encoder())} == {
        entry.en for entry in few
    }


@pytest.mark.parametrize("records", [("c01",), ("c01", "c04")])
def test_nearly_all_of_a_record_on_the_topic_and_little_else_is_kept(records):
    mine = of_records(*records)
    kept = rank_by_topic([*other_fields(), *mine], "vertebroplasty, osteoporotic fracture", load_encoder())
    assert sum(entry in mine for entry in kept) >= 0.9 * len(mine)
    assert sum(entry not in mine for entry in kept) <= 0.02 * len(kept)


def test_where_nothing_is_on_the_topic_hardly_anything_is_kept():
    others = other_fields()
    kept = rank_by_topic(others, "vertebroplasty, osteoporotic fracture", load_encoder())
    assert len(kept) <= 0.07 * len(others)
