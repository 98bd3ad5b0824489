"""Short forms and other names of a segment that the other side does not have.

Chinese writes many short forms out (AIDS is 艾滋病): a name that the dictionary links is not missed, and one
counts the less, the more a word of the other side is like it.
"""

import re

import numpy as np

from aligner.checks.lexical import Floats
from aligner.checks.sides import Sides
from aligner.quantities.units import unit_at
from aligner.text.addresses import masked
from aligner.types import Language, Span

NAMES = (
    *("lacks a name", "lacks an unlike name", "says a name more"),
    *(f"lacks an unlike name by {name}" for name in ("share", "unlinked", "gain by share", "best")),
)
"""What `describe` says of a segment."""
_NAME = re.compile(r"(?<![0-9])[A-Za-z][A-Za-z0-9]+")
_CAPITAL = re.compile("[A-Z0-9]")
_NUMERAL = re.compile("[IVX]+[ab]?", re.IGNORECASE)
_LINKED = 0.5  # from here on a word is linked
_ALIKE, _UNLIKE = 0.75, 0.35  # cosines with a word of the other side: its rendering, and anything
_FEWEST = 3  # letters of a name that is counted
# Written out, or with a sign, in Chinese: a currency, a clock time, a country, an interval.
_WRITTEN_OUT = frozenset(
    ("am", "pm", "cny", "rmb", "usd", "us", "uk", "eu", "ci", "sd", "se", "no", "vs", "et", "al")
)


def describe(sides: Sides, which: int, likeness: Floats | None, beside: Floats) -> Floats:
    """Describe the names of each segment of a side, a row a segment, columns as in `NAMES`.

    Args:
        sides: both sides.
        which: the side.
        likeness: ``(n, m)`` how alike each two words of the two sides are; None where that is not known.
        beside: ``(segments, 4)`` what "lacks an unlike name" is multiplied with, in the order of `NAMES`.
    """
    own, other = sides.of(which)
    if not own.words.spans:  # there is nothing to say, or too much to look through
        return np.zeros((len(own.spans), len(NAMES)))
    text, squeezed = masked(own.text), (_squeezed(masked(own.text)), _squeezed(masked(other.text)))
    rows, best = np.zeros((len(own.spans), 3)), np.zeros(len(own.words.spans))
    if likeness is not None:
        best = likeness.max(axis=1 - which, initial=0.0)
    for at, span in enumerate(own.spans):
        for name, place in _names(text, span, "zh" if which else "en"):
            held = [
                number
                for number, (start, end) in enumerate(own.words.spans)
                if start < place[1] and place[0] < end
            ]
            if name not in squeezed[1]:
                if any(own.words.linked[number] >= _LINKED for number in held):
                    continue
                alike = max((float(best[number]) for number in held), default=0.0)
                unlike = min(1.0, max(0.0, (_ALIKE - alike) / (_ALIKE - _UNLIKE)))
                rows[at, :2] = 1.0, max(rows[at, 1], unlike)
            elif len(name) >= _FEWEST and squeezed[1].count(name) < squeezed[0].count(name):
                rows[at, 2] = 1.0
    rows[:, 2] *= 1.0 - rows[:, 0]
    return np.column_stack([rows, rows[:, 1, None] * beside])


def _names(text: str, span: Span, language: Language) -> list[tuple[str, Span]]:
    """Return the names in a span, in lower case, the plural's s taken off, and where they stand."""
    found = []
    for match in _NAME.finditer(text, *span):
        name = match.group()
        if language == "en" and not _CAPITAL.search(name, 1):
            continue  # the first word of a sentence, or an ordinary one
        if _NUMERAL.fullmatch(name) or name.lower() in _WRITTEN_OUT:
            continue
        if unit_at(text, match.start(), language)[1] >= match.end():
            continue
        plural = language == "en" and len(name) > 2 and name[-1] == "s" and name[-2].isupper()
        found.append((name[:-1].lower() if plural else name.lower(), match.span()))
    return found


def _squeezed(text: str) -> str:
    return "".join(char for char in text.lower() if char.isascii() and char.isalnum())
