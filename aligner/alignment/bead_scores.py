"""The second stage: whole beads weighed against one another.

A chain over beads, as the first stage is one over clauses. Its ways are those drawn from the first stage,
and their scores what the first stage thinks of them plus what each bead is worth as a whole: a sum of
weighted features. Sums over all ways give the probability of each bead.

Reference:
    Wolpert (1992), Stacked generalization, Neural Networks 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.alignment.bead_features import (
    BEAD_FEATURES,
    FAR,
    LONE_FEATURES,
    NOT_ABSORBED,
    Surroundings,
)
from aligner.alignment.bead_graph import BeadGraph, Cell, Ids, Ways
from aligner.alignment.bead_sides import Side
from aligner.alignment.clauses import Doubles
from aligner.alignment.features import Views
from aligner.alignment.model import BeadWeights
from aligner.encoders.text import Ints
from aligner.types import Language

WIDEST = 60  # sentences of a side that are described together
LANGUAGES: tuple[Language, Language] = ("en", "zh")


@dataclass(frozen=True)
class Described:
    """Stretches of documents that may be aligned in more than one way.

    Attributes:
        graph: the ways, bead by bead.
        beads: ``(n, len(BEAD_FEATURES))``.
        bead_items: ``(n,)`` which items of the graph these are.
        lone: ``(m, len(LONE_FEATURES))``.
        lone_items: ``(m,)``.
    """

    graph: BeadGraph
    beads: Doubles
    bead_items: Ints
    lone: Doubles
    lone_items: Ints

    def scores(self, weights: BeadWeights) -> Doubles:
        """Return the log score of each arc."""
        items = np.zeros(len(self.graph.items))
        items[self.bead_items] = scaled(self.beads, weights.scales["beads"]) @ weights.beads
        items[self.lone_items] = scaled(self.lone, weights.scales["lone"]) @ weights.lone + weights.alone
        result: Doubles = weights.share * self.graph.shares + self.graph.of_arcs(items)
        return result


def scaled(rows: Doubles, scale: Doubles) -> Doubles:
    """Return rows less the mean, by the deviation."""
    result: Doubles = (rows - scale[0]) / scale[1]
    return result


def describe(views: Views, stretches: Sequence[Ways[Ids]]) -> Described:
    """Describe the items of some stretches of one document."""
    graph = BeadGraph(stretches)
    beads, lone = [np.zeros((0, len(BEAD_FEATURES)))], [np.zeros((0, len(LONE_FEATURES)))]
    bead_items: list[int] = []
    lone_items: list[int] = []
    absorbed: dict[tuple[int, int], float] = {}
    windows = list(_windows(views, graph))
    for window in windows:
        held = [(k, ids) for k, ids, _ in window.items if ids[0] and ids[1]]
        rows, losses = window.around.beads(window.quads(ids for _, ids in held))
        beads.append(rows)
        bead_items += [k for k, _ in held]
        for (_, (i, j)), lost in zip(held, losses.tolist(), strict=True):
            for (side, k), loss in zip(((0, i[0]), (0, i[-1]), (1, j[0]), (1, j[-1])), lost, strict=True):
                if len((i, j)[side]) > 1:
                    absorbed[side, k] = max(absorbed.get((side, k), NOT_ABSORBED), loss)
    for window in windows:
        alone = [(k, ids, at) for k, ids, at in window.items if not (ids[0] and ids[1])]
        keys = [(0, ids[0][0]) if ids[0] else (1, ids[1][0]) for _, ids, _ in alone]
        places = window.places(keys, [at for _, _, at in alone])
        lone.append(window.around.lone(places, np.array([absorbed.get(key, NOT_ABSORBED) for key in keys])))
        lone_items += [k for k, _, _ in alone]
    return Described(
        graph,
        np.concatenate(beads),
        np.array(bead_items, dtype=np.int64),
        np.concatenate(lone),
        np.array(lone_items, dtype=np.int64),
    )


def chances(views: Views, stretches: Sequence[Ways[Ids]], weights: BeadWeights) -> list[dict[Ids, float]]:
    """Return the probability of every bead and lone sentence of each stretch."""
    found = [ways.chances() for ways in stretches]
    still_open = [n for n, ways in enumerate(stretches) if ways.is_open]
    if still_open:
        described = describe(views, [stretches[n] for n in still_open])
        graph = described.graph
        items = graph.of_items(graph.sums(described.scores(weights))[1])
        for (n, ids, _), chance in zip(graph.items, items.tolist(), strict=True):
            found[still_open[n]][ids] = min(chance, 1.0)
    return found


@dataclass(frozen=True)
class Window:
    """Items near one another, and what is around them.

    Attributes:
        items: numbers, sentences and the cells that they start in.
        first: first sentence of each side that is around.
        around: the surroundings.
    """

    items: Sequence[tuple[int, Ids, Cell]]
    first: Cell
    around: Surroundings

    def quads(self, beads: Iterable[Ids]) -> Ints:
        """Return the sentences of beads, from and to of both sides ``(n, 4)``, counted from ``first``."""
        e, z = self.first
        quads = [(i[0] - e, i[-1] + 1 - e, j[0] - z, j[-1] + 1 - z) for i, j in beads]
        return np.array(quads, dtype=np.int64).reshape(-1, 4)

    def places(self, alone: Iterable[tuple[int, int]], cells: Iterable[Cell]) -> Ints:
        """Return side, number and place on the other side of lone sentences, ``(n, 3)``, from ``first``."""
        places = [
            (side, k - self.first[side], cell[1 - side] - self.first[1 - side])
            for (side, k), cell in zip(alone, cells, strict=True)
        ]
        return np.array(places, dtype=np.int64).reshape(-1, 3)


def _windows(views: Views, graph: BeadGraph) -> Iterator[Window]:
    """Yield the items in groups that lie near one another."""
    unevenness = views.unevenness()

    def window(group: Sequence[tuple[int, Ids, Cell]], low: Cell, high: Cell) -> Window:
        sides = [
            Side(side, language, max(start - FAR, 0), min(stop + FAR, len(side.sentence_bounds) - 1))
            for side, language, start, stop in zip((views.en, views.zh), LANGUAGES, low, high, strict=True)
        ]
        around = Surroundings(sides[0], sides[1], views.scale, unevenness)
        return Window(group, (sides[0].first, sides[1].first), around)

    group: list[tuple[int, Ids, Cell]] = []
    low = high = (0, 0)
    for number, (_, (i, j), cell) in sorted(enumerate(graph.items), key=lambda item: item[1][2]):
        stop = i[-1] + 1 if i else cell[0], j[-1] + 1 if j else cell[1]
        lower = min(low[0], cell[0]), min(low[1], cell[1])
        higher = max(high[0], stop[0]), max(high[1], stop[1])
        if group and max(higher[0] - lower[0], higher[1] - lower[1]) > WIDEST:
            yield window(group, low, high)
            group = []
        low, high = (lower, higher) if group else (cell, stop)
        group.append((number, (i, j), cell))
    if group:
        yield window(group, low, high)
