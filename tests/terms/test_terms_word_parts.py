from aligner import languages
from aligner.terms.links import glossed
from aligner.terms.tokens import cut
from aligner.text.word_parts import renderings


def test_words_are_known_in_the_singular_and_by_their_parts():
    assert "试验" in renderings("trials")
    assert {"切开术"} <= renderings("durotomy")
    assert {"肾", "病"} <= renderings("nephropathies")
    assert not renderings("the")


def test_a_whole_word_goes_before_its_parts():
    assert renderings("result") == languages.groups("en", "word_parts")["result"]


def test_what_stands_for_a_part_of_a_word_links_the_two():
    table = glossed(cut("accidental durotomy"), cut("意外硬脊膜切开术"))
    assert table[1, 5:8].min() > 0
    assert not table[1, :5].any()
    assert not table[0, 2:].any()


def test_every_rendering_is_chinese():
    listed = languages.groups("en", "word_parts")
    assert all(text and not text.isascii() for some in listed.values() for text in some)
    assert all(part.strip("-").isascii() and part == part.lower() for part in listed)
