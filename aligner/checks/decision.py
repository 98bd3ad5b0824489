"""What decides whether a difference is a slip: one small logistic model for each kind of difference.

The weights are in decision.json; ``python -m aligner.checks.train`` wrote them. A finding's probability is
that of a slip where one pair in ten holds one.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aligner.types import Severity, Span

BLIND = " without vectors"
"""What the name of a model ends with that decides where no encoder was run."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A difference that may be a slip, with the evidence for and against it.

    Attributes:
        check: the check it belongs to.
        kind: which model decides on it.
        message: what a finding says.
        spans: the English and the Chinese place.
        features: the evidence; a feature without a weight says nothing.
    """

    check: str
    kind: str
    message: str
    spans: tuple[Span | None, Span | None]
    features: Mapping[str, float]
    category: str = "accuracy"


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of one kind, and from which probability on it is reported."""

    bias: float
    weights: Mapping[str, float]
    warning: float
    error: float
    info: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability that a difference with these features is a slip."""
        score = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))

    def severity(self, probability: float) -> Severity | None:
        """Return how loudly to say it; None for what is too unlikely to show."""
        if probability >= self.error:
            return "error"
        if probability >= self.warning:
            return "warning"
        return "info" if probability >= self.info else None


@cache
def models() -> Mapping[str, Model]:
    """Return the models by kind of difference."""
    found = json.loads(files("aligner.checks").joinpath("decision.json").read_text(encoding="utf-8"))
    return {
        kind: Model(row["bias"], row["weights"], row["warning"], row["error"], row["info"])
        for kind, row in found["kinds"].items()
    }
