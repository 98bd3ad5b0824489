from collections import Counter

import pytest

from aligner.languages import groups, words
from aligner.types import Language


def test_words_are_the_lines_of_a_file_without_its_remarks() -> None:
    assert {"we", "however"} <= words("en", "starters")
    assert not [word for word in words("zh", "openers") if word.startswith("#")]


def test_groups_are_parted_by_blanks() -> None:
    found = groups("en", "abbreviations")
    assert set(found) == {"inside", "number", "name", "unit", "capital"}
    assert {"vs", "e.g"} <= found["inside"]


def test_no_abbreviation_stands_in_two_groups() -> None:
    counts = Counter(word for members in groups("en", "abbreviations").values() for word in members)
    assert [word for word, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(("language", "name"), [("en", "starters"), ("en", "labelled")])
def test_english_words_are_in_small_letters(language: Language, name: str) -> None:
    assert [word for word in words(language, name) if word != word.lower()] == []
