"""The values that nothing on the other side matches: changed, missing or added ones."""

from collections.abc import Iterator
from decimal import Decimal

from aligner.checks.mentions import Difference, NumericMention, is_weak
from aligner.quantities import Quantity, dimension
from aligner.types import Severity

_DOSE_UNITS = frozenset(("pg", "ng", "μg", "mg", "g", "IU", "MU"))

_WINDOW = 24  # left-over mentions looked at around the same place on the other side


def unmatched(mine: list[NumericMention], theirs: list[NumericMention]) -> Iterator[Difference]:
    """Pair what is left on both sides by kind and place; the rest is missing or added."""
    left = [mention for mention in mine if not mention.used]
    right = [mention for mention in theirs if not mention.used]
    pairs = _pairings(left, right, len(mine), len(theirs))
    pairs += _only_counts(left, right, {id(mention) for pair in pairs for mention in pair})
    for one, other in pairs:
        one.used = other.used = True
        yield Difference(
            _value_check(one.quantity, other.quantity), "value", "error", one.quantity, other.quantity
        )
    english = {id(mention.quantity) for mention in mine}
    repeated = (
        {mention.value for mention in mine if mention.used},
        {mention.value for mention in theirs if mention.used},
    )
    for mention in left + right:
        if mention.used or is_weak(mention):
            continue
        is_english = id(mention.quantity) in english
        said_before = mention.value in repeated[is_english]
        code = _value_check(mention.quantity, mention.quantity)
        small = (
            abs(mention.value) < 10
            and mention.value == mention.value.to_integral_value()
            and not mention.quantity.unit
        )
        severity: Severity = "info" if said_before or mention.quantity.is_word or small else "warning"
        if is_english:
            yield Difference(code, "missing", severity, mention.quantity, None)
        else:
            yield Difference(code, "added", severity, None, mention.quantity)


def _pairings(
    left: list[NumericMention], right: list[NumericMention], total: int, total_right: int
) -> list[tuple[NumericMention, NumericMention]]:
    scored = []
    for at, one in enumerate(left):
        middle = at * len(right) // len(left)
        for other in right[max(0, middle - _WINDOW) : middle + _WINDOW]:
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


def _only_counts(
    left: list[NumericMention], right: list[NumericMention], paired: set[int]
) -> list[tuple[NumericMention, NumericMention]]:
    """Pair the only count of persons, events or times left on either side, be it a word or a 1."""
    counts = [[one for one in side if _may_count(one) and id(one) not in paired] for side in (left, right)]
    if len(counts[0]) != 1 or len(counts[1]) != 1:
        return []
    one, other = counts[0][0], counts[1][0]
    a, b = one.quantity, other.quantity
    same = a.counts == b.counts != "" and a.comparator == b.comparator and not (a.is_range or b.is_range)
    return [(one, other)] if same and one.value != other.value else []


def _may_count(mention: NumericMention) -> bool:
    quantity = mention.quantity
    plain = quantity.kind == "number" and not quantity.role and mention.value > 1
    return quantity.counts != "" or plain


def _likeness(one: NumericMention, other: NumericMention, total: int, total_right: int) -> float:
    """Score how likely two left-over numbers stand for each other; 0 where they cannot."""
    a, b = one.quantity, other.quantity
    if is_weak(one) and is_weak(other):
        both_said = a.is_word or b.is_word
        same_unit = (a.unit == b.unit and a.unit != "") or a.kind == b.kind == "ratio"
        return (
            1.0
            if same_unit and both_said and min(one.value, other.value) > 1 and a.kind != "frequency"
            else 0.0
        )
    if is_weak(one) != is_weak(other) and (a.unit != b.unit or not a.unit):
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
