"""From two sides to candidates and their features: everything that comes before the trained score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aligner.alignment import clauses, contrasts
from aligner.alignment.anchors import anchors_of, band_of
from aligner.alignment.coarse import coarse_scores
from aligner.alignment.evidence import Evidence
from aligner.alignment.nulls import loneliness
from aligner.alignment.products import Doubles, Products
from aligner.alignment.prune import LEAST, Candidates, prune
from aligner.alignment.scale import Nearest, Scale, measure
from aligner.alignment.side import Side


@dataclass(frozen=True)
class Description:
    """Features of the candidates of one document.

    Attributes:
        beads: ``(e, bead features)``.
        en: ``(c, null features)`` of the English sentence before each cell, as unmatched.
        zh: likewise of the Chinese one.
    """

    beads: Doubles
    en: Doubles
    zh: Doubles


@dataclass(frozen=True)
class Views:
    """One document as the features read it."""

    en: Side
    zh: Side
    scale: Scale
    products: Products

    @staticmethod
    def of(en: Side, zh: Side) -> Views:
        """Measure the document, choose the band and multiply what lies in it."""
        nearest = Nearest.of(en, zh)
        anchors = anchors_of(nearest)
        band = band_of(anchors, len(en), len(zh))
        return Views(en, zh, measure(en, zh, nearest, anchors), Products(en, zh, band))

    def candidates(self, least: float = LEAST) -> Candidates:
        """Return the beads and cells whose first probability is at least this."""
        return prune(coarse_scores(self.products, self.scale), self.products.band, least)

    def describe(self, candidates: Candidates) -> Description:
        """Return their features, worked out block by block of the band."""
        evidence = Evidence(self.en.texts, self.zh.texts, candidates)
        beads = candidates.beads
        vectors = np.empty((len(beads), len(contrasts.NAMES) + len(clauses.NAMES)))
        for at, block in self.products.parts(beads[:, 1]):
            vectors[at, : len(contrasts.NAMES)] = contrasts.contrasts(block, beads[at], self.scale)
            vectors[at, len(contrasts.NAMES) :] = clauses.clause_gains(
                self.en, self.zh, candidates, at, self.scale
            )
        en, zh = loneliness(self.products, candidates.cells, self.scale)
        en_alone, zh_alone = evidence.alone(candidates.cells)
        return Description(
            np.concatenate([vectors, evidence.beads(beads)], axis=1),
            np.concatenate([en, en_alone], axis=1),
            np.concatenate([zh, zh_alone], axis=1),
        )
