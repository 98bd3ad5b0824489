"""Vertebral levels and calendar dates of a pair set against each other."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from aligner.checks.mentions import Difference
from aligner.quantities import Quantity


def levels(en: Sequence[Quantity], zh: Sequence[Quantity]) -> Iterator[Difference]:
    """Compare vertebral levels whole; a range equals the list of its ends and what lies between."""
    mine = [quantity for quantity in en if quantity.kind == "level"]
    theirs = [quantity for quantity in zh if quantity.kind == "level"]
    rest = list(theirs)
    left = []
    for one in mine:
        same = next((other for other in rest if other.values == one.values), None)
        if same is not None:
            rest.remove(same)
        else:
            left.append(one)
    if _places(left) == _places(rest):
        return
    named = {quantity.values for quantity in mine}, {quantity.values for quantity in theirs}
    for one in left:
        if rest:
            other = min(rest, key=lambda level: (level.is_range != one.is_range, abs(level.low - one.low)))
            rest.remove(other)
            yield Difference("level", "value", "error", one, other)
        elif one.values not in named[1]:
            yield Difference("level", "missing", "warning", one, None)
    for other in rest:
        if other.values not in named[0]:
            yield Difference("level", "added", "warning", None, other)


def _places(levels: Iterable[Quantity]) -> list[int]:
    return sorted({place for level in levels for place in range(int(level.low), int(level.high) + 1)})


def dates(en: Sequence[Quantity], zh: Sequence[Quantity]) -> Iterator[Difference]:
    """Compare dates; one that only says more than the other agrees with it."""
    mine = [quantity for quantity in en if quantity.kind == "date"]
    theirs = [quantity for quantity in zh if quantity.kind == "date"]
    left: list[Quantity] = []
    rest = list(theirs)
    for fits in (_same_date, _another_year, _compatible):
        left = []
        for one in mine:
            same = next((other for other in rest if fits(one, other)), None)
            if same is not None:
                rest.remove(same)
                if fits is _another_year:
                    yield Difference("date", "value", "error", one, same)
            else:
                left.append(one)
        mine = left
    numbers = [{v for other in side if other.kind != "date" for v in other.values} for side in (zh, en)]
    left = [one for one in left if not _is_said(one, numbers[0])]
    rest = [other for other in rest if not _is_said(other, numbers[1])]
    for one in left:
        if rest:
            other = min(
                rest, key=lambda date: sum(a != b for a, b in zip(date.values, one.values, strict=False))
            )
            rest.remove(other)
            yield Difference("date", "value", "error", one, other)
        else:
            yield Difference("date", "missing", "warning", one, None)
    for other in rest:
        yield Difference("date", "added", "warning", None, other)


def _same_date(one: Quantity, other: Quantity) -> bool:
    return one.values == other.values


def _another_year(one: Quantity, other: Quantity) -> bool:
    """Tell whether two dates have the day and the month in common and differ in the year."""
    years = one.values[0], other.values[0]
    return len(one.values) == 3 and one.values[1:] == other.values[1:] and all(years) and years[0] != years[1]


def _compatible(one: Quantity, other: Quantity) -> bool:
    """Tell whether one date only says more than the other: May 2018 and 2018."""
    pairs = list(zip(one.values, other.values, strict=False))
    return all(a == b or not a or not b for a, b in pairs) and any(a == b and a for a, b in pairs)


def _is_said(date: Quantity, numbers: set[Decimal]) -> bool:
    known = [value for value in date.values if value]
    return all(value in numbers for value in known)
