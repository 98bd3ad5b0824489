"""From probabilities to beads: the alignment whose beads are most surely right."""

from __future__ import annotations

import numpy as np

from aligner.alignment.lattice import Doubles, Lattice, Scores
from aligner.alignment.prune import Candidates
from aligner.types import Bead

ENGLISH, CHINESE, START = -1, -2, -3
COST = 0.5  # of a bead, matched or not: F1 over all beads is greatest near half its own value


def decode(lattice: Lattice, candidates: Candidates, posterior: Scores) -> list[Bead]:
    """Return the beads of the path with the greatest sum of probabilities less ``COST``.

    An unmatched sentence is a bead like any other: it counts with the probability that it is unmatched,
    wherever it stands. Of equal paths the one with fewer beads that begin later wins.
    """
    en_alone = _by_sentence(posterior.en_opens + posterior.en_extends, lattice, candidates, 0)
    zh_alone = _by_sentence(posterior.zh_opens + posterior.zh_extends, lattice, candidates, 1)
    choice = _best_steps(lattice, posterior.beads, en_alone, zh_alone)
    beads: list[Bead] = []
    cell = int(lattice.last[0])
    cells = candidates.cells[lattice.cell_rows]
    while choice[cell] != START:
        step = choice[cell]
        i, j = (int(number) for number in cells[cell])
        if step == ENGLISH:
            beads.append(Bead((i - 1,), (), float(en_alone[cell])))
            cell = int(lattice.above[cell])
        elif step == CHINESE:
            beads.append(Bead((), (j - 1,), float(zh_alone[cell])))
            cell = int(lattice.left[cell])
        else:
            i0, i1, j0, j1 = (int(number) for number in candidates.beads[lattice.bead_rows[step]])
            beads.append(
                Bead(
                    tuple(range(i0, i1)),
                    tuple(range(j0, j1)),
                    float(posterior.beads[step]),
                )
            )
            cell = int(lattice.source[step])
    return beads[::-1]


def _best_steps(lattice: Lattice, beads: Doubles, en_alone: Doubles, zh_alone: Doubles) -> list[int]:
    """Return, for each cell, the bead that leads there on the best path, or ENGLISH, CHINESE or START."""
    count = len(lattice.above)
    never = float("-inf")
    best, choice = [never] * (count + 1), [START] * count
    best[int(lattice.first[0])] = 0.0
    source, gain = lattice.source.tolist(), (beads - COST).tolist()
    above, left, target = (
        lattice.above.tolist(),
        lattice.left.tolist(),
        lattice.target.tolist(),
    )
    en_gain, zh_gain = (en_alone - COST).tolist(), (zh_alone - COST).tolist()
    bead = 0
    for cell in range(count):
        top, step = best[cell], START
        while bead < len(target) and target[bead] == cell:
            if best[source[bead]] + gain[bead] > top:
                top, step = best[source[bead]] + gain[bead], bead
            bead += 1
        if best[above[cell]] + en_gain[cell] > top:
            top, step = best[above[cell]] + en_gain[cell], ENGLISH
        if best[left[cell]] + zh_gain[cell] > top:
            top, step = best[left[cell]] + zh_gain[cell], CHINESE
        best[cell], choice[cell] = top, step
    return choice


def _by_sentence(probability: Doubles, lattice: Lattice, candidates: Candidates, side: int) -> Doubles:
    """Return for each cell ``(c,)`` how probably the sentence before it is unmatched, over all places."""
    numbers = candidates.cells[lattice.cell_rows, side]
    total = np.minimum(np.bincount(numbers, probability), 1.0)
    result: Doubles = total[numbers]
    return result
