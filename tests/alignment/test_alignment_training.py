"""Training documents, what is made of them, and what the gold allows."""

import numpy as np
import pytest

from aligner.alignment.features import Views
from aligner.alignment.training import perturbation
from aligner.alignment.training.documents import UNKNOWN, UNMATCHED, make_document
from aligner.alignment.training.gold import Gold

GOLD = {
    "en": [
        "Pain was relieved in all of the patients.",
        "No deficit was seen in any of them.",
        "The cement leaked in 6 cases; it was harmless.",
        "The study was funded by nobody.",
    ],
    "zh": ["所有患者的疼痛均得到缓解，均未见神经功能障碍。", "6例骨水泥渗漏，", "但并无害处。"],
    "beads": [[[0, 1], [0]], [[2], [1, 2]], [[3], []]],
    "units": [
        {
            "bead": 0,
            "parts": [
                ["Pain was relieved in all of the patients.", "所有患者的疼痛均得到缓解，"],
                ["No deficit was seen in any of them.", "均未见神经功能障碍。"],
            ],
        }
    ],
}


@pytest.fixture(scope="module")
def document():
    return make_document(GOLD)


def test_units_are_blocks_and_the_unmatched_have_none(document):
    assert document.en.block.tolist() == [0, 1, 2, 2, UNMATCHED]
    assert document.zh.block.tolist() == [0, 1, 2, 2]


def test_gold_that_crosses_is_unknown():
    beads = [[[0], [1]], [[1], [0]], [[2], [2]], [[3], []]]
    crossed = make_document({"en": GOLD["en"], "zh": GOLD["zh"], "beads": beads})
    assert (crossed.en.block == UNKNOWN).sum() == 1
    assert sorted(set(crossed.zh.block.tolist()) - {UNKNOWN}) == [0, 1]


def test_only_steps_inside_a_block_are_allowed(document):
    gold = Gold(document)
    i0, i1, j0, j1 = np.array([[0, 1, 0, 1], [0, 2, 0, 2], [1, 2, 1, 2], [2, 4, 2, 4], [4, 5, 3, 4]]).T
    assert gold.steps(i0, i1, j0, j1).tolist() == [True, False, True, True, False]


def test_each_sentence_of_a_bead_keeps_a_clause_that_must_be_matched(document):
    gold = Gold(document)
    assert gold.free[0].tolist()[:2] == [False, False]
    assert sum(gold.free[0].tolist()[2:4]) == 1
    assert gold.free[0].tolist()[4]
    assert gold.inner[0].tolist() == [False, True, False, False, False, False]


def test_the_gold_is_among_the_candidates(document):
    views = Views.of(document.en.clauses, document.zh.clauses)
    candidates = Gold(document).candidates(views)
    steps = set(map(tuple, candidates.steps.tolist()))
    assert {(0, 1, 0, 1), (1, 2, 1, 2)} <= steps


@pytest.mark.parametrize("seed", range(8))
def test_every_document_made_is_sound(document, seed):
    for made in perturbation.perturbed(document, np.random.default_rng(seed)):
        blocks = [side.block[side.block >= 0] for side in made.sides()]
        assert set(blocks[0].tolist()) == set(blocks[1].tolist())
        for side in made.sides():
            assert len(side.block) == len(side.clauses) > 0
            assert side.clauses.sentence[0] == 0
            assert set(np.diff(side.clauses.sentence).tolist()) <= {0, 1}
        assert Gold(made).allowed(
            Gold(made).candidates(Views.of(made.en.clauses, made.zh.clauses))
        ).steps.any() or (not len(blocks[0]))


def test_run_on_keeps_every_clause(document):
    made = perturbation.run_on_en(document, np.random.default_rng(1))
    assert made.en.clauses.texts == document.en.clauses.texts
    assert made.en.clauses.sentence[-1] < document.en.clauses.sentence[-1]


def test_swapped_blocks_become_one(document):
    made = perturbation.swap(document, np.random.default_rng(0), rate=1.0)
    assert len(set(made.en.block.tolist())) < len(set(document.en.block.tolist()))
    assert sorted(made.en.clauses.texts + made.zh.clauses.texts) == sorted(
        document.en.clauses.texts + document.zh.clauses.texts
    )


def test_numbers_slip_and_blocks_stay(document):
    made = perturbation.slip(document, np.random.default_rng(0), rate=1.0)
    assert made.zh.block.tolist() == document.zh.block.tolist()
    assert any("6" in text for text in document.zh.clauses.texts)
    assert not any("6例" in text for text in made.zh.clauses.texts)
