"""Token-by-token links between the two texts of a pair, from the encoder and from a dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from aligner.encoders import EncodedText
from aligner.terms import wording
from aligner.terms.spans import Floats, Ints, Spans
from aligner.terms.tokens import Tokens
from aligner.terms.transliteration import renderings
from aligner.text import word_parts

SHARPNESS = 2.5  # of the softmax over standardised cosines
SURE = 3.0  # added to the standardised cosine of equal Latin words and numbers
MAX_ENTRY_CHARACTERS = 6  # characters of a dictionary word
PART = 0.5  # weight of what stands for a part of a word, that of a dictionary word being 1
GAP = "\0"  # what is no Chinese character
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

    def between(self, text: int, en: tuple[Ints, Ints], zh: tuple[Ints, Ints]) -> Floats:
        """Sum between each English span ``(n,)`` and each Chinese one ``(m,)`` of a text, ``(n, m, 4)``."""
        start, width = int(self.offsets[text]), int(self.widths[text])
        end = int(self.offsets[text + 1]) if text + 1 < len(self.offsets) else len(self.values)
        sums = self.values[start:end].reshape(-1, width, 4)
        rows = sums[en[1]] - sums[en[0]]
        return np.asarray(rows[:, zh[1]] - rows[:, zh[0]])

    def mass(self, text: Ints, en: tuple[Ints, Ints], zh: tuple[Ints, Ints]) -> Floats:
        """Sum over the rows ``en[0]:en[1]`` and the columns ``zh[0]:zh[1]``, within each text, ``(k, 4)``."""
        base, width = self.offsets[text], self.widths[text]
        top, bottom = base + en[0] * width, base + en[1] * width
        result: Floats = self.values.take(bottom + zh[1], axis=0)
        result -= self.values.take(top + zh[1], axis=0)
        result -= self.values.take(bottom + zh[0], axis=0)
        result += self.values.take(top + zh[0], axis=0)
        return result


def token_vectors(texts: Sequence[EncodedText], spans: Spans) -> Floats:
    """Return the vector of each token ``(m, dimensions)`` of a block."""
    return _vectors(texts, spans.offsets, spans.token_bounds)


def span_vectors(texts: Sequence[EncodedText], spans: Spans, rows: Ints, tokens: Floats) -> Floats:
    """Return the vectors of some spans ``(n, dimensions)``.

    Args:
        texts: of the block, encoded.
        spans: of the block.
        rows: ``(n,)`` numbers of spans in ascending text.
        tokens: the vectors of the block's tokens, which are those of spans of one token.
    """
    longer = spans.length[rows] > 1
    some = rows[longer]
    result = tokens[spans.first[rows]]
    places = np.searchsorted(spans.text[some], np.arange(len(texts) + 1))
    result[longer] = _vectors(texts, places, spans.bounds(some))
    return result


def _vectors(texts: Sequence[EncodedText], places: Ints, bounds: tuple[Ints, Ints]) -> Floats:
    """Return the vectors of spans, by one call of the encoder's last stage.

    Args:
        texts: encoded.
        places: ``(texts + 1,)`` where the spans of each text begin.
        bounds: character offsets where spans start and end, ``(n,)`` each.
    """
    starts, ends = bounds
    if not len(starts):
        return np.empty((0, texts[0].encoder.dimensions), dtype=np.float32)
    sums = np.empty((len(starts), texts[0].states.shape[1]), dtype=np.float32)
    counts = np.empty(len(starts), dtype=np.float32)
    for text, a, b in zip(texts, places[:-1].tolist(), places[1:].tolist(), strict=True):
        held = _held(text, starts[a:b, None], ends[a:b, None])
        sums[a:b] = held @ text.states.astype(np.float32) + text.edge
        counts[a:b] = held.sum(axis=1) + text.edge_tokens
    fresh = np.ones(len(sums), dtype=bool)  # characters of one piece of the encoder have the same sum
    alike = np.flatnonzero((counts[1:] == counts[:-1]) & (sums[1:, 0] == sums[:-1, 0]))
    fresh[alike + 1] = (sums[alike + 1] != sums[alike]).any(axis=1)
    return np.asarray(texts[0].encoder.compose(sums[fresh], counts[fresh])[np.cumsum(fresh) - 1])


def _held(text: EncodedText, starts: Ints, ends: Ints) -> NDArray[np.float32]:
    """Return which share of each of the encoder's tokens ``(t,)`` is in each span ``(n, 1)``."""
    shared = np.minimum(ends, text.ends) - np.maximum(starts, text.starts)
    share = np.maximum(shared, 0) / np.maximum(text.ends - text.starts, 1)
    return np.asarray(share, dtype=np.float32)


def link(en: Spans, en_vectors: Floats, zh: Spans, zh_vectors: Floats) -> Links:
    """Link the tokens of each pair of texts of a block, by the vectors of the tokens and by dictionaries."""
    left, right = np.split(en_vectors, en.offsets[1:-1]), np.split(zh_vectors, zh.offsets[1:-1])
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
    return frozenset(map(_stem, wording.gloss_words(word)))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(word[:2] for word in wording.glossed_words())


def glossed(en: Tokens, zh: Tokens) -> Floats:
    """Weigh each English token with each Chinese one by the dictionary words over it, longer ones more.

    A name rendered by its sound counts as a dictionary word, what Chinese has for a part of an English word
    for less than one.
    """
    rows: dict[str, list[int]] = {}
    for row, word in enumerate(en.words):
        rows.setdefault(_stem(word), []).append(row)
    stems, known, beginnings, width = frozenset(rows), wording.glossed_words(), _beginnings(), len(zh)
    spelt = [word if len(word) == 1 and not word.isascii() else "" for word in zh.words]
    found: list[tuple[int, int, int]] = []  # row, first column, column after the last
    for start in range(width):
        word = ""
        for end in range(start, min(start + MAX_ENTRY_CHARACTERS, width)):
            if not spelt[end]:
                break
            word += spelt[end]
            if end > start and word[:2] not in beginnings:
                break
            if word in known:
                shared = _gloss_stems(word) & stems
                found += [(row, start, end + 1) for stem in shared for row in rows[stem]]
    found += [(row, start, end) for row, start, end, _ in renderings(en.words, zh.words)]
    matrix = np.zeros((len(en), width))
    for row, start, end in sorted(found, key=lambda one: one[2] - one[1]):
        matrix[row, start:end] = (end - start) ** 2  # longer ones come later
    text = "".join(word or GAP for word in spelt)
    for row, word in enumerate(en.words):
        for part in word_parts.renderings(word):
            start = text.find(part)
            while start >= 0:
                some = matrix[row, start : start + len(part)]
                np.maximum(some, PART * len(part) ** 2, out=some)
                start = text.find(part, start + 1)
    return matrix
