"""Training documents: encoded sentences with gold beads, and sentences parted without encoding them again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.encoders import EncodedText

BREAK = re.compile(r"[,;:](?=\s)|[，；：。？！]")

Ids = tuple[list[int], list[int]]
Random = np.random.Generator


@dataclass(frozen=True)
class Document:
    """Encoded sentences and gold beads.

    Attributes:
        en: English sentences.
        zh: Chinese sentences.
        beads: sentence numbers of each bead; an unmatched sentence is a bead with an empty side.
    """

    en: Sequence[EncodedText]
    zh: Sequence[EncodedText]
    beads: Sequence[Ids]


def parted(text: EncodedText, random: Random, margin: float) -> list[EncodedText] | None:
    """Part a sentence after a clause that ends at least ``margin`` of its length from either end."""
    length = len(text.text)
    room = max(4.0, margin * length)
    ends = [match.end() for match in BREAK.finditer(text.text) if room < match.end() < length - room]
    if not ends:
        return None
    end = int(random.choice(ends))
    token = int(np.searchsorted(text.ends, end, side="right"))
    if not 0 < token < len(text.states):
        return None
    return [_slice(text, 0, token, end), _slice(text, token, len(text.states), length)]


def _slice(text: EncodedText, first: int, last: int, end: int) -> EncodedText:
    start = int(text.starts[first])
    return EncodedText(
        text.text[start:end],
        text.starts[first:last] - start,
        text.ends[first:last] - start,
        text.states[first:last],
        text.edge,
        text.edge_tokens,
        text.encoder,
    )
