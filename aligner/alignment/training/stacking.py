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
from aligner.alignment.bead_scores import Described, describe
from aligner.alignment.candidates import NEVER
from aligner.alignment.clauses import Bools, Doubles
from aligner.alignment.features import Views
from aligner.alignment.model import LAYER_PARTS, WHOLE_BEADS, BeadNet, Layer, Model
from aligner.alignment.sections import corners
from aligner.alignment.training.documents import Document
from aligner.alignment.training.gold import beads_of
from aligner.alignment.training.objective import gradient

UNITS = {"beads": 4, "lone": 2}
PENALTY = 3.0  # of squared weights
VARIANT_WEIGHT = 0.1
TRUST = 30.0  # of the squared distance of ``share`` from 1
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


def fit_whole_beads(found: Sequence[Stretches], seed: int = 0) -> BeadNet:
    """Fit the second stage to the likelihood of the ways that hold the most right beads."""
    from scipy.optimize import minimize

    data = joined(found)
    described, graph = data.described, data.described.graph
    scales = {part: _scale(getattr(described, part)) for part in WHOLE_BEADS}
    x = {part: (getattr(described, part) - mean) / deviation for part, (mean, deviation) in scales.items()}
    at = {"beads": described.bead_items, "lone": described.lone_items}
    right = _rightest(graph, data.right)
    start = {part: _beginning(part, seed) for part in WHOLE_BEADS}
    shapes = [getattr(start[part], name).shape for part in WHOLE_BEADS for name in LAYER_PARTS]
    costs = np.concatenate(
        [
            np.full(getattr(start[part], name).size, PENALTY * (name not in ("bias", "shift")))
            for part in WHOLE_BEADS
            for name in LAYER_PARTS
        ]
    )

    def layers(theta: Doubles) -> dict[str, Layer]:
        pieces = np.split(theta, np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1])
        arrays = [piece.reshape(shape) for piece, shape in zip(pieces, shapes, strict=True)]
        count = len(LAYER_PARTS)
        return {part: Layer(*arrays[k * count : (k + 1) * count]) for k, part in enumerate(WHOLE_BEADS)}

    def loss(theta: Doubles) -> tuple[float, Doubles]:
        net = BeadNet(float(theta[0]), scales, **layers(theta[1:]))
        scores = described.scores(net)
        every, chances = graph.sums(scores)
        best, wanted = graph.sums(np.where(right, scores, NEVER))
        slopes = (chances - wanted) * data.weight[graph.stretch]
        by_item = graph.of_items(slopes)[:, None]
        found = [gradient(getattr(net, part), x[part], by_item[at[part]]) for part in WHOLE_BEADS]
        slope = np.concatenate([getattr(layer, name).ravel() for layer in found for name in LAYER_PARTS])
        off = theta[0] - 1.0
        value = data.weight @ (every - best) + costs @ theta[1:] ** 2 + TRUST * off**2
        first = slopes @ graph.shares + 2.0 * TRUST * off
        return float(value), np.concatenate([[first], slope + 2.0 * costs * theta[1:]])

    theta = np.concatenate(
        [[1.0], *(getattr(start[part], name).ravel() for part in WHOLE_BEADS for name in LAYER_PARTS)]
    )
    result = minimize(loss, theta, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    return BeadNet(float(result.x[0]), scales, **layers(result.x[1:]))


def _scale(rows: Doubles) -> Doubles:
    if not len(rows):
        return np.stack([np.zeros(rows.shape[1]), np.ones(rows.shape[1])])
    return np.stack([rows.mean(axis=0), np.maximum(rows.std(axis=0), LEAST_DEVIATION)])


def _beginning(part: str, seed: int) -> Layer:
    """Return a layer that is all but linear, and 0."""
    random = np.random.default_rng(seed)
    width, units = len(WHOLE_BEADS[part]), UNITS[part]
    inner, outer = random.normal(0, 0.1, (width, units)), random.normal(0, 0.1, (units, 1))
    return Layer(np.zeros((width, 1)), np.zeros(1), inner, np.zeros(units), outer)


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
