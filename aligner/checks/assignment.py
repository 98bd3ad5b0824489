"""Which words of a pair render each other, every word once: what is left has no counterpart of its own.

A word that occurs elsewhere in a pair, or something alike, hides what was left out as long as every word may
take the best of the other side. Here the words of one side share those of the other.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aligner.checks.lexical import Floats, Words
from aligner.checks.sides import Side, Sides
from aligner.text.word_parts import renderings
from aligner.types import Span

NAMES = ("free", "free weight", "free beyond rest", "free run share")
"""What `Assignment.describe` says of a span: how far its words have no counterpart of their own."""
_WIDE = 0.1  # of cosine: what a word more in a window says less
_GLOSS = 0.5  # of cosine, a link by a word of two characters
_STRONGEST = 1.2  # of links
_PART = {1: 0.5}  # of a link by what stands for a part of a word, one character; longer ones count 1
_APART, _FARTHEST = 0.3, 0.5  # of cosine, a text's length between two words; farther ones count so much
_NONE = 0.55  # of cosine, from which on a counterpart is likelier than none
_SHARPNESS = 0.08  # of cosine
_ROUNDS = 20
_CHARACTERS = 1.6  # Han characters that render an English word
_LITTLE = 0.3  # of a word, a word of grammar
_USUAL = 0.3  # of the words are free in correct pairs
_FEW = 1.5  # weight of a span that the usual share stands in for, and of the rest twice


@dataclass(frozen=True)
class Assignment:
    """The words of two sides, assigned to each other.

    Attributes:
        sides: both sides, short enough to have windows.
    """

    sides: Sides

    @cached_property
    def likeness(self) -> Floats:
        """How alike each two words are, ``(n, m)``: the best cosine of two windows that hold them."""
        en, zh = self.sides.en, self.sides.zh
        wide = [np.diff(np.array(side.windows), axis=1)[:, 0] for side in (en, zh)]
        near = self.sides.alike(0) - _WIDE * (wide[0][:, None] + wide[1][None, :])
        return np.maximum(_by_word(_by_word(near, en).T, zh).T, 0.0)

    @cached_property
    def links(self) -> Floats:
        """How strong the dictionary's link of each two words is, ``(n, m)``, parts of words included."""
        en, zh = self.sides.en, self.sides.zh
        found, owner = self.sides.links.copy(), np.zeros(len(zh.text), dtype=np.int64)
        for at, (start, end) in enumerate(zh.words.spans):
            owner[start:end] = at
        for row in np.flatnonzero(en.words.weights > 0):
            start, end = en.words.spans[row]
            word = en.text[start:end].lower()
            for part in sorted(set().union(*map(renderings, {word, *word.replace("/", "-").split("-")}))):
                at = zh.text.find(part)
                while at >= 0:
                    columns = owner[at : at + len(part)]
                    found[row, columns] = np.maximum(found[row, columns], _PART.get(len(part), 1.0))
                    at = zh.text.find(part, at + 1)
        return np.minimum(found, _STRONGEST)

    @cached_property
    def free(self) -> tuple[Floats, Floats]:
        """How far each word of the two sides has no counterpart, from 0 to 1: ``(n,)`` and ``(m,)``.

        References:
            Sinkhorn and Knopp 1967, Concerning nonnegative matrices and doubly stochastic matrices; here each
            side has a word more that takes what nothing renders.
        """
        en, zh = self.sides.en, self.sides.zh
        places = [side.words.middles / max(1, len(side.text)) for side in (en, zh)]
        apart = np.minimum(np.abs(places[0][:, None] - places[1][None, :]), _FARTHEST)
        score = self.likeness + _GLOSS * self.links - _APART * apart - _NONE
        near = np.exp(score / _SHARPNESS)
        room = _room(en), _room(zh)
        columns = np.ones(len(room[1]))
        for _ in range(_ROUNDS):
            rows = room[0] / (near @ columns + 1.0)
            before, columns = columns, room[1] / (near.T @ rows + 1.0)
        # Of each side what the other, assigned last, has no more room for is free.
        shares = rows * (near @ columns) / room[0], before * (near.T @ rows) / room[1]
        return 1.0 - np.minimum(shares[0], 1.0), 1.0 - np.minimum(shares[1], 1.0)

    def describe(self, which: int) -> Floats:
        """Describe the segments of a side, a row a segment, columns as in `NAMES`."""
        own = self.sides.of(which)[0]
        words, free = own.words, self.free[which]
        lacking, total = words.weights * free, words.weights.sum()
        rows = []
        for start, end in own.spans:
            inside = (words.middles >= start) & (words.middles < end)
            says, lacks = words.weights[inside].sum(), lacking[inside].sum()
            share = (lacks + _USUAL * _FEW) / (says + _FEW)
            rest = (lacking.sum() - lacks + _USUAL * 2 * _FEW) / (total - says + 2 * _FEW)
            run = _heaviest_run(words.weights[inside] * (free[inside] - 0.5))
            rows.append((share, lacks, share - rest, run / (says + _FEW)))
        return np.array(rows, dtype=np.float64).reshape(len(own.spans), len(NAMES))


def covers(words: Words, spans: list[Span]) -> Floats:
    """Return the weight that each word has in each span, ``(spans, words)``."""
    starts, ends = np.array(spans, dtype=np.float64).reshape(-1, 2).T
    inside = (words.middles >= starts[:, None]) & (words.middles < ends[:, None])
    return np.where(inside, words.weights, 0.0)


def _by_word(rows: Floats, side: Side) -> Floats:
    """Take the best of the windows that hold each word: ``(windows, m)`` to ``(words, m)``."""
    first, last = np.array(side.windows).T
    found = np.full((len(side.words.spans), rows.shape[1]), -1.0)
    for step in range(int((last - first).max()) + 1):
        held = first + step <= last
        np.maximum.at(found, (first + step)[held], rows[held])
    return found


def _room(side: Side) -> Floats:
    """Return how many words of the other side each word may render."""
    sizes = [
        1.0 if side.text[start].isascii() else max(0.5, (end - start) / _CHARACTERS)
        for start, end in side.words.spans
    ]
    return np.array(sizes) * np.where(side.words.weights > 0, 1.0, _LITTLE)


def _heaviest_run(values: Floats) -> float:
    """Return the largest sum of neighbouring values, 0 at least."""
    best = run = 0.0
    for value in values.tolist():
        run = max(0.0, run + value)
        best = max(best, run)
    return best
