"""From probabilities to beads: the alignment whose beads are most surely right."""

from __future__ import annotations

from aligner.alignment.lattice import Doubles, Lattice, Scores
from aligner.alignment.prune import Candidates
from aligner.types import Bead

ENGLISH, CHINESE, START = -1, -2, -3
SURE_ENOUGH = 0.5  # what a bead has to offer: less is worth more unmatched


def decode(lattice: Lattice, candidates: Candidates, posterior: Scores) -> list[Bead]:
    """Return the beads of the path with the greatest sum of probabilities less ``SURE_ENOUGH``.

    Unmatched sentences count nothing; of equal paths the one with fewer beads that begin later wins.
    """
    choice = _best_steps(lattice, posterior.beads)
    en_alone = _by_sentence(posterior.en_opens + posterior.en_extends, lattice, candidates, 0)
    zh_alone = _by_sentence(posterior.zh_opens + posterior.zh_extends, lattice, candidates, 1)
    beads: list[Bead] = []
    cell = int(lattice.last[0])
    cells = candidates.cells[lattice.cell_rows]
    while choice[cell] != START:
        step = choice[cell]
        i, j = (int(number) for number in cells[cell])
        if step == ENGLISH:
            beads.append(Bead((i - 1,), (), min(1.0, en_alone.get(i, 0.0))))
            cell = int(lattice.above[cell])
        elif step == CHINESE:
            beads.append(Bead((), (j - 1,), min(1.0, zh_alone.get(j, 0.0))))
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


def _best_steps(lattice: Lattice, probability: Doubles) -> list[int]:
    """Return, for each cell, the bead that leads there on the best path, or ENGLISH, CHINESE or START."""
    count = len(lattice.above)
    never = float("-inf")
    best, choice = [never] * (count + 1), [START] * count
    best[int(lattice.first[0])] = 0.0
    source, gain = lattice.source.tolist(), (probability - SURE_ENOUGH).tolist()
    above, left, target = (
        lattice.above.tolist(),
        lattice.left.tolist(),
        lattice.target.tolist(),
    )
    bead = 0
    for cell in range(count):
        top, step = best[cell], START
        while bead < len(target) and target[bead] == cell:
            if best[source[bead]] + gain[bead] > top:
                top, step = best[source[bead]] + gain[bead], bead
            bead += 1
        if best[above[cell]] > top:
            top, step = best[above[cell]], ENGLISH
        if best[left[cell]] > top:
            top, step = best[left[cell]], CHINESE
        best[cell], choice[cell] = top, step
    return choice


def _by_sentence(
    probability: Doubles, lattice: Lattice, candidates: Candidates, side: int
) -> dict[int, float]:
    """Add up, over all places, the probability that a sentence is unmatched; keyed by its number plus one."""
    total: dict[int, float] = {}
    numbers = candidates.cells[lattice.cell_rows, side]
    for number, value in zip(numbers.tolist(), probability.tolist(), strict=True):
        total[number] = total.get(number, 0.0) + value
    return total
