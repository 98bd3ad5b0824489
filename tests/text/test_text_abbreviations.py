import time

import pytest

from aligner.text.abbreviations import definitions
from aligner.text.long_forms import abbreviates, fit, is_short_form

ENGLISH = [
    ("", []),
    ("Vertebral fracture (VF) is common.", [("VF", "Vertebral fracture")]),
    ("percutaneous vertebroplasty (PVP) or kyphoplasty (PKP)", [("PVP", "percutaneous vertebroplasty")]),
    ("dual-energy X-ray absorptiometry （DXA）", [("DXA", "dual-energy X-ray absorptiometry")]),
    ("magnetic resonance imaging (mri) of the spine", [("mri", "magnetic resonance imaging")]),
    ("the area under the curve [AUC]", [("AUC", "area under the curve")]),
    ("VAS (visual analogue scale) fell", [("VAS", "visual analogue scale")]),
    ("bone mineral density (BMD, g/cm2)", [("BMD", "bone mineral density")]),
    ("(bone mineral density [BMD])", [("BMD", "bone mineral density")]),
    ("osteoporotic fractures (OFs)", [("OFs", "osteoporotic fractures")]),
    ("men who have sex with men (MSM)", [("MSM", "men who have sex with men")]),
    # best fit, not the shortest
    (
        "with idiopathic intracranial hypertension (IIH)",
        [("IIH", "idiopathic intracranial hypertension")],
    ),
    ("in multiple myeloma (MM)", [("MM", "multiple myeloma")]),
    ("pain and percutaneous vertebroplasty (PVP)", [("PVP", "percutaneous vertebroplasty")]),
    # digits, Greek, hyphens
    (
        "trivalent inactivated influenza vaccine (IIV3) and live attenuated influenza vaccine (LAIV3)",
        [("IIV3", "inactivated influenza vaccine"), ("LAIV3", "live attenuated influenza vaccine")],
    ),
    (
        "human epidermal growth factor receptor 2 (HER2)",
        [("HER2", "human epidermal growth factor receptor 2")],
    ),
    ("three-dimensional (3D) CT", [("3D", "three-dimensional")]),
    ("5-fluorouracil (5-FU)", [("5-FU", "5-fluorouracil")]),
    (
        "procollagen type Ⅰ N-terminal propeptide (P1NP)",
        [("P1NP", "procollagen type Ⅰ N-terminal propeptide")],
    ),
    ("with STAT3 inhibitor (SH-4-54)", []),
    ("interleukin-6 (IL-6)", [("IL-6", "interleukin-6")]),
    ("tumor necrosis factor-α (TNF-α)", [("TNF-α", "tumor necrosis factor-α")]),
    ("Therefore, The Bone Cement Registry (TBCR)", [("TBCR", "The Bone Cement Registry")]),
    ("The levels of N-acetyl cysteine amide (ACA)", [("ACA", "N-acetyl cysteine amide")]),
    ("nuclear factor-κB (NF-κB)", [("NF-κB", "nuclear factor-κB")]),
    ("coronavirus disease 2019 (COVID-19)", [("COVID-19", "coronavirus disease 2019")]),
    # brackets inside
    ("Serum 25-hydroxyvitamin D [25(OH)D] rose", [("25(OH)D", "25-hydroxyvitamin D")]),
    ("poly(methyl methacrylate) (PMMA) cement", [("PMMA", "poly(methyl methacrylate)")]),
    ("alanine aminotransferase (ALT)", [("ALT", "alanine aminotransferase")]),
    (
        "area under the receiver operating characteristic curve (AUC)",
        [("AUC", "area under the receiver operating characteristic curve")],
    ),
    ("Fig.4 of the figures (Fig.4), tables (Table2)", []),
    # case
    ("advanced glycation end products (AGEs)", [("AGEs", "advanced glycation end products")]),
    ("products of all patients (by age) and age (age)", []),
    # none
    ("the college of obstetricians and gynecologists (AG)", []),
    ("in 12 patients (Table 2), a rise (P < 0.05), of all (n = 30). See (it), group (A).", []),
    ("Bone density fell. Mild pain (BMD)", []),
    ("computed tomography (MRI)", []),
]
CHINESE = [
    ("骨质疏松性骨折（OVCF）很常见。", [("OVCF", "", "骨质疏松性骨折")]),
    ("骨密度（bone mineral density，BMD）", [("BMD", "bone mineral density", "骨密度")]),
    ("骨密度(bone mineral density,简称BMD)", [("BMD", "bone mineral density", "骨密度")]),
    ("视觉模拟评分（VAS，visual analogue scale）", [("VAS", "visual analogue scale", "视觉模拟评分")]),
    ("体重指数（body mass index，BMI，kg/m2）", [("BMI", "body mass index", "体重指数")]),
    ("骨密度（BMD，g/cm2）", [("BMD", "", "骨密度")]),
    ("采用PVP（经皮椎体成形术）治疗", [("PVP", "", "经皮椎体成形术")]),
    ("白细胞介素-6（IL-6）", [("IL-6", "", "白细胞介素-6")]),
    ("转化生长因子β1（TGF-β1）", [("TGF-β1", "", "转化生长因子β1")]),
    ("椎体成形术（“PVP”）", [("PVP", "", "椎体成形术")]),
    (
        "聚甲基丙烯酸甲酯[poly(methyl methacrylate)，PMMA]",
        [("PMMA", "poly(methyl methacrylate)", "聚甲基丙烯酸甲酯")],
    ),
    ("核磁共振（mri）", [("mri", "", "核磁共振")]),
    ("共价闭合环状DNA（cccDNA）", [("cccDNA", "", "共价闭合环状DNA")]),
    ("雷诺平均Navier-Stokes（RANS）", [("RANS", "", "雷诺平均Navier-Stokes")]),
    ("血管紧张素转换酶 2 (ACE2)", [("ACE2", "", "血管紧张素转换酶 2")]),
    ("血管内皮生长因子A（VEGF-A）", [("VEGF-A", "", "血管内皮生长因子A")]),
    (
        "酰基高丝氨酸内酯（N-acyl homoserine lactone，AHLs）",
        [("AHLs", "N-acyl homoserine lactone", "酰基高丝氨酸内酯")],
    ),
    ("PINP和25(OH)D升高", []),
    ("12例患者（P<0.05）", []),
    ("年龄（age）", []),
    ("收缩压（mmHg），弹性模量（MPa），第12胸椎（T12）", []),
    ("CT（增强扫描）", []),
    ("骨密度（visual analogue scale，BMD）", []),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text, expected):
    found = definitions(text, "en")
    assert [(d.short, d.long) for d in found] == expected
    for d in found:
        assert text[slice(*d.short_span)] == d.short
        assert text[slice(*d.long_span)] == d.long


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_chinese(text, expected):
    found = definitions(text, "zh")
    assert [(d.short, d.long, text[d.chinese_start or 0 : d.chinese_end]) for d in found] == expected


def test_the_chinese_term_has_an_open_left_edge_before_a_bracket_and_a_known_one_inside():
    assert [d.chinese_start for d in definitions("采用椎体成形术（PVP）", "zh")] == [None]
    assert [d.chinese_start for d in definitions("采用PVP（经皮椎体成形术）", "zh")] == [6]


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("OVCF", "osteoporotic vertebral compression fracture", True),
        ("OVCFs", "osteoporotic vertebral compression fractures", True),
        ("PMMA", "polymethyl methacrylate", True),
        ("cns", "central nervous system", True),
        ("pain", "patients in care", False),
        ("AGE", "patient age", False),
        ("AGE", "age at entry", False),
        ("CT", "magnetic resonance imaging", False),
        ("VP", "VP", False),
        ("", "vertebroplasty", False),
        ("12", "12 patients", False),
    ],
)
def test_abbreviates(short, long, expected):
    assert abbreviates(short, long) is expected


def test_the_more_words_give_their_first_letter_the_better_the_fit():
    assert fit("IIH", "idiopathic intracranial hypertension") == 1
    assert fit("IIH", "intracranial hypertension") < 1
    assert fit("VF", "vertebral compression fracture") < fit("VF", "vertebral fracture")


@pytest.mark.parametrize("text", ["OVCF", "T12", "25(OH)D", "IL-6", "PM2.5", "mri", "TNF-α", "3D"])
def test_short_forms(text):
    assert is_short_form(text)


@pytest.mark.parametrize("text", ["", "A", "12", "P<0.05", "bone cement", "骨折", "(A)", "abcdefghijklmno"])
def test_what_is_no_short_form(text):
    assert not is_short_form(text)


@pytest.mark.parametrize("unit", ["a (AB) ", "(", "((ab", "（A）骨", "(aa (bb) cc) ", "A-" * 3 + "(A-A) "])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_time_grows_with_the_length(unit, language):
    def seconds(length):
        start = time.process_time()
        definitions(unit * (length // len(unit)), language)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(40_000) < 6 * seconds(10_000) + 0.2
