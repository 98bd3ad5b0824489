"""Phrases of a side, smaller than a clause: what may be left out of a translation unnoticed.

A segment is cut before prepositions and after marks of modification; each piece is held against the other
side by its vector, by the dictionary, by the names it holds, and by the room that its neighbours leave it.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from aligner import languages
from aligner.checks import neighbours
from aligner.checks.lexical import Floats
from aligner.checks.sides import Side, Sides
from aligner.checks.unlinked import compared
from aligner.text.addresses import masked
from aligner.types import Language, Span

_BRACKET = re.compile(r"[()（）]")
_NAME = (
    re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9/+-]*[A-Z0-9][A-Za-z0-9/+-]*"),
    re.compile(r"[A-Za-z][A-Za-z0-9/+-]+"),
)
NAMES = (
    *("phrase near", "phrase margin", "phrase soft weight", "phrase soft share", "phrase gain by share"),
    *("phrase tight and unlike", "name absent", "name fewer", "name absent alone"),
    *neighbours.NAMES,
    *(f"{name} and unlinked" for name in neighbours.NAMES),
)
"""What `describe` says of a segment."""


def phrases(side: Side, language: Language) -> list[tuple[int, Span]]:
    """Cut the segments of a side into phrases that say something; each with the number of its segment."""
    text, words = side.text, side.words
    heads, tails = (languages.words(language, name) for name in ("phrase_heads", "phrase_tails"))
    found = []
    for at, (start, end) in enumerate(side.spans):
        inside = np.flatnonzero((words.middles >= start) & (words.middles < end))
        cuts = [start]
        for number in inside:
            first, last = words.spans[number]
            word = text[first:last].lower()
            if word in heads or _BRACKET.search(text, cuts[-1], first):
                cuts.append(first)
            elif word in tails:
                cuts.append(last)
        for a, b in pairwise([*cuts, end]):
            held = inside[(words.middles[inside] >= a) & (words.middles[inside] < b)]
            says = held[words.weights[held] > 0]
            if len(says):
                found.append((at, (words.spans[held[0]][0], words.spans[held[-1]][1])))
    return found


def describe(sides: Sides, which: int, unlinked: Floats) -> Floats:
    """Describe each segment of a side by its phrases, and by what its neighbours leave room for.

    Args:
        sides: both sides.
        which: the side.
        unlinked: of each segment, the share of its words that the dictionary does not link.

    Returns:
        A row a segment, columns as in `NAMES`: of its phrases the least alike, and so on. Zeros where the
        texts are too long to be read by windows.
    """
    own, other = sides.of(which)
    rows = np.zeros((len(own.spans), len(NAMES)))
    pieces = phrases(own, "zh" if which else "en") if sides.are_short else []
    if not pieces:
        return rows
    spans, at = [span for _, span in pieces], np.array([at for at, _ in pieces])
    own.read.of(spans, spans)
    gains, (near, rivals, _) = sides.gains(which, spans), compared(sides, which, spans)
    share = np.array([(end - start) / max(1, len(own.text)) for start, end in spans])
    unlike = np.maximum(0.0, 0.9 - near)
    names = _names(own.text, other.text, spans, which)
    columns = [
        *(-near, rivals - near, *_soft(sides, which, spans).T),
        *(np.clip(gains / (share + 0.03), -1.0, 1.0), neighbours.tightness(sides, which, spans) * unlike),
        *(*names.T, names[:, 0] * unlike),
    ]
    most = np.full((len(own.spans), len(columns)), -1.0)
    np.maximum.at(most, at, np.column_stack(columns))
    held = np.bincount(at, minlength=len(own.spans)) > 0
    rows[held, : len(columns)] = most[held]
    joints = neighbours.joints(sides, which)
    least = np.maximum(0.0, 0.9 + np.where(held, most[:, 0], -0.9))
    rows[:, len(columns) :] = np.column_stack([joints, joints * (least * unlinked)[:, None]])
    return rows


def _soft(sides: Sides, which: int, spans: Sequence[Span]) -> Floats:
    """Weigh the words of each span that neither the dictionary nor their vectors place.

    Returns:
        ``(n, 2)``: their weight, and its share of the span's.
    """
    own, _ = sides.of(which)
    words, best = own.words, np.ones(len(own.words.spans))
    for (first, last), row in zip(own.windows, sides.alike(which), strict=True):
        if first == last:
            best[first] = row.max()
    lacking = np.clip((0.8 - best) / 0.4, 0.0, 1.0) * (1.0 - words.linked)
    rows = []
    for start, end in spans:
        inside = (words.middles >= start) & (words.middles < end) & (words.weights > 0)
        weights, lacks = words.weights[inside], lacking[inside]
        weight = float(weights @ lacks)
        share = weight / (weights.sum() + 0.5)
        rows.append((weight, share))
    return np.array(rows)


def _names(text: str, other: str, spans: Sequence[Span], which: int) -> Floats:
    """Tell of each span whether it holds a name the other side lacks, and one that it has fewer of.

    Names run together without blanks are looked up on the other side; the words of addresses are no names.
    """
    text, other = masked(text), masked(other)
    own_squeezed, other_squeezed = ("".join(some.lower().split()) for some in (text, other))
    rows = []
    for start, end in spans:
        names = [match.group().lower() for match in _NAME[which].finditer(text, start, end)]
        absent = any(name not in other_squeezed for name in names)
        fewer = any(other_squeezed.count(name) < own_squeezed.count(name) for name in names)
        rows.append((absent, fewer and not absent))
    return np.array(rows, dtype=np.float64)
