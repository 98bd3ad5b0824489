"""Sums over all alignments, held against alignments written out one by one."""

from itertools import product

import numpy as np
import pytest

from aligner.alignment.candidates import Candidates
from aligner.alignment.lattice import Lattice, Scores, posteriors, sum_paths
from aligner.alignment.sampling import Sampler

SHAPES = [(1, 1), (1, 2), (2, 1), (2, 2)]


def candidates(n: int, m: int) -> Candidates:
    """All steps of the shapes and all cells."""
    steps = [
        (i, i + a, j, j + b)
        for i, j, (a, b) in product(range(n), range(m), SHAPES)
        if i + a <= n and j + b <= m
    ]
    cells = list(product(range(n + 1), range(m + 1)))
    return Candidates(np.array(steps), np.array(cells), np.ones(n, dtype=bool), np.ones(m, dtype=bool))


def paths(n: int, m: int, i: int = 0, j: int = 0, state: str = "step"):
    """Yield every alignment as steps; unmatched English ones go before Chinese ones."""
    if (i, j) == (n, m):
        yield []
    for a, b in SHAPES:
        if i + a <= n and j + b <= m:
            for rest in paths(n, m, i + a, j + b):
                yield [("step", i, i + a, j, j + b), *rest]
    if i < n and state != "zh":
        for rest in paths(n, m, i + 1, j, "en"):
            yield [("en_extends" if state == "en" else "en_opens", i + 1, j), *rest]
    if j < m:
        for rest in paths(n, m, i, j + 1, "zh"):
            yield [("zh_extends" if state == "zh" else "zh_opens", i, j + 1), *rest]


def random_scores(found: Candidates, seed: int) -> Scores:
    random = np.random.default_rng(seed)
    return Scores(random.normal(size=len(found.steps)), *random.normal(-1, 1, (4, len(found.cells))))


@pytest.mark.parametrize(("n", "m"), [(1, 1), (2, 1), (2, 3), (3, 3)])
def test_posteriors_are_those_of_all_alignments(n, m):
    found = candidates(n, m)
    lattice = Lattice.of([found])
    scores = random_scores(found, seed=n * 10 + m)
    step_of = {("step", *map(int, found.steps[row])): k for k, row in enumerate(lattice.step_rows)}
    cell_of = {tuple(map(int, found.cells[row])): k for k, row in enumerate(lattice.cell_rows)}

    def place(step):
        return ("steps", step_of[step]) if step[0] == "step" else (step[0], cell_of[step[1:]])

    weights, used = [], []
    for path in paths(n, m):
        places = [place(step) for step in path]
        weights.append(sum(getattr(scores, name)[k] for name, k in places))
        used.append(places)
    share = np.exp(np.array(weights) - np.logaddexp.reduce(weights))
    sums = sum_paths(lattice, scores)
    posterior = posteriors(lattice, scores, sums)
    assert sums.total == pytest.approx([np.logaddexp.reduce(weights)])
    for name in ("steps", "en_opens", "en_extends", "zh_opens", "zh_extends"):
        expected = np.zeros(len(getattr(scores, name)))
        for part, places in zip(share, used, strict=True):
            for kind, k in places:
                if kind == name:
                    expected[k] += part
        assert getattr(posterior, name) == pytest.approx(expected, abs=1e-9)


def test_documents_side_by_side_do_not_touch():
    one, two = candidates(2, 2), candidates(3, 2)
    together = Lattice.of([one, two])
    zeros = Scores(np.zeros(len(together.source)), *np.full((4, len(together.above)), -1.0))
    alone = []
    for document in (one, two):
        lattice = Lattice.of([document])
        plain = Scores(np.zeros(len(lattice.source)), *np.full((4, len(lattice.above)), -1.0))
        alone.append(sum_paths(lattice, plain).total[0])
    assert sum_paths(together, zeros).total == pytest.approx(alone)


def test_alignments_are_drawn_as_often_as_they_are_probable():
    found = candidates(2, 2)
    lattice = Lattice.of([found])
    scores = random_scores(found, seed=5)
    sums = sum_paths(lattice, scores)
    cells = found.cells[lattice.cell_rows]
    drawn, total = np.zeros(len(lattice.source)), 0
    for seed in range(60):
        (part,) = Sampler(lattice, scores, sums).parts(cells, np.zeros(len(cells), dtype=bool), seed)
        assert (part.first, part.last) == ((0, 0), (2, 2))
        total += sum(part.counts)
        for path, count in zip(part.paths, part.counts, strict=True):
            drawn[path] += count
    assert drawn / total == pytest.approx(posteriors(lattice, scores, sums).steps, abs=0.02)


def test_cells_that_every_alignment_passes_part_the_document():
    found = candidates(3, 3)
    lattice = Lattice.of([found])
    scores = random_scores(found, seed=1)
    scores.steps[[*map(tuple, found.steps[lattice.step_rows])].index((1, 2, 1, 2))] += 50.0
    cells = found.cells[lattice.cell_rows]
    sums = sum_paths(lattice, scores)
    parts = Sampler(lattice, scores, sums).parts(cells, np.ones(len(cells), dtype=bool), 0)
    assert [(part.first, part.last) for part in parts] == [
        ((0, 0), (1, 1)),
        ((1, 1), (2, 2)),
        ((2, 2), (3, 3)),
    ]
    assert sum(parts[1].counts) == parts[1].counts[0] > 0
