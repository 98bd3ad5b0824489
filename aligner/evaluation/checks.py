"""Checks measured on labelled slips and on correct pairs: precision and recall of each check."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aligner
from aligner.checks import CHECKS, Glossary, check_pairs, load_glossary
from aligner.checks.halves import Half, half_of, text_of
from aligner.encoders import Encoder
from aligner.errors import InputError
from aligner.types import Finding, Pair

# Which checks answer for a label; the first is its own, the others say the same thing more generally.
CHECKS_FOR_LABEL: Mapping[str, tuple[str, ...]] = {
    "number": ("number",),
    "unit": ("unit", "number"),
    "level": ("level",),
    "date_or_duration": ("duration", "date", "number"),
    "percent": ("percent", "number"),
    "p_value": ("p-value", "number"),
    "comparison_direction": ("direction", "opposite", "owner"),
    "negation": ("negation",),
    "laterality": ("laterality", "owner"),
    "omission": ("omission",),
    "addition": ("addition",),
    "untranslated": ("untranslated",),
    "term": ("term",),
    "abbreviation": ("abbreviation", "term"),
    "punctuation": ("punctuation",),
    "typo_drug_dose": ("dose", "number", "unit"),
}
CLEAN = ("clean.jsonl", "clean_halfwidth.jsonl")
ERRORS, GLOSSARY = "errors.jsonl", "glossary.jsonl"


@dataclass(frozen=True, slots=True)
class Slip:
    """A pair with one slip, and the labels that fit it."""

    pair: Pair
    labels: tuple[str, ...]

    @property
    def checks(self) -> frozenset[str]:
        """The checks that may find it."""
        return frozenset(check for label in self.labels for check in CHECKS_FOR_LABEL.get(label, ()))


@dataclass(frozen=True)
class QaSet:
    """Correct pairs, pairs with a slip, and the glossary that term slips break.

    Attributes:
        signature: the first digits of a SHA-256 over the files.
    """

    clean: Sequence[Pair]
    slips: Sequence[Slip]
    glossary: Glossary
    signature: str


@dataclass
class Scores:
    """What was found.

    Attributes:
        slips: slips by label.
        found: slips that one of their checks found, by label.
        right: slips a check found, by check.
        wrong: pairs in which a check found what is not there, by check.
        clean: correct pairs.
        alarms: correct pairs with a warning or an error.
    """

    slips: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    alarms: int = 0

    def recall(self, label: str) -> float:
        """Share of a label's slips that were found by their own check."""
        return self.found[label] / max(1, self.slips[label])

    def precision(self, check: str) -> float:
        """Share of a check's reported pairs that hold such a slip."""
        return self.right[check] / max(1, self.right[check] + self.wrong[check])

    @property
    def total_recall(self) -> float:
        """Share of all slips that were found by their own check."""
        return self.found.total() / max(1, self.slips.total())

    @property
    def alarm_rate(self) -> float:
        """Share of correct pairs with a warning or an error."""
        return self.alarms / max(1, self.clean)


def read_qa(folder: Path, half: Half | None = None) -> QaSet:
    """Read clean.jsonl and errors.jsonl of a folder; clean_halfwidth.jsonl and glossary.jsonl if there.

    Args:
        folder: where they are.
        half: of the texts, only these; all by default.

    Raises:
        InputError: a file is missing or a row lacks a key.
    """
    digest = hashlib.sha256()
    clean: list[Pair] = []
    for name in CLEAN:
        if (folder / name).exists() or name == CLEAN[0]:
            clean += [_pair(row, where) for row, where in _rows(folder / name, digest, half)]
    slips = []
    for row, where in _rows(folder / ERRORS, digest, half):
        others = row.get("alt") or []
        labels = [str(row.get("label")), *(map(str, others) if isinstance(others, list) else [str(others)])]
        slips.append(Slip(_pair(row, where), tuple(labels)))
    glossary = Glossary()
    if (folder / GLOSSARY).exists():
        digest.update((folder / GLOSSARY).read_bytes())
        glossary = load_glossary(folder / GLOSSARY)
    return QaSet(clean, slips, glossary, digest.hexdigest()[:12])


def _rows(path: Path, digest: hashlib._Hash, half: Half | None) -> Iterator[tuple[dict[str, object], str]]:
    try:
        data = path.read_bytes()
        digest.update(data)
        for number, line in enumerate(data.decode("utf-8").splitlines(), 1):
            if line.strip():
                row = json.loads(line)
                if half is None or half_of(text_of(row)) == half:
                    yield row, f"{path}, line {number}"
    except (OSError, ValueError) as error:
        hint = "the folder holds clean.jsonl and errors.jsonl"
        raise InputError("the file cannot be read", where=str(path), hint=hint) from error


def _pair(row: Mapping[str, object], where: str) -> Pair:
    try:
        return Pair(str(row["id"]), 0, str(row["en"]), str(row["zh"]))
    except KeyError as error:
        raise InputError(f"the row has no {error}", where=where, hint="keys are id, en, zh") from error


def measure(qa: QaSet, encoder: Encoder | None) -> Scores:
    """Run the checks over a set and count."""
    scores = Scores(clean=len(qa.clean))
    for loud in _loud(qa.clean, qa.glossary, encoder):
        scores.alarms += bool(loud)
        scores.wrong.update(loud)
    pairs = [slip.pair for slip in qa.slips]
    for slip, loud in zip(qa.slips, _loud(pairs, qa.glossary, encoder), strict=True):
        scores.slips[slip.labels[0]] += 1
        scores.found[slip.labels[0]] += bool(loud & slip.checks)
        scores.right.update(loud & slip.checks)
        scores.wrong.update(loud - slip.checks)
    return scores


def _loud(pairs: Iterable[Pair], glossary: Glossary, encoder: Encoder | None) -> Iterator[frozenset[str]]:
    """Yield the checks that report a pair with a warning or an error."""
    for pair in pairs:
        found: Iterable[Finding] = check_pairs([pair], glossary=glossary, encoder=encoder)
        yield frozenset(finding.check for finding in found if finding.severity != "info")


def report(scores: Scores, qa: QaSet, encoder: Encoder | None) -> list[str]:
    """Return the lines that ``aligner evaluate checks`` prints."""
    name = encoder.name if encoder else "none"
    lines = [f"{'label':<22}{'found':>12}  recall"]
    for label in sorted(scores.slips):
        share = f"{scores.found[label]}/{scores.slips[label]}"
        lines.append(f"{label:<22}{share:>12}  {scores.recall(label):.3f}")
    lines.append(f"{'check':<22}{'right/wrong':>12}  precision")
    for check in CHECKS:
        if scores.right[check] or scores.wrong[check]:
            share = f"{scores.right[check]}/{scores.wrong[check]}"
            lines.append(f"{check:<22}{share:>12}  {scores.precision(check):.3f}")
    found, slips = scores.found.total(), scores.slips.total()
    lines += [
        f"slips found by their own check {found}/{slips} = {scores.total_recall:.3f}",
        f"correct pairs with a warning or an error {scores.alarms}/{scores.clean} = {scores.alarm_rate:.3f}",
        f"signature: aligner {aligner.__version__} | encoder {name} | data sha256 {qa.signature}",
    ]
    return lines
