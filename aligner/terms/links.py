"""Token-by-token links between the two texts of a pair, from the encoder and from a dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from aligner.encoders import EncodedText
from aligner.terms.spans import Floats, Ints, Spans
from aligner.terms.tokens import Tokens
from aligner.terms.transliteration import renderings
from aligner.text import background
from aligner.types import Span

SHARPNESS = 2.5  # of the softmax over standardised cosines
SURE = 3.0  # added to the standardised cosine of equal Latin words and numbers
MAX_ENTRY_CHARACTERS = 6  # characters of a dictionary word
_COMMON_BEGINNINGS = frozenset(
    {"inter", "trans", "hyper", "micro", "multi", "under", "super", "intra", "extra"}
)


FORWARD, BACKWARD, GLOSS_FORWARD, GLOSS_BACKWARD = range(4)


@dataclass(frozen=True)
class Links:
    """Four ``n x m`` matrices of each pair of texts of a block, as running sums.

    FORWARD: the share each English token gives each Chinese one by the encoder (rows sum to 1). BACKWARD: the
    share each Chinese token gives each English one (columns sum to 1). GLOSS_FORWARD and GLOSS_BACKWARD:
    likewise by the dictionary; a token without an entry gives nothing.

    Attributes:
        values: the ``(n + 1, m + 1)`` sums of the pairs, one after another; four numbers a place.
        offsets: where those of each pair begin.
        widths: ``m + 1`` of each pair.
    """

    values: Floats
    offsets: Ints
    widths: Ints

    @classmethod
    def lay(cls, matrices: Sequence[Sequence[Floats]]) -> Links:
        """Sum up the four matrices of each pair of texts and lay them one after another."""
        sums = []
        for some in matrices:
            summed = np.zeros((some[0].shape[0] + 1, some[0].shape[1] + 1, len(some)))
            for kind, matrix in enumerate(some):
                summed[1:, 1:, kind] = matrix.cumsum(axis=0).cumsum(axis=1)
            sums.append(summed)
        values = np.concatenate([np.empty((0, 4)), *(s.reshape(-1, 4) for s in sums)])
        offsets = [0, *accumulate(s.shape[0] * s.shape[1] for s in sums)][:-1]
        widths = np.array([s.shape[1] for s in sums], dtype=np.int64)
        return cls(values, np.array(offsets, dtype=np.int64), widths)

    def mass(self, text: Ints, en: tuple[Ints, Ints], zh: tuple[Ints, Ints]) -> Floats:
        """Sum over the rows ``en[0]:en[1]`` and the columns ``zh[0]:zh[1]``, within each text, ``(k, 4)``."""
        base, width = self.offsets[text], self.widths[text]
        top, bottom = base + en[0] * width, base + en[1] * width
        result: Floats = self.values.take(bottom + zh[1], axis=0)
        result -= self.values.take(top + zh[1], axis=0)
        result -= self.values.take(bottom + zh[0], axis=0)
        result += self.values.take(top + zh[0], axis=0)
        return result


def vectors(texts: Sequence[EncodedText], spans: Sequence[Sequence[Span]]) -> list[Floats]:
    """Return the vectors of some spans of each text; one call of the encoder's last stage for all."""
    places = np.cumsum([0, *map(len, spans)]).tolist()
    if not places[-1]:
        return [np.empty((0, text.encoder.dimensions), dtype=np.float32) for text in texts]
    sums = np.empty((places[-1], texts[0].states.shape[1]), dtype=np.float32)
    counts = np.empty(places[-1], dtype=np.float32)
    for text, some, a, b in zip(texts, spans, places, places[1:], strict=False):
        held = _held(text, some)
        sums[a:b] = held @ text.states.astype(np.float32) + text.edge
        counts[a:b] = held.sum(axis=1) + text.edge_tokens
    rows = texts[0].encoder.compose(sums, counts)
    return np.split(rows, places[1:-1])


def _held(text: EncodedText, spans: Sequence[Span]) -> NDArray[np.float32]:
    """Return which share of each of the encoder's tokens ``(t,)`` is in each span ``(n,)``."""
    bounds = np.asarray(spans, dtype=np.int64).reshape(-1, 2, 1)
    shared = np.minimum(bounds[:, 1], text.ends) - np.maximum(bounds[:, 0], text.starts)
    share = np.maximum(shared, 0) / np.maximum(text.ends - text.starts, 1)
    return np.asarray(share, dtype=np.float32)


def link(english: Sequence[EncodedText], en: Spans, chinese: Sequence[EncodedText], zh: Spans) -> Links:
    """Link the tokens of each pair of texts of a block."""
    left = vectors(english, [_token_spans(u) for u in en.texts])
    right = vectors(chinese, [_token_spans(u) for u in zh.texts])
    matrices = []
    for a, b, one, other in zip(left, right, en.texts, zh.texts, strict=True):
        glosses = glossed(one, other)
        matrices.append(
            (
                *_shares(a @ b.T, one, other),
                glosses / np.maximum(glosses.sum(axis=1, keepdims=True), 1e-9),
                glosses / np.maximum(glosses.sum(axis=0, keepdims=True), 1e-9),
            )
        )
    return Links.lay(matrices)


def _token_spans(tokens: Tokens) -> list[Span]:
    return list(zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True))


def _shares(cosines: Floats, en: Tokens, zh: Tokens) -> tuple[Floats, Floats]:
    """Turn cosines into shares that do not depend on the encoder's scale."""
    if not cosines.size:
        return cosines, cosines
    scaled = (cosines - cosines.mean()) / (cosines.std() + 1e-9)
    columns: dict[str, list[int]] = {}
    for column, word in enumerate(zh.words):
        columns.setdefault(word, []).append(column)
    for row, word in enumerate(en.words):
        scaled[row, columns.get(word, [])] += SURE
    forward = np.exp(SHARPNESS * (scaled - scaled.max(axis=1, keepdims=True)))
    backward = np.exp(SHARPNESS * (scaled - scaled.max(axis=0, keepdims=True)))
    return forward / forward.sum(axis=1, keepdims=True), backward / backward.sum(axis=0, keepdims=True)


def _stem(word: str) -> str:
    """The beginning two forms of one word share: ``compress`` and ``compression`` are one stem."""
    if len(word) < 5:
        return word
    return word[: 8 if word[:5] in _COMMON_BEGINNINGS else 5]


@lru_cache(maxsize=100_000)
def _gloss_stems(word: str) -> frozenset[str]:
    return frozenset(map(_stem, background.gloss_words(word)))


def glossed(en: Tokens, zh: Tokens) -> Floats:
    """Weigh each English token with each Chinese one by the dictionary words over it, longer ones more.

    A name rendered by its sound counts as a dictionary word.
    """
    rows: dict[str, list[int]] = {}
    for row, word in enumerate(en.words):
        rows.setdefault(_stem(word), []).append(row)
    matrix = np.zeros((len(en), len(zh)))
    words = zh.words
    spelt = [word if len(word) == 1 and not word.isascii() else "" for word in words]
    for start in range(len(zh)):
        word = ""
        for end in range(start, min(start + MAX_ENTRY_CHARACTERS, len(zh))):
            if not spelt[end]:
                break
            word += spelt[end]
            if not background.glossed(word):
                continue
            for stem in _gloss_stems(word) & rows.keys():
                part = matrix[rows[stem], start : end + 1]
                matrix[rows[stem], start : end + 1] = np.maximum(part, len(word) ** 2)
    for row, start, end, _ in renderings(en.words, words):
        matrix[row, start:end] = np.maximum(matrix[row, start:end], (end - start) ** 2)
    return matrix
