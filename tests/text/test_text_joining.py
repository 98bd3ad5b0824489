import pytest

from aligner.text.joining import join_list, join_sentences, split_list


def test_sentences_of_a_bead_are_joined_as_their_language_does():
    assert join_sentences(["It leaked.", "She fell."], "en") == "It leaked. She fell."
    assert join_sentences(["渗漏。", "跌倒。"], "zh") == "渗漏。跌倒。"


@pytest.mark.parametrize(
    ("items", "cell"),
    [
        ([], ""),
        (["a", "b"], "a | b"),
        (["a | b", "c"], r"a \| b | c"),
        (["a|b", "\\|", "\\"], "a\\|b | \\\\\\| | \\"),
        (["", ""], " | "),
    ],
)
def test_a_list_is_one_cell_and_comes_back(items, cell):
    assert join_list(items) == cell
    assert split_list(cell) == items
