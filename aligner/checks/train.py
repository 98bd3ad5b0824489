"""Train what decides whether a difference is a slip, and measure how often the rules are right.

    python -m aligner.checks.train PAIRS... --tuning PAIRS... --free PAIRS... --out decision.json

PAIRS are files of correct pairs: JSONL with the keys id, en, zh and, where several pairs are of one text,
doc; or gold files of an alignment (.json with en, zh and beads). Of those behind --tuning only the tuning
half of the texts is read; on them rules are measured. Those behind --free may leave things out or put them
in other words: denials alone are learned from them. Slips are made by `aligner.checks.edits`, examples by
`aligner.checks.examples`. Each kind of slip weighs as `shares` says, all together one pair in ten.
Cross-validated by text; needs the extra ``train``.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from aligner.checks.decision import Model
from aligner.checks.edits import ENGLISH_KINDS, Slip, make_slips
from aligner.checks.examples import CUTTING, DENYING, Gathered, Rows, Texts, gather, read
from aligner.encoders import load_encoder
from aligner.types import Language, Pair

FOLDS = 5
SLIPS = 0.1  # pairs in a pair
WARNING = 0.25  # where 2 % of the tuning pairs have one, and most lost denials and added clauses are found
ERROR = 0.95  # where little was seen the measured share is too high: on other texts nine in ten
INFO = 0.5  # of the probability of a warning
IMPORTANT = {"negation: lost": 6.0, "term": 5.0, "negation": 4.0, "addition": 4.0, "omission": 3.0}
FAINT = tuple(f"{what}{side}" for what in (": name", ": adjunct") for side in ("", " not in the English"))
PENALTY = 0.01  # of squared weights, an example
SEEN = 0.5  # of an alarm more is counted to all rules of a severity
TOP = 0.1  # of a correct pair at the top of each calibration
NO_STEP = 0.005  # of a probability


def fit(rows: Rows, train: NDArray[np.bool_], weights: NDArray[np.float64]) -> tuple[list[str], Any]:
    """Fit one kind on some of its examples; features are scaled by their spread.

    Slips are few and weigh little: they are fitted with the weight of the others, so that the penalty does
    not drown them, and the bias is set back to their share.
    """
    names = sorted({name for row in rows.features for name in row})
    matrix = _matrix(rows, names)
    flags = ((matrix == 0.0) | (matrix == 1.0)).all(axis=0)
    scale = np.where(flags, 1.0, np.maximum(matrix[train].std(axis=0), 1e-3))
    labels, balanced = np.array(rows.labels), weights.copy()
    more = max(1.0, (weights * ~labels)[train].sum() / max(1e-9, (weights * labels)[train].sum()))
    balanced[labels] *= more
    model = LogisticRegression(C=1.0 / (PENALTY * balanced[train].sum()), max_iter=3000)
    model.fit(matrix[train] / scale, labels[train], sample_weight=balanced[train])
    model.coef_ = model.coef_ / scale
    model.intercept_ = model.intercept_ - np.log(more)
    return names, model


def _matrix(rows: Rows, names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[row.get(name, 0.0) for name in names] for row in rows.features], dtype=np.float64)


def weigh(rows: Rows, clean: int, kinds: Mapping[str, int]) -> NDArray[np.float64]:
    """Weigh the examples: one pair in ten has a slip, each kind the same but for denials and cuts."""
    of = {kind: share * SLIPS * clean / (1 - SLIPS) / kinds[kind] for kind, share in shares(kinds).items()}
    return np.array(
        [
            of.get(pair[0], 1.0 / 3.0) if slip else 1.0
            for slip, pair in zip(rows.labels, rows.pairs, strict=True)
        ]
    )


def shares(kinds: Mapping[str, int]) -> dict[str, float]:
    """Return which share of all slips each kind is taken to be."""
    total = sum(map(_importance, kinds))
    return {kind: _importance(kind) / total for kind in kinds}


def _importance(kind: str) -> float:
    """What reviewers mark most counts more: a denial lost first, then wrong terms, then the rest of meaning.

    Names and adjuncts, which leave little to see, count less: with more, cut clauses are found less. The
    edits of the English are additions once more.
    """
    if kind.endswith(FAINT):
        return 0.2
    if kind in ENGLISH_KINDS:
        return 1.0
    return IMPORTANT.get(kind, IMPORTANT.get(kind.partition(":")[0], 1.0))


def out_of_fold(rows: Rows, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each example's probability by a model that saw no pair of its text."""
    groups = sorted(set(rows.groups) - {""})
    folds = {group: number % FOLDS for number, group in enumerate(groups)}
    fold = np.array([folds.get(group, -1) for group in rows.groups])
    labels = np.array(rows.labels)
    probability = np.zeros(len(labels))
    for number in range(FOLDS):
        train = fold != number
        if not (~train).any():
            continue
        names, model = fit(rows, train, weights)
        probability[~train] = model.predict_proba(_matrix(rows, names)[~train])[:, 1]
    return probability


def calibrated(
    rows: Rows, odds: NDArray[np.float64], weights: NDArray[np.float64]
) -> list[tuple[float, float]]:
    """Return how often a kind is right at which log odds, on texts not trained on, as knots of a line.

    The share never falls; a tenth of a correct pair more is taken to lie at the top.

    References:
        Zadrozny and Elkan 2002, Transforming classifier scores into accurate multiclass probability
        estimates (isotonic regression).
    """
    surest: dict[tuple[str, str], tuple[float, bool, float]] = {}  # of each pair, its surest difference
    for pair, score, label, weight in zip(rows.pairs, odds, rows.labels, weights, strict=True):
        if pair[1] and (pair not in surest or score > surest[pair][0]):
            surest[pair] = float(score), label, float(weight)
    ordered = sorted(surest.values())
    blocks: list[list[float]] = []  # first and last log odds, weight of slips, weight of all
    for score, label, weight in [*ordered, (float(odds.max()), False, TOP)]:
        blocks.append([score, score, weight * label, weight])
        while len(blocks) > 1 and blocks[-2][2] * blocks[-1][3] >= blocks[-1][2] * blocks[-2][3]:
            first, last = blocks[-2], blocks.pop()
            blocks[-1] = [first[0], last[1], first[2] + last[2], first[3] + last[3]]
    knots: list[tuple[float, float]] = []
    for start, end, slips, every in blocks:
        share = round(slips / every, 4)
        if not knots or share - knots[-1][1] >= NO_STEP:
            knots += [(round(score, 3), share) for score in dict.fromkeys((start, end))]
    return knots


def log_odds(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return log odds of at most 15 either way."""
    kept = np.clip(probabilities, 3e-7, 1 - 3e-7)
    return np.asarray(np.log(kept / (1 - kept)))


def rates(found: Gathered, clean: int, kinds: Mapping[str, int]) -> dict[str, float]:
    """Return how often each rule is right where one pair in ten holds a slip; pooled by severity as well.

    A rule is taken to be as right as others of its severity until more than a pair or two say otherwise.
    """
    of = shares(kinds)
    rows: dict[str, tuple[float, float]] = {}
    pooled: dict[str, tuple[float, float]] = {}
    for key, records in sorted(found.rules.items()):
        right = SLIPS * sum(of[kind] * len(seen) / kinds[kind] for kind, seen in records.items() if kind)
        if right:
            rows[key] = right, (1 - SLIPS) * len(records.get("", ())) / clean
            severity = key.split(" ")[-2]
            before = pooled.get(severity, (0.0, 0.0))
            pooled[severity] = before[0] + rows[key][0], before[1] + rows[key][1]
    result = {severity: right / (right + wrong + SEEN / clean) for severity, (right, wrong) in pooled.items()}
    for key, (right, wrong) in rows.items():
        prior = result[key.split(" ")[-2]]
        result[key] = (right + prior / clean) / (right + wrong + 1.0 / clean)
    return {key: round(rate, 4) for key, rate in sorted(result.items())}


def train(texts: Texts, *, seed: int, per_kind: int) -> dict[str, Any]:
    """Train all kinds; print what each reaches on texts it was not trained on."""
    close, free = (_slips(pairs, seed=seed, per_kind=per_kind) for pairs in (texts.close, texts.free))
    kinds = Counter(slip.kind for slip in close)
    every = kinds + Counter(slip.kind for slip in free)
    found = gather(texts, [*close, *free], load_encoder())
    for of in found.rows.values():
        of.add({}, "", ("", ""), slip=False)  # one of each, so that a kind that was never wrong
        of.add({}, "", ("none", ""), slip=True)  # or never right has a probability too
    weights = {
        kind: weigh(of, len(texts.close), kinds)
        if kind in CUTTING
        else weigh(of, len(texts.close) + len(texts.free), every)
        for kind, of in found.rows.items()
    }
    scores = {kind: out_of_fold(of, weights[kind]) for kind, of in sorted(found.rows.items())}
    knots = {}
    for kind, of in found.rows.items():
        odds = log_odds(scores[kind])
        knots[kind] = calibrated(of, odds, weights[kind])
        scores[kind] = Model(0.0, {}, knots[kind]).calibrate(odds)
    measured = texts.measured
    of_measured = Counter(slip.kind for slip in close if slip.pair.record.partition("#")[0] in measured)
    rules = rates(found, len(measured), of_measured)
    result: dict[str, Any] = {}
    for kind, of in sorted(found.rows.items()):
        _print(of, scores[kind], kind, every if kind.startswith(DENYING) else kinds)
        names, model = fit(of, np.ones(len(of.labels), dtype=bool), weights[kind])
        result[kind] = {
            "bias": round(float(model.intercept_[0]), 4),
            "weights": {name: round(float(w), 4) for name, w in zip(names, model.coef_[0], strict=True)},
            "calibration": knots[kind],
        }
    cuts = {"error": ERROR, "warning": WARNING, "info": INFO * WARNING}
    return {"cuts": cuts, "kinds": result, "rules": rules}


def _slips(pairs: Sequence[tuple[Pair, str]], *, seed: int, per_kind: int) -> list[Slip]:
    correct = [pair for pair, _ in pairs]
    sides: tuple[Language, ...] = "zh", "en"
    return [one for side in sides for one in make_slips(correct, seed=seed, per_kind=per_kind, side=side)]


def _print(of: Rows, scores: NDArray[np.float64], kind: str, kinds: Mapping[str, int]) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for (name, record), p in zip(of.pairs, scores, strict=True):
        if p >= WARNING and record:
            found[name].add(record)
    print(f"{kind}: from {WARNING} on, {len(found.pop('', ()))} correct pairs", file=sys.stderr)
    for name, records in sorted(found.items()):
        if name in kinds and len(records) > 1:
            print(f"    {name:40s} {len(records)}/{kinds[name]}", file=sys.stderr)


def main() -> None:
    """Read the arguments, train, and write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", nargs="*", type=Path)
    parser.add_argument("--tuning", nargs="+", type=Path, required=True, help="one half of their texts")
    parser.add_argument("--free", nargs="+", type=Path, default=(), help="free translations")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-kind", type=int, default=120)
    args = parser.parse_args()
    measured = list(read(args.tuning, "tuning"))
    records = {pair.record for pair, _ in measured}
    texts = Texts([*measured, *read(args.pairs)], list(read(args.free)), records)
    found = train(texts, seed=args.seed, per_kind=args.per_kind)
    about = "python -m aligner.checks.train; probabilities where one pair in ten holds a slip"
    text = json.dumps({"about": about, **found}, ensure_ascii=False, indent=1)
    args.out.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
