"""Segments of one side that nothing on the other covers, with a probability each."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from aligner.checks.compare import Difference
from aligner.checks.coverage import features
from aligner.checks.segments import segments
from aligner.encoders import EncodedText
from aligner.types import Severity, Span

Which = Literal["omission", "addition"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A segment without a counterpart: its span on its own side, and how sure that is."""

    span: Span
    probability: float
    severity: Severity


@cache
def _model(which: Which) -> dict[str, Any]:
    """Weights of a logistic model; thresholds where one pair in a hundred correct ones is reported.

    Learned from correct pairs of published medical texts from which segments were cut on either side, or into
    which segments of other texts were put. A number in the segment that the other side lacks is a column too.
    """
    found: dict[str, Any] = json.loads(
        files("aligner.checks").joinpath("coverage.json").read_text(encoding="utf-8")
    )
    return found[which]  # type: ignore[no-any-return]


def gaps(
    texts: tuple[EncodedText, EncodedText] | None, differences: Sequence[Difference]
) -> dict[Which, list[Gap]]:
    """Find the segments of each side that the other does not cover, surest first.

    Args:
        texts: the pair's encoded texts; without them nothing is found.
        differences: what its numbers say; a number without a counterpart speaks for a gap.
    """
    if texts is None:
        return {"omission": [], "addition": []}
    spans = segments(texts[0].text, "en"), segments(texts[1].text, "zh")
    if not spans[0] or not spans[1]:
        return {"omission": [], "addition": []}
    rows = features(texts, spans)
    missing = [one.en.span for one in differences if one.reason == "missing" and one.en]
    added = [one.zh.span for one in differences if one.reason == "added" and one.zh]
    return {
        "omission": list(_found("omission", rows[0], spans[0], missing)),
        "addition": list(_found("addition", rows[1], spans[1], added)),
    }


def _found(which: Which, rows: NDArray[np.float64], spans: list[Span], alone: list[Span]) -> Iterator[Gap]:
    model = _model(which)
    numbers = [sum(start <= s and e <= end for s, e in alone) for start, end in spans]
    probability = _probability(np.column_stack([rows, numbers]), model)
    for at in np.argsort(-probability, kind="stable"):
        p = float(probability[at])
        if p < model["info"]:
            break
        yield Gap(spans[at], p, "warning" if p >= model["warning"] else "info")


def _probability(rows: NDArray[np.float64], model: dict[str, Any]) -> NDArray[np.float64]:
    best, gain, share, single = rows[:, 0], rows[:, 1], np.log(rows[:, 3] + 1e-3), rows[:, 9]
    bent = np.column_stack([rows, share, best**2, best * share, np.clip(gain, -0.15, 0.15), single**2])
    return 1.0 / (1.0 + np.exp(-(bent @ np.asarray(model["weights"]) + model["bias"])))  # type: ignore[no-any-return]
