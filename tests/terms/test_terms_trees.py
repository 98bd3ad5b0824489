import numpy as np
import pytest

from aligner.terms.trees import Trees

DATA = {
    "names": ["length", "count"],
    "features": [[0, 1], [1, 0]],
    "borders": [[2.5, 0.5], [3.5, 1e30]],
    "leaves": [[0.0, 1.0, 10.0, 11.0], [0.0, 100.0, 0.0, 0.0]],
    "bias": -0.5,
}


@pytest.mark.parametrize(
    ("row", "expected"),
    [((0, 0), -0.5), ((3, 0), 0.5), ((0, 1), 9.5), ((3, 1), 10.5), ((3, 4), 110.5), ((2.5, 0.5), -0.5)],
)
def test_level_k_answers_bit_k(row, expected):
    assert Trees.read(DATA)(("length", "count"), np.array([row], dtype=float)) == pytest.approx([expected])


def test_many_rows_and_none():
    trees = Trees.read(DATA)
    rows = np.tile([[3.0, 4.0], [0.0, 0.0]], (10_000, 1))
    assert trees(("length", "count"), rows) == pytest.approx(np.tile([110.5, -0.5], 10_000))
    assert trees(("length", "count"), np.empty((0, 2))).tolist() == []


def test_other_features_are_refused():
    with pytest.raises(ValueError, match="count"):
        Trees.read(DATA)(("length",), np.zeros((1, 1)))
