"""The chain of anchors and the band around it."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from aligner.alignment.band import CORRIDOR, MARGIN, Band, around, chain, without_lonely


def best_by_trying(i, j, weight) -> float:
    best = 0.0
    for size in range(1, len(i) + 1):
        for some in combinations(sorted(range(len(i)), key=lambda k: (i[k], j[k])), size):
            if all(i[a] < i[b] and j[a] < j[b] for a, b in pairwise(some)):
                best = max(best, sum(weight[k] for k in some))
    return best


@pytest.mark.parametrize("seed", range(8))
def test_chain_is_the_heaviest(seed):
    random = np.random.default_rng(seed)
    points = sorted({(int(a), int(b)) for a, b in random.integers(0, 6, (10, 2))})
    i, j = np.array(points).T
    weight = random.random(len(points))
    links = chain(i, j, weight)
    assert (np.diff(links, axis=0) > 0).all()
    by_point = dict(zip(points, weight, strict=True))
    assert sum(by_point[int(a), int(b)] for a, b in links) == pytest.approx(best_by_trying(i, j, weight))


def test_chain_of_nothing():
    nothing = np.zeros(0, dtype=np.int64)
    assert chain(nothing, nothing, np.zeros(0)).shape == (0, 2)


def test_lonely_anchors_are_dropped():
    line = np.array([[k, k] for k in range(20)])
    stray = np.array([[500, 900]])
    assert without_lonely(np.concatenate([line, stray])).tolist() == line.tolist()


@pytest.mark.parametrize(("n", "m"), [(30, 50), (200, 3), (1000, 1000)])
def test_band_is_connected(n, m):
    band = around(np.zeros((0, 2), dtype=np.int64), n, m)
    assert band.low[0] == 0
    assert band.high[-1] == m
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()
    assert (band.low[1:] <= band.high[:-1]).all()


def test_band_is_narrow_on_anchors_and_wide_where_a_chapter_is_missing():
    anchors = np.array([[k, k] for k in range(100)] + [[100 + k, 400 + k] for k in range(100)])
    band = around(anchors, 200, 500)
    width = band.high - band.low
    assert width[50] == 4 * MARGIN + 2
    assert width[99] > 300
    assert len(band) < 35_000


def test_no_anchors_at_all_means_a_corridor():
    band = around(np.zeros((0, 2), dtype=np.int64), 2000, 2000)
    assert (band.high - band.low).max() <= 2 * (CORRIDOR + 2)


def test_cells_have_numbers():
    band = Band(np.array([0, 1, 2]), np.array([1, 2, 3]))
    i, j = band.cells
    assert list(zip(i.tolist(), j.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 3)]
    assert band.number(i, j).tolist() == list(range(6))
    assert band.number(np.array([0, -1, 3, 2]), np.array([2, 0, 3, 1])).tolist() == [6, 6, 6, 6]
