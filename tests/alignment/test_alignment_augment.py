"""Documents made from others keep every sentence in at most one bead and their beads true."""

import numpy as np
import pytest

from aligner.alignment.augment import joined, split, variants, without_part, without_some
from aligner.alignment.documents import Document
from aligner.alignment.gold import Path
from aligner.alignment.stir import moved, slipped
from aligner.encoders import load_encoder

EN = [
    "Pain was relieved, and function improved.",
    "No deficit was seen.",
    "Cement leaked; it was harmless.",
    "Funding: none.",
]
ZH = ["疼痛缓解，功能改善。", "未见神经功能障碍。", "骨水泥渗漏，", "但无害。"]
BEADS = [([0], [0]), ([1], [1]), ([2], [2, 3]), ([3], [])]


@pytest.fixture(scope="module")
def document():
    encoder = load_encoder()
    return Document(encoder.encode(EN), encoder.encode(ZH), BEADS)


def assert_sound(document):
    en = [i for bead in document.beads for i in bead[0]]
    zh = [j for bead in document.beads for j in bead[1]]
    assert sorted(en) == list(range(len(document.en)))
    assert sorted(zh) == list(range(len(document.zh)))
    for text in (*document.en, *document.zh):
        assert len(text.starts) == len(text.ends) == len(text.states) > 0
        assert 0 <= text.starts[0] <= text.ends[-1] <= len(text.text)


@pytest.mark.parametrize("seed", range(6))
def test_every_variant_is_sound(document, seed):
    made = list(variants(document, np.random.default_rng(seed)))
    assert len(made) == 19
    assert made[0] is document
    for one in made:
        assert_sound(one)


@pytest.mark.parametrize(
    ("side", "place", "beads"),
    [
        (0, 0.0, [([], [0]), ([0], [1]), ([1], [2, 3]), ([2], [])]),
        (0, 1.0, [([0], [0]), ([1], [1]), ([2], [2, 3])]),
        (1, 0.0, [([0], []), ([1], [0]), ([2], [1, 2]), ([3], [])]),
        (1, 1.0, [([0], [0]), ([1], [1]), ([2], []), ([3], [])]),
    ],
)
def test_a_part_is_left_out(document, side, place, beads):
    assert sorted(without_part(document, side, place).beads) == sorted(beads)


def test_joining_unites_beads(document):
    made = joined(document, np.random.default_rng(0), rate=1.0)
    assert_sound(made)
    assert max(len(bead[0]) + len(bead[1]) for bead in made.beads) >= 2
    assert "".join(text.text for text in made.zh) == "".join(ZH)


def test_splitting_keeps_the_text(document):
    made = split(document, np.random.default_rng(3), rate=1.0)
    assert_sound(made)
    assert len(made.en) + len(made.zh) > len(EN) + len(ZH)
    assert " ".join(text.text for text in made.en) == " ".join(EN)


def test_moving_makes_two_by_two(document):
    made = moved(document, np.random.default_rng(0), rate=1.0)
    assert made.beads[0] == ([0, 1], [0, 1])
    assert_sound(made)


def test_nothing_is_left_out_at_rate_zero(document):
    assert without_some(document, np.random.default_rng(0), rate=0.0).beads == BEADS


def test_gold_that_crosses_is_left_open():
    path = Path.of([([0], [1]), ([1], [0]), ([2], [2]), ([3, 5], [3]), ([4], [])])
    assert len(path.beads) == 2
    assert path.beads[-1] == (2, 3, 2, 3)
    assert path.en_alone == {4}


def test_numbers_slip_and_pairs_stay():
    encoder = load_encoder()
    en = encoder.encode(["Cement leaked in 6 of 42 patients.", "They were followed for 18 months."])
    zh = encoder.encode(["42例中6例渗漏。", "随访18个月。"])
    document = Document(en, zh, [([0], [0]), ([1], [1])])
    seen = set()
    for seed in range(20):
        made = slipped(document, np.random.default_rng(seed), rate=1.0)
        assert made.beads == document.beads
        assert all(a.states is b.states for a, b in zip(made.zh, zh, strict=True))
        seen |= {text.text for text in made.zh}
    assert "18例中6例渗漏。" in seen
    assert "随访42个月。" in seen
