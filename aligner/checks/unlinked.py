"""The longest run of unlinked words in each segment, and what is most like it on the other side."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.checks.lexical import Floats, Words
from aligner.encoders import EncodedText
from aligner.types import Span

NAMES = ("run", "run share", "run words", "run gain", "run best", "looked", "near", "near rival", "near free")
"""What `describe` says of the run of a segment: its size, and what is near it on the other side."""
_LINKED = 0.5  # from here on a word is linked
_LOOKED = 1.5  # weight of a run that is looked up
_MOST = 12  # segments of a side whose runs are looked up, the weightiest
_WINDOWS = {0: 3, 1: 4}  # words of a window of the English and the Chinese at most
_LONGEST = 40  # characters of a window
_MOST_WORDS = 150  # of a side; windows of longer texts are not compared
_FREE = 0.34  # mean link of a window below which its words are free


@dataclass(frozen=True)
class Side:
    """A side of a pair: its text with vectors, its words and its segments."""

    text: EncodedText
    words: Words
    spans: Sequence[Span]


@dataclass(frozen=True)
class _Run:
    at: int  # the segment it stands in
    span: Span
    weight: float
    words: int


def describe(sides: tuple[Side, Side], which: int) -> Floats:
    """Describe the unlinked run of each segment of a side, a row a segment, columns as in `NAMES`."""
    own, other = sides[which], sides[1 - which]
    rows = np.zeros((len(own.spans), len(NAMES)))
    runs = [run for at, span in enumerate(own.spans) if (run := _longest(own.words, at, span))]
    if not runs:
        return rows
    says = np.array([_says(own.words, own.spans[run.at]) for run in runs])
    vectors, gains = _vectors(own.text, other.text, [run.span for run in runs])
    best = (vectors @ other.text.vectors(list(other.spans)).T).max(axis=1)
    for number, run in enumerate(runs):
        share = run.weight / (says[number] + 1e-6)
        rows[run.at, :5] = run.weight, share, run.words, gains[number], best[number]
    looked = [number for number, run in enumerate(runs) if run.weight >= _LOOKED]
    looked = sorted(looked, key=lambda number: -runs[number].weight)[:_MOST]
    if looked and max(len(side.words.spans) for side in sides) <= _MOST_WORDS:
        spans = [own.spans[runs[n].at] if runs[n].weight > 0.5 * says[n] else runs[n].span for n in looked]
        rows[[runs[n].at for n in looked], 5:] = _near(own, other, spans, which)
    return rows


def _longest(words: Words, at: int, span: Span) -> _Run | None:
    """Return the weightiest run of unlinked words of a segment; words of grammar do not end it."""
    best: _Run | None = None
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
            best = _Run(at, (words.spans[first][0], words.spans[number][1]), weight, count)
    return best


def _says(words: Words, span: Span) -> float:
    return float(words.weights[(words.middles >= span[0]) & (words.middles < span[1])].sum())


def _vectors(own: EncodedText, other: EncodedText, spans: list[Span]) -> tuple[Floats, Floats]:
    """Return the vectors of spans, and by how much the pair is more alike without each."""
    sums, counts = own.sums([*spans, (0, len(own.text))])
    rests = sums[-1] - sums, np.maximum(counts[-1] - counts, 1.0)
    rests[0][-1], rests[1][-1] = sums[-1], counts[-1]
    rows = own.encoder.compose(
        np.concatenate([sums[:-1], rests[0]]) + own.edge,
        np.concatenate([counts[:-1], rests[1]]) + np.float32(own.edge_tokens),
    )
    alike = rows[len(spans) :] @ other.vectors([(0, len(other.text))])[0]
    return rows[: len(spans)].astype(np.float64), alike[:-1] - alike[-1]


def _near(own: Side, other: Side, spans: list[Span], which: int) -> Floats:
    """Compare spans with windows of the other side, and the best one with windows of their own side.

    Returns:
        ``(n, 4)``: 1, the best cosine, that of the best rival on the own side with the same window, and the
        best among windows whose words are free.
    """
    theirs, mine = _windows(other.words, _WINDOWS[1 - which]), _windows(own.words, _WINDOWS[which])
    rows = np.zeros((len(spans), 4))
    rows[:, 0] = 1.0
    if not theirs:
        return rows
    windows = other.text.vectors([span for span, _ in theirs])
    free = np.array([linked < _FREE for _, linked in theirs])
    near = own.text.vectors(spans) @ windows.T
    best = near.argmax(axis=1)
    rivals = own.text.vectors([span for span, _ in mine]) @ windows[best].T
    for row, (start, end) in enumerate(spans):
        outside = [at for at, (span, _) in enumerate(mine) if span[1] <= start or span[0] >= end]
        rival = rivals[outside, row].max() if outside else 0.0
        rows[row, 1:] = near[row, best[row]], rival, near[row, free].max() if free.any() else 0.0
    return rows


def _windows(words: Words, longest: int) -> list[tuple[Span, float]]:
    """Return runs of words with the mean of their links."""
    found = []
    for first in range(len(words.spans)):
        for last in range(first, min(first + longest, len(words.spans))):
            span = words.spans[first][0], words.spans[last][1]
            if span[1] - span[0] <= _LONGEST:
                found.append((span, float(words.linked[first : last + 1].mean())))
    return found
