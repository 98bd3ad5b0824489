"""Whether a bead would do better if it ended at a comma: what moving one clause would change."""

from __future__ import annotations

import re

import numpy as np

from aligner.alignment.products import Doubles
from aligner.alignment.prune import Bools, Candidates
from aligner.alignment.scale import Scale
from aligner.alignment.side import LONGEST, Side, unit
from aligner.encoders import EncodedText
from aligner.encoders.text import Floats, Ints

NAMES = (
    "grow_en",  # greatest change of the mean cosine by a clause of an English neighbour
    "grow_zh",
    "trim_en",  # greatest change without the first or last English clause of the bead
    "trim_zh",
)
BREAK = re.compile(r"[,;:](?=\s)|[，；：。？！]|[-–—]{1,2}(?=\s)|[”\"](?=.)")
LEAST_CHARACTERS = 4
CUTS = 3
NOTHING = -0.15  # change to assume where there is no clause to move


def places(text: EncodedText) -> list[int]:
    """Return after how many tokens a sentence may be cut: its first, middle and last clause ends."""
    length = len(text.text)
    ends = (match.end() for match in BREAK.finditer(text.text))
    at = [end for end in ends if LEAST_CHARACTERS <= end <= length - LEAST_CHARACTERS]
    if not at:
        return []
    tokens = sorted(set(np.searchsorted(text.ends, at, side="right").tolist()) - {0, len(text.ends)})
    return tokens if len(tokens) <= CUTS else [tokens[0], tokens[len(tokens) // 2], tokens[-1]]


class Pieces:
    """What stands before and after each cut of the sentences: vectors times lengths.

    Attributes:
        has: ``(CUTS, n)`` whether the sentence has such a cut.
        head: ``(CUTS, n)`` row of ``vectors`` with what stands before it; the row after holds what stands
            after it.
        vectors: the weighted vectors.
    """

    def __init__(self, side: Side, still_open: Bools, first: int, last: int) -> None:
        """Compose the pieces of those sentences from ``first`` to ``last`` that are open."""
        self.first = first
        self.head = np.full((CUTS, last - first), -1, dtype=np.int64)
        sums: list[Floats] = []
        counts: list[float] = []
        weights: list[float] = []
        owners: list[int] = []
        for i in (first + np.flatnonzero(still_open[first:last])).tolist():
            text = side.texts[i]
            for cut, tokens in enumerate(places(text)):
                self.head[cut, i - first] = len(sums)
                share = float(text.ends[tokens - 1]) / len(text.text)
                sums += [
                    text.states[:tokens].sum(axis=0, dtype=np.float32),
                    text.states[tokens:].sum(axis=0, dtype=np.float32),
                ]
                counts += [tokens, len(text.states) - tokens]
                owners += [i, i]
                weights += [side.lengths[i] * share, side.lengths[i] * (1.0 - share)]
        self.vectors = np.zeros((1, side.weighted.shape[1]), dtype=np.float32)
        if sums:
            edge, edge_tokens = side.texts[0].edge, side.texts[0].edge_tokens
            composed = side.encoder.compose(
                np.stack(sums) + edge,
                np.array(counts, dtype=np.float32) + np.float32(edge_tokens),
            )
            self.vectors = unit(composed - side.means[owners]) * np.array(weights, dtype=np.float32)[:, None]

    def find(self, cut: int, i: Ints) -> tuple[Ints, Ints]:
        """Return the places of those sentences ``i`` that have this cut, and the rows of their heads."""
        inside = (i >= self.first) & (i < self.first + self.head.shape[1])
        rows = np.where(
            inside,
            self.head[cut, np.clip(i - self.first, 0, self.head.shape[1] - 1)],
            -1,
        )
        at = np.flatnonzero(rows >= 0)
        return at, rows[at]


def clause_gains(en: Side, zh: Side, candidates: Candidates, at: Ints, scale: Scale) -> Doubles:
    """Describe the candidate beads with numbers ``at``; returns ``(len(at), len(NAMES))``.

    Clauses of settled sentences are not moved.
    """
    result = np.full((len(at), len(NAMES)), NOTHING)
    known_en, known_zh = (np.append(0, np.cumsum(x)) for x in (candidates.en_open, candidates.zh_open))
    i0, i1, j0, j1 = candidates.beads[at].T
    concerned = (known_en[i0] < known_en[i1]) | (known_zh[j0] < known_zh[j1])
    if concerned.any():
        result[concerned] = _gains(en, zh, candidates, candidates.beads[at[concerned]])
    return np.asarray(result / scale.match[i0][:, None])


def _gains(en: Side, zh: Side, candidates: Candidates, beads: Ints) -> Doubles:
    runs = _mean_runs(en, beads[:, :2]), _mean_runs(zh, beads[:, 2:])
    lengths = [np.sqrt(np.einsum("ij,ij->i", run, run)) for run in runs]
    own = np.einsum("ij,ij->i", *runs) / (lengths[0] * lengths[1])
    gains = np.full((len(NAMES), len(beads)), -np.inf)
    for number, (side, still_open) in enumerate(((en, candidates.en_open), (zh, candidates.zh_open))):
        start, stop = beads[:, 2 * number], beads[:, 2 * number + 1]
        pieces = Pieces(side, still_open, max(0, int(start.min()) - 1), min(len(side), int(stop.max()) + 1))
        run, other = runs[number], runs[1 - number] / lengths[1 - number][:, None]
        moves = (
            (number, stop, 0, 0),
            (number, start - 1, 1, 0),
            (number + 2, stop - 1, 0, 1),
            (number + 2, start, 1, 1),
        )
        for cut in range(CUTS):
            for row, sentence, tail, whole in moves:
                at, heads = pieces.find(cut, sentence)
                if len(at):
                    moved = run[at] + pieces.vectors[heads + tail] - whole * side.weighted[sentence[at]]
                    size = np.sqrt(np.maximum(np.einsum("ij,ij->i", moved, moved), 1.0))
                    change = np.einsum("ij,ij->i", moved, other[at]) / size - own[at]
                    gains[row, at] = np.maximum(gains[row, at], change)
    return np.where(np.isfinite(gains), gains, NOTHING).T


def _mean_runs(side: Side, spans: Ints) -> Floats:
    start, stop = spans.T
    run = np.zeros((len(spans), side.weighted.shape[1]), dtype=np.float32)
    for step in range(LONGEST):
        inside = start + step < stop
        run[inside] += side.weighted[start[inside] + step]
    return run
