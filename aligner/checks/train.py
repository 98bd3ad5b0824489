"""Train what decides whether a difference is a slip.

    python -m aligner.checks.train PAIRS... --out aligner/checks/decision.json

PAIRS are files of correct pairs: JSONL with the keys id, en, zh and, where several pairs are of one text,
doc; or gold files of an alignment (.json with en, zh and beads). Slips are made of them by
`aligner.checks.edits`; what a check sees in a slip and not in the pair it was made of is a slip, what it
sees in a correct pair is none. Each kind of slip weighs the same, those of denials, omissions and additions
thrice, all together one pair in ten. Cross-validated by text; needs the extra ``train``.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from aligner.checks import coverage, direction, negation, owner
from aligner.checks.decision import BLIND, Candidate
from aligner.checks.edits import Slip, make_slips
from aligner.checks.parsed import ParsedPair
from aligner.encoders import Encoder, load_encoder
from aligner.types import Pair, Span

FOLDS = 5
SLIPS = 0.1  # pairs in a pair
# Shares of correct pairs that may be reported by a kind; what reviewers mark most may take most.
ALARMS = {
    **{"negation lost": 0.004, "negation added": 0.002, "omission": 0.006, "omission item": 0.002},
    **{"addition": 0.004, "addition item": 0.001, "direction": 0.003, "owner": 0.002, "owner number": 0.002},
}
OTHER_ALARMS = 0.0015
LEAST = 0.1  # a probability below this is never a warning
PENALTY = 1.0
LEARNED = (
    "negation",
    "direction",
    "opposite",
    "laterality",
    "statistic",
    "owner",
    "omission",
    "addition",
    "term",
)


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


def read(paths: Iterable[Path]) -> Iterator[tuple[Pair, str]]:
    """Yield correct pairs, each with the text it is of."""
    for path in paths:
        if path.is_dir():
            yield from read(sorted(path.glob("*.json")))
        elif path.suffix == ".json":
            gold = json.loads(path.read_text(encoding="utf-8"))
            for number, (en, zh) in enumerate(gold.get("beads", ())):
                if en and zh:
                    texts = " ".join(gold["en"][i] for i in en), "".join(gold["zh"][i] for i in zh)
                    yield Pair(f"{path.stem} {number}", 0, *texts), path.stem
        else:
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                name = str(row["id"])
                yield Pair(name, 0, row["en"], row["zh"]), str(row.get("doc") or name.partition(":")[0])


def candidates(parsed: ParsedPair) -> Iterator[Candidate]:
    """Yield all differences that the models decide on, but for the segments of coverage."""
    yield from negation.candidates(parsed)
    yield from direction.candidates(parsed)
    yield from owner.candidates(parsed)


def gather(pairs: Sequence[tuple[Pair, str]], slips: Sequence[Slip], encoder: Encoder) -> dict[str, Rows]:
    """Describe the differences of correct pairs and of slips."""
    rows: dict[str, Rows] = defaultdict(Rows)
    groups = {pair.record: group for pair, group in pairs}
    clean: dict[str, ParsedPair] = {}
    seen: dict[str, set[tuple[str, str]]] = {}
    for pair, group in pairs:
        for parsed in _parsed(pair, encoder):
            known = list(candidates(parsed))
            if parsed.encoded:
                clean[pair.record] = parsed
                _segments(rows, parsed, group)
            seen.setdefault(pair.record, set()).update((one.kind, one.message) for one in known)
            for one in known:
                rows[one.kind].add(dict(one.features), group, ("", pair.record), slip=False)
    for slip in slips:
        record = slip.pair.record.partition("#")[0]
        for parsed in _parsed(slip.pair, encoder):
            for one in candidates(parsed):
                if (one.kind, one.message) not in seen[record]:
                    name = (slip.kind, slip.pair.record)
                    rows[one.kind].add(dict(one.features), groups[record], name, slip=True)
            if parsed.encoded and slip.kind.partition(":")[0] in ("omission", "addition"):
                _segments(rows, parsed, groups[record], slip, clean[record])
    return rows


def _parsed(pair: Pair, encoder: Encoder) -> Iterator[ParsedPair]:
    if pair.en.strip() and pair.zh.strip() and any(map(str.isalnum, pair.zh)):
        en, zh = encoder.encode([pair.en, pair.zh])
        yield ParsedPair(pair, (en, zh))
        yield ParsedPair(pair)


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
    cut, put = difference(slip.was, slip.pair.zh)
    if which == "addition":
        return [at for at, (a, b) in enumerate(spans) if put[0] < b and a < put[1] and put[1] - put[0] > 3]
    if cut[1] - cut[0] < 2 or clean.encoded is None:
        return []
    en, zh = clean.encoded
    near = (en.vectors(list(spans)) @ zh.vectors([cut]).T)[:, 0]
    own = (en.vectors(list(spans)) @ zh.vectors([(0, len(zh.text))]).T)[:, 0]
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
    model = LogisticRegression(C=1.0 / PENALTY, max_iter=3000)
    model.fit(matrix[train] / scale, labels[train], sample_weight=balanced[train])
    model.coef_ = model.coef_ / scale
    model.intercept_ = model.intercept_ - np.log(more)
    return names, model


def _matrix(rows: Rows, names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[row.get(name, 0.0) for name in names] for row in rows.features], dtype=np.float64)


def weigh(rows: Rows, every: Iterable[Rows], clean: int, kinds: dict[str, int]) -> NDArray[np.float64]:
    """Weigh the slips: one pair in ten, each kind the same but for denials."""
    learned = {pair[0] for of in every for pair in of.pairs if pair[0] in kinds}
    of = SLIPS * clean / max(1.0, sum(_importance(kind) for kind in learned))
    return np.array(
        [
            _importance(pair[0]) * of / kinds.get(pair[0], 3.0 * of) if slip else 1.0
            for slip, pair in zip(rows.labels, rows.pairs, strict=True)
        ]
    )


def _importance(kind: str) -> float:
    """What reviewers mark most, denials and what is left out or put in, counts as three slips of others."""
    return 3.0 if kind.startswith(("negation", "omission", "addition")) else 1.0


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


def cut_for(probabilities: Sequence[float], pairs: int, share: float) -> float:
    """Return the least cut that reports at most so great a share of the pairs."""
    allowed = int(share * pairs)
    ordered = sorted(probabilities, reverse=True)
    return ordered[allowed] + 1e-4 if allowed < len(ordered) else 0.0


def train(pairs: Sequence[tuple[Pair, str]], *, seed: int, per_kind: int) -> dict[str, Any]:
    """Train all kinds; print what each reaches on texts it was not trained on."""
    whole = [row for row in pairs if row[0].en.strip() and row[0].zh.strip()]
    slips = make_slips([pair for pair, _ in whole], seed=seed, per_kind=per_kind)
    slips = [slip for slip in slips if slip.kind.partition(":")[0] in LEARNED or "two" in slip.kind]
    kinds: dict[str, int] = defaultdict(int)
    for slip in slips:
        kinds[slip.kind] += 1
    rows = gather(whole, slips, load_encoder())
    for which in ("omission", "addition"):
        of = rows[which]
        for features, label, group, name in zip(of.features, of.labels, of.groups, of.pairs, strict=True):
            if features["odd item"]:
                items = rows.setdefault(f"{which} item", Rows())
                items.add(coverage.item_features(features), group, name, slip=label)
    for of in rows.values():
        of.add({}, "", ("", ""), slip=False)  # one of each, so that a kind that was never wrong
        of.add({}, "", ("none", ""), slip=True)  # or never right has a probability too
    weights = {kind: weigh(of, rows.values(), len(whole), kinds) for kind, of in rows.items()}
    scores = {kind: out_of_fold(of, weights[kind]) for kind, of in sorted(rows.items())}
    result: dict[str, Any] = {}
    for kind, of in sorted(rows.items()):
        warning, error = _cuts(of, scores[kind], kind, len(whole))
        _print(of, scores[kind], kind, warning, kinds)
        names, model = fit(of, np.ones(len(of.labels), dtype=bool), weights[kind])
        result[kind] = {
            "bias": round(float(model.intercept_[0]), 4),
            "weights": {name: round(float(w), 4) for name, w in zip(names, model.coef_[0], strict=True)},
            **{"warning": round(warning, 4), "error": round(error, 4), "info": round(warning * 0.6, 4)},
        }
    return result


def _cuts(of: Rows, scores: NDArray[np.float64], kind: str, pairs: int) -> tuple[float, float]:
    """Choose from which probability on a warning and an error of a kind are reported."""
    loudest: dict[str, float] = defaultdict(float)
    for (name, record), p in zip(of.pairs, scores, strict=True):
        if not name and record:
            loudest[record] = max(loudest[record], float(p))
    share = ALARMS.get(kind.removesuffix(BLIND), OTHER_ALARMS)
    warning = max(LEAST, cut_for(list(loudest.values()), pairs, share))
    return warning, max(0.9, warning, cut_for(list(loudest.values()), pairs, share / 10))


def _print(of: Rows, scores: NDArray[np.float64], kind: str, warning: float, kinds: dict[str, int]) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for (name, record), p in zip(of.pairs, scores, strict=True):
        if p >= warning and record:
            found[name].add(record)
    print(f"{kind}: from {warning:.3f} on, {len(found.pop('', ()))} correct pairs", file=sys.stderr)
    for name, records in sorted(found.items()):
        if name in kinds and len(records) > 1:
            print(f"    {name:40s} {len(records)}/{kinds[name]}", file=sys.stderr)


def main() -> None:
    """Read the arguments, train, and write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-kind", type=int, default=300)
    parser.add_argument("--keep", nargs="*", default=[], help="kinds whose rows in OUT stay as they are")
    args = parser.parse_args()
    kinds = train(list(read(args.pairs)), seed=args.seed, per_kind=args.per_kind)
    if args.keep:
        before = json.loads(args.out.read_text(encoding="utf-8"))["kinds"]
        kinds |= {kind: before[kind] for kind in args.keep}
    about = "python -m aligner.checks.train; probabilities where one pair in ten holds a slip"
    text = json.dumps({"about": about, "kinds": kinds}, ensure_ascii=False, indent=1)
    args.out.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
