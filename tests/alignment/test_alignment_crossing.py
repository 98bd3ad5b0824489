"""How much clauses inside a step stand in another order on the other side."""

from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest

from aligner.alignment.crossing import crossed
from aligner.alignment.scale import Scale


def side(vectors, lengths):
    return SimpleNamespace(
        vectors=np.array(vectors, dtype=np.float32), lengths=np.array(lengths, dtype=float)
    )


SCALE = Scale(np.full(9, 0.5), np.ones(9))


def test_what_keeps_its_order_loses_nothing():
    both = side(np.eye(4), [1, 2, 3, 4])
    steps = np.array([[0, 4, 0, 4], [1, 3, 1, 3], [0, 1, 0, 4]])
    assert crossed(both, both, steps, SCALE) == pytest.approx(np.zeros((3, 2)))


def test_exchanged_clauses_lose_the_lesser_part():
    en, zh = side(np.eye(3), [1, 2, 3]), side(np.eye(3)[[1, 0, 2]], [2, 1, 3])
    # one must go without its partner: the shorter, of length 1 among 3 (or 6), at a match of .5
    assert crossed(en, zh, np.array([[0, 2, 0, 2], [0, 3, 0, 3]]), SCALE) == pytest.approx(
        np.array([[2 / 3, 2 / 3], [1 / 3, 1 / 3]])
    )


def test_the_loss_is_that_of_the_best_order():
    random = np.random.default_rng(0)
    en, zh = (
        side(random.normal(size=(5, 6)), random.uniform(1, 9, 5)),
        side(random.normal(size=(6, 6)), np.ones(6)),
    )
    (got, _), step = crossed(en, zh, np.array([[1, 5, 2, 6]]), SCALE)[0], (slice(1, 5), slice(2, 6))
    cosines, weights = (en.vectors @ zh.vectors.T)[step], en.lengths[step[0]]
    values = {
        columns: sum(weights[row] * cosines[row, column] for row, column in enumerate(columns))
        for columns in product(range(4), repeat=4)
    }
    ordered = max(value for columns, value in values.items() if list(columns) == sorted(columns))
    assert got == pytest.approx((max(values.values()) - ordered) / weights.sum() / 0.5, abs=1e-5)
