"""The alignment of two encoded texts, from vectors to beads."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.alignment.decode import decode
from aligner.alignment.describe import Views
from aligner.alignment.lattice import Lattice, posteriors
from aligner.alignment.model import load
from aligner.alignment.prune import LEAST, NEVER
from aligner.alignment.side import Side
from aligner.encoders import EncodedText
from aligner.types import Bead

ALMOST_NOTHING = 1e-200


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
    views = Views.of(Side.of(en), Side.of(zh))
    for least in (LEAST, ALMOST_NOTHING):
        candidates = views.candidates(least)
        lattice = Lattice.of([candidates])
        scores = load().scores(views.describe(candidates), lattice)
        posterior, total = posteriors(lattice, scores)
        if total[0] > NEVER / 2:  # where very many alignments are alike, none may have been left
            break
    return decode(lattice, candidates, posterior)
