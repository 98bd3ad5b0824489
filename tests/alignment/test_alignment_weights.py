"""The weights that come with the program, and the training that makes them."""

import json
from importlib.resources import files

import numpy as np
import pytest

from aligner.alignment.model import FEATURES, LAYER_PARTS, Model, load, read
from aligner.alignment.training.documents import read_document
from aligner.alignment.training.fitting import (
    beginning,
    fit,
    flatten,
    make_examples,
    measure_scales,
    unflatten,
    write,
)
from aligner.alignment.training.objective import Batch, gradient
from aligner.alignment.training.perturbation import perturbed

FILE = files("aligner.alignment").joinpath("weights.json")


def test_weights_are_readable_and_small():
    text = FILE.read_text(encoding="utf-8")
    assert len(text) < 100_000
    assert max(map(len, text.splitlines())) < 1000
    data = json.loads(text)
    assert "train" in data["about"]
    assert len(data["nets"]) == 3


def test_weights_fit_the_features():
    model = load()
    for part, names in FEATURES.items():
        assert model.scales[part].shape == (2, len(names))
        assert (model.scales[part][1] > 0).all()
        for net in model.nets:
            layer = getattr(net, part)
            assert layer.linear.shape == (len(names), 1)
            assert layer.inner.shape[0] == len(names)
            assert layer.outer.shape == (layer.inner.shape[1], 1)
            assert all(np.isfinite(getattr(layer, name)).all() for name in LAYER_PARTS)


@pytest.mark.parametrize("part", ["en", "zh"])
def test_a_stretch_of_unmatched_clauses_costs_the_same_to_open_anywhere(part):
    x = np.random.default_rng(0).normal(size=(50, len(FEATURES[part])))
    for net in load().nets:
        opens, extends = getattr(net, part)(x).T
        assert opens.std() > 0.1
        assert opens - extends == pytest.approx(opens[0] - extends[0])
        assert opens[0] < extends[0]


@pytest.mark.parametrize(
    ("feature", "sign"),
    [
        ("composed", 1),
        ("length_off", -1),
        ("en_next_door", -1),
        ("zh_next_door", -1),
        ("rival_en", -1),
    ],
)
def test_what_speaks_for_a_step_and_what_against(feature, sign):
    """Signs that no training should turn round, at an average step."""
    x = np.zeros((2, len(FEATURES["steps"])))
    x[1, FEATURES["steps"].index(feature)] = 1.0
    low, high = np.mean([net.steps(x)[:, 0] for net in load().nets], axis=0)
    assert sign * (high - low) > 0


def test_weights_of_other_features_are_refused():
    data = json.loads(FILE.read_text(encoding="utf-8"))
    data["features"]["steps"] = data["features"]["steps"][::-1]
    with pytest.raises(ValueError, match="train anew"):
        read(data)


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    gold = {
        "en": ["The pain was relieved.", "Cement leaked at T12, but no deficit was seen.", "Funding: none."],
        "zh": ["疼痛缓解。", "T12骨水泥渗漏。", "未见神经功能障碍。"],
        "beads": [[[0], [0]], [[1], [1, 2]], [[2], []]],
    }
    path = tmp_path_factory.mktemp("gold") / "one.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    return list(make_examples(perturbed(read_document(path), np.random.default_rng(0)), 1.0))


def test_the_gradient_is_the_slope(examples):
    scales = measure_scales(examples)
    batch, net = Batch(examples, scales, np.float64), beginning(seed=1)
    shapes = [getattr(getattr(net, part), name).shape for part in FEATURES for name in LAYER_PARTS]
    theta = flatten(net)
    _, slopes = batch.loss(net)
    layers = type(net)(*(gradient(getattr(net, p), batch.inputs[p], slopes[p]) for p in FEATURES))
    slope = flatten(layers)
    for k in np.random.default_rng(0).choice(len(theta), 25, replace=False):
        step = np.zeros(len(theta))
        step[k] = 1e-5
        up, down = (batch.loss(unflatten(theta + sign * step, shapes))[0] for sign in (1, -1))
        assert slope[k] == pytest.approx((up - down) / 2e-5, rel=1e-3, abs=1e-5)


def test_training_lowers_the_loss_and_is_written_as_read(examples, tmp_path):
    scales = measure_scales(examples)
    batch = Batch(examples, scales)
    net = fit(examples, scales, seed=0, epochs=40)
    assert batch.loss(net)[0] < batch.loss(beginning(seed=0))[0]
    write(tmp_path / "w.json", Model(scales, (net,)))
    again = read(json.loads((tmp_path / "w.json").read_text(encoding="utf-8")))
    assert flatten(again.nets[0]) == pytest.approx(flatten(net), rel=1e-4, abs=1e-6)
