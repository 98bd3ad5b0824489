"""The alignment of two encoded texts, from vectors to beads."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.alignment.band import Band
from aligner.alignment.coarse import SHAPES, coarse_scores
from aligner.alignment.search import decode, run
from aligner.alignment.side import Side, length_ratio
from aligner.encoders import EncodedText
from aligner.types import Bead

NULLS = (-5.0, -0.3)


def align(en: Sequence[EncodedText], zh: Sequence[EncodedText]) -> list[Bead]:
    """Align the sentences of two texts.

    Args:
        en: the English sentences, encoded, none of them empty.
        zh: the Chinese ones, encoded by the same encoder.

    Returns:
        Beads in the order of the texts, every sentence in exactly one. A sentence without a counterpart is a
        bead of its own with an empty other side. ``score`` is the probability that the bead is right.
    """
    if not en or not zh:
        return [Bead((i,), (), 1.0) for i in range(len(en))] + [Bead((), (j,), 1.0) for j in range(len(zh))]
    left, right = Side.of(en), Side.of(zh)
    band = Band.whole(len(en), len(zh))
    scores = coarse_scores(left, right, band, length_ratio(left, right, left.vectors @ right.vectors.T))
    posterior, _ = run(band, SHAPES, scores.astype("f8"), NULLS)
    return [Bead(e, z, float(p)) for e, z, p in decode(band, SHAPES, posterior)]
