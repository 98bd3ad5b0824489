"""The candidate spans of one language in a block of pairs, as flat arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.terms.tokens import HARD, Tokens
from aligner.types import Language, Span

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Column = NDArray[Any]  # of numbers or truth values, one a row
Table = tuple[tuple[str, ...], NDArray[Any]]  # names and, ``(n, names)``, values of features

_MULTIPLIER = np.uint64(
    0x9E3779B97F4A7C15
)  # odd, so that products of tokens do not collapse; 2**64 / golden ratio


@dataclass(frozen=True)
class Spans:
    """``n`` candidate spans over the ``m`` tokens of a block's texts.

    Attributes:
        language: of the texts.
        texts: the texts, cut into tokens.
        offsets: ``(texts + 1,)`` number of the first token of each text in the block.
        words: ``(m,)`` number of each token's word in the vocabulary.
        vocabulary: the words in lower case, each once.
        text: ``(n,)`` which text a span is in; ascending.
        first: ``(n,)`` the span's first token, counted over the block.
        after: ``(n,)`` the token after its last.
        string: ``(n,)`` equal where two spans hold the same words.
    """

    language: Language
    texts: tuple[Tokens, ...]
    offsets: Ints
    words: Ints
    vocabulary: tuple[str, ...]
    text: Ints
    first: Ints
    after: Ints
    string: Ints

    def __len__(self) -> int:
        return len(self.text)

    @cached_property
    def breaks(self) -> Ints:
        """``(m + 1,)`` how strongly the gap before each token parts it from the one before."""
        parts = [u.breaks[:-1] for u in self.texts]
        return np.append(np.concatenate([np.empty(0, dtype=np.int64), *parts]), HARD)

    @property
    def length(self) -> Ints:
        """``(n,)`` tokens in each span."""
        return self.after - self.first

    def take(self, rows: Ints) -> Spans:
        """Return some of the spans, over the same texts."""
        picked = {name: getattr(self, name)[rows] for name in ("text", "first", "after", "string")}
        return replace(self, **picked)

    def word_tuples(self, rows: Ints) -> list[tuple[str, ...]]:
        """Return the words of some spans, in lower case."""
        words = [self.vocabulary[w] for w in self.words.tolist()]
        bounds = zip(self.first[rows].tolist(), self.after[rows].tolist(), strict=True)
        return [tuple(words[a:b]) for a, b in bounds]

    @cached_property
    def token_bounds(self) -> tuple[Ints, Ints]:
        """Character offsets where each token ``(m,)`` starts and ends, in its own text."""
        none = np.empty(0, dtype=np.int64)
        starts = np.concatenate([none, *(t.starts for t in self.texts)])
        return starts, np.concatenate([none, *(t.ends for t in self.texts)])

    def bounds(self, rows: Ints) -> tuple[Ints, Ints]:
        """Return the character offsets where some spans start and end, each in its own text."""
        starts, ends = self.token_bounds
        return starts[self.first[rows]], ends[self.after[rows] - 1]

    def characters(self, rows: Ints) -> list[Span]:
        """Return the character offsets of some spans, each in its own text."""
        starts, ends = self.bounds(rows)
        return list(zip(starts.tolist(), ends.tolist(), strict=True))


def table(columns: Mapping[str, Column], *before: Table) -> Table:
    """Lay columns side by side, behind those of other tables, in the single precision that trees read."""
    tables = [(names, values.T) for names, values in before]
    rows = np.empty(
        (sum(len(values) for _, values in tables) + len(columns), len(next(iter(columns.values())))),
        dtype=np.float32,
    )
    place = 0
    for _, values in tables:
        rows[place : place + len(values)] = values
        place += len(values)
    for row, column in zip(rows[place:], columns.values(), strict=True):
        row[:] = column
    return (*(name for names, _ in tables for name in names), *columns), rows.T


def total(values: Column, first: Ints, after: Ints) -> Floats:
    """Sum a value of each token ``(m,)`` over the tokens of each span ``(n,)``."""
    running = np.concatenate([[0.0], np.cumsum(values, dtype=float)])
    return np.asarray(running[after] - running[first])


def hashes(words: Ints, first: Ints, after: Ints) -> NDArray[np.uint64]:
    """Return a 64-bit hash of the words of each span (a polynomial, from prefix sums modulo 2**64)."""
    with np.errstate(over="ignore"):
        powers = np.cumprod(np.full(len(words) + 1, _MULTIPLIER, dtype=np.uint64))
        mixed = (words.astype(np.uint64) + np.uint64(1)) * np.uint64(0xD6E8FEB86659FD93)
        mixed ^= mixed >> np.uint64(32)
        prefix = np.concatenate([[np.uint64(0)], np.cumsum(mixed * powers[: len(words)], dtype=np.uint64)])
        inverse = pow(int(_MULTIPLIER), -1, 2**64)
        inverses = np.cumprod(np.full(len(words) + 1, inverse, dtype=np.uint64))
        return np.asarray((prefix[after] - prefix[first]) * inverses[first], dtype=np.uint64)
