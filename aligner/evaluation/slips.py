"""Checks measured on correct pairs and on automatic slips of them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aligner
from aligner.checks import CHECKS, Glossary, check_pairs
from aligner.checks.edits import make_slips
from aligner.encoders import Encoder
from aligner.errors import InputError
from aligner.types import Finding, Pair

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
    """

    pairs: int = 0
    alarms: int = 0
    errors: int = 0
    by_check: Counter[str] = field(default_factory=Counter)
    slips: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    as_error: int = 0

    @property
    def mean_recall(self) -> float:
        """Mean over the kinds of the share that was found."""
        return sum(self.found[kind] / self.slips[kind] for kind in self.slips) / max(1, len(self.slips))

    def precision(self, wrong: int, right: int) -> float:
        """Return how often a reported pair holds a slip, where one pair in ten does."""
        of_slips = SLIPS * right / max(1, self.slips.total())
        of_correct = (1 - SLIPS) * wrong / max(1, self.pairs)
        return of_slips / max(1e-12, of_slips + of_correct)


def read_correct(path: Path) -> tuple[list[Pair], str]:
    """Read correct pairs from JSONL with the keys id, en and zh, and the first digits of the file's SHA-256.

    Raises:
        InputError: the file cannot be read, or a row lacks a key.
    """
    try:
        data = path.read_bytes()
        rows = [json.loads(line) for line in data.decode("utf-8").splitlines() if line.strip()]
        pairs = [Pair(str(row["id"]), 0, str(row["en"]), str(row["zh"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        hint = "each line is an object with id, en and zh"
        raise InputError("the file of correct pairs cannot be read", where=str(path), hint=hint) from error
    return pairs, hashlib.sha256(data).hexdigest()[:12]


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
    for pair, findings in _loud(pairs, encoder, glossary):
        known[pair.record] = {(one.check, one.message) for one in findings}
        scores.alarms += bool(findings)
        scores.errors += any(one.severity == "error" for one in findings)
        scores.by_check.update({one.check for one in findings})
    slips = make_slips(pairs, seed=seed, per_kind=per_kind)
    kinds = {slip.pair.record: slip.kind for slip in slips}
    for pair, findings in _loud([slip.pair for slip in slips], encoder, glossary):
        before = known[pair.record.partition("#")[0]]
        new = [one for one in findings if (one.check, one.message) not in before]
        scores.slips[kinds[pair.record]] += 1
        scores.found[kinds[pair.record]] += bool(new)
        scores.as_error += any(one.severity == "error" for one in new)
    return scores


def _loud(
    pairs: Iterable[Pair], encoder: Encoder | None, glossary: Glossary | None
) -> Iterator[tuple[Pair, list[Finding]]]:
    for pair in pairs:
        found = check_pairs([pair], glossary=glossary, encoder=encoder)
        yield pair, [one for one in found if one.severity != "info"]


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
