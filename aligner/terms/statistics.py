"""How the strings of candidate spans occur in a block: counts, neighbours, longer and shorter forms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aligner.terms.candidates import MAX_SPAN_TOKENS
from aligner.terms.spans import Column, Floats, Ints, Spans, hashes
from aligner.terms.tokens import TIGHT


@dataclass(frozen=True)
class Statistics:
    """Per span ``(n,)``, of the string it holds, over the whole block.

    Attributes:
        count: occurrences.
        texts: texts it occurs in.
        left_entropy: of the token before it, in nats; each edge of a clause counts as a token of its own.
        right_entropy: of the token after it.
        left_fixed: share of its commonest left neighbour, 0 for a string seen once.
        right_fixed: likewise on the right.
        without_first: occurrences of the string without its first token.
        without_last: likewise without its last.
    """

    count: Floats
    texts: Floats
    left_entropy: Floats
    right_entropy: Floats
    left_fixed: Floats
    right_fixed: Floats
    without_first: Floats
    without_last: Floats


def measure(spans: Spans) -> Statistics:
    """Count the strings of a block's spans."""
    count = np.bincount(spans.string)
    seen = np.unique(spans.string * len(spans.texts) + spans.text) // max(1, len(spans.texts))
    edge = spans.breaks > TIGHT
    words = np.append(spans.words, 0)
    left = np.where(edge[spans.first], -1, words[spans.first - 1])
    right = np.where(edge[spans.after], -1, words[spans.after])
    (left_entropy, left_fixed), (right_entropy, right_fixed) = (
        _neighbours(spans.string, neighbour, count) for neighbour in (left, right)
    )
    runs, run_counts = _runs(spans)
    inner = [
        _look_up(runs, run_counts, hashes(spans.words, spans.first + a, spans.after - b))
        for a, b in ((1, 0), (0, 1))
    ]
    whole = [np.where(spans.length > 1, shorter, 0).astype(float) for shorter in inner]
    return Statistics(
        count[spans.string].astype(float),
        np.bincount(seen, minlength=len(count))[spans.string].astype(float),
        left_entropy[spans.string],
        right_entropy[spans.string],
        left_fixed[spans.string],
        right_fixed[spans.string],
        *whole,
    )


def _neighbours(string: Ints, neighbour: Ints, count: Ints) -> tuple[Floats, Floats]:
    """Entropy of each string's neighbours, and the share of the commonest where it occurs twice or more."""
    entropy, fixed = np.zeros(len(count)), np.zeros(len(count))
    if not len(string):
        return entropy, fixed
    unique = neighbour.copy()
    unique[neighbour < 0] = -1 - np.arange(np.count_nonzero(neighbour < 0))
    low, width = unique.min(), int(np.ptp(unique)) + 1
    cells, times = np.unique(string * width + (unique - low), return_counts=True)
    owner, shown = cells // width, cells % width + low
    share = times / count[owner]
    np.add.at(entropy, owner, -share * np.log(share))
    inside = (shown >= 0) & (count[owner] > 1)
    np.maximum.at(fixed, owner[inside], share[inside])
    return entropy, fixed


def _runs(spans: Spans) -> tuple[Column, Column]:
    """Hashes of all runs of tokens in the block up to the longest span, sorted, with their counts."""
    found = [np.empty(0, dtype=np.uint64)]
    text = np.repeat(np.arange(len(spans.texts)), np.diff(spans.offsets))
    for length in range(1, MAX_SPAN_TOKENS[spans.language] + 1):
        first = np.arange(len(spans.words) - length + 1)
        first = first[text[first] == text[first + length - 1]]
        found.append(hashes(spans.words, first, first + length))
    return np.unique(np.concatenate(found), return_counts=True)


def _look_up(runs: Column, counts: Column, wanted: Column) -> Column:
    if not len(runs):
        return np.zeros(len(wanted), dtype=np.int64)
    place = np.minimum(np.searchsorted(runs, wanted), len(runs) - 1)
    return np.where(runs[place] == wanted, counts[place], 0)
