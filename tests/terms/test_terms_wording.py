import pytest

from aligner import languages
from aligner.terms import wording
from aligner.terms.candidates import collect
from aligner.terms.links import glossed
from aligner.terms.tokens import cut
from aligner.text import background
from aligner.text.han import has_han, simplify


def test_a_word_has_the_glosses_of_dictionaries_and_of_the_table():
    own = languages.glosses("zh", "wording")["预后"]
    assert wording.glosses("预后") == (*background.glosses("预后"), *own)
    assert {"prognosis", "outcome"} <= wording.gloss_words("预后")
    assert wording.glosses("骨质疏松") == background.glosses("骨质疏松")


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("glomerular", "腎絲球"),
        ("tranexamic", "傳明酸"),
        ("vertebroplasty", "椎體成型術"),
        ("corticosteroids", "類固醇"),
        ("cohort", "世代"),
        ("prospective", "前瞻性"),
    ],
)
def test_words_as_taiwan_and_as_studies_have_them_are_linked(english, chinese):
    (tokens,) = collect([chinese], "zh").texts
    assert glossed(cut(english), tokens).min() > 0


def test_the_table_is_in_simplified_characters_and_adds_what_is_not_known():
    rows = languages.glosses("zh", "wording")
    for word, phrases in rows.items():
        assert has_han(word)
        assert simplify(word) == word
        assert all(phrase and phrase == phrase.strip().lower() for phrase in phrases)
        assert set(phrases).isdisjoint(background.glosses(word))
