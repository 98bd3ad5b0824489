"""What a whole bead looks like, and a sentence that stays alone: what no chain over clauses can see.

All cosines are divided by what is usual for translations in this document.
"""

from __future__ import annotations

import numpy as np

from aligner.alignment.bead_sides import NEAR, Side, covered, rectangle, running_both
from aligner.alignment.candidates import log_length_ratio
from aligner.alignment.clauses import Doubles
from aligner.alignment.evidence import NAMES as EVIDENCE
from aligner.alignment.evidence import compare, scaled
from aligner.alignment.scale import Scale
from aligner.encoders.text import Ints

BEAD_FEATURES = (
    "likeness",  # cosine of the two sides' mean vectors
    "composed",  # of their composed vectors
    "less_en",  # what the likeness loses without the first or last English sentence, at least
    "less_zh",
    "more_en",  # what an English sentence more would add, at best
    "more_zh",
    "drawn_en",  # how much better English clauses are covered outside the bead than in it, by length
    "most_drawn_en",  # at most
    "least_clause_en",  # cosine with the clause most like it of the English clause where that is least
    "covered_en",  # cosine of each English clause with the other side's clause most like it, by length
    "least_covered_en",  # of the English sentence where it is least
    "pulled_en",  # how much better an English sentence is covered outside the bead, at most
    "drawn_zh",
    "most_drawn_zh",
    "least_clause_zh",
    "covered_zh",
    "least_covered_zh",
    "pulled_zh",
    "length",  # log of expected to actual length
    "length_off",
    "length_delta",  # difference in standard deviations (Gale & Church 1993)
    *EVIDENCE,
    "same_heading",
    "other_heading",
    "one_heading",
    "parted",  # likeness of its two parts, the lesser, where it is cut at best, less its own
    "whole",  # cannot be cut in two
    "one_en",
    "one_zh",
    "several",  # on both sides
    "pair",  # 1-1
    "sentences_en",
    "sentences_zh",
    "uneven_pair",  # 1-1, times how uneven the sentences of the two sides are
)
LONE_FEATURES = (
    "best",  # greatest cosine with a sentence of the other side near the place
    "rival",  # the second
    "covered",  # cosine of its clauses with the clause near the place most like each, by length
    "found",  # values that the other side has near the place
    "nowhere",
    "length",
    "heading",
    "absorbed",  # what a bead that has it at an end would lose without it, at most
    "english",
    "edge",  # first or last of its text
)
FAR = 5  # sentences to either side
NOT_ABSORBED = -0.3


class Surroundings:
    """A stretch of both sides that holds some beads, and what is around them."""

    def __init__(self, en: Side, zh: Side, scale: Scale, unevenness: float) -> None:
        """Multiply the vectors of its sentences, and of its clauses."""
        self.en, self.zh, self.unevenness = en, zh, unevenness
        middle = int(en.clauses.sentence_bounds[en.first + en.size // 2])
        self.match, self.ratio = float(scale.match[middle]), float(scale.ratio[middle])
        self.products = running_both(en.sums @ zh.sums.T)
        clauses = (en.vectors @ zh.vectors.T).astype(np.float64) / self.match
        self.en_clauses = np.maximum.reduceat(clauses, zh.bounds[:-1], axis=1)
        self.zh_clauses = np.maximum.reduceat(clauses, en.bounds[:-1], axis=0).T
        names = frozenset(key for found in zh.keys for key in found if key[0] == "name")
        en.keys = [frozenset(key for key in found if key[0] != "name" or key in names) for found in en.keys]

    def cosines(self, a: Ints, b: Ints, c: Ints, d: Ints) -> Doubles:
        """Return cosines of English sentences ``a`` to ``b`` with Chinese ones; 0 where there are none."""
        good = (a >= 0) & (a < b) & (b <= self.en.size) & (c >= 0) & (c < d) & (d <= self.zh.size)
        a, b, c, d = (np.where(good, places, 0) for places in (a, b, c, d))
        norms = rectangle(self.en.squares, a, b, a, b) * rectangle(self.zh.squares, c, d, c, d)
        products = rectangle(self.products, a, b, c, d)
        result: Doubles = np.where(good, products / np.sqrt(np.maximum(norms, 1e-9)) / self.match, 0.0)
        return result

    def beads(self, quads: Ints) -> tuple[Doubles, Doubles]:
        """Describe beads: sentences from and to of both sides, ``(n, 4)``.

        Returns:
            ``(n, len(BEAD_FEATURES))``, and ``(n, 4)`` what each loses without its first or last English
            sentence, first or last Chinese one.
        """
        if not len(quads):
            return np.zeros((0, len(BEAD_FEATURES))), np.zeros((0, 4))
        a, b, c, d = quads.T
        own = self.cosines(a, b, c, d)
        losses = own[:, None] - np.stack(
            [
                self.cosines(a + 1, b, c, d),
                self.cosines(a, b - 1, c, d),
                self.cosines(a, b, c + 1, d),
                self.cosines(a, b, c, d - 1),
            ],
            axis=1,
        )
        en_one, zh_one = b - a == 1, d - c == 1
        more_en = np.maximum(self.cosines(a - 1, b, c, d), self.cosines(a, b + 1, c, d)) - own
        more_zh = np.maximum(self.cosines(a, b, c - 1, d), self.cosines(a, b, c, d + 1)) - own
        expected = (self.en.total[b] - self.en.total[a]) * self.ratio
        actual = self.zh.total[d] - self.zh.total[c]
        log = log_length_ratio(expected, actual)
        composed = np.einsum("ij,ij->i", self.en.composed(a, b), self.zh.composed(c, d)) / self.match
        parted = self._parted(quads)
        columns = [
            own,
            composed,
            np.where(en_one, 0.0, losses[:, :2].min(axis=1)),
            np.where(zh_one, 0.0, losses[:, 2:].min(axis=1)),
            more_en,
            more_zh,
            *covered(self.en_clauses, self.en, (a, b), (c, d)),
            *covered(self.zh_clauses, self.zh, (c, d), (a, b)),
            log,
            np.abs(log),
            np.abs(actual - expected) / np.sqrt(expected + actual + 5.0),
            *self._evidence(quads).T,
            *self._headings(quads).T,
            np.where(parted > -np.inf, parted - own, 0.0),
            parted == -np.inf,
            en_one,
            zh_one,
            ~en_one & ~zh_one,
            en_one & zh_one,
            b - a - 1,
            d - c - 1,
            self.unevenness * (en_one & zh_one),
        ]
        return np.stack(columns, axis=1).astype(np.float64), losses

    def _parted(self, quads: Ints) -> Doubles:
        """Return the lesser likeness of both parts where each bead is cut at best; minus infinity without."""
        result = np.full(len(quads), -np.inf)
        cuts = [
            (row, x, y)
            for row, (a, b, c, d) in enumerate(quads.tolist())
            for x in range(a + 1, b)
            for y in range(c + 1, d)
        ]
        if cuts:
            row, x, y = np.array(cuts).T
            a, b, c, d = quads[row].T
            least = np.minimum(self.cosines(a, x, c, y), self.cosines(x, b, y, d))
            np.maximum.at(result, row, least)
        return result

    def _evidence(self, quads: Ints) -> Doubles:
        counts = np.zeros((len(quads), len(EVIDENCE)))
        for row, (a, b, c, d) in enumerate(quads.tolist()):
            en, zh = self.en.union(a, b), self.zh.union(c, d)
            if en or zh:
                around = self.en.union(a - NEAR, b + NEAR), self.zh.union(c - NEAR, d + NEAR)
                counts[row] = compare(en, zh, *around)
        return scaled(counts)

    def _headings(self, quads: Ints) -> Doubles:
        pairs = [(self.en.headings[a], self.zh.headings[c]) for a, c in quads[:, ::2].tolist()]
        return np.array(
            [
                (bool(en and zh) and en == zh, bool(en and zh) and en != zh, (en is None) != (zh is None))
                for en, zh in pairs
            ],
            dtype=np.float64,
        ).reshape(-1, 3)

    def lone(self, places: Ints, absorbed: Doubles) -> Doubles:
        """Describe sentences as unmatched: side, number and place on the other side, ``(n, 3)``.

        Args:
            places: these.
            absorbed: what a bead that has it at an end would lose without it, at most.

        Returns:
            ``(n, len(LONE_FEATURES))``.
        """
        result = np.zeros((len(places), len(LONE_FEATURES)))
        for row, (side, k, near) in enumerate(places.tolist()):
            own, other = (self.en, self.zh)[:: -1 if side else 1]
            around = np.arange(max(0, near - FAR), min(other.size, near + FAR))
            if len(around):
                here = np.full_like(around, k)
                pair = (here, here + 1, around, around + 1)
                cosines = np.sort(self.cosines(*(pair[2:] + pair[:2] if side else pair)))[::-1]
                result[row, :2] = cosines[0], cosines[1:2].sum()
                table = self.zh_clauses if side else self.en_clauses
                at = slice(own.bounds[k], own.bounds[k + 1])
                result[row, 2] = np.average(table[at][:, around].max(axis=1), weights=own.lengths[at])
            found = len(own.keys[k] & other.union(near - FAR, near + FAR))
            result[row, 3:5] = np.log1p([found, len(own.keys[k]) - found])
            length = (own.total[k + 1] - own.total[k]) * (1.0 if side else self.ratio)
            edge = own.first + k in (0, int(own.clauses.sentence[-1]))
            result[row, 5:] = np.log(length), own.headings[k] is not None, absorbed[row], not side, edge
        return result
