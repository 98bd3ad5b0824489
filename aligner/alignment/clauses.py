"""Clauses, the atoms of the alignment: where a sentence may be cut, and what its pieces look like.

Every clause's vector is read from the token sums of the one encoder pass over its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.runs import KEPT, RunVectors, running
from aligner.encoders import EncodedText
from aligner.encoders.text import Floats, Ints
from aligner.types import Language

Doubles = NDArray[np.float64]
Bools = NDArray[np.bool_]

BRACKETED = re.compile(r"[（(［\[【][^（(［\[【）)］\]】]{0,300}[）)］\]】]")
NESTED = 2  # brackets within brackets
CLOSING = "[”’」』\"'）)\\]]*"
# A sentence's end within what came as one sentence, a semicolon: cut always, whatever the length.
STRONG: dict[Language, re.Pattern[str]] = {
    "en": re.compile(rf"[.?!]{CLOSING}\s+(?=[A-Z0-9“\"])|;\s+"),
    "zh": re.compile(rf"[。？！；]{CLOSING}|;\s*(?=\w)"),
}
WEAK: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"[,:]['\"”’]?\s+|\s(?:[-–—]{1,2}|(?=(?:and|but|while|whereas|which|with|because|although|when|where|who)\s))"
    ),
    "zh": re.compile(r"[，：]|:(?=[\u4e00-\u9fff])|(?<![0-9]),\s*|,\s*(?![0-9\s])|,\s+|[-–—]{2}"),
}
LEAST_STRONG = 4  # characters of a clause that a strong mark ends
LEAST_WEAK: dict[Language, int] = {"en": 30, "zh": 6}
MAX_RUN = 6  # clauses of one language in one step of the alignment
SHRINK = 5.0
AROUND = 200


def clause_ends(text: str, language: Language) -> list[int]:
    """Return the offsets where the clauses of a sentence end, ascending; the last is its length.

    Nothing is cut inside brackets. Where a weaker mark would leave a piece shorter than ``LEAST_WEAK``,
    the sentence is not cut there.
    """
    hidden = text
    for _ in range(NESTED):
        hidden = BRACKETED.sub(lambda match: "x" * len(match.group()), hidden)
    strong = _spaced((match.end() for match in STRONG[language].finditer(hidden)), 0, len(text), LEAST_STRONG)
    weak = [match.end() for match in WEAK[language].finditer(hidden)]
    ends: list[int] = []
    start = 0
    for stop in [*strong, len(text)]:
        inside = (end for end in weak if start < end < stop)
        ends += [*_spaced(inside, start, stop, LEAST_WEAK[language]), stop]
        start = stop
    return ends


def _spaced(ends: Iterable[int], start: int, stop: int, least: int) -> list[int]:
    """Keep those ends that leave at least ``least`` characters on either side."""
    kept: list[int] = []
    for end in ends:
        if end - start >= least and stop - end >= least:
            kept.append(end)
            start = end
    return kept


@dataclass(frozen=True)
class Clauses:
    """The clauses of one language's side of a document, ``n`` of them.

    Attributes:
        texts: as written.
        sentence: ``(n,)`` number of each clause's sentence, ascending.
        made: vectors of runs of clauses, shared with the same text uncut.
        place: ``(n + 1,)`` where each clause begins among those of ``made``, and where the last ends.
    """

    texts: tuple[str, ...]
    sentence: Ints
    made: RunVectors
    place: Ints

    def __len__(self) -> int:
        return len(self.texts)

    @staticmethod
    def of(sentences: Sequence[EncodedText], language: Language) -> Clauses:
        """Cut every sentence."""
        texts: list[str] = []
        sums: list[Floats] = []
        counts: list[int] = []
        owner: list[int] = []
        for number, sentence in enumerate(sentences):
            ends = clause_ends(sentence.text, language)
            tokens = np.searchsorted(sentence.ends, ends, side="right")
            tokens[-1] = len(sentence.states)
            first, kept = 0, 0
            for end, token in zip(ends, tokens.tolist(), strict=True):
                if token > first or end == len(sentence.text):
                    texts.append(sentence.text[kept:end])
                    sums.append(sentence.states[first:token].sum(axis=0, dtype=np.float32))
                    counts.append(token - first)
                    owner.append(number)
                    first, kept = token, end
        made = RunVectors(
            np.stack(sums),
            np.array(counts, dtype=np.float32),
            np.mean([sentence.edge for sentence in sentences], axis=0),
            sentences[0].edge_tokens,
            sentences[0].encoder,
        )
        return Clauses(tuple(texts), np.array(owner, dtype=np.int64), made, np.arange(len(texts) + 1))

    def select(self, clauses: Ints, sentence: Ints) -> Clauses:
        """Return some clauses in a new order, in sentences of these numbers."""
        texts = tuple(self.texts[k] for k in clauses.tolist())
        return Clauses(texts, sentence, self.made.select(clauses), np.arange(len(texts) + 1))

    def whole(self) -> Clauses:
        """Return the sentences uncut."""
        starts = self.sentence_bounds
        texts = tuple("".join(self.texts[i:k]) for i, k in pairwise(starts.tolist()))
        return Clauses(texts, np.arange(len(texts)), self.made, self.place[starts])

    @cached_property
    def boundary(self) -> Bools:
        """``(n + 1,)`` whether a sentence begins or ends before each clause and after the last."""
        return np.concatenate([[True], np.diff(self.sentence) > 0, [True]])

    @cached_property
    def boundaries_before(self) -> Ints:
        """``(n + 2,)`` how many of the first boundaries are sentence boundaries."""
        return np.concatenate([[0], np.cumsum(self.boundary)])

    @cached_property
    def sentence_bounds(self) -> Ints:
        """``(sentences + 1,)`` the clause that each sentence begins with; at the end ``n``."""
        return np.flatnonzero(self.boundary)

    @property
    def sentence_ranges(self) -> tuple[Ints, Ints]:
        """Where each sentence begins and where it ends, in numbers of clauses."""
        return self.sentence_bounds[:-1], self.sentence_bounds[1:]

    @cached_property
    def sentence_start(self) -> Ints:
        """``(n + 1,)`` the clause that each clause's sentence begins with; at the end ``n``."""
        return np.append(
            np.maximum.accumulate(np.where(self.boundary[:-1], np.arange(len(self)), 0)), len(self)
        )

    @cached_property
    def sentence_stop(self) -> Ints:
        """``(n,)`` the clause after the last of each clause's sentence."""
        places = np.where(self.boundary[1:], np.arange(1, len(self) + 1), len(self))
        return np.minimum.accumulate(places[::-1])[::-1]

    @cached_property
    def _composed(self) -> Floats:
        singles = np.arange(len(self)), np.arange(1, len(self) + 1)
        self.make(singles, self.sentence_ranges)
        return self.composed_runs(*singles)

    @cached_property
    def means(self) -> Floats:
        """``(n, d)`` what is subtracted from a vector: the mean of the clauses around, shrunk."""
        return means_around(self._composed)

    @cached_property
    def vectors(self) -> Floats:
        """``(n, d)`` vectors less the mean; rows are of length 1."""
        return unit(self._composed - self.means)

    @cached_property
    def lengths(self) -> Doubles:
        """``(n,)`` characters that are not white space."""
        return np.array([max(1, len("".join(text.split()))) for text in self.texts], dtype=np.float64)

    @cached_property
    def total(self) -> Doubles:
        """``(n + 1,)`` running sum of the lengths."""
        return running(self.lengths)

    @cached_property
    def weighted(self) -> Floats:
        """``(n, d)`` vectors times lengths; a run's mean vector points where the sum of its rows does."""
        return (self.vectors * self.lengths[:, None]).astype(np.float32)

    @cached_property
    def norms(self) -> Doubles:
        """``(MAX_RUN + 2, n + 2)`` length of the sum of ``k`` weighted rows from row ``i`` on, at ``[k, i]``.

        Infinite where there are no such rows.
        """
        return run_norms(self.weighted)

    def composed_runs(self, starts: Ints, stops: Ints) -> Floats:
        """Return the encoder's vectors of runs of clauses, not centred."""
        return self.made.of(self.place[starts], self.place[stops])

    def make(self, *runs: tuple[Ints, Ints]) -> None:
        """Compose runs that will be asked for, starts and stops, all at once: that is quicker."""
        starts, stops = (np.concatenate(column) for column in zip(*runs, strict=True))
        if len(starts) < KEPT:
            self.composed_runs(starts, stops)

    def starts_of(self, sentences: Sequence[int]) -> Ints:
        """Return the clause that each of these sentences begins with; for the number after the last ``n``."""
        return np.searchsorted(self.sentence, sentences).astype(np.int64)

    def runs(self, starts: Ints, sizes: Ints) -> Floats:
        """Return the vectors of runs of clauses, each as if it were one text, less the mean."""
        keys, row = np.unique(starts * (len(self) + 1) + sizes, return_inverse=True)
        start, size = np.divmod(keys, len(self) + 1)
        return unit(self.composed_runs(start, start + size) - self.means[start])[row]


def means_around(rows: Floats) -> Floats:
    """Return the mean of up to ``AROUND`` rows before and after each row, nearer 0 the fewer there are."""
    sums, place = running(rows.astype(np.float64)), np.arange(len(rows))
    first, last = np.maximum(place - AROUND, 0), np.minimum(place + AROUND, len(rows))
    return np.asarray((sums[last] - sums[first]) / (last - first + SHRINK)[:, None], dtype=np.float32)


def unit(rows: Floats) -> Floats:
    """Scale rows to length 1."""
    norms = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    return np.asarray(rows / np.maximum(norms, 1e-6)[:, None], dtype=np.float32)


def run_norms(weighted: Floats) -> Doubles:
    """Return the lengths of sums of up to ``MAX_RUN + 1`` neighbouring rows, from products of near rows."""
    n, longest = len(weighted), MAX_RUN + 1
    squares = np.full((longest + 1, n + 2), np.inf)
    squares[0] = 0.0
    near = [
        np.einsum("ij,ij->i", weighted[: n - k], weighted[k:], dtype=np.float64)
        for k in range(min(longest, n))
    ]
    for k in range(1, min(longest, n) + 1):
        rows = n - k + 1
        added = near[0][k - 1 :].copy()
        for gap in range(1, k):
            added += 2.0 * near[gap][k - 1 - gap :]
        squares[k, :rows] = squares[k - 1, :rows] + added
    norms: Doubles = np.sqrt(np.maximum(squares, 1.0))
    return norms
