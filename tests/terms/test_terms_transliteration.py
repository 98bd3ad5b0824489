import pytest

from aligner.terms.tokens import cut
from aligner.terms.transliteration import ALIKE, chinese, english, likeness, renderings

RENDERED = [
    ("apixaban", "阿哌沙班"),
    ("docetaxel", "多西他赛"),
    ("hodgkin's", "霍奇金"),
    ("castleman", "卡斯尔曼"),
    ("kümmell", "库姆尔"),
    ("ritonavir", "利托那韦"),
    ("teriparatide", "特立帕肽"),
]
OTHERS = [
    ("enoxaparin", "阿哌沙班"),
    ("apixaban", "利妥昔单抗"),
    ("survival", "生存"),
    ("treatment", "治疗"),
    ("placebo", "安慰剂"),
    ("chemotherapy", "化疗组患者"),
]


@pytest.mark.parametrize(("word", "text"), RENDERED)
def test_renderings_sound_like_their_names(word, text):
    assert likeness(word, text) >= ALIKE


@pytest.mark.parametrize(("word", "text"), OTHERS)
def test_translations_and_other_names_do_not(word, text):
    assert likeness(word, text) < ALIKE


def test_sounds_are_classes_of_letters_and_of_pinyin():
    assert english("kaposi's") == chinese("卡波西") == "KaPoSi"
    assert english("phlegm") == "FLeKM"
    assert chinese("尔班") == "eLPaN"
    assert chinese("，。") == ""


def found(en, zh):
    english_units, chinese_units = cut(en), cut(zh)
    return {
        (english_units.words[n], "".join(chinese_units.words[a:b]))
        for n, a, b, _ in renderings(english_units.words, chinese_units.words)
    }


def test_renderings_are_found_within_texts_and_the_most_alike_holds():
    pairs = found("Cisplatin or gemcitabine for patients", "患者接受顺铂或吉西他滨治疗")
    assert pairs == {("gemcitabine", "吉西他滨")}


def test_a_name_that_stands_twice_is_rendered_twice():
    pairs = list(renderings(cut("apixaban, apixaban").words, cut("阿哌沙班与阿哌沙班").words))
    assert sorted((n, a, b) for n, a, b, _ in pairs) == [(0, 0, 4), (0, 5, 9), (1, 0, 4), (1, 5, 9)]


def test_common_words_and_other_characters_are_no_names():
    assert found("The safety of patients", "患者的安全性") == set()
    assert found("", "阿哌沙班") == found("apixaban", "") == set()
