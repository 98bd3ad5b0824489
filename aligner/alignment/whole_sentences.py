"""Steps of whole sentences, however many clauses they have and in whatever order these come.

They are found and described as steps of clauses are, in a view of the document whose atoms are sentences.
"""

from __future__ import annotations

import numpy as np

from aligner.alignment.candidates import Candidates
from aligner.alignment.clauses import Clauses, Doubles
from aligner.encoders.text import Ints

NAMES = (
    "clauses_en",
    "clauses_zh",
    "clauses_less",  # of the side that has fewer
    "uneven",  # how uneven the sentences of the two sides are
    "uneven_pair",  # the same, of one sentence on either side
)


def to_clauses(candidates: Candidates, en: Clauses, zh: Clauses) -> tuple[Ints, Ints]:
    """Return steps ``(e, 4)`` and cells ``(c, 2)`` of sentences in numbers of clauses.

    Where a sentence may be unmatched, so may its clauses, one after another: their cells are among these.
    """
    starts = [np.flatnonzero(side.boundary) for side in (en, zh)]
    steps = np.stack([starts[column // 2][candidates.steps[:, column]] for column in range(4)], axis=1)
    cells = [np.stack([starts[0][candidates.cells[:, 0]], starts[1][candidates.cells[:, 1]]], axis=1)]
    width = len(zh) + 1
    known = np.unique(cells[0] @ [width, 1])
    for side in (0, 1):
        place = candidates.cells[:, side]
        size = np.diff(starts[side], append=starts[side][-1])[place]  # of the sentence after the cell
        after = cells[0].copy()
        after[:, side] += size
        at = np.flatnonzero((size > 1) & np.isin(after @ [width, 1], known))
        inner = np.repeat(cells[0][at], size[at] - 1, axis=0)
        first = np.cumsum(size[at] - 1) - (size[at] - 1)
        inner[:, side] += np.arange(len(inner)) - np.repeat(first, size[at] - 1) + 1
        cells.append(inner)
    return steps, np.concatenate(cells)


def describe(en: Clauses, zh: Clauses, steps: Ints, unevenness: float) -> Doubles:
    """Describe steps ``(e, 4)`` of clauses; returns ``(e, len(NAMES))``."""
    counts = [steps[:, 1] - steps[:, 0], steps[:, 3] - steps[:, 2]]
    single = (en.sentence[steps[:, 0]] == en.sentence[steps[:, 1] - 1]) & (
        zh.sentence[steps[:, 2]] == zh.sentence[steps[:, 3] - 1]
    )
    return np.stack(
        [*counts, np.minimum(*counts), np.full(len(steps), unevenness), unevenness * single], axis=1
    ).astype(np.float64)
