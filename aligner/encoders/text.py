"""A text whose spans can all be read as vectors after one pass of an encoder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aligner.types import Pair, Span

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Ints = NDArray[np.int64]


class Encoder(Protocol):
    """What every encoder offers.

    Attributes:
        name: what it is called on the command line and in signatures.
        dimensions: length of a vector.
    """

    name: str
    dimensions: int

    def encode(self, texts: Iterable[str]) -> list[EncodedText]:
        """Run over each text once; one EncodedText a text, in order."""
        ...

    def compose(self, sums: Floats, counts: Floats) -> Floats:
        """Turn sums of token states ``(n, d)`` over ``(n,)`` tokens into unit rows ``(n, dimensions)``."""
        ...


@dataclass(frozen=True)
class EncodedText:
    """A text and what the encoder's last linear stage sums over its tokens.

    Attributes:
        text: the text as it was given.
        starts: ``(t,)`` character offset where each token starts, ascending.
        ends: ``(t,)`` where it ends.
        states: ``(t, d)`` what the encoder sums, in half precision: a long text is kept whole in memory.
        edge: ``(d,)`` the sum over the tokens that mark the start and the end of a text. Every span gets it,
            so that it looks to the later stages like a text of its own: with it 86 % of 1,675 annotated terms
            lie nearest to their own translation among those of the pair, without it 83 %.
        edge_tokens: how many tokens that sum is over.
        encoder: the encoder, for the stage after the sum.
        whole: ``(dimensions,)`` the text's vector by the encoder's own pooling, where that is no sum over
            tokens and so not what spans are read by; None elsewhere.
    """

    text: str
    starts: Ints
    ends: Ints
    states: Halves
    edge: Floats
    edge_tokens: float
    encoder: Encoder
    whole: Floats | None = None

    def kept(self) -> EncodedText:
        """Return the same text with its running sums kept once made, for one that is read span by span."""
        return _KeptText(**vars(self))

    def _prefix(self) -> Floats:
        """``(t + 1, d + 1)`` running sums of the states and, in the last column, of the token count."""
        prefix = np.zeros((len(self.states) + 1, self.states.shape[1] + 1), dtype=np.float64)
        np.cumsum(self.states, axis=0, out=prefix[1:, :-1])
        prefix[1:, -1] = np.arange(1, len(self.states) + 1)
        return prefix.astype(np.float32)

    def _until(self, prefix: Floats, offsets: Ints) -> Floats:
        """Sum the states up to each offset; a token cut in two counts by its share of characters."""
        last = len(self.starts) - 1
        whole = np.searchsorted(self.ends, offsets, side="right")
        result = prefix[whole]
        if last >= 0:
            token = np.minimum(whole, last)
            start, end = self.starts[token], self.ends[token]
            cut = (start < offsets) & (offsets < end)
            share = (offsets[cut] - start[cut]) / (end[cut] - start[cut])
            step = prefix[token[cut] + 1] - prefix[token[cut]]
            result[cut] += step * share[:, None].astype(np.float32)
        return result

    def sums(self, spans: Sequence[Span]) -> tuple[Floats, Floats]:
        """Sum the token states of each span, without the edge.

        Args:
            spans: ``n`` pairs of character offsets.

        Returns:
            Sums ``(n, d)`` and token counts ``(n,)``, which are not whole where a span cuts a token.
        """
        bounds = np.asarray(spans, dtype=np.int64).reshape(-1, 2)
        prefix = self._prefix()
        total = self._until(prefix, bounds[:, 1]) - self._until(prefix, bounds[:, 0])
        return total[:, :-1], total[:, -1]

    def vectors(self, spans: Sequence[Span]) -> Floats:
        """Return the vector of each span, ``(n, dimensions)``, rows of length 1."""
        sums, counts = self.sums(spans)
        return self.encoder.compose(sums + self.edge, counts + np.float32(self.edge_tokens))

    @staticmethod
    def join(parts: Sequence[EncodedText], separator: str = "") -> EncodedText:
        """Set encoded texts one after another, as one text, without another pass of the encoder.

        Raises:
            ValueError: there are no parts.
        """
        if not parts:
            raise ValueError("nothing to join")
        if len(parts) == 1:
            return parts[0]
        shifts = [0, *accumulate(len(part.text) + len(separator) for part in parts[:-1])]
        return EncodedText(
            text=separator.join(part.text for part in parts),
            starts=np.concatenate([part.starts + shift for part, shift in zip(parts, shifts, strict=True)]),
            ends=np.concatenate([part.ends + shift for part, shift in zip(parts, shifts, strict=True)]),
            states=np.concatenate([part.states for part in parts]),
            edge=np.mean([part.edge for part in parts], axis=0),
            edge_tokens=parts[0].edge_tokens,
            encoder=parts[0].encoder,
        )


class _KeptText(EncodedText):
    """A text whose running sums are kept."""

    def kept(self) -> EncodedText:
        return self

    @cached_property
    def _sums(self) -> Floats:
        return super()._prefix()

    def _prefix(self) -> Floats:
        return self._sums


@dataclass(frozen=True)
class EncodedPair:
    """A pair and its two encoded texts: ``en.text == pair.en`` and ``zh.text == pair.zh``."""

    pair: Pair
    en: EncodedText
    zh: EncodedText
