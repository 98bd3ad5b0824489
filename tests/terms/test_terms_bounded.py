"""Term extraction of texts that no person writes: bounded work, nothing that falls over."""

import tracemalloc

import numpy as np
import pytest

from aligner.encoders import load_encoder
from aligner.terms import EncodedPair, extract
from aligner.terms.boundaries import word_boundaries
from aligner.terms.candidates import collect, spans
from aligner.terms.extraction import score
from aligner.terms.model import load
from aligner.terms.tokens import cut
from aligner.terms.windows import MAX_BLOCK_PRODUCT, blocks, windows
from aligner.types import Pair


def encoded(en, zh):
    return EncodedPair(Pair("r", 0, en, zh), *load_encoder().encode([en, zh]))


@pytest.mark.parametrize(
    ("language", "piece"),
    [("zh", "骨"), ("en", "3.5 "), ("en", "bone cement "), ("zh", "（骨）"), ("en", "a/b-")],
)
def test_candidates_grow_no_faster_than_the_text(language, piece):
    def taken(count):
        tokens = cut(piece * count)
        tracemalloc.start()
        try:
            found = len(spans(tokens, language))
            return found, tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    (few, less), (many, more) = taken(5_000), taken(10_000)
    assert many <= 2.1 * few
    assert more <= 2.5 * less
    assert more < 100_000_000


@pytest.mark.parametrize("text", ["骨" * 5000, "𠮷" * 300, "ー" * 500, "鿿" * 2000, "骨水泥" * 1000])
def test_one_repeated_mark_has_boundaries(text):
    found = word_boundaries(collect([text], "zh"))
    assert np.isfinite(found).all()
    assert ((found >= 0) & (found <= 1 + 1e-9)).all()


def test_a_long_text_is_read_in_windows_that_give_it_back():
    pair = encoded("Bone cement leaked. " * 400, "骨水泥渗漏。" * 400)
    pieces = windows(pair)
    assert "".join(w.en.text for w in pieces) == pair.pair.en
    assert "".join(w.zh.text for w in pieces) == pair.pair.zh
    for w in pieces:
        assert len(cut(w.en.text)) <= 151
        assert len(cut(w.zh.text)) <= 251
        assert pair.pair.en[w.en_start :].startswith(w.en.text)
    found = extract([pair])
    assert {"骨水泥"} <= {t.zh for t in found} or {"骨水泥渗漏"} <= {t.zh for t in found}
    assert all(
        pair.pair.en[slice(*t.en_span)] == t.en and pair.pair.zh[slice(*t.zh_span)] == t.zh for t in found
    )
    assert found == sorted(found, key=lambda t: t.en_span)


def test_an_abstract_in_one_row_is_read_as_a_whole():
    assert len(windows(encoded("Bone cement leaked. " * 150, "骨水泥渗漏。" * 150))) == 1


def test_a_block_holds_so_much_and_no_more():
    long = encoded("Bone cement leaked. " * 150, "骨水泥渗漏。" * 150)
    for block in blocks([long] * 40, 400):
        assert sum(len(w.en.text) * len(w.zh.text) for w in block) <= MAX_BLOCK_PRODUCT


def test_one_side_without_end_and_the_other_short():
    assert isinstance(extract([encoded("Bone cement leaked.", "骨" * 20_000)]), list)


def test_a_pair_without_a_candidate_beside_one_that_has_some():
    rows = [("They did not.", "没有。"), ("The lens was removed.", "摘除晶状体。")]
    for some in (rows, rows[::-1]):
        pairs = [encoded(en, zh) for en, zh in some]
        assert ("lens", "晶状体") in {(t.en, t.zh) for t in extract(pairs)}


def test_every_pair_may_be_without_candidates_for_pairing():
    pair = encoded("They did not.", "没有。")
    en, zh = collect([pair.en.text], "en"), collect([pair.zh.text], "zh")
    scored = score([pair.en], en, [pair.zh], zh, load())
    assert len(scored.candidates) == len(scored.probability)
