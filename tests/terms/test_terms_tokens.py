import numpy as np
import pytest

from aligner.terms.candidates import collect, heading_end, spans, stop_words
from aligner.terms.tokens import HARD, LOOSE, TIGHT, cut

TOKENS = [
    ("bone-cement leakage", ["bone", "cement", "leakage"]),
    ("T12 and HER2+", ["t12", "and", "her2"]),
    ("T12椎体压缩骨折", ["t12", "椎", "体", "压", "缩", "骨", "折"]),
    ("b群链球菌（gbs）", ["b", "群", "链", "球", "菌", "gbs"]),
    ("ⅲ期或4,495例", ["ⅲ", "期", "或", "4,495", "例"]),
    ("P≤0.05", ["p", "0.05"]),
    ("95% CI", ["95", "%", "ci"]),
    ("Kümmell disease", ["kümmell", "disease"]),
    ("Kaposi's sarcoma, Hodgkin’s lymphoma", ["kaposi", "'s", "sarcoma", "hodgkin", "’s", "lymphoma"]),
    ("patients' T12's", ["patients", "t12", "'s"]),
    ("β-blocker", ["β", "blocker"]),
    (
        '<p class="a">CD4<sup>+</sup> <i>T</i> cells (P<0.05, n>3)',
        ["cd4", "t", "cells", "p", "0.05", "n", "3"],
    ),
    ("𠮷野家", ["𠮷", "野", "家"]),
    ("— …", []),
]


@pytest.mark.parametrize(("text", "words"), TOKENS)
def test_text_is_cut_into_units(text, words):
    tokens = cut(text)
    assert list(tokens.words) == words
    assert [text[a:b].lower() for a, b in zip(tokens.starts, tokens.ends, strict=True)] == words


def test_gaps_and_units_give_the_text_back():
    text = "In contrast, intradural cement (PMMA) leaks; rarely."
    tokens = cut(text)
    slices = [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    assert "".join(gap + token for gap, token in zip(tokens.gaps, [*slices, ""], strict=True)) == text


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("bone-cement leakage", [HARD, TIGHT, TIGHT, HARD]),
        ("pain, fever", [HARD, LOOSE, HARD]),
        ("pain. Fever", [HARD, HARD, HARD]),
        ("pain; fever", [HARD, HARD, HARD]),
        ("疼痛、发热", [HARD, TIGHT, LOOSE, TIGHT, HARD]),
        ("疼痛。发热", [HARD, TIGHT, HARD, TIGHT, HARD]),
    ],
)
def test_breaks_tell_how_strongly_units_are_parted(text, breaks):
    assert cut(text).breaks.tolist() == breaks


def candidates(text, language):
    found = collect([text], language)
    return {text[a:b] for a, b in found.characters(np.arange(len(found)))}


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("length of hospital stay", "en", "length of hospital stay"),
        ("a phase III trial was done", "en", "phase III trial"),
        ("type 2 diabetes", "en", "type 2 diabetes"),
        ("prostate and renal cancers", "en", "prostate and renal cancers"),
        ("group B streptococcus (GBS) infection", "en", "group B streptococcus (GBS) infection"),
        ("术后T12椎体骨折。", "zh", "T12椎体骨折"),
        ("新生儿B群链球菌（GBS）感染", "zh", "B群链球菌（GBS）感染"),
        ("伦理原则和死亡原因", "zh", "伦理原则"),
        ("与治疗相关的死亡", "zh", "与治疗相关"),
        ("并发症", "zh", "并发症"),
        ("行全椎板切除术", "zh", "全椎板切除术"),
        ("接受行为干预", "zh", "行为干预"),
        ("六分钟步行走测试", "zh", "行走测试"),
        ("the kidney's function", "en", "kidney"),
        ("the World Health Organization's plan", "en", "World Health Organization"),
        ("Kaposi's sarcoma", "en", "Kaposi's sarcoma"),
        ("the WHO said", "en", "WHO"),
        ("children with ALL relapsed", "en", "ALL"),
        ("after in vitro fertilization", "en", "in vitro fertilization"),
        ("all-cause mortality fell", "en", "all-cause mortality"),
        ("by the least squares method", "en", "least squares method"),
        ("SARS-CoV-2 and IL-6", "en", "SARS-CoV-2"),
        ("COVID-19-related death", "en", "death"),
        ("17p13 deletion", "en", "17p13 deletion"),
        ("视神经受压", "zh", "视神经"),
        ("女性绝经后", "zh", "绝经"),
        ("甲状腺功能亢进患者", "zh", "甲状腺功能亢进"),
        ("应用他汀类药物", "zh", "他汀类药物"),
        ("他克莫司治疗", "zh", "他克莫司"),
        ("谷胱甘肽还原酶", "zh", "还原酶"),
        ("視神經受壓", "zh", "視神經"),
        ("不合格口罩", "zh", "不合格口罩"),
        ("目的 探讨骨水泥渗漏", "zh", "骨水泥渗漏"),
        ("BACKGROUND Vitamin D deficiency is common", "en", "Vitamin D deficiency"),
        ("Methods of treatment", "en", "Methods of treatment"),
    ],
)
def test_term_is_among_the_candidates(text, language, wanted):
    assert wanted in candidates(text, language)


@pytest.mark.parametrize(
    ("text", "language", "unwanted"),
    [
        ("the spinal cord", "en", "the spinal cord"),
        ("pain. Fever", "en", "pain. Fever"),
        ("cement (PMMA leaks)", "en", "cement (PMMA"),
        ("12.5 %", "en", "12.5 %"),
        ("是骨折", "zh", "是骨折"),
        ("行全椎板切除术", "zh", "行全椎板切除术"),
        ("予头孢唑林", "zh", "予头孢唑林"),
        ("the kidney's function", "en", "kidney's"),
        ("the people who fell", "en", "who"),
        ("SARS-CoV-2", "en", "SARS-CoV"),
        ("IL-6 rose", "en", "IL"),
        ("17p13 deletion", "en", "p13 deletion"),
        ("a 10-year survival", "en", "year survival"),
        ("non-communicable diseases", "en", "communicable diseases"),
        ("不合格口罩", "zh", "合格口罩"),
        ("非传染性疾病", "zh", "传染性疾病"),
        ("BACKGROUND Vitamin D deficiency is common", "en", "BACKGROUND Vitamin D deficiency"),
        ("Conclusion PKP relieves pain", "en", "Conclusion PKP"),
        ("目的 维生素D缺乏", "zh", "目的 维生素D"),
    ],
)
def test_what_cannot_be_a_term_is_no_candidate(text, language, unwanted):
    assert unwanted not in candidates(text, language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_text_without_units_has_no_candidates(language):
    assert spans(cut("…"), language).tolist() == []


def test_edge_lists_are_single_units():
    for language in ("en", "zh"):
        for words in stop_words(language):
            assert all(len(cut(word)) == 1 for word in words), language


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("METHODS: Pain was scored.", "Pain was scored."),
        ("METHODS Pain was scored.", "Pain was scored."),
        ("Conclusion PKP helps.", "PKP helps."),
        ("Methods of treatment", "Methods of treatment"),
        ("Results were good.", "Results were good."),
        ("【目的】探讨疗效", "探讨疗效"),
        ("目的 探讨疗效", "探讨疗效"),
        ("结果显示", "结果显示"),
        ("", ""),
    ],
)
def test_a_text_begins_behind_its_heading(text, rest):
    assert text[heading_end(text) :] == rest


def test_a_candidate_may_be_longer_before_a_bracket():
    name = "经皮穿刺球囊扩张椎体后凸成形手术系统"
    assert name in candidates(f"采用{name}（system）治疗。", "zh")
    assert name not in candidates(f"采用{name}治疗。", "zh")


def test_a_hyphen_in_chinese_text_makes_one_identifier():
    assert {"MR-PRESSO", "β-CTX"} <= candidates("以MR-PRESSO和β-CTX分析。", "zh")
    assert not {"PRESSO", "CTX", "MR"} & candidates("以MR-PRESSO和β-CTX分析。", "zh")
    assert "骨水泥" in candidates("PMMA-骨水泥", "zh")
