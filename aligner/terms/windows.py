"""Work in bounded pieces: a very long text is read window by window, and a block holds so much at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from aligner.encoders import EncodedPair, EncodedText
from aligner.terms.tokens import Ints, cut
from aligner.types import Pair

MAX_EN_TOKENS, MAX_ZH_TOKENS = 600, 1000  # of a text read as a whole; an abstract in one row is
WINDOW_EN_TOKENS, WINDOW_ZH_TOKENS = 150, 250  # of one that is longer
MAX_BLOCK_PRODUCT = 10_000_000  # characters of both texts multiplied, over a block: its candidates grow so


@dataclass(frozen=True)
class Window:
    """A pair of texts, or a piece of one.

    Attributes:
        pair: what it is of.
        en: the English piece.
        zh: the Chinese piece.
        en_start: character offset of the piece in the English text.
        zh_start: likewise in the Chinese text.
    """

    pair: Pair
    en: EncodedText
    zh: EncodedText
    en_start: int = 0
    zh_start: int = 0


def windows(pair: EncodedPair) -> list[Window]:
    """Return the pair's texts in one piece, or cut in equal shares where one is too long.

    No sentence that people write is: the cuts do not follow the translation, and a term over one is lost.
    """
    en, zh = cut(pair.en.text).starts, cut(pair.zh.text).starts
    if len(en) <= MAX_EN_TOKENS and len(zh) <= MAX_ZH_TOKENS:
        return [Window(pair.pair, pair.en, pair.zh)]
    count = ceil(max(len(en) / WINDOW_EN_TOKENS, len(zh) / WINDOW_ZH_TOKENS))
    left, right = _bounds(en, len(pair.en.text), count), _bounds(zh, len(pair.zh.text), count)
    pieces = zip(left, left[1:], right, right[1:], strict=False)
    return [Window(pair.pair, _slice(pair.en, a, b), _slice(pair.zh, c, d), a, c) for a, b, c, d in pieces]


def _bounds(starts: Ints, length: int, count: int) -> list[int]:
    places = len(starts) * np.arange(1, count) // count
    return [0, *(starts[places] if len(starts) else places).tolist(), length]


def _slice(text: EncodedText, start: int, end: int) -> EncodedText:
    """Return a part of an encoded text; tokens of the encoder belong to the part they start in."""
    a, b = np.searchsorted(text.starts, (start, end))
    return replace(
        text,
        text=text.text[start:end],
        starts=text.starts[a:b] - start,
        ends=np.minimum(text.ends[a:b], end) - start,
        states=text.states[a:b],
        whole=None,
    )


def blocks(pairs: Iterable[EncodedPair], most: int) -> Iterator[list[Window]]:
    """Gather the windows of pairs into blocks of at most ``most``, fewer where their texts are long."""
    block: list[Window] = []
    size = 0
    for window in (window for pair in pairs for window in windows(pair)):
        product = len(window.en.text) * len(window.zh.text)
        if block and (len(block) == most or size + product > MAX_BLOCK_PRODUCT):
            yield block
            block, size = [], 0
        block.append(window)
        size += product
    if block:
        yield block
