"""Which forms are variants of one term."""

import pytest

from aligner.glossary.keys import chinese_key, english_key, may_be_short, shortens
from aligner.text.han import simplify

SAME_ENGLISH = [
    ("fracture", "Fractures"),
    ("vertebra", "vertebrae"),
    ("metastasis", "metastases"),
    ("vertebral body", "vertebral bodies"),
    ("follow-up", "follow up"),
    ("follow-up", "followup"),
    ("health care", "healthcare"),
    ("low\u2010dose CT", "low-dose ct"),
    ("oedema", "edema"),
    ("tumour", "tumors"),
    ("randomised", "randomized"),
    ("haemorrhage", "hemorrhage"),
    ("centre", "center"),
    ("Parkinson's disease", "Parkinson\u2019s diseases"),
    ("Kümmell disease", "Kümmell’s disease"),
    ("phase III trial", "phase 3 trials"),
    ("type II", "type 2"),
    ("OVCFs", "OVCF"),
    ("ＣＴ", "CT"),
    ("neurologic deficit", "neurological deficits"),
    ("numeric rating scale", "numerical rating scale"),
    ("embolus", "emboli"),
    ("viruses", "virus"),
    ("BMSCs", "BMSC"),
    ("FRACTURES", "fracture"),
    ("The Spine Registry", "spine registry"),
]
DIFFERENT_ENGLISH = [
    ("fracture", "fractured"),
    ("leak", "leakage"),
    ("T11", "T12"),
    ("type 1", "type 2"),
    ("diabetes", "diabetic"),
    ("vitamin I", "vitamin 1"),
    ("P", "p-value"),
    ("+1", "-1"),
    ("ERAS", "era"),
    ("AIDS", "aid"),
]
SAME_CHINESE = [
    ("压缩骨折", "压缩性骨折"),
    ("骨质疏松性椎体压缩骨折", "骨質疏鬆性椎體壓縮性骨折"),
    ("骨质疏松症", "骨质疏松"),
    ("椎体成形术", "椎體成形術"),
    ("T12椎体", "Ｔ１２椎体"),
    ("低黏度骨水泥", "低粘度骨水泥"),
    ("骨水泥清除", "清除骨水泥"),
    ("HIV感染的女性", "感染HIV的女性"),
    ("III期试验", "3期试验"),
    ("Ⅱ型糖尿病", "二型糖尿病"),
    ("包-年", "包年"),
    ("BMSCs", "BMSC"),
]
DIFFERENT_CHINESE = [
    ("骨水泥渗漏", "骨水泥外漏"),
    ("椎体成形术", "椎体后凸成形术"),
    ("1型糖尿病", "2型糖尿病"),
    ("灵敏度", "敏感性"),
    ("T11椎体", "T12椎体"),
    ("MAP", "MPa"),
    ("1L", "L1"),
]


@pytest.mark.parametrize(("one", "other"), SAME_ENGLISH)
def test_english_variants_share_a_key(one, other):
    assert english_key(one) == english_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT_ENGLISH)
def test_different_english_terms_do_not(one, other):
    assert english_key(one) != english_key(other)


@pytest.mark.parametrize(("one", "other"), SAME_CHINESE)
def test_chinese_variants_share_a_key(one, other):
    assert chinese_key(one) == chinese_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT_CHINESE)
def test_different_chinese_terms_do_not(one, other):
    assert chinese_key(one) != chinese_key(other)


@pytest.mark.parametrize("text", ["性", "的", "+", "-", "=", "!", "术", "'s", "性的"])
def test_a_key_is_never_empty(text):
    assert english_key(text)
    assert chinese_key(text)


def test_traditional_becomes_simplified_character_by_character():
    assert simplify("骨質疏鬆症的資料") == "骨质疏松症的资料"


SHORT = [
    ("OVCF", "osteoporotic vertebral compression fracture", True),
    ("VP", "Vertebroplasty", True),
    ("PMMA", "polymethyl methacrylate", True),
    ("OVCFs", "osteoporotic vertebral compression fractures", True),
    ("HER2", "human epidermal growth factor receptor 2", True),
    ("cns", "central nervous system", True),
    ("OVCF", "compression fracture", False),
    ("VP", "VP", False),
    ("none", "number of events", False),
    ("pain", "patients in care", False),
    ("CT", "magnetic resonance imaging", False),
]


@pytest.mark.parametrize(("short", "long", "expected"), SHORT)
def test_shortens(short, long, expected):
    assert shortens(short, long) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OVCF", True),
        ("ct", True),
        ("HER2", True),
        ("T12", True),
        ("bone cement", False),
        ("durotomy", False),
    ],
)
def test_may_be_short(text, expected):
    assert may_be_short(text) is expected
