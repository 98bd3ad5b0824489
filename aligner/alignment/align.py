"""The alignment of two encoded texts, from vectors to beads and units."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.alignment.beads import Beads
from aligner.alignment.candidates import LEAST, NEVER
from aligner.alignment.clauses import Clauses
from aligner.alignment.features import Views
from aligner.alignment.lattice import Lattice, sum_paths
from aligner.alignment.model import Model, load
from aligner.alignment.relatedness import scaled
from aligner.alignment.sampling import Part, Sampler
from aligner.alignment.sections import corners
from aligner.encoders import EncodedText
from aligner.types import Bead

ALMOST_NOTHING = 1e-200
SEED = 0


def align(en: Sequence[EncodedText], zh: Sequence[EncodedText], *, model: Model | None = None) -> list[Bead]:
    """Align the sentences of two texts.

    Args:
        en: the English sentences, encoded, none of them empty.
        zh: the Chinese ones, encoded by the same encoder.
        model: other weights than those that come with the program.

    Returns:
        Beads in the order of the texts, every sentence in exactly one. A sentence without a counterpart is a
        bead of its own with an empty other side. ``score`` is the probability that the bead is right; a
        bead of several sentences has units where it can be cut.
    """
    if not en or not zh:
        return [Bead((i,), (), 1.0) for i in range(len(en))] + [Bead((), (j,), 1.0) for j in range(len(zh))]
    sides = Clauses.of(en, "en"), Clauses.of(zh, "zh")
    model = model or load()
    beads, parts = draw(Views.of(*sides, corners(*sides)), model)
    return scaled(list(beads.of(parts, model.whole_beads)), *sides)


def draw(views: Views, model: Model) -> tuple[Beads, list[Part]]:
    """Return alignments of a document drawn from a model, and what makes beads of them."""
    first = views.first_scores()
    for least in (LEAST, ALMOST_NOTHING):
        candidates = views.candidates(first, least)
        candidates, features = views.describe(candidates)
        lattice = Lattice.of([candidates])
        scores = model.scores(features, lattice)
        sums = sum_paths(lattice, scores)
        if sums.total[0] > NEVER / 2:  # where very many alignments are alike, none may have been left
            break
    cells = candidates.cells[lattice.cell_rows]
    corner = views.en.boundary[cells[:, 0]] & views.zh.boundary[cells[:, 1]]
    beads = Beads(views, candidates, lattice)
    if sums.total[0] > NEVER / 2:
        return beads, Sampler(lattice, scores, sums).parts(cells, corner, SEED)
    return beads, [Part((0, 0), (len(views.en), len(views.zh)), [[]], [1])]  # nothing is known of it
