import os

import pytest

from aligner.text.surrogates import find_surrogate, shown


@pytest.mark.parametrize(
    ("text", "place"), [("", None), ("骨折 😀", None), ("\ud83d", 0), ("骨\udcb9折", 1), ("ab\udfff", 2)]
)
def test_half_characters_are_found(text, place):
    assert find_surrogate(text) == place


def test_a_name_that_is_no_utf8_is_shown_as_its_bytes():
    assert shown(os.fsdecode(b"\xb9\xc7.txt")) == r"\xb9\xc7.txt"
    assert shown("骨\ud800折") == r"骨\ud800折"
    assert shown("骨折.txt") == "骨折.txt"
