"""Segments of one side that nothing on the other covers, with a probability each."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from aligner.checks import absent_names, lexical, listed, phrases, unlinked
from aligner.checks import assignment as assignments
from aligner.checks.anchors import anchored
from aligner.checks.assignment import Assignment
from aligner.checks.coverage_features import features
from aligner.checks.decision import Decision
from aligner.checks.enumerations import least_similar, longer_enumeration
from aligner.checks.mentions import Difference
from aligner.checks.segments import list_lengths, segments
from aligner.checks.sides import WINDOWS, Side, Sides, SpanVectors
from aligner.encoders import EncodedText
from aligner.quantities import Quantity
from aligner.types import Pair, Severity, Span

Which = Literal["omission", "addition"]
_UNEQUAL = 0.9  # of unequal enumerations in correct pairs there are 4 in 700
_SHORT = 2  # characters
_EXPECTED = 0.30  # Chinese characters for an English one, the median of 1,167 correct pairs
_MOST_UNEQUAL = 0.5  # the logarithm of a ratio of lengths; more says no more
_MOST_HELD = 100  # numbers and names looked at for one segment
_LIST, _SURPLUS = 3, 3  # items that make a list; a larger difference says no more


@dataclass(frozen=True, slots=True)
class UncoveredSpan:
    """A segment without a counterpart: its span on its own side, and how sure that is."""

    span: Span
    probability: float
    severity: Severity


def uncovered(
    pair: Pair,
    texts: tuple[EncodedText, EncodedText] | None,
    quantities: tuple[Sequence[Quantity], Sequence[Quantity]],
    differences: Sequence[Difference],
    decision: Decision,
) -> dict[Which, list[UncoveredSpan]]:
    """Find the segments of each side that the other does not cover, surest first.

    Args:
        pair: the pair.
        texts: its encoded texts; without them only enumerations of unequal length are found.
        quantities: the quantities of its two sides.
        differences: what its numbers say; a number without a counterpart speaks for an uncovered span.
        decision: what decides.
    """
    found: dict[Which, list[UncoveredSpan]] = {"omission": [], "addition": []}
    if texts is None:
        longer = longer_enumeration(pair.en, pair.zh)
        if longer is not None:
            which: Which = "omission" if longer[0] == "en" else "addition"
            span = longer[1][0][0], longer[1][-1][1]
            found[which] = [UncoveredSpan(span, _UNEQUAL, "warning")]
        return found
    for which, (spans, rows) in described(pair, texts, quantities, differences).items():
        model = decision.models[which]
        weights = np.array([model.weights[name] for name in FEATURES])
        probability = model.calibrate(rows @ weights + model.bias)
        for at in np.argsort(-probability, kind="stable"):
            severity = decision.severity(float(probability[at]))
            if severity is not None:
                found[which].append(UncoveredSpan(spans[at], float(probability[at]), severity))
    return found


_PLAIN = (
    *("best", "gain", "whole", "share", "margin", "rank", "others", "pair", "count", "single"),
    *("in a list", "longer list", "numbers alone", "held", "short", "shorter side", "odd item"),
    *("in brackets", "more brackets"),
    *("log share", "best by share", "clipped gain", "lacking", "alone", "gain by share"),
    *("more brackets in brackets", "odd by gain", "odd by margin", "odd by best"),
    *lexical.NAMES,
    *unlinked.NAMES,
    *phrases.NAMES,
    *absent_names.NAMES,
    *assignments.NAMES,
    *listed.NAMES,
)
_SHARE, _LISTED = _PLAIN.index("share"), _PLAIN.index("in a list")
# What is shorter than this share of its text is read by weights of its own: a part of a clause. In Chinese,
# where whole clauses are as short, only items of lists are.
_PART = 0.15
FEATURES = (*_PLAIN, "is a part", *(f"{name} of a part" for name in _PLAIN))
"""What `described` says of a segment, in the order of its columns."""


def described(
    pair: Pair,
    texts: tuple[EncodedText, EncodedText],
    quantities: tuple[Sequence[Quantity], Sequence[Quantity]],
    differences: Sequence[Difference],
) -> dict[Which, tuple[list[Span], NDArray[np.float64]]]:
    """Describe how each segment of a pair is covered by the other side.

    Returns:
        The English segments under ``omission``, the Chinese ones under ``addition``, each with a row a
        segment; the columns are those of `FEATURES`.
    """
    spans = segments(pair.en, "en"), segments(pair.zh, "zh")
    if not spans[0] or not spans[1]:
        return {}
    words, links = lexical.link_words(pair.en, pair.zh)
    en, zh = map(Side, map(SpanVectors, texts), words, spans, WINDOWS)
    sides = Sides(en, zh, links)
    assigned = Assignment(sides) if sides.are_short else None
    rows = _rows(sides, differences)
    placed = _placed(pair, texts, spans, anchored(pair, quantities, differences))
    found: dict[Which, tuple[list[Span], NDArray[np.float64]]] = {}
    for side, which in enumerate(("omission", "addition")):
        columns = np.column_stack([rows[side], placed[side]])
        linked = lexical.describe(words[side], words[1 - side], spans[side])
        bent = _bent(columns)
        beside = np.column_stack([columns[:, 3], linked[:, 0], bent[:, 5], columns[:, 0]])
        names = absent_names.describe(sides, side, assigned.likeness if assigned else None, beside)
        below = unlinked.describe(sides, side), phrases.describe(sides, side, linked[:, 0])
        plain = np.column_stack([columns, bent, linked, *below, names, _assigned(assigned, sides, side)])
        is_part = (plain[:, _SHARE] < _PART) & ((side == 0) | (plain[:, _LISTED] > 0))
        is_part = is_part[:, None]
        found[which] = spans[side], np.column_stack([plain, is_part, plain * is_part])  # type: ignore[index]
    return found


def _placed(
    pair: Pair,
    texts: tuple[EncodedText, EncodedText],
    spans: tuple[list[Span], list[Span]],
    held: tuple[Sequence[Span], Sequence[Span]],
) -> list[NDArray[np.float64]]:
    """Tell of each segment of the two sides what it holds and where it stands: the columns from "held" on."""
    longer = longer_enumeration(pair.en, pair.zh)
    ratio = math.log((len(pair.zh) + 2.0) / (_EXPECTED * len(pair.en) + 2.0))
    ratio = max(-_MOST_UNEQUAL, min(_MOST_UNEQUAL, ratio))
    found = []
    for side, which in enumerate(("omission", "addition")):
        odd = None
        if longer is not None and (longer[0] == "zh") == bool(side):
            odd = _item(longer[1], which, texts, spans)
        fewer = max(-1, min(1, _brackets(texts[side].text) - _brackets(texts[1 - side].text)))
        depths = _depths(texts[side].text)
        rows = [
            (
                any(start <= s and e <= end for s, e in held[side][:_MOST_HELD]),
                end - start <= _SHORT,
                ratio if side else -ratio,
                odd is not None and start <= odd[0] < end,
                depths[start] > 0,
                fewer,
            )
            for start, end in spans[side]
        ]
        found.append(np.array(rows, dtype=np.float64))
    return found


def _assigned(assigned: Assignment | None, sides: Sides, side: int) -> NDArray[np.float64]:
    """Describe segments by the words assigned to each other; zeros where the texts are too long for that."""
    if assigned is None:
        names = len(assignments.NAMES) + len(listed.NAMES)
        return np.zeros((len(sides.of(side)[0].spans), names))
    return np.column_stack([assigned.describe(side), listed.describe(assigned, side)])


def _bent(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what a sum of the columns cannot say: some of them together, and some within bounds."""
    best, gain, share, odd = rows[:, 0], rows[:, 1], rows[:, 3], rows[:, 16]
    by_share = np.clip(gain / (share + 0.03), -1.0, 1.0)
    lacking = np.clip((1.0 - np.exp(-rows[:, 15])) / (share + 0.03), -1.0, 1.5)  # of its length
    bent = [np.log(share + 1e-3), best * share, np.clip(gain, -0.15, 0.15), lacking, share > 0.9, by_share]
    bent += [rows[:, 17] * rows[:, 18], odd * by_share, odd * rows[:, 4], odd * best]
    return np.column_stack(bent)


def _brackets(text: str) -> int:
    return text.count("(") + text.count("（")


def _depths(text: str) -> list[int]:
    """Return for each place how many brackets are open there."""
    return list(accumulate(((char in "(（") - (char in ")）") for char in text), initial=0))


def _item(
    items: list[Span],
    which: str,
    texts: tuple[EncodedText, EncodedText],
    spans: tuple[list[Span], list[Span]],
) -> Span:
    if which == "omission":
        return least_similar(items, texts[0], texts[1], spans[1])
    return least_similar(items, texts[1], texts[0], spans[0])


def _rows(sides: Sides, differences: Sequence[Difference]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rows = features(sides)
    texts, spans = (sides.en.text, sides.zh.text), (sides.en.spans, sides.zh.spans)
    missing = [one.en.span for one in differences if one.reason == "missing" and one.en]
    added = [one.zh.span for one in differences if one.reason == "added" and one.zh]
    lengths = list_lengths(texts[0], spans[0], "en"), list_lengths(texts[1], spans[1], "zh")
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


def _inside(spans: Sequence[Span], alone: list[Span]) -> NDArray[np.float64]:
    """Count the numbers without a counterpart in each segment."""
    starts, ends = sorted(start for start, _ in alone), sorted(end for _, end in alone)
    counts = [max(0, bisect_right(ends, end) - bisect_left(starts, start)) for start, end in spans]
    return np.array(counts, dtype=np.float64)
