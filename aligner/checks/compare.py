"""The quantities of a pair set against each other as typed values, both ways."""

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from aligner.checks.levels_dates import dates, levels
from aligner.checks.mentions import FITS, Difference, Fit, NumericMention, is_weak, mentions, signs_agree
from aligner.checks.unmatched import unmatched
from aligner.quantities import Kind, Quantity, dimension, in_base

_TIMES = frozenset(("time", "months"))
_CLOCK = frozenset(("s", "min", "h"))
_FIRST_SIGNED = re.compile("[^%％]*[%％].*[^%％]")
_SIGNS = ("<", "<=", "=", ">", ">=")
_YEARS = 1900  # from here on a number may be a year
_DAY = re.compile(r"[Dd]-?[0-9]{1,3}")
_ROUND = frozenset(Decimal(10) ** power for power in range(2, 8))
_WINDOW = 32  # mentions of one value looked at on either side of a place, so that work stays linear


def differences(en: Sequence[Quantity], zh: Sequence[Quantity]) -> list[Difference]:
    """Compare the quantities of the two sides of a pair.

    Values are matched whole, in the order: same value and unit, same size in other units, same value with a
    unit on one side only, same value with units that contradict. What is left on both sides is paired by kind
    and place. Number words and the Chinese 1 of 1例, 1次 may come and go.
    """
    found: list[Difference] = []
    found += levels(en, zh)
    found += dates(en, zh)
    mine, theirs = mentions(en), mentions(zh)
    _match_shares(mine, theirs)
    for fit in FITS:
        _match(mine, theirs, fit)
    found += _lost_p(mine, {quantity.kind for quantity in zh})
    found += _lost_percent(mine)
    found += _contradictions(mine, theirs)
    _absorb(mine, zh)
    _absorb(theirs, en)
    found += unmatched(mine, theirs)
    found.sort(key=_place)
    return found


def _place(one: Difference) -> tuple[int, int, str]:
    """English places first, Chinese additions after them."""
    if one.en:
        return (0, one.en.span[0], one.check)
    return (1, one.zh.span[0] if one.zh else 0, one.check)


class _Index:
    """Mentions by a key, so that each one is compared with few others however many there are."""

    def __init__(self, mentions: Sequence[NumericMention], key: Callable[[NumericMention], Hashable]) -> None:
        self._total, self._key = max(1, len(mentions)), key
        self._rows: dict[Hashable, list[NumericMention]] = {}
        for mention in mentions:
            if not mention.used:
                self._rows.setdefault(key(mention), []).append(mention)

    def nearest(
        self, one: NumericMention, total: int, fits: Callable[[NumericMention, NumericMention], bool]
    ) -> NumericMention | None:
        """Return the unused mention with the same key that fits and stands nearest to the same place."""
        row = self._rows.get(self._key(one), [])
        place = one.order * self._total / max(1, total)
        middle = bisect_left(row, place, key=lambda mention: mention.order)
        near = row[max(0, middle - _WINDOW) : middle + _WINDOW]
        fitting = [other for other in near if not other.used and fits(one, other)]
        return min(fitting, key=lambda other: abs(other.order - place), default=None)


def _match(mine: list[NumericMention], theirs: list[NumericMention], fit: Fit) -> None:
    index = _Index(theirs, fit.key)
    for one in mine:
        other = None if one.used else index.nearest(one, len(mine), fit.agree)
        if other is not None:
            one.used = other.used = True
            one.partner = other.quantity


def _match_shares(mine: list[NumericMention], theirs: list[NumericMention]) -> None:
    """Match parts of a whole that are written otherwise: 52 per 100,000 is 5.2/万, 3 per 1,000 is 3‰."""
    spare: dict[Decimal, list[list[NumericMention]]] = {}
    for share, parts in _shares(theirs):
        spare.setdefault(share, []).append(parts)
    for share, parts in _shares(mine):
        others = spare.get(share, [])
        fitting = [other for other in others if len(parts) > 1 or len(other) > 1]
        if fitting:
            others.remove(fitting[0])
            for mention in (*parts, *fitting[0]):
                mention.used = True


def _shares(mentions: Sequence[NumericMention]) -> Iterator[tuple[Decimal, list[NumericMention]]]:
    """Yield percentages, and ratios to a round number, as the part of a whole that they say."""
    for one, other in pairwise([*mentions, None]):
        assert one is not None
        quantity = one.quantity
        if quantity.kind == "percent" and quantity.unit in ("%", "‰"):
            yield in_base(one.value, quantity.unit)[0].normalize(), [one]
        elif other and other.quantity is quantity and quantity.kind == "ratio" and other.value in _ROUND:
            yield (100 * one.value / other.value).normalize(), [one, other]


def _lost_p(mine: list[NumericMention], kinds: set[Kind]) -> Iterator[Difference]:
    """P values whose P is lost: a number with a sign of its own, or where the Chinese has no P at all."""
    for one in mine:
        other = one.partner
        if one.quantity.kind != "p-value" or other is None or other.kind != "number":
            continue
        if other.comparator in _SIGNS or "p-value" not in kinds:
            yield Difference("p-value", "lost", "error", one.quantity, other)


def _lost_percent(mine: list[NumericMention]) -> Iterator[Difference]:
    """Percentages joined in Chinese with the last sign lost: 60%至95; only the first may go without one."""
    for one in mine:
        other = one.partner
        is_last = other is not None and other.unit == "%" and other.values[-1] == one.value
        if other and is_last and _FIRST_SIGNED.fullmatch(other.text):
            yield Difference("percent", "lost", "error", one.quantity, other)


def _contradictions(mine: list[NumericMention], theirs: list[NumericMention]) -> Iterator[Difference]:
    """Same value, and a unit or a sign that says something else."""
    index = _Index(theirs, lambda mention: mention.value)
    for one in mine:
        if one.used or is_weak(one):
            continue
        other = index.nearest(one, len(mine), lambda _, other: not is_weak(other))
        if other is None:
            continue
        a, b = one.quantity, other.quantity
        one.used = other.used = True
        if not signs_agree(a, b):
            check = "p-value" if "p-value" in (a.kind, b.kind) else "direction"
            yield Difference(check, "sign", "error", a, b)
        else:
            yield Difference(_unit_check(a, b), "unit", "error", a, b)


def _unit_check(a: Quantity, b: Quantity) -> str:
    if "percent" in (a.kind, b.kind):
        return "percent"
    if dimension(a.unit) in _TIMES and dimension(b.unit) in _TIMES and not {a.unit, b.unit} <= _CLOCK:
        return "duration"
    return "unit"


def _absorb(mentions: list[NumericMention], others: Sequence[Quantity]) -> None:
    """Reference numbers, years and names with digits on the other side account for left-over numbers."""
    spare: dict[Decimal, int] = {}
    days = {quantity.low for quantity in others if quantity.kind == "code" and _DAY.fullmatch(quantity.text)}
    for quantity in others:
        if quantity.kind in ("citation", "code", "date"):
            for value in quantity.values:
                if quantity.kind != "date" or value >= _YEARS:
                    spare[value] = spare.get(value, 0) + 1
    for mention in mentions:
        is_day = mention.quantity.unit == "d" and mention.value in days
        if not mention.used and (is_day or _may_be_a_name(mention.quantity)) and spare.get(mention.value):
            spare[mention.value] -= 1
            mention.used = True


def _may_be_a_name(quantity: Quantity) -> bool:
    """Numbers without a unit, and days that are counted: 第14天 is D14."""
    return quantity.kind in ("number", "ratio") or (
        quantity.kind == "duration" and quantity.role == "ordinal"
    )
