"""Where the neighbours of a span stand on the other side, and what they leave room for.

The items of a list keep their order in a translation: where two counterparts stand with nothing but a joint
(、 or "and") between them, the item between the two was left out.
"""

import re
from collections.abc import Sequence

import numpy as np

from aligner.checks.lexical import Floats
from aligner.checks.segments import in_one_list
from aligner.checks.sides import Sides
from aligner.types import Language, Span

NAMES = ("joined", "ended", "opened")
"""What `joints` says of a segment."""
_EXPECTED = 0.3, 3.3  # characters of the other side for one of this
_JOINT = re.compile(
    r"[\s,;、，；]*(?:以及|[和及与或并、，,;]|\b(?:and|or)\b|&)[\s,]*(?:以及|[和及与或并]|\b(?:and|or)\b)?\s*",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\s,;、，；]|以及|[和及与或并]|\b(?:and|or)\b", re.IGNORECASE)
_LONGEST_JOINT = 8  # characters


def joints(sides: Sides, which: int) -> Floats:
    """Tell of each segment that is a list's item whether the other side's list has no place for it.

    Returns:
        ``(n, 3)``, columns as in `NAMES`: an item within its list whose neighbours are joined there, a last
        item where the one before it is followed by no joint, a first one likewise.
    """
    own, other = sides.of(which)
    language: Language = "zh" if which else "en"
    text = own.text
    listed = [False, *in_one_list(text, own.spans, language), False]
    rows = np.zeros((len(own.spans), len(NAMES)))
    for at, span in enumerate(own.spans):
        if not listed[at] and not listed[at + 1]:
            continue
        before, after = beside(sides, which, span)
        if listed[at] and listed[at + 1]:
            rows[at, 0] = bool(before and after and _JOINT.fullmatch(other.text, before[1], after[0]))
        elif listed[at] and before:
            rows[at, 1] = not _JOINT.match(other.text, before[1])
        elif listed[at + 1] and after:
            start = max(0, after[0] - _LONGEST_JOINT)
            ends = (at for at in range(start, after[0]))
            rows[at, 2] = not any(_JOINT.fullmatch(other.text, end, after[0]) for end in ends)
    return rows


def beside(sides: Sides, which: int, span: Span) -> tuple[Span | None, Span | None]:
    """Return what renders the words before a span, and those behind it, where something is like enough."""
    own, _ = sides.of(which)
    says = np.flatnonzero(own.words.weights > 0)
    middles = own.words.middles[says]
    before, after = says[middles < span[0]], says[middles >= span[1]]
    begins, ends = sides.rendered(which)
    return (
        ends.get(int(before[-1])) if len(before) else None,
        begins.get(int(after[0])) if len(after) else None,
    )


def tightness(sides: Sides, which: int, spans: Sequence[Span]) -> Floats:
    """Tell how little room the neighbours of each span leave it on the other side: 1 where they touch."""
    rows, text = np.zeros(len(spans)), sides.of(1 - which)[0].text
    for at, span in enumerate(spans):
        before, after = beside(sides, which, span)
        if before and after and before[1] <= after[0]:
            room = len(_MARKS.sub("", text[before[1] : after[0]]))
            rows[at] = max(0.0, 1.0 - room / max(1.0, _EXPECTED[which] * (span[1] - span[0])))
    return rows
