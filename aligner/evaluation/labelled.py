"""Checks measured on pairs in which a person marked the errors, and on slips beside their right twins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aligner.checks import check_pairs
from aligner.encoders import Encoder
from aligner.types import Finding, Pair


@dataclass
class LabelScores:
    """What was found of marked errors, by category and severity.

    Attributes:
        labels: how many there are.
        flagged: those in a pair with a warning or an error.
        located: those with a warning or an error on their words.
    """

    labels: Counter[str] = field(default_factory=Counter)
    flagged: Counter[str] = field(default_factory=Counter)
    located: Counter[str] = field(default_factory=Counter)


def measure_labels(rows: Sequence[Mapping[str, Any]], encoder: Encoder | None) -> LabelScores:
    """Run the checks over rows with ``labels``: side, category, severity and the words."""
    scores = LabelScores()
    for row in rows:
        found = loud(Pair(str(row["id"]), 0, row["en"], row["zh"]), encoder)
        for label in row["labels"]:
            name = f"{label['category']} {label.get('severity', '')}".strip()
            scores.labels[name] += 1
            scores.flagged[name] += bool(found)
            scores.located[name] += any(_is_on(one, label, row) for one in found)
    return scores


def loud(pair: Pair, encoder: Encoder | None) -> list[Finding]:
    """Return the warnings and errors of a pair."""
    return [one for one in check_pairs([pair], encoder=encoder) if one.severity != "info"]


def _is_on(finding: Finding, label: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    span = finding.en_span if label["side"] == "en" else finding.zh_span
    start = row[label["side"]].find(label["text"]) if label["text"] else -1
    return span is not None and start >= 0 and span[0] < start + len(label["text"]) and start < span[1]


def report_labels(scores: LabelScores) -> list[str]:
    """Return the lines that ``aligner evaluate checks`` prints of them."""
    lines = [f"{'label':<44}{'number':>8}  flagged  on its words"]
    for name, total in scores.labels.most_common():
        flagged, located = scores.flagged[name] / total, scores.located[name] / total
        lines.append(f"{name:<44}{total:>8}  {flagged:.3f}    {located:.3f}")
    total = max(1, scores.labels.total())
    flagged, located = scores.flagged.total() / total, scores.located.total() / total
    return [*lines, f"{'all':<44}{scores.labels.total():>8}  {flagged:.3f}    {located:.3f}"]


def measure_twins(rows: Iterable[Mapping[str, Any]], encoder: Encoder | None) -> list[str]:
    """Return what was found of slips that have a right twin (key ``right``), as lines."""
    slips = found = silent = 0
    for row in rows:
        slips += 1
        found += bool(loud(Pair(str(row["id"]), 0, row["en"], row["zh"]), encoder))
        silent += not loud(Pair(str(row["id"]), 1, row["en"], row["right"]), encoder)
    return [f"slips found {found}/{slips}; right twins without a warning or an error {silent}/{slips}"]
