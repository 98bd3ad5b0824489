import pytest

from aligner.terms.candidates import spans, stop_words
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
    ("Kaposi's sarcoma, Hodgkin’s lymphoma", ["kaposi's", "sarcoma", "hodgkin’s", "lymphoma"]),
    ("patients' T12's", ["patients", "t12", "s"]),
    ("β-blocker", ["β", "blocker"]),
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
    ],
)
def test_term_is_among_the_candidates(text, language, wanted):
    tokens = cut(text)
    assert wanted in {text[tokens.starts[i] : tokens.ends[j - 1]] for i, j in spans(tokens, language)}


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
    ],
)
def test_what_cannot_be_a_term_is_no_candidate(text, language, unwanted):
    tokens = cut(text)
    assert unwanted not in {text[tokens.starts[i] : tokens.ends[j - 1]] for i, j in spans(tokens, language)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_text_without_units_has_no_candidates(language):
    assert spans(cut("…"), language).tolist() == []


def test_edge_lists_are_single_units():
    for language in ("en", "zh"):
        for words in stop_words(language):
            assert all(len(cut(word)) == 1 for word in words), language
