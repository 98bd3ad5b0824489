"""Numbers and names that stand on both sides: what holds them is not left out."""

import re
from collections.abc import Sequence

from aligner.checks.mentions import Difference
from aligner.quantities import Quantity
from aligner.types import Pair, Span

_LATIN = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z]*|[A-Z]{2,})(?![a-z])")
_LATIN_IN_HAN = re.compile(r"[A-Za-z]{3,}")


def anchored(
    pair: Pair,
    quantities: tuple[Sequence[Quantity], Sequence[Quantity]],
    differences: Sequence[Difference],
) -> tuple[list[Span], list[Span]]:
    """Return the spans of both sides whose number or name the other side has too."""
    apart = {one.en.span for one in differences if one.en}, {one.zh.span for one in differences if one.zh}
    sides = []
    for own, differing in zip(quantities, apart, strict=True):
        sides.append(
            [q.span for q in own if q.kind != "citation" and not q.is_word and q.span not in differing]
        )
    low = pair.en.lower()
    english = [match.span() for match in _LATIN.finditer(pair.en) if match.group() in pair.zh]
    chinese = [match.span() for match in _LATIN_IN_HAN.finditer(pair.zh) if match.group().lower() in low]
    return sides[0] + english, sides[1] + chinese
