"""The score of a review, as MQM has it: what errors cost, held against the length of the source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aligner.review.errors import SEVERITIES


def penalty(errors: Mapping[str, int], weights: Mapping[str, float]) -> float:
    """Return what errors cost, by severity."""
    return sum(weights[severity] * errors.get(severity, 0) for severity in SEVERITIES)


def score(errors: Mapping[str, int], words: float, weights: Mapping[str, float]) -> float | None:
    """Return 100 x (1 - penalty / words of the source), never below 0; None without words."""
    return max(0.0, 100 * (1 - penalty(errors, weights) / words)) if words else None


def score_view(errors: Mapping[str, int], words: float, review: Mapping[str, Any]) -> dict[str, Any]:
    """Return a score, whether it passes, and its formula in words."""
    weights, found = review["weights"], score(errors, words, review["weights"])
    cost = penalty(errors, weights)
    unit = "words" if review["source"] == "en" else "words (Chinese characters / 1.7)"
    return {
        "value": found,
        "passes": found is not None and found >= review["pass_mark"],
        "mark": review["pass_mark"],
        "formula": f"100 × (1 − {cost:g} ÷ {words:,.0f} {unit})",
        "weights": ", ".join(f"{name} {weights[name]:g}" for name in SEVERITIES),
    }
