"""Items of a list that the list on the other side lacks: the items aligned in order, one by one.

A list keeps its order in a translation. An item was left out where it has no partner while the items beside
it have theirs next to each other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.checks.assignment import Assignment, covers
from aligner.checks.enumerations import enumerations
from aligner.checks.lexical import Floats
from aligner.checks.segments import in_one_list
from aligner.checks.sides import Side
from aligner.types import Language, Span

_OF_A_LIST = ("margin", "support", "closed", "surplus", "closed margin", "open", "lone")
NAMES = (*(f"list {name}" for name in _OF_A_LIST), *(f"items {name}" for name in _OF_A_LIST))
"""What `describe` says of an item: as one of neighbouring segments, and as one of an enumeration."""
_ALIKE = 0.4, 0.5  # likeness of segments, and of an enumeration's items, from which on two may be partners
_GLOSS = 0.5  # of likeness, a link by a word of two characters
_MOST = 0.5  # a larger margin says no more
_SURPLUS = 3  # nor does a larger difference of lengths
_NO_PARTNER = -0.2  # what an item beside without a partner counts
_LONGEST = 60  # items


def describe(assignment: Assignment, which: int) -> Floats:
    """Describe the segments of a side as items of lists, a row a segment, columns as in `NAMES`."""
    own, other = assignment.sides.of(which)
    languages: tuple[Language, Language] = ("zh", "en") if which else ("en", "zh")
    runs = list(_runs(other, languages[1]))
    likeness = np.minimum(assignment.likeness + _GLOSS * assignment.links, 1.0)
    likeness = likeness.T if which else likeness
    width = len(_OF_A_LIST)
    rows = np.zeros((len(own.spans), len(NAMES)))
    cosines = own.read.of(own.spans)[0] @ other.read.of(other.spans)[0].T
    covered = _coverages(likeness, own, other, own.spans)
    near = 0.5 * cosines + 0.5 * np.maximum(*covered) - _ALIKE[0]
    for run in _runs(own, languages[0]):
        if len(run) > 1:
            rows[run, :width] = _items(near[run], runs)
    seen: set[int] = set()
    for items in enumerations(own.text, languages[0]):
        held = [item for item in items if item[0] < item[1]]
        if len(held) < 2:
            continue
        forth, back = _coverages(likeness, own, other, held)
        found = _items(0.5 * (forth + back) - _ALIKE[1], runs)
        for item, row in zip(held, found, strict=True):
            for at, (start, end) in enumerate(own.spans):
                if start < item[1] and item[0] < end and (at not in seen or row[0] > rows[at, width]):
                    rows[at, width:] = row
                    seen.add(at)
    return rows


def _runs(side: Side, language: Language) -> Iterator[list[int]]:
    """Yield the numbers of neighbouring segments with nothing but a joint between them."""
    run = [0]
    for at, joined in enumerate(in_one_list(side.text, side.spans, language), 1):
        if not joined or len(run) == _LONGEST:
            yield run
            run = []
        run.append(at)
    yield run


def _coverages(likeness: Floats, own: Side, other: Side, spans: Sequence[Span]) -> tuple[Floats, Floats]:
    """Tell how far the other side's segments cover some spans, ``(n, m)``, and these cover them."""
    mine, theirs = covers(own.words, list(spans)), covers(other.words, list(other.spans))
    return _covered(likeness, mine, theirs), _covered(likeness.T, theirs, mine).T


def _covered(likeness: Floats, mine: Floats, theirs: Floats) -> Floats:
    best = np.zeros((likeness.shape[0], len(theirs)))
    for at, row in enumerate(theirs):
        best[:, at] = likeness[:, row > 0].max(axis=1, initial=0.0)
    return np.asarray(mine @ best / np.maximum(mine.sum(axis=1, keepdims=True), 1e-6))


@dataclass(frozen=True)
class _Order:
    """A list aligned in order with one of the other side: the best sums before and behind each two items."""

    near: Floats  # (k, m)
    before: Floats  # (k + 1, m + 1)

    def partners(self) -> dict[int, int]:
        """Return the partners of the items that have one."""
        i, j = self.near.shape
        found = {}
        while i and j:
            if self.before[i, j] == self.before[i - 1, j]:
                i -= 1
            elif self.before[i, j] == self.before[i, j - 1]:
                j -= 1
            else:
                i, j = i - 1, j - 1
                found[i] = j
        return found


def _order(near: Floats) -> _Order:
    """Align two lists in order.

    References:
        Needleman and Wunsch 1970, A general method applicable to the search for similarities in the amino
        acid sequence of two proteins; a gap costs nothing.
    """
    before = np.zeros((near.shape[0] + 1, near.shape[1] + 1))
    for at, row in enumerate(near):
        # The best of a match and a gap above; gaps to the left are a running maximum.
        step = np.maximum(before[at, 1:], before[at, :-1] + row)
        before[at + 1, 1:] = np.maximum.accumulate(step)
    return _Order(near, before)


def _items(near: Floats, runs: Sequence[list[int]]) -> Floats:
    """Describe the items of a list by its best partner among runs of segments, ``(k, 7)``."""
    best = max((_order(near[:, run]) for run in runs), key=lambda order: float(order.before[-1, -1]))
    k, m = best.near.shape
    rows = np.zeros((k, len(_OF_A_LIST)))
    if best.before[-1, -1] <= 0.0:
        return rows
    behind = _order(best.near[::-1, ::-1]).before[::-1, ::-1]
    partners = best.partners()
    for at in range(k):
        without = (best.before[at] + behind[at + 1]).max()
        within = (best.before[at, :-1] + best.near[at] + behind[at + 1, 1:]).max()
        margin = float(np.clip(without - within, -_MOST, _MOST))
        beside = [n for n in (at - 1, at + 1) if 0 <= n < k]
        support = np.mean([best.near[n, partners[n]] if n in partners else _NO_PARTNER for n in beside])
        places = [partners.get(at - 1, None) if at else -1, partners.get(at + 1, None) if at < k - 1 else m]
        known = places[0] is not None and places[1] is not None
        closed = known and places[1] == places[0] + 1  # type: ignore[operator]
        surplus = max(-_SURPLUS, min(_SURPLUS, k - m))
        lone = closed and at not in partners and len(partners) == k - 1
        rows[at] = margin, support, closed, surplus, closed * max(0.0, margin), known and not closed, lone
    return rows
