"""The longest run of unlinked words in each segment, and what is most like it on the other side."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.checks.lexical import Floats, Words
from aligner.checks.sides import Sides
from aligner.types import Span

NAMES = ("run", "run share", "run words", "run gain", "run best", "looked", "near", "near rival", "near free")
"""What `describe` says of the run of a segment: its size, and what is near it on the other side."""
_LINKED = 0.5  # from here on a word is linked
_LOOKED = 1.5  # weight of a run that is looked up
_MOST = 12  # segments of a side whose runs are looked up, the weightiest
_FREE = 0.34  # mean link of a window below which its words are free


@dataclass(frozen=True)
class Run:
    """A run of unlinked words of a segment: how much they say, and how many they are."""

    at: int  # the segment it stands in
    span: Span
    weight: float
    words: int


def describe(sides: Sides, which: int) -> Floats:
    """Describe the unlinked run of each segment of a side, a row a segment, columns as in `NAMES`."""
    own, other = sides.of(which)
    rows = np.zeros((len(own.spans), len(NAMES)))
    runs = [run for at, span in enumerate(own.spans) if (run := longest_run(own.words, at, span))]
    if not runs:
        return rows
    says = np.array([_says(own.words, own.spans[run.at]) for run in runs])
    places = [run.span for run in runs]
    best = (own.read.of(places, places)[0] @ other.read.of(other.spans)[0].T).max(axis=1)
    gains = sides.gains(which, places)
    for number, run in enumerate(runs):
        share = run.weight / (says[number] + 1e-6)
        rows[run.at, :5] = run.weight, share, run.words, gains[number], best[number]
    looked = [number for number, run in enumerate(runs) if run.weight >= _LOOKED]
    looked = sorted(looked, key=lambda number: -runs[number].weight)[:_MOST]
    if looked and sides.are_short:
        spans = [own.spans[runs[n].at] if runs[n].weight > 0.5 * says[n] else runs[n].span for n in looked]
        rows[[runs[n].at for n in looked], 5:] = _near(sides, which, spans)
    return rows


def longest_run(words: Words, at: int, span: Span) -> Run | None:
    """Return the weightiest run of unlinked words of a segment; words of grammar do not end it."""
    best: Run | None = None
    first, weight, count = -1, 0.0, 0
    for number in np.flatnonzero((words.middles >= span[0]) & (words.middles < span[1])):
        if words.weights[number] == 0.0:
            continue
        if words.linked[number] >= _LINKED:
            first, weight, count = -1, 0.0, 0
            continue
        first = int(number) if first < 0 else first
        weight, count = weight + float(words.weights[number]), count + 1
        if best is None or weight > best.weight:
            best = Run(at, (words.spans[first][0], words.spans[number][1]), weight, count)
    return best


def _says(words: Words, span: Span) -> float:
    return float(words.weights[(words.middles >= span[0]) & (words.middles < span[1])].sum())


def _near(sides: Sides, which: int, spans: list[Span]) -> Floats:
    """Compare spans with windows of the other side, and the best one with windows of their own side.

    Returns:
        ``(n, 4)``: 1, the best cosine, that of the best rival on the own side with the same window, and the
        best among windows whose words are free.
    """
    return np.column_stack([np.ones(len(spans)), *compared(sides, which, spans)])


def compared(sides: Sides, which: int, spans: Sequence[Span]) -> tuple[Floats, Floats, Floats]:
    """Return the best cosine of each span, of the best rival for the same window, and the best free one.

    Args:
        sides: both sides.
        which: the side of the spans.
        spans: ``n`` spans.
    """
    own, other = sides.of(which)
    near = sides.near(which, spans)
    free, alike = other.linked < _FREE, sides.alike(which)
    best = near.argmax(axis=1)
    starts, ends = np.array(own.places).T
    rivals = np.zeros(len(spans))
    for row, (start, end) in enumerate(spans):
        outside = (ends <= start) | (starts >= end)
        rivals[row] = alike[outside, best[row]].max(initial=0.0)
    return near.max(axis=1), rivals, near[:, free].max(axis=1, initial=0.0)
