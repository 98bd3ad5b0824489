"""What decides whether a difference is a slip: one small logistic model for each kind of difference.

The weights are in decision.json; ``python -m aligner.checks.train`` wrote them. A finding's probability is
that of a slip where one pair in ten holds one. What rules find has the probability that the rule was right
with on the same pairs. Error, warning and info are cuts on it, the same for all.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from aligner.types import Severity, Span

BLIND = " without vectors"
"""What the name of a model ends with that decides where no encoder was run."""
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


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


@dataclass(frozen=True)
class Model:
    """Weights of one kind, and what the log odds that they give have meant on texts not trained on.

    Attributes:
        bias: log odds without any evidence.
        weights: what each feature adds.
        calibration: knots of a line from log odds to probability, both rising; none where they are the same.
    """

    bias: float
    weights: Mapping[str, float]
    calibration: Sequence[tuple[float, float]] = ()

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability that a difference with these features is a slip."""
        odds = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return float(self.calibrate(np.array([odds]))[0])

    def calibrate(self, odds: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the probabilities of some log odds."""
        if not self.calibration:
            return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0))))
        at, share = np.array(self.calibration).T
        return np.asarray(np.interp(odds, at, share))


@dataclass(frozen=True)
class Decision:
    """What was trained.

    Attributes:
        models: by kind of difference.
        rates: probabilities of what rules find, by `rule_key`, and by severity for rules never measured.
        cuts: the least probability of each severity.
    """

    models: Mapping[str, Model]
    rates: Mapping[str, float]
    cuts: Mapping[Severity, float]

    def severity(self, probability: float) -> Severity | None:
        """Return how loudly to say it; None for what is too unlikely to show."""
        return next((name for name in SEVERITIES if probability >= self.cuts[name]), None)

    def rated(
        self, check: str, severity: Severity, spans: tuple[Span | None, Span | None]
    ) -> tuple[float, Severity]:
        """Return the probability of what a rule found, and how loudly to say it.

        The severity that the rule names is the most it is said with.
        """
        probability = self.rates.get(rule_key(check, severity, spans))
        if probability is None:
            return self.rates.get(severity, 0.5), severity
        by_cut = self.severity(probability) or "info"
        return probability, max(severity, by_cut, key=SEVERITIES.index)


def rule_key(check: str, severity: str, spans: tuple[Span | None, Span | None]) -> str:
    """Name what is counted together: a check's findings of one severity, on one side or both."""
    sides = "both" if all(spans) else "English" if spans[0] else "Chinese" if spans[1] else "neither"
    return f"{check} {severity} {sides}"


@cache
def decision() -> Decision:
    """Return what was trained."""
    found = json.loads(files("aligner.checks").joinpath("decision.json").read_text(encoding="utf-8"))
    models = {
        kind: Model(row["bias"], row["weights"], row["calibration"]) for kind, row in found["kinds"].items()
    }
    return Decision(models, found["rules"], found["cuts"])
