"""Training of the second stage, on what first stages made of documents they had not learnt from.

Reference:
    Wolpert (1992), Stacked generalization, Neural Networks 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.alignment.align import draw
from aligner.alignment.bead_graph import BeadGraph, Ids, Ways
from aligner.alignment.bead_scores import Described, describe, scaled
from aligner.alignment.candidates import NEVER
from aligner.alignment.clauses import Bools, Doubles
from aligner.alignment.features import Views
from aligner.alignment.model import WHOLE_BEADS, BeadWeights, Model
from aligner.alignment.sections import corners
from aligner.alignment.training.documents import Document
from aligner.alignment.training.gold import beads_of

PENALTY = 10.0  # of squared weights
TRUST = 30.0  # of the squared distance of ``share`` from 1
VARIANT_WEIGHT = 0.1  # of what was made of a document
ITERATIONS = 150
LEAST_DEVIATION = 0.1


@dataclass(frozen=True)
class Stretches:
    """Stretches of documents, what they look like and which of their beads are right.

    Attributes:
        ways: of each stretch.
        described: all of them.
        right: ``(items,)`` which are gold.
        weight: ``(stretches,)`` how much each counts.
    """

    ways: Sequence[Ways[Ids]]
    described: Described
    right: Bools
    weight: Doubles


def read_stretches(documents: Iterable[Document], model: Model) -> Iterator[Stretches]:
    """Yield the open stretches of a document and of what was made of it; the first one counts fully.

    Args:
        documents: these.
        model: a first stage that has not learnt from them.
    """
    for number, document in enumerate(documents):
        sides = document.en.clauses, document.zh.clauses
        views = Views.of(*sides, corners(*sides))
        beads, parts = draw(views, model)
        gold, unknown = beads_of(document)
        ways = [one for one in beads.ways(parts) if one.is_open and not unknown & _sentences(one)]
        if ways:
            described = describe(views, ways)
            right = np.array([ids in gold for _, ids, _ in described.graph.items])
            yield Stretches(ways, described, right, np.full(len(ways), VARIANT_WEIGHT if number else 1.0))


def _sentences(ways: Ways[Ids]) -> set[tuple[int, int]]:
    """Return the sentences of a stretch, as side and number."""
    items = (item for arc in ways.arcs for item in arc.items)
    return {(side, k) for item in items for side, ids in enumerate(item) for k in ids}


def joined(found: Sequence[Stretches]) -> Stretches:
    """Return stretches of several documents as if they were of one."""
    ways = [one for some in found for one in some.ways]
    graph = BeadGraph(ways)
    before = np.cumsum([0, *(len(some.right) for some in found)])
    parts = {
        name: np.concatenate(
            [getattr(some.described, name) + shift for some, shift in zip(found, shifts, strict=True)]
        )
        for name, shifts in (
            ("beads", [0] * len(found)),
            ("lone", [0] * len(found)),
            ("bead_items", before[:-1].tolist()),
            ("lone_items", before[:-1].tolist()),
        )
    }
    right, weight = (np.concatenate([getattr(some, name) for some in found]) for name in ("right", "weight"))
    return Stretches(ways, Described(graph, **parts), right, weight)


def fit_whole_beads(found: Sequence[Stretches]) -> BeadWeights:
    """Fit the second stage to the likelihood of the ways that hold the most right beads."""
    from scipy.optimize import minimize

    data = joined(found)
    described, graph = data.described, data.described.graph
    scales = {part: _scale(getattr(described, part)) for part in WHOLE_BEADS}
    x, y = scaled(described.beads, scales["beads"]), scaled(described.lone, scales["lone"])
    right = _rightest(graph, data.right)

    def weights(theta: Doubles) -> BeadWeights:
        beads, lone = np.split(theta[2:], [x.shape[1]])
        return BeadWeights(float(theta[0]), scales, beads, lone, float(theta[1]))

    def loss(theta: Doubles) -> tuple[float, Doubles]:
        scores = described.scores(weights(theta))
        every, chances = graph.sums(scores)
        best, wanted = graph.sums(np.where(right, scores, NEVER))
        slopes = (chances - wanted) * data.weight[graph.stretch]
        items = graph.of_items(slopes)
        beads, lone = items[described.bead_items], items[described.lone_items]
        off = theta - start
        slope = np.concatenate([[slopes @ graph.shares, lone.sum()], x.T @ beads, y.T @ lone])
        return float(data.weight @ (every - best) + costs @ off**2), slope + 2.0 * costs * off

    start = np.zeros(2 + x.shape[1] + y.shape[1])
    costs = np.full_like(start, PENALTY)
    start[0], costs[:2] = 1.0, (TRUST, 0.0)
    return weights(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}).x)


def _scale(rows: Doubles) -> Doubles:
    if not len(rows):
        return np.stack([np.zeros(rows.shape[1]), np.ones(rows.shape[1])])
    return np.stack([rows.mean(axis=0), np.maximum(rows.std(axis=0), LEAST_DEVIATION)])


def _rightest(graph: BeadGraph, right: Bools) -> Bools:
    """Return which arcs are on a way of their stretch that holds as many right items as any."""
    gain = graph.of_arcs(right.astype(np.float64))
    before, after = np.full(graph.cells, -np.inf), np.full(graph.cells, -np.inf)
    before[graph.first] = after[graph.last] = 0.0
    for arcs in graph.forwards:
        np.maximum.at(before, graph.target[arcs], before[graph.source[arcs]] + gain[arcs])
    for arcs in graph.backwards:
        np.maximum.at(after, graph.source[arcs], after[graph.target[arcs]] + gain[arcs])
    best = before[graph.last][graph.stretch]
    result: Bools = before[graph.source] + gain + after[graph.target] > best - 0.5
    return result
