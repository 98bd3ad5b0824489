"""The two sides of a pair as words, segments and windows of words, with their vectors and what is alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from aligner.checks.lexical import Floats, Words
from aligner.encoders import EncodedText
from aligner.types import Span

WINDOWS = 3, 4  # words of a window of the English and the Chinese at most
_LONGEST = 40  # characters of a window
_SURE = 0.5  # cosine from which on a window is taken to render another
_MOST_WORDS = 150  # of a side; windows of longer texts are not compared

Rendered = dict[int, Span]
"""Of words of one side, what renders them on the other."""


class SpanVectors:
    """The vectors of a text's spans, and of the text without them: each composed once, many at a time."""

    def __init__(self, text: EncodedText) -> None:
        """Take an encoded text."""
        self.text = text
        self._rows: dict[tuple[Span, bool], NDArray[np.float32]] = {}

    def of(self, spans: Sequence[Span], without: Sequence[Span] = ()) -> tuple[Floats, Floats]:
        """Return the vectors of some spans, ``(n, dimensions)``, and of the text without some others."""
        new = [span for span in dict.fromkeys(spans) if (span, False) not in self._rows]
        rest = [span for span in dict.fromkeys(without) if (span, True) not in self._rows]
        if new or rest:
            sums, counts = self.text.sums([*new, *rest, (0, len(self.text.text))])
            n = len(new)
            sums[n:-1], counts[n:-1] = sums[-1] - sums[n:-1], np.maximum(counts[-1] - counts[n:-1], 1.0)
            edge = self.text.edge, np.float32(self.text.edge_tokens)
            rows = self.text.encoder.compose(sums[:-1] + edge[0], counts[:-1] + edge[1])
            keys = [*((span, False) for span in new), *((span, True) for span in rest)]
            self._rows |= zip(keys, rows, strict=True)
        size = self.text.encoder.dimensions
        found = [[self._rows[span, False] for span in spans], [self._rows[span, True] for span in without]]
        one, other = (np.array(some, dtype=np.float64).reshape(-1, size) for some in found)
        return one, other

    @property
    def whole(self) -> Floats:
        """The vector of the text, ``(1, dimensions)``."""
        return self.of([(0, len(self.text.text))])[0]


@dataclass(frozen=True)
class Side:
    """A side of a pair.

    Attributes:
        read: its text, with vectors.
        words: its words, linked to those of the other side.
        spans: its segments.
        longest: words of a window at most.
    """

    read: SpanVectors
    words: Words
    spans: Sequence[Span]
    longest: int

    @cached_property
    def windows(self) -> list[tuple[int, int]]:
        """Runs of words that begin and end with one that says something: its first and its last word."""
        words, found = self.words, []
        says = words.weights > 0
        for first in np.flatnonzero(says):
            for last in range(int(first), min(int(first) + self.longest, len(words.spans))):
                if says[last] and words.spans[last][1] - words.spans[first][0] <= _LONGEST:
                    found.append((int(first), last))
        return found

    @cached_property
    def places(self) -> list[Span]:
        """The span of each window."""
        spans = self.words.spans
        return [(spans[first][0], spans[last][1]) for first, last in self.windows]

    @cached_property
    def linked(self) -> Floats:
        """The mean link of the words of each window, ``(n,)``."""
        sums = np.concatenate([[0.0], np.cumsum(self.words.linked)])
        first, last = np.array(self.windows, dtype=np.int64).reshape(-1, 2).T
        return np.asarray((sums[last + 1] - sums[first]) / (last + 1 - first))

    @property
    def text(self) -> str:
        """The text."""
        return self.read.text.text


@dataclass(frozen=True)
class Sides:
    """Both sides: the English one and the Chinese one.

    Attributes:
        en: the English side.
        zh: the Chinese one.
        links: ``(n, m)`` how strong the dictionary's link of each two words is.
    """

    en: Side
    zh: Side
    links: Floats

    @property
    def are_short(self) -> bool:
        """Whether both sides have windows and few enough words for them to be compared."""
        both = self.en, self.zh
        return all(0 < len(side.words.spans) <= _MOST_WORDS and len(side.windows) > 0 for side in both)

    @cached_property
    def _alike(self) -> Floats:
        return self.en.read.of(self.en.places)[0] @ self.zh.read.of(self.zh.places)[0].T

    def of(self, which: int) -> tuple[Side, Side]:
        """Return one side (0 is the English) and the other."""
        return (self.en, self.zh) if which == 0 else (self.zh, self.en)

    def near(self, which: int, spans: Sequence[Span]) -> Floats:
        """Return the cosines of spans of one side with the windows of the other."""
        own, other = self.of(which)
        return own.read.of(spans)[0] @ other.read.of(other.places)[0].T

    def gains(self, which: int, spans: Sequence[Span]) -> Floats:
        """Return by how much the pair is more alike without each span of one side."""
        own, other = self.of(which)
        rests, whole = own.read.of((), spans)[1], other.read.whole[0]
        return np.asarray(rests @ whole - own.read.whole[0] @ whole)

    @cached_property
    def _rendered(self) -> tuple[list[Rendered], list[Rendered]]:
        found = []
        for which in (0, 1):
            own, other = self.of(which)
            best, cosines = self.alike(which).argmax(axis=1), self.alike(which).max(axis=1)
            from_first: dict[int, int] = {}
            from_last: dict[int, int] = {}
            for at in np.argsort(cosines, kind="stable"):
                if cosines[at] >= _SURE:
                    first, last = own.windows[at]
                    from_first[first] = from_last[last] = int(best[at])
            found.append(
                [{word: other.places[at] for word, at in one.items()} for one in (from_first, from_last)]
            )
        return found[0], found[1]

    def rendered(self, which: int) -> list[Rendered]:
        """Return what renders the windows that begin with each word of a side, and those that end with it."""
        return self._rendered[which]

    def alike(self, which: int) -> Floats:
        """Return the cosines of one side's windows with the other's."""
        return self._alike if which == 0 else self._alike.T
