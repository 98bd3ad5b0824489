"""What no glossary needs."""

import pytest

from aligner.glossary.filtering import filter_entries
from aligner.types import Entry


def entry(en, zh, **more):
    return Entry(en, zh, 0.9, 1, 1, **{"termhood": 0.9, **more})


@pytest.mark.parametrize(
    ("en", "zh", "score"),
    [
        ("T12", "T12", 0.2),
        ("L1-L4", "L1-L4", 0.2),
        ("t11", "T11", 0.2),
        ("C5/6", "C5/6", 0.2),
        ("T12", "T12椎体", 0.9),
        ("T12", "第12胸椎", 0.9),
        ("HER2", "HER2", 0.9),
        ("OVCF", "OVCF", 0.9),
        ("T1-weighted image", "T1加权像", 0.9),
        ("CD4", "CD4", 0.9),
    ],
)
def test_vertebral_levels_come_last(en, zh, score):
    assert [found.termhood for found in filter_entries([entry(en, zh)])] == [score]


def test_a_level_that_a_text_explains_is_a_short_form():
    thyroxine = entry("T4", "T4", expansion="thyroxine")
    assert filter_entries([thyroxine]) == [thyroxine]


def test_an_english_term_quoted_in_the_chinese_text_is_no_translation():
    entries = [
        entry("dual-energy X-ray absorptiometry", "双能X线吸收法"),
        entry("dual-energy x-ray absorptiometry", "dual-energy X-ray absorptiometry"),
        entry("Cochrane Library", "Cochrane Library"),
        entry("OVCF", "OVCF"),
        entry("OVCF", "骨质疏松性椎体压缩骨折"),
    ]
    assert [found.zh for found in filter_entries(entries)] == [
        "双能X线吸收法",
        "Cochrane Library",
        "OVCF",
        "骨质疏松性椎体压缩骨折",
    ]


@pytest.mark.parametrize(
    ("en", "score"),
    [
        ("alleviate pain", 0.6644),
        ("Increased mortality", 0.6644),
        ("pain", 0.9),
        ("reduced", 0.9),
        ("good clinical practice", 0.9),
        ("minimally invasive procedure", 0.9),
    ],
)
def test_free_combinations_are_less_probable(en, score):
    assert [found.termhood for found in filter_entries([entry(en, "某")])] == [score]


@pytest.mark.parametrize(
    ("en", "zh", "likely"),
    [
        ("diet and hypertension", "膳食和高血压", False),
        ("refracture and mortality", "再骨折及死亡", False),
        ("kidney deficiency and blood stasis", "肾虚血瘀", True),
        ("PVP group", "PVP组", False),
        ("control group", "對照組", True),
        ("blood group", "血型", True),
        ("elderly patient", "老年患者", False),
        ("patient with osteoporosis", "骨质疏松患者", False),
        ("patient", "患者", True),
        ("II", "II", False),
        ("II", "第二", True),
    ],
)
def test_people_groups_coordinations_and_numerals_are_below_the_cut(en, zh, likely):
    (found,) = filter_entries([entry(en, zh)])
    assert found.termhood == 0.9 if likely else found.termhood <= 0.5


def test_what_a_text_abbreviates_is_a_term_whatever_it_begins_with():
    tied = entry("various artery lesion", "某", abbreviation="VAL")
    assert filter_entries([tied]) == [tied]
