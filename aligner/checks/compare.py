"""The quantities of a pair set against each other as typed values, both ways."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aligner.checks.difference import Difference
from aligner.checks.places import dates, levels
from aligner.quantities import Quantity, dimension, in_base
from aligner.types import Severity


@dataclass(slots=True)
class _Atom:
    """One value of a quantity: a range has two."""

    quantity: Quantity
    value: Decimal
    order: int
    used: bool = False


_UP, _DOWN = frozenset((">", ">=")), frozenset(("<", "<="))
_DOSE_UNITS = frozenset(("pg", "ng", "μg", "mg", "g", "IU", "MU"))
_TIMES = frozenset(("time", "months"))
_CLOCK = frozenset(("s", "min", "h"))


def differences(en: Sequence[Quantity], zh: Sequence[Quantity]) -> list[Difference]:
    """Compare the quantities of the two sides of a pair.

    Values are matched whole, in the order: same value and unit, same size in other units, same value with a
    unit on one side only, same value with units that contradict. What is left on both sides is paired by kind
    and place. Number words and the Chinese 1 of 1例, 1次 may come and go.
    """
    found: list[Difference] = []
    found += levels(en, zh)
    found += dates(en, zh)
    mine, theirs = _atoms(en), _atoms(zh)
    _match(mine, theirs, _same)
    _match(mine, theirs, _same_size)
    _match(mine, theirs, _near)
    _match(mine, theirs, _loose)
    _match(mine, theirs, _share)
    found += _contradictions(mine, theirs)
    _absorb(mine, zh)
    _absorb(theirs, en)
    found += _left_over(mine, theirs)
    found.sort(key=_place)
    return found


def _place(one: Difference) -> tuple[int, int, str]:
    """English places first, Chinese additions after them."""
    if one.en:
        return (0, one.en.span[0], one.check)
    return (1, one.zh.span[0] if one.zh else 0, one.check)


def _atoms(quantities: Iterable[Quantity]) -> list[_Atom]:
    atoms: list[_Atom] = []
    for quantity in quantities:
        if quantity.kind in ("citation", "code", "level", "date"):
            continue
        for value in quantity.values:
            atoms.append(_Atom(quantity, value, len(atoms)))
    return atoms


def _match(mine: list[_Atom], theirs: list[_Atom], fits: Callable[[_Atom, _Atom], bool]) -> None:
    for one in mine:
        if one.used:
            continue
        best = None
        for other in theirs:
            if not other.used and fits(one, other):
                distance = abs(one.order * len(theirs) - other.order * len(mine))
                if best is None or distance < best[0]:
                    best = (distance, other)
        if best:
            one.used = best[1].used = True


def _signs_agree(one: Quantity, other: Quantity) -> bool:
    signs = {one.comparator, other.comparator}
    if one.kind == other.kind == "p-value":
        return len(signs) == 1
    return not (signs & _UP and signs & _DOWN)


def _same(one: _Atom, other: _Atom) -> bool:
    a, b = one.quantity, other.quantity
    return one.value == other.value and a.unit == b.unit and a.kind == b.kind and _signs_agree(a, b)


def _same_size(one: _Atom, other: _Atom) -> bool:
    a, b = one.quantity, other.quantity
    if (
        not a.unit
        or not b.unit
        or a.unit == b.unit
        or "frequency" in (a.kind, b.kind)
        or not _signs_agree(a, b)
    ):
        return False
    return in_base(one.value, a.unit) == in_base(other.value, b.unit)


def _near(one: _Atom, other: _Atom) -> bool:
    a, b = one.quantity, other.quantity
    if one.value != other.value or not _signs_agree(a, b):
        return False
    return a.unit == b.unit or a.unit.partition("/")[0] == b.unit.partition("/")[0]


def _loose(one: _Atom, other: _Atom) -> bool:
    """The same value, and a unit on one side only, unless a percent sign of the English one was dropped."""
    a, b = one.quantity, other.quantity
    if (
        one.value != other.value
        or not _signs_agree(a, b)
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


def _share(one: _Atom, other: _Atom) -> bool:
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


def _contradictions(mine: list[_Atom], theirs: list[_Atom]) -> Iterator[Difference]:
    """Same value, and a unit or a sign that says something else."""
    for one in mine:
        if one.used or _is_weak(one):
            continue
        fitting = [
            other for other in theirs if not other.used and other.value == one.value and not _is_weak(other)
        ]
        if not fitting:
            continue
        other = min(fitting, key=lambda atom: abs(atom.order * len(mine) - one.order * len(theirs)))
        a, b = one.quantity, other.quantity
        one.used = other.used = True
        if not _signs_agree(a, b):
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


def _is_weak(atom: _Atom) -> bool:
    """Tell whether a number may come and go in a free translation."""
    quantity = atom.quantity
    if quantity.kind == "frequency":
        return quantity.is_word or atom.value == 1
    return (quantity.is_word and atom.value <= 12) or (
        atom.value == 1 and quantity.kind == "number" and not quantity.role
    )


def _absorb(atoms: list[_Atom], others: Sequence[Quantity]) -> None:
    """Reference numbers and names with digits on the other side account for left-over numbers."""
    spare: dict[Decimal, int] = {}
    for quantity in others:
        if quantity.kind in ("citation", "code"):
            for value in quantity.values:
                spare[value] = spare.get(value, 0) + 1
    for atom in atoms:
        if not atom.used and atom.quantity.kind in ("number", "ratio") and spare.get(atom.value):
            spare[atom.value] -= 1
            atom.used = True


def _left_over(mine: list[_Atom], theirs: list[_Atom]) -> Iterator[Difference]:
    left = [atom for atom in mine if not atom.used]
    right = [atom for atom in theirs if not atom.used]
    for one, other in _pairings(left, right, len(mine), len(theirs)):
        one.used = other.used = True
        yield Difference(
            _value_check(one.quantity, other.quantity), "value", "error", one.quantity, other.quantity
        )
    english = {id(atom.quantity) for atom in mine}
    repeated = {atom.value for atom in mine if atom.used}, {atom.value for atom in theirs if atom.used}
    for atom in left + right:
        if atom.used or _is_weak(atom):
            continue
        is_english = id(atom.quantity) in english
        said_before = atom.value in repeated[is_english]
        code = _value_check(atom.quantity, atom.quantity)
        small = (
            abs(atom.value) < 10 and atom.value == atom.value.to_integral_value() and not atom.quantity.unit
        )
        severity: Severity = "info" if said_before or atom.quantity.is_word or small else "warning"
        if is_english:
            yield Difference(code, "missing", severity, atom.quantity, None)
        else:
            yield Difference(code, "added", severity, None, atom.quantity)


def _pairings(
    left: list[_Atom], right: list[_Atom], total: int, total_right: int
) -> list[tuple[_Atom, _Atom]]:
    scored = []
    for one in left:
        for other in right:
            score = _likeness(one, other, total, total_right)
            if score > 0:
                scored.append((score, one, other))
    scored.sort(key=lambda row: (-row[0], row[1].order, row[2].order))
    taken: set[int] = set()
    pairs = []
    for _, one, other in scored:
        if id(one) not in taken and id(other) not in taken:
            taken |= {id(one), id(other)}
            pairs.append((one, other))
    return pairs


def _likeness(one: _Atom, other: _Atom, total: int, total_right: int) -> float:
    """Score how likely two left-over numbers stand for each other; 0 where they cannot."""
    a, b = one.quantity, other.quantity
    if _is_weak(one) and _is_weak(other):
        both_said = a.is_word or b.is_word
        same_unit = a.unit == b.unit and a.unit != ""
        return (
            1.0
            if same_unit and both_said and min(one.value, other.value) > 1 and a.kind != "frequency"
            else 0.0
        )
    if _is_weak(one) != _is_weak(other) and (a.unit != b.unit or not a.unit):
        return 0.0
    score = 1.0 if a.kind == b.kind else 0.7 if _may_be_same_kind(a, b) else -0.6
    if a.unit and b.unit:
        score += 0.5 if a.unit == b.unit else 0.2 if dimension(a.unit) == dimension(b.unit) else -1.0
    if a.role and a.role == b.role:
        score += 0.5
    place = abs((one.order + 0.5) / max(1, total) - (other.order + 0.5) / max(1, total_right))
    score -= place
    digits, others = _digits(one.value), _digits(other.value)
    if sorted(digits) == sorted(others) or digits.strip("0") == others.strip("0"):
        score += 0.6
    if a.is_word and b.is_word:
        score -= 0.3
    return max(score, 0.0)


def _may_be_same_kind(a: Quantity, b: Quantity) -> bool:
    """A unit that one side leaves to its neighbour: 8.1 to 2.4 points."""
    return {a.kind, b.kind} <= {"number", "measure", "age", "ratio"} and not (a.unit and b.unit)


def _digits(value: Decimal) -> str:
    return f"{abs(value):f}".replace(".", "")


def _value_check(a: Quantity, b: Quantity) -> str:
    kinds = {a.kind, b.kind}
    if "p-value" in kinds:
        return "p-value"
    if "percent" in kinds:
        return "percent"
    if a.kind == b.kind == "duration":
        return "duration"
    if a.unit.partition("/")[0] in _DOSE_UNITS and b.unit.partition("/")[0] in _DOSE_UNITS:
        return "number" if any(q.unit.endswith(("/L", "/dL", "/mL")) for q in (a, b)) else "dose"
    return "number"
