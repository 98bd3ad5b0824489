from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.errors import InputError, UnknownNameError
from aligner.segmenters import SEGMENTERS, segment
from aligner.types import Language

HERE = Path(__file__).parent


def golden(language: str) -> list[str]:
    lines = (HERE / f"segmenters_{language}.txt").read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line.strip() and not line.startswith("# ")]


CASES = [(language, case) for language in SEGMENTERS for case in golden(language)]
PIECES = [piece for _, case in CASES for piece in case.split("‖")]
HOSTILE = "aB1.。 \n\r\t()（）?!…,;:\"”'’%中文[]\u2028\x00\u200b\ufeff😀é\u0301"


@pytest.mark.parametrize(("language", "case"), CASES)
def test_golden_rules(language: Language, case: str) -> None:
    marked = case.replace("⏎", "\n")
    expected = [piece.strip() for piece in marked.split("‖") if piece.strip()]
    text = marked.replace("‖", "")
    assert [sentence.text for sentence in segment(text, language)] == expected


def assert_lossless(text: str, language: Language) -> None:
    position = 0
    for sentence in segment(text, language):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text
        assert sentence.text == sentence.text.strip()
        assert not text[position : sentence.start].strip()
        assert sentence.start >= position
        position = sentence.end
    assert not text[position:].strip()


@pytest.mark.parametrize("language", list(SEGMENTERS))
@given(text=st.text(alphabet=HOSTILE, max_size=80))
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost_from_hostile_text(text: str, language: Language) -> None:
    assert_lossless(text, language)


@pytest.mark.parametrize("language", list(SEGMENTERS))
@given(text=st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_nothing_is_lost_from_any_text(text: str, language: Language) -> None:
    assert_lossless(text, language)


@pytest.mark.parametrize("language", list(SEGMENTERS))
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=6))
@settings(max_examples=150, deadline=None)
def test_a_blank_line_always_ends_a_sentence(pieces: list[str], language: Language) -> None:
    paragraphs = [piece.replace("⏎", " ").strip() for piece in pieces if piece.replace("⏎", " ").strip()]
    apart = [sentence.text for paragraph in paragraphs for sentence in segment(paragraph, language)]
    assert [sentence.text for sentence in segment("\n \n".join(paragraphs), language)] == apart


@pytest.mark.parametrize("language", list(SEGMENTERS))
@pytest.mark.parametrize("text", ["", " ", "\n\n", " \u3000\u2028\t"])
def test_white_space_holds_no_sentence(text: str, language: Language) -> None:
    assert segment(text, language) == []


@pytest.mark.parametrize("language", list(SEGMENTERS))
@pytest.mark.parametrize(
    "text", ["One\u2028line of text", "one\x00two", "a\u2029b", "...", "第一行\u2028第二行", "\x00", "😀"]
)
def test_odd_characters_part_nothing(text: str, language: Language) -> None:
    assert [sentence.text for sentence in segment(text, language)] == [text]


@pytest.mark.parametrize("language", list(SEGMENTERS))
def test_windows_line_ends_are_line_ends(language: Language) -> None:
    text = "Methods\r\nWe searched.\r\nResults\r\nNone.\r\n \r\nno more"
    found = [sentence.text for sentence in segment(text, language)]
    assert found == ["Methods\r\nWe searched.", "Results\r\nNone.", "no more"]


@pytest.mark.parametrize("language", list(SEGMENTERS))
@pytest.mark.parametrize(
    "unit", ["A. ", "(a", "((a)", "? ", " \n", "ab\n", ".[1", "。1 ", "1. ", ".   " * 9, '."']
)
def test_time_is_linear(unit: str, language: Language) -> None:
    """The same text in quadratic time would take minutes."""
    begin = perf_counter()
    assert_lossless((unit * 40_000)[:40_000], language)
    assert perf_counter() - begin < 10


def test_half_a_character_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        segment("Cement \ud83d leaked.", "en")
    assert str(caught.value) == (
        "character 7: half a character (a lone surrogate, U+D83D); save the text as UTF-8 again"
    )


def test_an_unknown_language_names_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="unknown segmenter 'de'; known are: en, zh"):
        segment("Ein Satz.", "de")  # type: ignore[arg-type]
