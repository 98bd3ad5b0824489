"""Segments of one side that nothing on the other covers, with a probability each."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from aligner.checks.anchors import anchored
from aligner.checks.coverage_features import features
from aligner.checks.enumerations import least_similar, longer_enumeration
from aligner.checks.mentions import Difference
from aligner.checks.segments import list_lengths, segments
from aligner.encoders import EncodedText
from aligner.quantities import Quantity
from aligner.types import Pair, Severity, Span

Which = Literal["omission", "addition"]
_UNEQUAL = 0.9  # of unequal enumerations in correct pairs there are 4 in 700
_SHORT = 2  # characters
_LIST, _SURPLUS = 3, 3  # items that make a list; a larger difference says no more


@dataclass(frozen=True, slots=True)
class UncoveredSpan:
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


def uncovered(
    pair: Pair,
    texts: tuple[EncodedText, EncodedText] | None,
    quantities: tuple[Sequence[Quantity], Sequence[Quantity]],
    differences: Sequence[Difference],
) -> dict[Which, list[UncoveredSpan]]:
    """Find the segments of each side that the other does not cover, surest first.

    Args:
        pair: the pair.
        texts: its encoded texts; without them only enumerations of unequal length are found.
        quantities: the quantities of its two sides.
        differences: what its numbers say; a number without a counterpart speaks for an uncovered span.
    """
    found: dict[Which, list[UncoveredSpan]] = {"omission": [], "addition": []}
    spans = segments(pair.en, "en"), segments(pair.zh, "zh")
    if not spans[0] or not spans[1]:
        return found
    if texts is not None:
        rows = _rows(texts, spans, differences)
        held = anchored(pair, quantities, differences)
        found["omission"] += _found("omission", rows[0], spans[0], held[0])
        found["addition"] += _found("addition", rows[1], spans[1], held[1])
    longer = longer_enumeration(pair.en, pair.zh)
    if longer is not None:
        which: Which = "omission" if longer[0] == "en" else "addition"
        span = _item(longer[1], which, texts, spans)
        certain = [one for one in found[which] if one.severity == "warning"]
        if not certain:
            rest = [one for one in found[which] if one.span[1] <= span[0] or span[1] <= one.span[0]]
            found[which] = [UncoveredSpan(span, _UNEQUAL, "warning"), *rest]
    return found


def _item(
    items: list[Span],
    which: Which,
    texts: tuple[EncodedText, EncodedText] | None,
    spans: tuple[list[Span], list[Span]],
) -> Span:
    if texts is None:
        return items[0][0], items[-1][1]
    if which == "omission":
        return least_similar(items, texts[0], texts[1], spans[1])
    return least_similar(items, texts[1], texts[0], spans[0])


def _rows(
    texts: tuple[EncodedText, EncodedText],
    spans: tuple[list[Span], list[Span]],
    differences: Sequence[Difference],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rows = features(texts, spans)
    missing = [one.en.span for one in differences if one.reason == "missing" and one.en]
    added = [one.zh.span for one in differences if one.reason == "added" and one.zh]
    lengths = list_lengths(texts[0].text, spans[0], "en"), list_lengths(texts[1].text, spans[1], "zh")
    mine = np.column_stack([rows[0], _lists(lengths[0], lengths[1]), _inside(spans[0], missing)])
    theirs = np.column_stack([rows[1], _lists(lengths[1], lengths[0]), _inside(spans[1], added)])
    return mine, theirs


def _lists(own: list[int], others: list[int]) -> NDArray[np.float64]:
    """Tell of each segment whether it is a list's item, and how many more items that list has."""
    rows, lengths = [], sorted(set(others))
    for length in own:
        surplus = min((length - other for other in lengths), key=abs) if length >= _LIST else 0
        rows.append((length >= _LIST, max(-_SURPLUS, min(_SURPLUS, surplus))))
    return np.array(rows, dtype=np.float64)


def _inside(spans: list[Span], alone: list[Span]) -> NDArray[np.float64]:
    """Count the numbers without a counterpart in each segment."""
    starts, ends = sorted(start for start, _ in alone), sorted(end for _, end in alone)
    counts = [max(0, bisect_right(ends, end) - bisect_left(starts, start)) for start, end in spans]
    return np.array(counts, dtype=np.float64)


def _found(
    which: Which, rows: NDArray[np.float64], spans: list[Span], held: list[Span]
) -> Iterator[UncoveredSpan]:
    model = _model(which)
    probability = _probability(rows, model)
    for at in np.argsort(-probability, kind="stable"):
        p = float(probability[at])
        if p < model["info"]:
            break
        start, end = spans[at]
        is_held = any(start <= s and e <= end for s, e in held)
        is_loud = p >= model["warning"] and not is_held and end - start > _SHORT
        yield UncoveredSpan(spans[at], p, "warning" if is_loud else "info")


def _probability(rows: NDArray[np.float64], model: dict[str, Any]) -> NDArray[np.float64]:
    best, gain, share, single = rows[:, 0], rows[:, 1], np.log(rows[:, 3] + 1e-3), rows[:, 9]
    more = np.maximum(rows[:, 11], 0.0)
    bent = [share, best**2, best * share, np.clip(gain, -0.15, 0.15), single**2, more**2]
    score = np.column_stack([rows, *bent]) @ np.asarray(model["weights"]) + model["bias"]
    return 1.0 / (1.0 + np.exp(-score))  # type: ignore[no-any-return]
