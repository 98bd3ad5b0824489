"""From two sides to candidates and their features: everything that comes before the trained score."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from aligner.alignment import (
    crossing,
    evidence,
    null_features,
    sentence_features,
    step_features,
    whole_sentences,
)
from aligner.alignment.band import anchors_of, band_of
from aligner.alignment.candidates import LEAST, Candidates, FirstScores, first_scores, passes_by, prune
from aligner.alignment.clauses import Clauses, Doubles
from aligner.alignment.evidence import Evidence
from aligner.alignment.scale import Nearest, Scale, measure
from aligner.alignment.sentence_features import SentenceTable
from aligner.alignment.similarity import Similarities
from aligner.alignment.swaps import NAMES as SWAP_FEATURES
from aligner.alignment.swaps import find_swaps
from aligner.encoders.text import Ints

STEP_FEATURES = (
    step_features.NAMES
    + step_features.BOUNDARY_NAMES
    + sentence_features.STEP_NAMES
    + evidence.NAMES
    + crossing.NAMES
)
WHOLE_FEATURES = step_features.NAMES + whole_sentences.NAMES + evidence.NAMES + crossing.NAMES
__all__ = ["NULL_FEATURES", "STEP_FEATURES", "SWAP_FEATURES", "WHOLE_FEATURES", "Features", "Views"]

NULL_FEATURES = null_features.NAMES + sentence_features.NULL_NAMES + evidence.NULL_NAMES
NO_CORNERS: Ints = np.zeros((0, 2), dtype=np.int64)


@dataclass(frozen=True)
class Features:
    """Features of the candidates of one document.

    Attributes:
        steps: ``(e, len(STEP_FEATURES))``.
        whole: ``(w, len(WHOLE_FEATURES))``.
        swaps: ``(k, len(swaps.NAMES))``.
        en: ``(c, len(NULL_FEATURES))`` of the English clause before each cell, as unmatched.
        zh: likewise of the Chinese one.
    """

    steps: Doubles
    whole: Doubles
    swaps: Doubles
    en: Doubles
    zh: Doubles


@dataclass(frozen=True)
class Views:
    """One document as the features read it."""

    en: Clauses
    zh: Clauses
    scale: Scale
    similarities: Similarities
    corners: Ints

    @staticmethod
    def of(en: Clauses, zh: Clauses, corners: Ints = NO_CORNERS) -> Views:
        """Measure the document, choose the band and multiply what lies in it.

        Args:
            en: the English side.
            zh: the Chinese side.
            corners: ``(k, 2)`` cells that every alignment is known to pass.
        """
        nearest = Nearest.of(en, zh)
        anchors = anchors_of(nearest)
        band = band_of(anchors, len(en), len(zh))
        scale, similarities = measure(en, zh, nearest, anchors), Similarities(en, zh, band)
        return Views(en, zh, scale, similarities, corners)

    def first_scores(self) -> FirstScores:
        """Return the first scores of all that lies in the band."""
        return first_scores(self.similarities, self.scale, self.corners)

    def candidates(self, scores: FirstScores, least: float = LEAST) -> Candidates:
        """Return the steps and cells whose first probability is at least this."""
        return prune(scores, self.similarities.band, least)

    def unevenness(self) -> float:
        """Return how much longer one side's sentences are than the other's: a log ratio without sign."""
        en, zh = (side.total[-1] / (side.sentence[-1] + 1) for side in (self.en, self.zh))
        return float(abs(np.log(en * self.scale.ratio.mean() / zh)))

    def contrasts(self, steps: Ints) -> Doubles:
        """Describe steps ``(e, 4)`` by vectors and lengths; returns ``(e, len(step_features.NAMES))``."""
        result = np.empty((len(steps), len(step_features.NAMES)))
        for at, block in self.similarities.parts(steps[:, 1]):
            result[at] = step_features.contrasts(block, steps[at], self.scale)
        return result

    def describe(self, candidates: Candidates) -> tuple[Candidates, Features]:
        """Return the candidates with steps of whole sentences and swaps among them, and their features."""
        shared = Evidence(self.en.texts, self.zh.texts, candidates)
        steps = candidates.steps
        corners = np.stack(
            [self.en.sentence[self.corners[:, 0]], self.zh.sentence[self.corners[:, 1]]], axis=1
        )
        sentences = Views.of(self.en.whole(), self.zh.whole(), corners)
        of_sentences = sentences.candidates(sentences.first_scores())
        whole, cells = whole_sentences.to_clauses(of_sentences, self.en, self.zh)
        candidates = replace(
            candidates, whole=whole, cells=np.unique(np.concatenate([candidates.cells, cells]), axis=0)
        )
        for side, column in ((self.en, 0), (self.zh, 2)):
            made = [(step[:, column], step[:, column + 1]) for step in (steps, whole)]
            made.append((side.sentence_start[made[0][0]], side.sentence_stop[made[0][1] - 1]))
            side.make(*made)
        boundaries = step_features.boundaries(self.en, self.zh, steps, self.scale, self.unevenness())
        en, zh = null_features.alone(self.similarities, candidates.cells, self.scale)
        en_alone, zh_alone = shared.alone(candidates.cells)
        table = SentenceTable(self.en, self.zh, self.scale)
        en_sentence, zh_sentence = table.nulls(candidates.cells)
        found, swap_features = find_swaps(self.en, self.zh, candidates, self.scale, shared)
        kept = ~passes_by(found, self.corners)
        found, swap_features = found[kept], swap_features[kept]
        return replace(candidates, swaps=found), Features(
            np.concatenate(
                [
                    self.contrasts(steps),
                    boundaries,
                    table.steps(steps),
                    shared.steps(steps),
                    crossing.crossed(self.en, self.zh, steps, self.scale),
                ],
                axis=1,
            ),
            np.concatenate(
                [
                    sentences.contrasts(of_sentences.steps),
                    whole_sentences.describe(self.en, self.zh, whole, self.unevenness()),
                    shared.steps(whole),
                    crossing.crossed(self.en, self.zh, whole, self.scale),
                ],
                axis=1,
            ),
            swap_features,
            np.concatenate([en, en_sentence, en_alone], axis=1),
            np.concatenate([zh, zh_sentence, zh_alone], axis=1),
        )
