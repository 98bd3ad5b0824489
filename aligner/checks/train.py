"""Train what decides whether a difference is a slip, and measure how often the rules are right.

    python -m aligner.checks.train PAIRS... --tuning PAIRS... --out aligner/checks/decision.json

PAIRS are files of correct pairs: JSONL with the keys id, en, zh and, where several pairs are of one text,
doc; or gold files of an alignment (.json with en, zh and beads). Of those behind --tuning only the tuning
half of the texts is read; on them rules are measured. Slips are made by
`aligner.checks.edits`; what a check sees in a slip and not in the pair it was made of is a slip, what it
sees in a correct pair is none. Each kind of slip weighs the same, those of denials thrice, of omissions and
additions twice, all together one pair in ten. Cross-validated by text; needs the extra ``train``.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from aligner.checks import coverage, direction, negation, owner
from aligner.checks.decision import Candidate, Decision, Model, rule_key
from aligner.checks.edits import ENGLISH_KINDS, Slip, make_slips
from aligner.checks.halves import Half, half_of, text_of
from aligner.checks.parsed import ParsedPair
from aligner.checks.run import check, context_of
from aligner.encoders import Encoder, load_encoder
from aligner.types import Pair, Span

FOLDS = 5
SLIPS = 0.1  # pairs in a pair
WARNING = 0.33  # where some 2 % of the tuning pairs have one, and most turned denials are found
ERROR = 0.95  # where little was seen the measured share is too high: on other texts nine in ten
INFO = 0.5  # of the probability of a warning
PENALTY = 0.002  # of squared weights, an example
SEEN = 0.5  # of an alarm more is counted to all rules of a severity
TOP = 0.1  # of a correct pair at the top of each calibration
NO_STEP = 0.005  # of a probability
LEARNED = (
    *("negation", "direction", "opposite", "laterality", "statistic", "owner", "omission", "addition"),
    "term",
)
CUTTING = ("omission", "addition")  # kinds of slips of which segments are learned


_RULES_ALONE = Decision(
    defaultdict(lambda: Model(-30.0, {})), {}, {"error": ERROR, "warning": ERROR, "info": ERROR}
)
"""With it a check finds what its rules find, each with the severity that the rule names."""


@dataclass
class Rows:
    """Examples of one kind of difference: features, whether a slip, weight, text, and pair."""

    features: list[dict[str, float]] = field(default_factory=list)
    labels: list[bool] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)  # kind of slip ("" for none), its name

    def add(self, features: dict[str, float], group: str, pair: tuple[str, str], *, slip: bool) -> None:
        """Add one example."""
        self.features.append(features)
        self.labels.append(slip)
        self.groups.append(group)
        self.pairs.append(pair)


def read(paths: Iterable[Path], half: Half | None = None) -> Iterator[tuple[Pair, str]]:
    """Yield correct pairs with text on both sides, each with the text it is of; of one half, or all."""
    for path in paths:
        if path.is_dir():
            yield from read(sorted(path.glob("*.json")), half)
            continue
        for pair, text in _of_gold(path) if path.suffix == ".json" else _of_rows(path):
            if pair.en.strip() and pair.zh.strip() and half in (None, half_of(text)):
                yield pair, text


def _of_gold(path: Path) -> Iterator[tuple[Pair, str]]:
    gold = json.loads(path.read_text(encoding="utf-8"))
    for number, (en, zh) in enumerate(gold.get("beads", ())):
        texts = " ".join(gold["en"][i] for i in en), "".join(gold["zh"][i] for i in zh)
        yield Pair(f"{path.stem} {number}", 0, *texts), path.stem


def _of_rows(path: Path) -> Iterator[tuple[Pair, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Pair(str(row["id"]), 0, row["en"], row["zh"]), text_of(row)


def candidates(parsed: ParsedPair) -> Iterator[Candidate]:
    """Yield all differences that the models decide on, but for the segments of coverage."""
    yield from negation.candidates(parsed)
    yield from direction.candidates(parsed)
    yield from owner.candidates(parsed)


@dataclass
class Gathered:
    """What was seen in correct pairs and in slips.

    Attributes:
        rows: examples by kind of difference.
        rules: findings of rules, by `rule_key`, then by kind of slip ("" for correct pairs): the pairs.
    """

    rows: dict[str, Rows] = field(default_factory=lambda: defaultdict(Rows))
    rules: dict[str, dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )


def gather(
    pairs: Sequence[tuple[Pair, str]], slips: Sequence[Slip], measured: Collection[str], encoder: Encoder
) -> Gathered:
    """Describe the differences of correct pairs and of slips; what rules find, of the measured records."""
    found = Gathered()
    groups = {pair.record: group for pair, group in pairs}
    clean: dict[str, ParsedPair] = {}
    seen: dict[str, set[tuple[str, str]]] = {}
    for pair, group in pairs:
        for parsed in _parsed(pair, encoder):
            known = list(candidates(parsed))
            if parsed.encoded:
                clean[pair.record] = parsed
                _segments(found.rows, parsed, group)
            seen.setdefault(pair.record, set()).update((one.kind, one.message) for one in known)
            for one in known:
                found.rows[one.kind].add(dict(one.features), group, ("", pair.record), slip=False)
        if pair.record in measured:
            seen[pair.record] |= _rules(found, ParsedPair(pair, decision=_RULES_ALONE), "", set())
    for slip in slips:
        record = slip.pair.record.partition("#")[0]
        learned = slip.kind.partition(":")[0] in LEARNED or "two" in slip.kind
        for parsed in _parsed(slip.pair, encoder) if learned else ():
            for one in candidates(parsed) if slip.side == "zh" else ():
                if (one.kind, one.message) not in seen[record]:
                    name = (slip.kind, slip.pair.record)
                    found.rows[one.kind].add(dict(one.features), groups[record], name, slip=True)
            if parsed.encoded and slip.kind.partition(":")[0] in CUTTING:
                _segments(found.rows, parsed, groups[record], slip, clean[record])
        if slip.side == "zh" and record in measured:
            _rules(found, ParsedPair(slip.pair, decision=_RULES_ALONE), slip.kind, seen[record])
    return found


def _rules(
    found: Gathered, parsed: ParsedPair, kind: str, known: set[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Count what rules find that is not known, and return it; rules need no vectors."""
    new: set[tuple[str, str]] = set()
    for one in check(parsed, context_of([parsed.pair])):
        spans = one.en_span, one.zh_span
        if (one.check, one.message) in known or (one.check in CUTTING and not all(spans)):
            continue
        new.add((one.check, one.message))
        found.rules[rule_key(one.check, one.severity, spans)][kind].add(parsed.pair.record)
    return new


def _parsed(pair: Pair, encoder: Encoder) -> Iterator[ParsedPair]:
    if any(map(str.isalnum, pair.zh)):
        en, zh = encoder.encode([pair.en, pair.zh])
        yield ParsedPair(pair, (en, zh), _RULES_ALONE)
        yield ParsedPair(pair, decision=_RULES_ALONE)


def _segments(
    rows: dict[str, Rows],
    parsed: ParsedPair,
    group: str,
    slip: Slip | None = None,
    clean: ParsedPair | None = None,
) -> None:
    """Add the segments of a pair; of a slip only those that lost their counterpart, or were put in."""
    quantities = parsed.en_quantities, parsed.zh_quantities
    assert parsed.encoded is not None
    described = coverage.described(parsed.pair, parsed.encoded, quantities, parsed.differences)
    for which, (spans, matrix) in described.items():
        if slip is None:
            chosen: Sequence[int] = range(len(spans))
        else:
            assert clean is not None
            chosen = _changed(which, spans, slip, clean)
        for at in chosen:
            features = dict(zip(coverage.FEATURES, map(float, matrix[at]), strict=True))
            name = (slip.kind, slip.pair.record) if slip else ("", parsed.pair.record)
            rows[which].add(features, group, name, slip=slip is not None)


def _changed(which: str, spans: Sequence[Span], slip: Slip, clean: ParsedPair) -> list[int]:
    """Return the segment that a cut left without a counterpart, or those that were put in."""
    edited = slip.pair.zh if slip.side == "zh" else slip.pair.en
    cut, put = difference(slip.was, edited)
    if (slip.side == "zh") == (which == "addition"):  # segments of the edited side
        inserted = put[1] - put[0] > 3
        return [at for at, (a, b) in enumerate(spans) if inserted and put[0] < b and a < put[1]]
    if cut[1] - cut[0] < 2 or clean.encoded is None:
        return []
    kept, edited_text = clean.encoded if slip.side == "zh" else clean.encoded[::-1]
    near = (kept.vectors(list(spans)) @ edited_text.vectors([cut]).T)[:, 0]
    own = (kept.vectors(list(spans)) @ edited_text.vectors([(0, len(edited_text.text))]).T)[:, 0]
    at = int(np.argmax(near))
    return [at] if near[at] > 0.35 and near[at] + 0.1 > own[at] else []


def difference(before: str, after: str) -> tuple[Span, Span]:
    """Return where two texts differ: the span that was replaced, and what stands there now."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return (start, len(before) - end), (start, len(after) - end)


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
    """What reviewers mark most counts more: denials thrice, what is left out or put in twice."""
    if kind in ENGLISH_KINDS:
        return 1.0  # they are kinds of additions once more
    return 3.0 if kind.startswith("negation") else 2.0 if kind.startswith(CUTTING) else 1.0


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


def train(
    pairs: Sequence[tuple[Pair, str]], measured: Collection[str], *, seed: int, per_kind: int
) -> dict[str, Any]:
    """Train all kinds; print what each reaches on texts it was not trained on."""
    correct = [pair for pair, _ in pairs]
    slips = make_slips(correct, seed=seed, per_kind=per_kind)
    slips += make_slips(correct, seed=seed, per_kind=per_kind, side="en")
    kinds = Counter(slip.kind for slip in slips)
    found = gather(pairs, slips, measured, load_encoder())
    for of in found.rows.values():
        of.add({}, "", ("", ""), slip=False)  # one of each, so that a kind that was never wrong
        of.add({}, "", ("none", ""), slip=True)  # or never right has a probability too
    weights = {kind: weigh(of, len(pairs), kinds) for kind, of in found.rows.items()}
    scores = {kind: out_of_fold(of, weights[kind]) for kind, of in sorted(found.rows.items())}
    knots = {}
    for kind, of in found.rows.items():
        odds = log_odds(scores[kind])
        knots[kind] = calibrated(of, odds, weights[kind])
        scores[kind] = Model(0.0, {}, knots[kind]).calibrate(odds)
    of_measured = Counter(slip.kind for slip in slips if slip.pair.record.partition("#")[0] in measured)
    rules = rates(found, len(measured), of_measured)
    result: dict[str, Any] = {}
    for kind, of in sorted(found.rows.items()):
        _print(of, scores[kind], kind, kinds)
        names, model = fit(of, np.ones(len(of.labels), dtype=bool), weights[kind])
        result[kind] = {
            "bias": round(float(model.intercept_[0]), 4),
            "weights": {name: round(float(w), 4) for name, w in zip(names, model.coef_[0], strict=True)},
            "calibration": knots[kind],
        }
    cuts = {"error": ERROR, "warning": WARNING, "info": INFO * WARNING}
    return {"cuts": cuts, "kinds": result, "rules": rules}


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
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-kind", type=int, default=120)
    args = parser.parse_args()
    measured = list(read(args.tuning, "tuning"))
    records = {pair.record for pair, _ in measured}
    pairs = [*measured, *read(args.pairs)]
    found = train(pairs, records, seed=args.seed, per_kind=args.per_kind)
    about = "python -m aligner.checks.train; probabilities where one pair in ten holds a slip"
    text = json.dumps({"about": about, **found}, ensure_ascii=False, indent=1)
    args.out.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
