"""Numeric mentions: the values of a pair's quantities, one by one, and when two of them are the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from aligner.quantities import Quantity, dimension, in_base
from aligner.types import Severity

Reason = Literal["value", "unit", "sign", "missing", "added"]

_UP, _DOWN = frozenset((">", ">=")), frozenset(("<", "<="))


@dataclass(slots=True)
class NumericMention:
    """One value of a quantity: a range has two.

    Attributes:
        quantity: what it is a value of.
        value: the number.
        order: its place among the values of its side.
        used: whether it is accounted for.
    """

    quantity: Quantity
    value: Decimal
    order: int
    used: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """Two quantities that stand for each other and do not agree, or one without a counterpart.

    Attributes:
        check: the check it belongs to.
        reason: what differs; ``missing`` has no Chinese quantity, ``added`` no English one.
        severity: how sure it is an error.
        en: the English quantity, if any.
        zh: the Chinese one, if any.
    """

    check: str
    reason: Reason
    severity: Severity
    en: Quantity | None
    zh: Quantity | None


def mentions(quantities: Iterable[Quantity]) -> list[NumericMention]:
    """Return the values of quantities in order, without those of names, references, levels and dates."""
    found: list[NumericMention] = []
    for quantity in quantities:
        if quantity.kind in ("citation", "code", "level", "date"):
            continue
        for value in quantity.values:
            found.append(NumericMention(quantity, value, len(found)))
    return found


def signs_agree(one: Quantity, other: Quantity) -> bool:
    """Tell whether neither says more where the other says less; those of P values must be the same."""
    signs = {one.comparator, other.comparator}
    if one.kind == other.kind == "p-value":
        return len(signs) == 1
    return not (signs & _UP and signs & _DOWN)


def is_weak(mention: NumericMention) -> bool:
    """Tell whether a number may come and go in a free translation."""
    quantity = mention.quantity
    if quantity.kind == "frequency":
        return quantity.is_word or mention.value == 1
    return (quantity.is_word and mention.value <= 12) or (
        mention.value == 1 and quantity.kind == "number" and not quantity.role
    )


def _same(one: NumericMention, other: NumericMention) -> bool:
    a, b = one.quantity, other.quantity
    return one.value == other.value and a.unit == b.unit and a.kind == b.kind and signs_agree(a, b)


def _same_size(one: NumericMention, other: NumericMention) -> bool:
    a, b = one.quantity, other.quantity
    if (
        not a.unit
        or not b.unit
        or a.unit == b.unit
        or "frequency" in (a.kind, b.kind)
        or not signs_agree(a, b)
    ):
        return False
    return in_base(one.value, a.unit) == in_base(other.value, b.unit)


def _near(one: NumericMention, other: NumericMention) -> bool:
    a, b = one.quantity, other.quantity
    if one.value != other.value or not signs_agree(a, b):
        return False
    return a.unit == b.unit or a.unit.partition("/")[0] == b.unit.partition("/")[0]


def _loose(one: NumericMention, other: NumericMention) -> bool:
    """The same value, and a unit on one side only, unless a percent sign of the English one was dropped."""
    a, b = one.quantity, other.quantity
    if (
        one.value != other.value
        or not signs_agree(a, b)
        or (a.unit and b.unit and not _alike(a.unit, b.unit))
    ):
        return False
    return not (a.kind == "percent" and not b.unit and not b.is_range and not a.is_range and a.role != "CI")


def _alike(one: str, other: str) -> bool:
    """Units that a text may put for each other: 3-year and 3岁, score points, beats."""
    a, b = dimension(one), dimension(other)
    return (
        (a == b and one == other)
        or not a
        or not b
        or "score" in (a, b)
        or "fold" in (a, b)
        or "angle" in (a, b)
    )


def _share(one: NumericMention, other: NumericMention) -> bool:
    """Half is 50%, one third 33.3%: a part of a whole in words on one side, a percentage on the other."""
    for a, b in ((one, other), (other, one)):
        if (
            a.quantity.kind == "number"
            and a.value == Decimal("0.5")
            and b.quantity.kind == "percent"
            and b.value == 50
        ):
            return True
    return False


FITS = (_same, _same_size, _near, _loose, _share)
"""When two values are the same, the surest way first."""
