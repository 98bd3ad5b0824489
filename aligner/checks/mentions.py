"""Numeric mentions: the values of a pair's quantities, one by one, and when two of them are the same."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from aligner.quantities import Quantity, dimension, in_base
from aligner.types import Severity

Reason = Literal["value", "unit", "sign", "lost", "missing", "added"]

_UP, _DOWN = frozenset((">", ">=")), frozenset(("<", "<="))


@dataclass(slots=True)
class NumericMention:
    """One value of a quantity: a range has two.

    Attributes:
        quantity: what it is a value of.
        value: the number.
        order: its place among the values of its side.
        used: whether it is accounted for.
        partner: the quantity on the other side that it was found to be the same as.
    """

    quantity: Quantity
    value: Decimal
    order: int
    used: bool = False
    partner: Quantity | None = None


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
    if quantity.unit == "fold" and mention.value == 1:  # doubled: 增加1倍
        return True
    return (quantity.is_word and mention.value <= 12) or (
        mention.value == 1 and quantity.kind == "number" and not quantity.role
    )


def _same(one: NumericMention, other: NumericMention) -> bool:
    a, b = one.quantity, other.quantity
    return one.value == other.value and a.unit == b.unit and a.kind == b.kind and signs_agree(a, b)


def _same_size(one: NumericMention, other: NumericMention) -> bool:
    a, b = one.quantity, other.quantity
    has_two = a.unit and b.unit and a.unit != b.unit
    return bool(has_two) and "frequency" not in (a.kind, b.kind) and signs_agree(a, b)


def _near(one: NumericMention, other: NumericMention) -> bool:
    a, b = one.quantity, other.quantity
    if one.value != other.value or not signs_agree(a, b):
        return False
    return a.unit == b.unit or _same_but_for_a_period(a.unit, b.unit)


def _same_but_for_a_period(one: str, other: str) -> bool:
    """Tell whether one unit only adds a time that the other text says elsewhere: 5 mg per day, 每日5 mg."""
    (head, *rest), (other_head, *other_rest) = one.split("/"), other.split("/")
    more, less = (rest, other_rest) if len(rest) > len(other_rest) else (other_rest, rest)
    return (
        head == other_head
        and more[: len(less)] == less
        and all(dimension(name) in ("time", "months") for name in more[len(less) :])
        and len(more) > len(less)
    )


def _loose(one: NumericMention, other: NumericMention) -> bool:
    """The same value, and a unit on one side only, unless a percent sign of the English one was dropped."""
    a, b = one.quantity, other.quantity
    if (
        one.value != other.value
        or not signs_agree(a, b)
        or (a.unit and b.unit and not _alike(a.unit, b.unit))
    ):
        return False
    if "time" in (a.counts, b.counts) and (_is_size(a) or _is_size(b)):
        return False
    return not (a.kind == "percent" and not b.unit and a.role != "CI")


def _is_size(quantity: Quantity) -> bool:
    """Tell a size or a length of time, which never says how many times."""
    return quantity.unit.partition("/")[0] not in ("", "fold", "beat") and quantity.kind != "frequency"


def _alike(one: str, other: str) -> bool:
    """Units that a text may put for each other: 3-year and 3岁, score points, beats."""
    a, b = dimension(one), dimension(other)
    if one.startswith("/") and other.startswith("/"):  # counts in a volume
        return one == other
    return (
        (a == b and one == other)
        or not a
        or not b
        or "score" in (a, b)
        or "fold" in (a, b)
        or "angle" in (a, b)
    )


def _part(mention: NumericMention) -> Decimal | None:
    """Read a half and 50% as the part of a whole that they name."""
    quantity = mention.quantity
    if quantity.kind == "percent":
        return mention.value / 100
    return mention.value if quantity.kind == "number" and mention.value == Decimal("0.5") else None


def _size(mention: NumericMention) -> tuple[Decimal, str]:
    return in_base(mention.value, mention.quantity.unit)


def _value(mention: NumericMention) -> Decimal:
    return mention.value


def _unit(mention: NumericMention) -> str:
    return mention.quantity.unit


def _one_more(one: NumericMention, other: NumericMention) -> bool:
    """A five-fold rise is 增加4倍, for Chinese counts what is added; from the 8th day is 7天后."""
    a, b = one.quantity, other.quantity
    is_counted = (a.unit == "fold" and other.value > 1) or (a.unit == "d" and a.role == "ordinal" != b.role)
    return is_counted and one.value == other.value + 1


@dataclass(frozen=True, slots=True)
class Fit:
    """A way in which two mentions can be the same: equal keys, and a closer look."""

    key: Callable[[NumericMention], Hashable]
    agree: Callable[[NumericMention, NumericMention], bool]


FITS = (
    Fit(_value, _same),
    Fit(_size, _same_size),
    Fit(_value, _near),
    Fit(_value, _loose),
    Fit(_part, lambda one, other: {one.quantity.kind, other.quantity.kind} == {"number", "percent"}),
    Fit(_unit, _one_more),
)
"""When two values are the same, the surest way first."""
