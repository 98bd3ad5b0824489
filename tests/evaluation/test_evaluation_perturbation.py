"""Harder documents made of gold ones: what happens to the beads."""

import pytest

from aligner.errors import SettingError
from aligner.evaluation.gold import Gold
from aligner.evaluation.perturbation import perturb

EN = ["One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight."]
ZH = ["一。", "二。", "三。", "四。", "五。", "六。", "七。"]
BEADS = frozenset(
    [((i,), (i,)) for i in range(5)] + [((5, 6), (5,)), ((7,), ()), ((), (6,))],
)
GOLD = Gold("numbers", EN, ZH, BEADS)


def whole(documents: list[Gold]) -> bool:
    """Whether every sentence is in exactly one bead."""
    return all(
        sorted(number for bead in made.beads for number in bead[side]) == list(range(len(texts)))
        for made in documents
        for side, texts in enumerate((made.en, made.zh))
    )


def test_cut_takes_a_quarter_of_one_side_and_leaves_its_partners_unmatched():
    made = perturb([GOLD], "cut", 0)
    assert [one.name.split(":")[1] for one in made][:3] == ["cut-en-start", "cut-en-middle", "cut-en-end"]
    assert len(made) == 6
    assert whole(made)
    first = made[0]
    assert list(first.en) == EN[2:]
    assert ((), (0,)) in first.beads
    assert ((0,), (2,)) in first.beads


def test_merged_and_run_on_sentences_keep_every_word():
    for kind in ("merge", "run-on"):
        made = perturb([GOLD] * 5, kind, 3)
        assert whole(made)
        assert all(" ".join(one.en) == " ".join(EN) and "".join(one.zh) == "".join(ZH) for one in made)
    assert any(
        len(en) > 2 and len(zh) == 1 for one in perturb([GOLD] * 5, "run-on", 3) for en, zh in one.beads
    )


def test_one_seed_one_answer():
    assert perturb([GOLD], "cut+merge", 7) == perturb([GOLD], "cut+merge", 7)
    assert len(perturb([GOLD], "cut+merge", 7)) == 6


def test_an_unknown_kind_is_named():
    with pytest.raises(SettingError, match="no perturbation 'cuts'"):
        perturb([GOLD], "cuts", 0)
