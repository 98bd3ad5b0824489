import pytest

from aligner.encoders import load_encoder
from aligner.terms import EncodedPair, abbreviations
from aligner.terms.abbreviations import definitions
from aligner.types import Pair

ENGLISH = [
    (
        "Osteoporotic vertebral compression fracture (OVCF) is common.",
        [("OVCF", "Osteoporotic vertebral compression fracture")],
    ),
    ("percutaneous vertebroplasty (PVP) or kyphoplasty (PKP)", [("PVP", "percutaneous vertebroplasty")]),
    ("dual-energy X-ray absorptiometry （DXA）", [("DXA", "dual-energy X-ray absorptiometry")]),
    ("magnetic resonance imaging (mri) of the spine", [("mri", "magnetic resonance imaging")]),
    ("the area under the curve [AUC]", [("AUC", "area under the curve")]),
    ("VAS (visual analogue scale) fell", [("VAS", "visual analogue scale")]),
    ("bone mineral density (BMD, g/cm2)", [("BMD", "bone mineral density")]),
    ("the college of obstetricians and gynecologists (AG)", []),
    ("in 12 patients (Table 2)", []),
    ("a rise (P < 0.05)", []),
    ("Kyoto, Japan (KJ) was far. See (it).", [("KJ", "Kyoto, Japan")]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_definitions(text, expected):
    assert list(definitions(text)) == expected


BOTH = [
    (
        "Osteoporotic vertebral compression fracture (OVCF) is common.",
        "骨质疏松性椎体压缩骨折（OVCF）很常见。",
        [("OVCF", "Osteoporotic vertebral compression fracture", "骨质疏松性椎体压缩骨折")],
    ),
    (
        "We measured bone mineral density.",
        "我们测量骨密度（bone mineral density，BMD）。",
        [("BMD", "bone mineral density", "骨密度")],
    ),
    (
        "We measured bone mineral density (BMD).",
        "我们测量骨密度(bone mineral density,简称BMD)。",
        [("BMD", "bone mineral density", "骨密度")],
    ),
    ("A visual analogue scale (VAS) was used.", "采用视觉模拟评分。", [("VAS", "visual analogue scale", "")]),
    ("Twelve patients (P < 0.05).", "12例患者（P<0.05）。", []),
]


@pytest.mark.parametrize(("en", "zh", "expected"), BOTH)
def test_short_long_and_chinese_forms_are_tied(en, zh, expected):
    a, b = load_encoder().encode([en, zh])
    found = abbreviations([EncodedPair(Pair("r", 3, en, zh), a, b)])
    assert [(x.short, x.en, x.zh) for x in found] == expected
    assert all((x.record, x.bead) == ("r", 3) for x in found)


def test_two_long_forms_give_two():
    texts = [
        ("Cerebrospinal fluid (CSF) leaked.", "脑脊液（CSF）漏出。"),
        ("Colony-stimulating factor (CSF) was given.", "给予集落刺激因子（CSF）。"),
    ]
    encoder = load_encoder()
    pairs = [EncodedPair(Pair("r", k, *row), *encoder.encode(row)) for k, row in enumerate(texts)]
    assert [x.en for x in abbreviations(pairs)] == ["Cerebrospinal fluid", "Colony-stimulating factor"]
