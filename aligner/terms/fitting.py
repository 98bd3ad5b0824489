"""Fitting the parts of the model: weights of words, and trees. Needs the extra ``train``."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from aligner.terms.lexicon import ROLES, bigram_forms, forms, roles
from aligner.terms.spans import Column, Spans

RARE = 8  # spans; forms seen in fewer get no weight
MOST_WRONG = 100_000  # spans that are no terms; of more a sample is drawn, and weighs as much
STRENGTH = 0.2  # inverse of the L2 penalty
CERTAIN = 6.0  # log odds where all examples agree
THREADS = 2  # of CatBoost
NEVER = 1e30  # a border no value is above


def fit_weights(
    spans: Spans, right: Column, seen: Column, *, rare: int = RARE
) -> dict[str, dict[str, float]]:
    """Fit weights of words by logistic regression.

    Args:
        spans: of all texts, as one block.
        right: ``(n,)`` whether a span is a term.
        seen: ``(n,)`` which spans to learn from.
        rare: forms seen in fewer spans get no weight.
    """
    if len(set(right[seen].tolist())) < 2:  # nothing to tell apart
        return {role: {} for role in roles(spans)}
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    bigrams, bigram_of = bigram_forms(spans)
    known = [forms(word) for word in spans.vocabulary]
    blocks, labels = [], []
    for role, (span, token) in roles(spans).items():
        shown = (
            [known[w] for w in spans.words[token].tolist()]
            if role in ROLES
            else [[bigrams[c]] for c in bigram_of[token].tolist()]
        )
        keep = seen[span]
        numbers: dict[str, int] = {}
        rows, columns = [], []
        count = Counter(f for fs, k in zip(shown, keep.tolist(), strict=True) if k for f in fs)
        for row, fs in zip(span.tolist(), shown, strict=True):
            for form in fs:
                if count[form] >= rare:
                    rows.append(row)
                    columns.append(numbers.setdefault(form, len(numbers)))
        blocks.append(csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(spans), len(numbers))))
        labels += [(role, form) for form in numbers]
    lengths = np.minimum(spans.length, 16)
    blocks.append(csr_matrix((np.ones(len(spans)), (np.arange(len(spans)), lengths)), shape=(len(spans), 17)))
    table = hstack(blocks).tocsr()
    wrong = np.flatnonzero(seen & ~right)
    drawn = wrong
    if len(wrong) > MOST_WRONG:
        drawn = np.random.default_rng(0).choice(wrong, MOST_WRONG, replace=False)
    learned = np.sort(np.concatenate([np.flatnonzero(seen & right), drawn]))
    weight = np.where(right[learned], 1.0, len(wrong) / max(1, len(drawn)))
    model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-3, random_state=0)
    model.fit(table[learned], right[learned], sample_weight=weight)
    weights: dict[str, dict[str, float]] = {role: {} for role in roles(spans)}
    for (role, form), weight in zip(labels, model.coef_[0], strict=False):
        if abs(weight) >= 0.05:
            weights[role][form] = round(float(weight), 2)
    return {role: dict(sorted(some.items())) for role, some in weights.items()}


def fit_trees(
    names: tuple[str, ...],
    values: Column,
    right: Column,
    weight: Column,
    *,
    count: int,
    depth: int = 6,
    rate: float = 0.1,
    share: float = 0.5,
) -> dict[str, Any]:
    """Boost oblivious trees on rows ``(n, features)``; return what goes into the model file.

    Args:
        names: of the features.
        values: of the rows.
        right: ``(n,)`` what the trees are to tell; or how much of it there is, from 0 to 1.
        weight: ``(n,)`` of the rows.
        count: trees.
        depth: questions in a tree.
        rate: share of each tree's answer that is kept.
        share: of the features, drawn anew for each question.
    """
    if right.min() == right.max():  # nothing to tell apart
        one = {"features": [[0] * depth], "borders": [[NEVER] * depth], "leaves": [[0.0] * 2**depth]}
        return {"names": list(names), **one, "bias": CERTAIN if right[0] else -CERTAIN}
    from catboost import CatBoostClassifier

    model = CatBoostClassifier(
        loss_function="Logloss" if right.dtype == bool else "CrossEntropy",
        iterations=count,
        depth=depth,
        learning_rate=rate,
        border_count=96,
        leaf_estimation_iterations=1,
        bootstrap_type="Bernoulli",
        subsample=0.7,
        rsm=share,
        l2_leaf_reg=10,
        thread_count=THREADS,
        verbose=False,
        random_seed=1,
        allow_writing_files=False,
    )
    model.fit(values, right, sample_weight=weight)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trees.json"
        model.save_model(str(path), format="json")
        data = json.loads(path.read_text(encoding="utf-8"))
    return {"names": list(names), **_read_trees(data, depth)}


def _read_trees(data: dict[str, Any], depth: int) -> dict[str, Any]:
    """Return CatBoost's trees as the model file has them, each with ``depth`` questions."""
    columns, borders, leaves = [], [], []
    for tree in data["oblivious_trees"]:
        splits = tree["splits"] or []
        spare = depth - len(splits)
        columns.append([s["float_feature_index"] for s in splits] + [0] * spare)
        borders.append([float(f"{s['border']:.5g}") for s in splits] + [NEVER] * spare)
        leaves.append([round(v, 4) for v in tree["leaf_values"]] + [0.0] * (2**depth - 2 ** len(splits)))
    bias = float(data["scale_and_bias"][1][0])
    return {"features": columns, "borders": borders, "leaves": leaves, "bias": round(bias, 5)}
