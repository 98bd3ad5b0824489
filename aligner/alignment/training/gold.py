"""What the gold of a document allows among its candidates."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from aligner.alignment.bead_graph import Ids
from aligner.alignment.candidates import FORBIDDEN, NEVER, SHAPES, Candidates, FirstScores
from aligner.alignment.clauses import Bools
from aligner.alignment.features import Views
from aligner.alignment.training.documents import UNKNOWN, UNMATCHED, Document
from aligner.encoders.text import Ints


@dataclass(frozen=True)
class Allowed:
    """Which candidates an alignment that agrees with the gold may use.

    Attributes:
        steps: ``(e,)``.
        whole: ``(w,)``.
        swaps: ``(k,)``.
        en: ``(c,)`` whether the English clause before the cell may be unmatched.
        zh: likewise of the Chinese one.
    """

    steps: Bools
    whole: Bools
    swaps: Bools
    en: Bools
    zh: Bools


class Gold:
    """The gold of one document, in a form that can be asked.

    A step must lie in one block. Within a block clauses may be unmatched, but not the one of each sentence
    that is most like the block's other side: so every sentence stays tied to its bead. Where a bead has
    several sentences on both sides, no alignment may pass from sentence to sentence on both at once.
    """

    def __init__(self, document: Document) -> None:
        """Find the changes of block, the clauses that must be matched and the inner sentence boundaries."""
        self.document = document
        self.changes = [
            np.concatenate([[0], np.cumsum(np.diff(side.block) != 0)]) for side in document.sides()
        ]
        self.free = [~needed for needed in _needed(document)]
        self.inner = _inner_boundaries(document)

    def steps(self, i0: Ints, i1: Ints, j0: Ints, j1: Ints) -> Bools:
        """Return which steps are allowed; arrays of one shape, within the texts."""
        en, zh = self.document.en.block, self.document.zh.block
        same = (self.changes[0][i0] == self.changes[0][i1 - 1]) & (
            self.changes[1][j0] == self.changes[1][j1 - 1]
        )
        known = (en[i0] == zh[j0]) & ((en[i0] >= 0) | (en[i0] == UNKNOWN))
        result: Bools = same & known & ~(self.inner[0][i1] & self.inner[1][j1])
        return result

    def nulls(self, i: Ints, j: Ints) -> tuple[Bools, Bools]:
        """Return at which cells the English and the Chinese clause before may be unmatched."""
        good = ~(self.inner[0][i] & self.inner[1][j])
        en = good & (i > 0) & self.free[0][np.maximum(i - 1, 0)]
        zh = good & (j > 0) & self.free[1][np.maximum(j - 1, 0)]
        return en, zh

    def allowed(self, candidates: Candidates) -> Allowed:
        """Return which candidates are allowed."""
        steps, whole, swaps = (self.steps(*found.T) for found in candidates.by_kind)
        return Allowed(steps, whole, swaps, *self.nulls(*candidates.cells.T))

    def masked(self, scores: FirstScores, cells: tuple[Ints, Ints]) -> FirstScores:
        """Return the first scores without what is not allowed."""
        i, j = cells
        a, b = SHAPES[:, 0, None], SHAPES[:, 1, None]
        inside = (i - a >= 0) & (j - b >= 0)
        good = inside & self.steps(
            np.where(inside, i - a, 0),
            np.maximum(i + 0 * a, 1),
            np.where(inside, j - b, 0),
            np.maximum(j + 0 * a, 1),
        )
        en, zh = self.nulls(i, j)
        return FirstScores(
            np.where(good, scores.steps, NEVER).astype(np.float32),
            np.where(en, scores.en_null, FORBIDDEN),
            np.where(zh, scores.zh_null, FORBIDDEN),
        )

    def candidates(self, views: Views) -> Candidates:
        """Return the candidates of a document, and the best of those that the gold allows."""
        scores = views.first_scores()
        found = views.candidates(scores)
        right = views.candidates(self.masked(scores, views.similarities.band.cells))
        return replace(
            found,
            steps=np.unique(np.concatenate([found.steps, right.steps]), axis=0),
            cells=np.unique(np.concatenate([found.cells, right.cells]), axis=0),
        )


def _needed(document: Document) -> tuple[Bools, Bools]:
    """Return which clauses must be matched: of each block's sentences the one most like the other side."""
    result = []
    for own, other in (document.sides(), document.sides()[::-1]):
        needed = np.zeros(len(own), dtype=np.bool_)
        inside = np.flatnonzero(own.block >= 0)
        likeness = np.zeros(len(own))
        for block in np.unique(own.block[inside]).tolist():
            place = np.flatnonzero(own.block == block)
            centre = other.clauses.weighted[other.block == block].sum(axis=0)
            likeness[place] = own.clauses.weighted[place] @ centre
        keys = own.block[inside] * (len(own) + 1) + own.clauses.sentence[inside]
        order = np.lexsort((likeness[inside], keys))
        last = np.append(np.flatnonzero(np.diff(keys[order])), len(order) - 1) if len(order) else order
        needed[inside[order[last]]] = True
        result.append(needed)
    return result[0], result[1]


def _inner_boundaries(document: Document) -> tuple[Bools, Bools]:
    """Return, ``(n + 1,)`` of each side, the sentence boundaries inside a bead."""
    result = tuple(side.clauses.boundary.copy() for side in document.sides())
    for side, beads in zip(range(2), _bead_of_clauses(document), strict=True):
        inside = (beads[1:] == beads[:-1]) & (beads[1:] >= 0)
        result[side][1:-1] &= inside
        result[side][[0, -1]] = False
    return result[0], result[1]


def _bead_of_clauses(document: Document) -> tuple[Ints, Ints]:
    """Return the number of each clause's bead: blocks united that share a sentence; negative elsewhere."""
    count = max(int(side.block.max(initial=-1)) for side in document.sides()) + 1
    tied = np.zeros(count + 2, dtype=np.int64)
    for side in document.sides():
        known = np.flatnonzero(side.block >= 0)
        order = known[np.lexsort((side.block[known], side.clauses.sentence[known]))]
        same = np.diff(side.clauses.sentence[order]) == 0
        for low, high in zip(
            side.block[order[:-1]][same].tolist(), side.block[order[1:]][same].tolist(), strict=True
        ):
            tied[low + 1 : high + 1] = 1
    table = np.concatenate([np.cumsum(1 - tied[:count]), [UNKNOWN, UNMATCHED]])
    return table[document.en.block], table[document.zh.block]


def beads_of(document: Document) -> tuple[set[Ids], set[tuple[int, int]]]:
    """Return the beads of a document, and the sentences of which nothing is known, as side and number."""
    held: dict[int, tuple[list[int], list[int]]] = {}
    alone: set[Ids] = set()
    unknown: set[tuple[int, int]] = set()
    for number, (side, bead) in enumerate(zip(document.sides(), _bead_of_clauses(document), strict=True)):
        for k in range(int(side.clauses.sentence[-1]) + 1):
            found = bead[side.clauses.sentence == k]
            if (found == UNKNOWN).any():
                unknown.add((number, k))
            elif (found == UNMATCHED).all():
                alone.add(((), (k,)) if number else ((k,), ()))
            else:
                held.setdefault(int(found.max()), ([], []))[number].append(k)
    return alone | {(tuple(en), tuple(zh)) for en, zh in held.values()}, unknown
