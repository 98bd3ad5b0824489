"""Checks measured on correct pairs and on automatic slips of them."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aligner
from aligner.checks import CHECKS, Glossary, check_pairs
from aligner.checks.decision import decision
from aligner.checks.edits import make_slips
from aligner.checks.halves import Half, half_of, text_of
from aligner.encoders import Encoder
from aligner.errors import InputError
from aligner.types import Finding, Pair

CUTS = tuple(step / 50 for step in range(1, 50))
"""The cuts of the curve."""
SLIPS = 0.1
"""Pairs with a slip in a pair, for the precision of what is reported."""


@dataclass
class SlipScores:
    """What was found in correct pairs and in slips made of them.

    Attributes:
        pairs: correct pairs.
        alarms: those with a warning or an error.
        errors: those with an error.
        by_check: alarms by check.
        slips: slips by kind.
        found: those with a warning or an error that the correct pair has not, by kind.
        as_error: those with such an error.
        loudest: the probability of each correct pair's surest finding that may be a warning; 0 without one.
        surest: the same of what each slip added, by kind.
    """

    pairs: int = 0
    alarms: int = 0
    errors: int = 0
    by_check: Counter[str] = field(default_factory=Counter)
    slips: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    as_error: int = 0
    loudest: list[float] = field(default_factory=list)
    surest: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def mean_recall(self) -> float:
        """Mean over the kinds of the share that was found."""
        return sum(self.found[kind] / self.slips[kind] for kind in self.slips) / max(1, len(self.slips))

    def precision(self, wrong: int, right: int) -> float:
        """Return how often a reported pair holds a slip, where one pair in ten does."""
        of_slips = SLIPS * right / max(1, self.slips.total())
        of_correct = (1 - SLIPS) * wrong / max(1, self.pairs)
        return of_slips / max(1e-12, of_slips + of_correct)

    def curve(self) -> list[tuple[float, float, float]]:
        """Return for each cut the share of correct pairs with an alarm, and the mean recall."""
        return [
            (cut, _share(self.loudest, cut), sum(_share(some, cut) for some in self.surest.values()) / kinds)
            for kinds in [max(1, len(self.surest))]
            for cut in CUTS
        ]


def _share(probabilities: Sequence[float], cut: float) -> float:
    return sum(p >= cut for p in probabilities) / max(1, len(probabilities))


def read_rows(path: Path, half: Half | None = None) -> tuple[list[dict[str, Any]], str]:
    """Read JSONL with the keys id, en and zh; and the first digits of the file's SHA-256.

    Args:
        path: the file.
        half: of its texts, only these; all by default.

    Raises:
        InputError: the file cannot be read, or a row lacks a key.
    """
    try:
        data = path.read_bytes()
        rows = [json.loads(line) for line in data.decode("utf-8").splitlines() if line.strip()]
        for row in rows:
            row["id"], row["en"], row["zh"]
        kept = [row for row in rows if half in (None, half_of(text_of(row)))]
    except (OSError, ValueError, KeyError, TypeError) as error:
        hint = "each line is an object with id, en and zh"
        raise InputError("the file of pairs cannot be read", where=str(path), hint=hint) from error
    return kept, hashlib.sha256(data).hexdigest()[:12]


def as_pairs(rows: Iterable[Mapping[str, Any]]) -> list[Pair]:
    """Return the pairs of rows."""
    return [Pair(str(row["id"]), 0, str(row["en"]), str(row["zh"])) for row in rows]


def measure_slips(
    pairs: Sequence[Pair],
    encoder: Encoder | None,
    *,
    glossary: Glossary | None = None,
    seed: int = 1,
    per_kind: int = 60,
) -> SlipScores:
    """Run the checks over correct pairs and over slips of them."""
    scores = SlipScores(pairs=len(pairs))
    known: dict[str, set[tuple[str, str]]] = {}
    for pair, findings in _findings(pairs, encoder, glossary):
        loud = [one for one in findings if one.severity != "info"]
        known[pair.record] = {(one.check, one.message) for one in loud}
        scores.loudest.append(max(map(_loudness, findings), default=0.0))
        scores.alarms += bool(loud)
        scores.errors += any(one.severity == "error" for one in loud)
        scores.by_check.update({one.check for one in loud})
    slips = make_slips(pairs, seed=seed, per_kind=per_kind)
    kinds = {slip.pair.record: slip.kind for slip in slips}
    for pair, findings in _findings([slip.pair for slip in slips], encoder, glossary):
        before, kind = known[pair.record.partition("#")[0]], kinds[pair.record]
        new = [one for one in findings if (one.check, one.message) not in before]
        scores.slips[kind] += 1
        scores.found[kind] += any(one.severity != "info" for one in new)
        scores.as_error += any(one.severity == "error" for one in new)
        scores.surest[kind].append(max(map(_loudness, new), default=0.0))
    return scores


def _loudness(finding: Finding) -> float:
    """Return a finding's probability; what is a note whatever its probability stays below a warning."""
    least = decision().cuts["warning"]
    probability = finding.probability or 0.0
    return min(probability, least - 1e-4) if finding.severity == "info" else probability


def _findings(
    pairs: Iterable[Pair], encoder: Encoder | None, glossary: Glossary | None
) -> Iterator[tuple[Pair, list[Finding]]]:
    for pair in pairs:
        yield pair, list(check_pairs([pair], glossary=glossary, encoder=encoder))


def speed(pairs: Sequence[Pair], *, seconds: float = 3.0) -> float:
    """Return how many pairs a second of processor time all checks read without an encoder."""
    for _ in check_pairs(pairs[:50]):
        pass  # dictionaries and tables are read once
    start, done = time.process_time(), 0
    while pairs and time.process_time() - start < seconds:
        for _ in check_pairs(pairs):
            pass
        done += len(pairs)
    return done / max(1e-9, time.process_time() - start)


def report_slips(scores: SlipScores, encoder: Encoder | None, *, seed: int, digest: str) -> list[str]:
    """Return the lines that ``aligner evaluate checks`` prints of a file of correct pairs."""
    lines = [f"{'check':<36}{'alarms':>12}"]
    lines += [f"{check:<36}{scores.by_check[check]:>12}" for check in CHECKS if scores.by_check[check]]
    lines.append(f"{'kind of slip':<36}{'found':>12}  recall")
    for kind, total in scores.slips.items():
        share = f"{scores.found[kind]}/{total}"
        lines.append(f"{kind:<36}{share:>12}  {scores.found[kind] / total:.3f}")
    found = scores.found.total()
    name = encoder.name if encoder else "none"
    lines += [
        f"correct pairs with a warning or an error {scores.alarms}/{scores.pairs}"
        f" = {scores.alarms / max(1, scores.pairs):.4f},"
        f" with an error {scores.errors / max(1, scores.pairs):.4f}",
        f"slips found {found}/{scores.slips.total()} = {found / max(1, scores.slips.total()):.4f};"
        f" mean over kinds {scores.mean_recall:.4f}",
        f"where one pair in ten holds a slip, a reported pair holds one"
        f" {scores.precision(scores.alarms, found):.3f} of the time,"
        f" an error {scores.precision(scores.errors, scores.as_error):.3f}",
        f"signature: aligner {aligner.__version__} | encoder {name} | seed {seed} | data sha256 {digest}",
    ]
    return lines
