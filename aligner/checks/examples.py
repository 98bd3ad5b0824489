"""Examples of differences that are slips, and of differences that are none, from correct pairs and edits.

What a check sees in a slip and not in the pair it was made of is a slip, and a denial that lost or gained its
counterpart there; what a check sees in a correct pair is none.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.checks import coverage, direction, negation, owner
from aligner.checks.decision import Candidate, Decision, Model, rule_key
from aligner.checks.edits import Slip
from aligner.checks.halves import Half, half_of, text_of
from aligner.checks.parsed import ParsedPair
from aligner.checks.run import check as check_pair
from aligner.checks.run import context_of
from aligner.encoders import Encoder
from aligner.types import Pair, Span

LEARNED = (
    *("negation", "direction", "opposite", "laterality", "statistic", "owner", "omission", "addition"),
    "term",
)
CUTTING = ("omission", "addition")  # kinds of slips of which segments are learned
DENYING = "negation"  # how the models are named that learn from free translations too
_RULES_ALONE = Decision(defaultdict(lambda: Model(-30.0, {})), {}, {"error": 1, "warning": 1, "info": 1})
"""With it a check finds what its rules find, each with the severity that the rule names."""
Described = dict[coverage.Which, tuple[list[Span], NDArray[np.float64]]]
_LINK = 0.3  # of cosine, a word's link to the other side
_LOST = 0.05  # of cosine, from which on a span has lost its counterpart


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


def candidates(parsed: ParsedPair, *, is_free: bool) -> Iterator[Candidate]:
    """Yield all differences that the models decide on, but for the segments of coverage.

    Free translations put values in another order and use other words; of them only the denials are compared.
    """
    yield from negation.candidates(parsed)
    if not is_free:
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


@dataclass(frozen=True)
class Texts:
    """Correct pairs to learn from, each with the text it is of.

    Attributes:
        close: translations that leave nothing out and put nothing in.
        free: others, from which denials alone are learned.
        measured: records on which rules are measured.
    """

    close: Sequence[tuple[Pair, str]]
    free: Sequence[tuple[Pair, str]]
    measured: Collection[str]

    @cached_property
    def loose(self) -> frozenset[str]:
        """The records of free translations."""
        return frozenset(pair.record for pair, _ in self.free)


def gather(texts: Texts, slips: Sequence[Slip], encoder: Encoder) -> Gathered:
    """Describe the differences of correct pairs and of slips; what rules find, of the measured records."""
    found = Gathered()
    pairs = [*texts.close, *texts.free]
    groups = {pair.record: group for pair, group in pairs}
    clean: dict[str, Described] = {}
    rules: dict[str, set[tuple[str, str]]] = {}
    seen: dict[str, dict[tuple[str, str], Mapping[str, float]]] = {}
    for pair, group in pairs:
        is_free = pair.record in texts.loose
        for parsed in _parsed(pair, encoder):
            known = list(candidates(parsed, is_free=is_free))
            if parsed.encoded and not is_free:
                clean[pair.record] = _described(parsed)
                _uncovered(found.rows, clean[pair.record], group, ("", pair.record))
            seen.setdefault(pair.record, {}).update({(one.kind, one.message): one.features for one in known})
            for one in known:
                found.rows[one.kind].add(dict(one.features), group, ("", pair.record), slip=False)
        if pair.record in texts.measured:
            rules[pair.record] = _rules(found, ParsedPair(pair, decision=_RULES_ALONE), "", set())
    for slip in slips:
        record = slip.pair.record.partition("#")[0]
        check, is_free = slip.kind.partition(":")[0], record in texts.loose
        is_cut = check in CUTTING
        learned = (check in LEARNED or "two" in slip.kind) and not (is_cut and is_free)
        for parsed in _parsed(slip.pair, encoder) if learned else ():
            for one in candidates(parsed, is_free=is_free) if slip.side == "zh" else ():
                before = seen[record].get((one.kind, one.message))
                if before is None or (one.check == check == DENYING and before != one.features):
                    name = (slip.kind, slip.pair.record)
                    found.rows[one.kind].add(dict(one.features), groups[record], name, slip=True)
            if parsed.encoded and is_cut:
                name, changed = (slip.kind, slip.pair.record), Changed(slip, clean[record])
                _uncovered(found.rows, _described(parsed), groups[record], name, changed)
        if slip.side == "zh" and record in texts.measured:
            _rules(found, ParsedPair(slip.pair, decision=_RULES_ALONE), slip.kind, rules[record])
    return found


def _rules(
    found: Gathered, parsed: ParsedPair, kind: str, known: set[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Count what rules find that is not known, and return it; rules need no vectors."""
    new: set[tuple[str, str]] = set()
    for one in check_pair(parsed, context_of([parsed.pair])):
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


def _uncovered(
    rows: dict[str, Rows], now: Described, group: str, name: tuple[str, str], changed: "Changed | None" = None
) -> None:
    """Add the segments of a pair; of a slip only those it left alone, or put in."""
    for kind, (spans, matrix) in now.items():
        for at in range(len(spans)) if changed is None else changed.of(kind, spans, matrix):
            features = dict(zip(coverage.FEATURES, map(float, matrix[at]), strict=True))
            rows[kind].add(features, group, name, slip=changed is not None)


def _described(parsed: ParsedPair) -> Described:
    assert parsed.encoded is not None
    quantities = parsed.en_quantities, parsed.zh_quantities
    return coverage.described(parsed.pair, parsed.encoded, quantities, parsed.differences)


@dataclass(frozen=True)
class Changed:
    """What a slip changed: the text before and now, and how the pair was covered before."""

    slip: Slip
    before: Described

    def of(self, kind: coverage.Which, spans: Sequence[Span], matrix: NDArray[np.float64]) -> list[int]:
        """Return the span that a cut left without a counterpart, or those that were put in."""
        slip = self.slip
        cut, put = difference(slip.was, slip.pair.zh if slip.side == "zh" else slip.pair.en)
        if (slip.side == "zh") == kind.startswith("addition"):  # spans of the edited side
            inserted = put[1] - put[0] > 3
            return [at for at, (a, b) in enumerate(spans) if inserted and put[0] < b and a < put[1]]
        if cut[1] - cut[0] < 2 or kind not in self.before or len(self.before[kind][0]) != len(spans):
            return []
        less = self.before[kind][1] - matrix
        lost = less[:, 0] - _LINK * less[:, coverage.FEATURES.index("unlinked")]
        at = int(np.argmax(lost))
        return [at] if lost[at] > _LOST else []


def difference(before: str, after: str) -> tuple[Span, Span]:
    """Return where two texts differ: the span that was replaced, and what stands there now."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return (start, len(before) - end), (start, len(after) - end)
