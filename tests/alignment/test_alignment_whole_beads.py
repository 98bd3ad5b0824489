"""The second stage: ways bead by bead, what beads look like as wholes, and what is learnt of them."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from aligner.alignment import bead_scores
from aligner.alignment.align import draw
from aligner.alignment.bead_features import BEAD_FEATURES, LONE_FEATURES, Surroundings
from aligner.alignment.bead_graph import Arc, BeadGraph, Ways
from aligner.alignment.bead_sides import Side
from aligner.alignment.clauses import Clauses
from aligner.alignment.features import Views
from aligner.alignment.model import BeadWeights, load
from aligner.alignment.training.documents import UNKNOWN, make_document
from aligner.alignment.training.gold import beads_of
from aligner.alignment.training.stacking import fit_whole_beads, read_stretches
from aligner.encoders import load_encoder

# Constructed.
EN = [
    "Objective: To compare two techniques of vertebroplasty.",
    "The 62 patients were divided into two groups.",
    "Cement leaked in 6 cases.",
    "No patient had a neurological deficit.",
    "Pain was relieved in all of them.",
    "The kyphotic angle fell from 18.2 to 9.7 degrees.",
]
ZH = [
    "目的：比较两种椎体成形术的疗效。",
    "62例患者分为两组，6例发生骨水泥渗漏，均未见神经功能障碍。",
    "所有患者的疼痛均得到缓解。",
    "后凸角由18.2°降至9.7°。",
]
GOLD = [[[0], [0]], [[1, 2, 3], [1]], [[4], [2]], [[5], [3]]]

A, B, BOTH = ((0,), (0,)), ((1,), (1,)), ((0, 1), (0, 1))
WAYS = Ways(
    {
        Arc((0, 0), (1, 1), (A,)): 30,
        Arc((1, 1), (2, 2), (B,)): 30,
        Arc((0, 0), (2, 2), (BOTH,)): 50,
        Arc((0, 0), (1, 0), (((0,), ()),)): 20,
        Arc((1, 0), (1, 1), (((), (0,)),)): 20,
        Arc((1, 1), (2, 1), (((1,), ()),)): 20,
        Arc((2, 1), (2, 2), (((), (1,)),)): 20,
    },
    100,
)


@pytest.fixture(scope="module")
def views():
    encode = load_encoder().encode
    return Views.of(Clauses.of(encode(EN), "en"), Clauses.of(encode(ZH), "zh"))


def test_sums_over_ways_are_those_of_all_of_them():
    graph = BeadGraph([WAYS, WAYS])
    scores = np.random.default_rng(0).normal(size=len(graph.source))
    total, chances = graph.sums(scores)
    for stretch in (0, 1):
        arcs = np.flatnonzero(graph.stretch == stretch).tolist()
        sums, held = 0.0, dict.fromkeys(arcs, 0.0)
        for chosen in product((False, True), repeat=len(arcs)):
            way = sorted(
                (a for a, taken in zip(arcs, chosen, strict=True) if taken), key=lambda a: graph.source[a]
            )
            ends = [graph.first[stretch], *(graph.target[a] for a in way)]
            if ends[-1] == graph.last[stretch] and [graph.source[a] for a in way] == ends[:-1]:
                weight = np.exp(scores[way].sum())
                sums += weight
                held.update({a: held[a] + weight for a in way})
        assert np.isclose(np.exp(total[stretch]), sums)
        assert np.allclose(chances[arcs], [held[a] / sums for a in arcs])


def test_ways_alone_give_back_what_was_drawn():
    graph = BeadGraph([WAYS])
    chances = dict(
        zip((ids for _, ids, _ in graph.items), graph.of_items(graph.sums(graph.shares)[1]), strict=True)
    )
    assert chances[BOTH] == pytest.approx(WAYS.chances()[BOTH], abs=0.01)
    assert [item for item, _ in WAYS.surest(WAYS.chances())] == [BOTH]
    assert [item for item, _ in WAYS.surest(WAYS.chances() | {A: 0.9, B: 0.9, BOTH: 0.1})] == [A, B]


def test_cosines_are_those_of_the_sentences(views):
    around = Surroundings(Side(views.en, "en", 0, 6), Side(views.zh, "zh", 0, 4), views.scale, 0.0)
    a, b, c, d = np.array([[1, 4, 1, 2], [0, 1, 0, 1], [5, 7, 0, 1]]).T
    en, zh = (
        np.stack(
            [
                side.weighted[np.isin(side.sentence, range(i, k))].sum(axis=0)
                for i, k in zip(*ends, strict=True)
            ]
        )
        for side, ends in ((views.en, (a, b)), (views.zh, (c, d)))
    )
    wanted = (en * zh).sum(axis=1) / np.linalg.norm(en, axis=1) / np.linalg.norm(zh, axis=1) / around.match
    assert np.allclose(around.cosines(a, b, c, d), [*wanted[:2], 0.0], atol=1e-5)


def test_features_tell_a_whole_bead_from_parts_of_it(views):
    around = Surroundings(Side(views.en, "en", 0, 6), Side(views.zh, "zh", 0, 4), views.scale, 0.0)
    rows, losses = around.beads(np.array([[1, 4, 1, 2], [1, 3, 1, 2], [0, 1, 0, 1]]))
    whole, part, first = (dict(zip(BEAD_FEATURES, row, strict=True)) for row in rows)
    assert (first["same_heading"], first["pair"], whole["sentences_en"], whole["whole"]) == (1, 1, 2, 1)
    assert whole["more_en"] < part["more_en"]
    assert part["least_covered_zh"] < whole["least_covered_zh"]
    assert whole["less_en"] == pytest.approx(losses[0, :2].min())
    alone = around.lone(np.array([[0, 2, 1], [1, 3, 5]]), np.array([0.1, -0.3]))
    cement, angle = (dict(zip(LONE_FEATURES, row, strict=True)) for row in alone)
    assert (cement["english"], cement["found"], cement["edge"]) == (1, pytest.approx(np.log(2)), 0)
    assert (angle["english"], angle["edge"]) == (0, 1)
    assert angle["best"] > cement["best"] > cement["rival"]


def open_stretches(views):
    beads, parts = draw(views, replace(load(), whole_beads=None))
    return beads, parts, [ways for ways in beads.ways(parts) if ways.is_open]


def test_items_far_apart_are_described_apart(views, monkeypatch):
    _, _, stretches = open_stretches(views)
    assert stretches
    one = bead_scores.describe(views, stretches)
    monkeypatch.setattr(bead_scores, "WIDEST", 1)
    apart = bead_scores.describe(views, stretches)
    for rows, items in (("beads", "bead_items"), ("lone", "lone_items")):
        order, other = (np.argsort(getattr(some, items)) for some in (one, apart))
        assert np.allclose(getattr(one, rows)[order], getattr(apart, rows)[other], atol=1e-6)


def weights_of(**weights: float) -> BeadWeights:
    """Return weights of some features of beads, and none of others."""
    names = {"beads": BEAD_FEATURES, "lone": LONE_FEATURES}
    scales = {part: np.stack([np.zeros(len(some)), np.ones(len(some))]) for part, some in names.items()}
    beads = np.array([weights.get(name, 0.0) for name in BEAD_FEATURES])
    return BeadWeights(1.0, scales, beads, np.zeros(len(LONE_FEATURES)), 0.0)


def test_beads_follow_what_the_second_stage_makes_of_them(views):
    beads, parts, _ = open_stretches(views)
    plain = list(beads.of(parts, weights_of()))
    few = list(beads.of(parts, weights_of(sentences_en=9.0, sentences_zh=9.0)))
    assert len(few) < len(plain)
    for found in (plain, few):
        assert [i for bead in found for i in bead.en] == list(range(len(EN)))
        assert all(0.0 < unit.score <= bead.score + 0.01 for bead in found for unit in bead.units)


def test_gold_beads_and_what_is_unknown():
    document = make_document({"en": EN, "zh": ZH, "beads": GOLD})
    assert beads_of(document) == ({(tuple(en), tuple(zh)) for en, zh in GOLD}, set())
    document.zh.block[-1] = UNKNOWN
    found, unknown = beads_of(document)
    assert unknown == {(1, 3)}
    assert ((4,), (2,)) in found


def test_what_is_right_is_learnt():
    document = make_document({"en": EN, "zh": ZH, "beads": GOLD})
    wrong = make_document(
        {"en": EN, "zh": ZH, "beads": [[[0], [0]], [[1, 2], [1]], [[3], []], [[4], [2]], [[5], [3]]]}
    )
    first = replace(load(), whole_beads=None)
    for gold in (document, wrong):
        found = list(read_stretches([gold] * 20, first))
        described, right = found[0].described, found[0].right
        learnt = described.scores(fit_whole_beads(found))
        chances = described.graph.of_items(described.graph.sums(learnt)[1])
        assert right.any()
        assert chances[right].min() > 0.9 > 0.1 > np.median(chances[~right])
