"""One statistic for another (mean, median; odds, hazard ratio), and deviations that lost their ±."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from aligner.checks.base import Check, of_pair
from aligner.checks.direction import turned
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.quantities import Quantity
from aligner.types import Finding

_LISTED = re.compile(r"[ ,，、~～–—-]{1,2}")  # a bracket is another way to write a deviation: 12.3 (4.5)


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Compare the names of statistics, and what stands behind a mean."""
    yield from turned(parsed, context, "statistic")
    deviations = [quantity for quantity in parsed.en_quantities if quantity.role == "sd"]
    if not deviations or any(quantity.role == "sd" for quantity in parsed.zh_quantities):
        return
    yield from _lost(parsed, deviations, parsed.zh_quantities)


def _lost(parsed: ParsedPair, deviations: Sequence[Quantity], zh: Sequence[Quantity]) -> Iterator[Finding]:
    means = {
        (one.values, other.values) for one, other in pairwise(parsed.en_quantities) if other in deviations
    }
    ends = {(quantity.values[:1], quantity.values[1:]) for quantity in zh if len(quantity.values) == 2}
    for one, other in pairwise(zh):
        between = parsed.pair.zh[one.span[1] : other.span[0]]
        if (one.values, other.values) in means and _LISTED.fullmatch(between):
            yield _finding(parsed, deviations, other)
    for mean in sorted(means & ends):
        yield _finding(parsed, deviations, next(q for q in zh if q.values == mean[0] + mean[1]))


def _finding(parsed: ParsedPair, deviations: Sequence[Quantity], place: Quantity) -> Finding:
    one = next(quantity for quantity in deviations if quantity.high == place.high)
    message = f"English has ±{one.text.strip()}, Chinese has {place.text.strip()}: the ± is missing"
    return parsed.finding("statistic", "warning", message, (one.span, place.span))


CHECK = Check(
    check,
    wrong=of_pair("The median age was 61 years.", "平均年龄61岁。"),
    right=of_pair("The median age was 61 years.", "中位年龄61岁。"),
)
