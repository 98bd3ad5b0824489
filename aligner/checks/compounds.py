"""Values that belong together (a range, a mean and its deviation, a part of a whole) and were parted."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from aligner.checks.parsed import ParsedPair
from aligner.quantities import Quantity
from aligner.types import Finding, Span

_Compound = tuple[tuple[Decimal, ...], Span]
_MOST = 40  # compounds of a side that are compared
_PART = re.compile(
    r" ?(?:例|个|個|名|位|人|只|处|處|节|節|块|家|次|枚)[^，,。；;0-9]{0,16}(?:中|里)(?:的|，|,)?"
    r"(?:仅|僅|只|共|约|約|另|分别)?(?:有|为|為)? ?"
)


def parted(parsed: ParsedPair) -> Iterator[Finding]:
    """Find values of a compound that stand in another one, and parts that are more than their whole."""
    en, zh = parsed.en_quantities, parsed.zh_quantities
    mine, theirs = _without(_compounds(en), _compounds(zh)), _without(_compounds(zh), _compounds(en))
    values = [{value for quantity in side for value in quantity.values} for side in (en, zh)]
    for one, span in mine:
        for other, place in theirs:
            if len(set(one) & set(other)) == 1 and set(one) <= values[1] and set(other) <= values[0]:
                written = parsed.pair.en[slice(*span)], parsed.pair.zh[slice(*place)]
                message = "English has {}, Chinese has {}: the numbers belong together otherwise"
                message = message.format(*written)
                yield parsed.finding("owner", "warning", message, (span, place))
                break
    yield from _parts(parsed, values[0])


def _compounds(quantities: Sequence[Quantity]) -> list[_Compound]:
    """Return the ranges, and the means with their deviations."""
    found = [(q.values, q.span) for q in quantities if q.is_range and q.kind not in ("level", "date")]
    for one, other in pairwise(quantities):
        if other.role == "sd" and not one.is_range:
            found.append(((*one.values, *other.values), (one.span[0], other.span[1])))
    return sorted(found, key=lambda row: row[1])[:_MOST]


def _without(some: Sequence[_Compound], others: Sequence[_Compound]) -> list[_Compound]:
    known = {values for values, _ in others}
    return [row for row in some if row[0] not in known]


def _parts(parsed: ParsedPair, english: set[Decimal]) -> Iterator[Finding]:
    """Find 61 of 97 as 61例中97例: a part that is more than the whole."""
    zh = parsed.pair.zh
    for one, other in pairwise(parsed.zh_quantities):
        plain = {one.kind, other.kind} == {"number"} and not (one.is_range or other.is_range)
        if not plain or other.high <= one.high or not {one.high, other.high} <= english:
            continue
        if _PART.fullmatch(zh, one.span[1], other.span[0]) and _PART.match(zh, other.span[1]) is None:
            written = zh[one.span[0] : other.span[1]]
            yield parsed.finding(
                "owner", "warning", f"In {written} the part is more than the whole", (None, other.span)
            )
