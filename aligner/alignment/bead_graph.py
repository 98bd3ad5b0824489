"""Ways through a document bead by bead, as they were drawn: sums over them, and the best of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from aligner.alignment.candidates import NEVER
from aligner.alignment.clauses import Doubles

COST = 0.4  # of a bead or unit: F1 is greatest near half its own value; less keeps small beads apart
SMOOTHING = 0.1  # added to every count

Cell = tuple[int, int]
Quad = tuple[int, int, int, int]
Ids = tuple[tuple[int, ...], tuple[int, ...]]
Item = TypeVar("Item", Ids, Quad)


@dataclass(frozen=True)
class Arc(Generic[Item]):
    """A way from one cell to another, and the beads or units it stands for.

    Attributes:
        start: English and Chinese sentences, or clauses, done before.
        stop: done after.
        items: beads, or units.
    """

    start: Cell
    stop: Cell
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Ways(Generic[Item]):
    """All ways from one cell to another that can be pieced together from what was drawn.

    Attributes:
        arcs: how often each arc was drawn.
        total: how often anything was.
    """

    arcs: Mapping[Arc[Item], int]
    total: float

    @property
    def is_open(self) -> bool:
        """Whether there is more than one way."""
        return len({arc.start for arc in self.arcs}) < len(self.arcs)

    def chances(self) -> dict[Item, float]:
        """Return which part of what was drawn holds each item; an item counts wherever it stands."""
        count: Counter[Item] = Counter()
        for arc, times in self.arcs.items():
            for item in arc.items:
                count[item] += times
        return {item: times / self.total for item, times in count.items()}

    def surest(self, chances: Mapping[Item, float]) -> list[tuple[Item, float]]:
        """Return, in order, the items of the way with the greatest gain, and their probabilities.

        The gain is the sum of the items' probabilities less ``COST`` each. No probability is 0 or 1.
        """
        arcs: dict[Cell, list[Arc[Item]]] = {}
        for arc in self.arcs:
            arcs.setdefault(arc.start, []).append(arc)
        start = min(arcs, key=lambda cell: (sum(cell), cell), default=(0, 0))
        best: dict[Cell, tuple[float, Arc[Item] | None]] = {start: (0.0, None)}
        for cell in sorted(arcs, key=lambda cell: (sum(cell), cell)):
            for arc in sorted(arcs[cell], key=lambda arc: (arc.stop, arc.items)):
                value = best[cell][0] + sum(chances[item] - COST for item in arc.items)
                if arc.stop not in best or value > best[arc.stop][0] + 1e-9:
                    best[arc.stop] = value, arc
        chosen: list[tuple[Item, float]] = []
        at = max(best, key=lambda cell: (sum(cell), cell))
        while (last := best[at][1]) is not None:
            chosen += [
                (item, (chances[item] * self.total + 0.5) / (self.total + 1)) for item in reversed(last.items)
            ]
            at = last.start
        return chosen[::-1]


class BeadGraph:
    """The ways of some stretches as one graph.

    Attributes:
        items: the beads and lone sentences: number of the stretch, item and a cell that it starts in.
        shares: ``(arcs,)`` log of the part of all that was drawn of an arc's first cell which took the arc.
        arc: ``(k,)`` an arc for each item that it holds.
        item: ``(k,)`` the number of that item.
        stretch: ``(arcs,)`` number of each arc's stretch.
    """

    def __init__(self, stretches: Sequence[Ways[Ids]]) -> None:
        """Number cells, arcs and items."""
        self.items: list[tuple[int, Ids, Cell]] = []
        ends: list[tuple[int, int]] = []
        places: list[tuple[int, int]] = []
        depth: list[int] = []
        first, last, owner, shares = [], [], [], []
        for number, ways in enumerate(stretches):
            cells = {cell for arc in ways.arcs for cell in (arc.start, arc.stop)}
            known = {cell: len(depth) + k for k, cell in enumerate(sorted(cells, key=lambda c: (sum(c), c)))}
            first.append(len(depth))
            depth += [sum(cell) for cell in known]
            last.append(len(depth) - 1)
            leaving: Counter[Cell] = Counter()
            for arc, times in ways.arcs.items():
                leaving[arc.start] += times
            numbers: dict[Ids, int] = {}
            for arc, times in ways.arcs.items():
                for item in arc.items:
                    if item not in numbers:
                        numbers[item] = len(self.items)
                        self.items.append((number, item, arc.start))
                    places.append((len(ends), numbers[item]))
                ends.append((known[arc.start], known[arc.stop]))
                owner.append(number)
                shares.append(np.log((times + SMOOTHING) / (leaving[arc.start] + SMOOTHING)))
        self.first, self.last, self.stretch = np.array(first), np.array(last), np.array(owner)
        self.source, self.target = np.array(ends).T
        self.arc, self.item = np.array(places).T
        self.shares, self.cells = np.array(shares), len(depth)
        self.forwards, self.backwards = (
            [np.flatnonzero(at == one) for one in np.unique(at)]
            for at in (np.array(depth)[self.target], -np.array(depth)[self.source])
        )

    def sums(self, scores: Doubles) -> tuple[Doubles, Doubles]:
        """Return the log of the sum over all ways of each stretch, and the probability of each arc.

        Args:
            scores: ``(arcs,)`` log scores.
        """
        before, after = np.full(self.cells, NEVER), np.full(self.cells, NEVER)
        before[self.first] = after[self.last] = 0.0
        for arcs in self.forwards:
            np.logaddexp.at(before, self.target[arcs], before[self.source[arcs]] + scores[arcs])
        for arcs in self.backwards:
            np.logaddexp.at(after, self.source[arcs], after[self.target[arcs]] + scores[arcs])
        total = before[self.last]
        chances = before[self.source] + scores + after[self.target] - total[self.stretch]
        return total, np.exp(np.minimum(chances, 0.0))

    def of_items(self, arcs: Doubles) -> Doubles:
        """Add up what is known of arcs ``(arcs,)`` by the items that they hold."""
        return np.bincount(self.item, arcs[self.arc], len(self.items)).astype(np.float64)

    def of_arcs(self, items: Doubles) -> Doubles:
        """Add up what is known of items ``(items,)`` by the arcs that hold them."""
        return np.bincount(self.arc, items[self.item], len(self.source)).astype(np.float64)
