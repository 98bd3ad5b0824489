"""Steps of whole sentences: found whatever their clauses, and in numbers of clauses."""

import numpy as np
import pytest

from aligner.alignment import align
from aligner.alignment.candidates import MAX_STEP, Candidates
from aligner.alignment.clauses import Clauses
from aligner.alignment.features import WHOLE_FEATURES, Views
from aligner.alignment.whole_sentences import to_clauses
from aligner.encoders import load_encoder

# Constructed: the clauses of the second sentence come in the opposite order in Chinese.
EN = [
    "The pain was relieved in all of the patients.",
    "The study had a power of 90% to show a lower rate of leakage with high-viscosity cement, "
    "provided that 320 patients were assigned in a ratio of 1:1, "
    "which allowed for a loss of 10% of the patients during the follow-up, "
    "assuming a rate of 12% with high-viscosity cement and of 25% with the other, "
    "at a one-sided alpha level of 0.025.",
    "No patient died during the mean follow-up of 18 months.",
]
ZH = [
    "所有患者的疼痛均得到缓解。",
    "设定单侧α水平为0.025，假设高黏度骨水泥组渗漏率为12%，另一组为25%，"
    "考虑到随访期间有10%的患者失访，按1:1的比例分配320例患者，"
    "本研究将有90%的把握度显示高黏度骨水泥的渗漏率较低。",
    "平均随访18个月期间无患者死亡。",
]


@pytest.fixture(scope="module")
def views():
    encoder = load_encoder()
    return Views.of(Clauses.of(encoder.encode(EN), "en"), Clauses.of(encoder.encode(ZH), "zh"))


def test_a_sentence_of_many_crossing_clauses_is_one_step(views):
    candidates, features = views.describe(views.candidates(views.first_scores()))
    en, zh = (np.flatnonzero(side.boundary) for side in (views.en, views.zh))
    crossing = [int(en[1]), int(en[2]), int(zh[1]), int(zh[2])]
    assert crossing[1] - crossing[0] + crossing[3] - crossing[2] > MAX_STEP
    assert crossing not in candidates.steps.tolist()
    assert crossing in candidates.whole.tolist()
    assert features.whole.shape == (len(candidates.whole), len(WHOLE_FEATURES))
    assert np.isfinite(features.whole).all()


def test_every_step_of_whole_sentences_leads_from_cell_to_cell(views):
    candidates, _ = views.describe(views.candidates(views.first_scores()))
    cells = set(map(tuple, candidates.cells.tolist()))
    assert len(cells) == len(candidates.cells)
    for i0, i1, j0, j1 in candidates.whole.tolist():
        assert {(i0, j0), (i1, j1)} <= cells


def test_crossing_clauses_part_no_sentence():
    encoder = load_encoder()
    beads = align(encoder.encode(EN), encoder.encode(ZH))
    assert [(bead.en, bead.zh) for bead in beads] == [((k,), (k,)) for k in range(3)]


def test_numbers_of_sentences_become_numbers_of_clauses(views):
    en = views.en.select(np.arange(6), np.array([0, 0, 0, 1, 2, 2]))
    zh = views.zh.select(np.arange(4), np.array([0, 1, 1, 2]))
    steps, cells = np.array([[0, 1, 0, 2], [1, 3, 2, 3]]), np.array([[0, 0], [1, 0], [1, 2], [3, 3]])
    some = Candidates(steps, cells, np.ones(3, dtype=bool), np.ones(3, dtype=bool))
    in_clauses, found = to_clauses(some, en, zh)
    assert in_clauses.tolist() == [[0, 3, 0, 3], [3, 6, 3, 4]]
    # an unmatched first sentence: its clauses one after another
    assert sorted(map(tuple, found.tolist())) == [(0, 0), (1, 0), (2, 0), (3, 0), (3, 3), (6, 4)]


def test_a_whole_sentence_is_its_clauses_joined(views):
    whole = views.en.whole()
    assert list(whole.texts) == EN
    assert whole.place.tolist() == views.en.sentence_bounds.tolist()
    assert whole.made is views.en.made
