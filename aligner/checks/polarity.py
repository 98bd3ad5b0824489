"""Which end of a concept each side names, and where the two sides name different ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aligner.checks.cues import Cue
from aligner.checks.parsed import ParsedPair
from aligner.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Conflict:
    """An English cue and the Chinese one that says the opposite."""

    en: Cue
    zh: Cue
    is_whole: bool


def conflicts(en: Sequence[Cue], zh: Sequence[Cue], check: str) -> Iterator[Conflict]:
    """Find the concepts of a check that the two sides turn opposite ways.

    Counts of the two ends are compared, not mere presence: a translation that says increased twice where
    the source says increased and decreased has turned one of them.
    """
    concepts = {cue.concept: None for cue in en if cue.check == check and cue.polarity in "+-"}
    for concept in concepts:
        mine = _by_polarity(en, check, concept)
        theirs = _by_polarity(zh, check, concept)
        for polarity, other in (("+", "-"), ("-", "+")):
            if not mine[polarity] or not theirs[other]:
                continue
            if _is_turned(mine, theirs, polarity, other):
                yield Conflict(
                    _first(mine[polarity]), _first(theirs[other]), not mine[other] and not theirs[polarity]
                )
                break


def _by_polarity(cues: Sequence[Cue], check: str, concept: str) -> dict[str, list[Cue]]:
    of = [cue for cue in cues if cue.concept == concept and cue.check == check]
    return {polarity: [cue for cue in of if cue.polarity == polarity] for polarity in "+-"}


def _is_turned(mine: dict[str, list[Cue]], theirs: dict[str, list[Cue]], polarity: str, other: str) -> bool:
    a, b = len(mine[polarity]), len(mine[other])
    x, y = len(theirs[polarity]), len(theirs[other])
    if b == 0 and x == 0:
        return True  # this end only, and there the other end only
    if b == 0 and x < a:
        return True  # this end only, and there one of them turned
    return x == 0 and b > 0 and y > b  # both ends, and there only the other, more often


def _first(cues: Sequence[Cue]) -> Cue:
    return min(cues, key=lambda cue: cue.span)


@dataclass(frozen=True, slots=True)
class Swap:
    """A number said of one end of a concept in English and of the other in Chinese."""

    value: str
    en: Cue
    zh: Cue


def swaps(parsed: ParsedPair, check: str) -> Iterator[Swap]:
    """Find numbers that changed their side: 16 mmHg right and 15 left against 左16, 右15.

    Only where each side names both ends once or more and every cue has numbers of its own, which are then
    bound to the cue they stand nearest to in the order of the text.
    """
    concepts = {cue.concept for cue in parsed.en_cues if cue.check == check and cue.polarity in "+-"}
    for concept in sorted(concepts):
        en = [
            cue
            for cue in parsed.en_cues
            if cue.check == check and cue.concept == concept and cue.polarity in "+-"
        ]
        zh = [
            cue
            for cue in parsed.zh_cues
            if cue.check == check and cue.concept == concept and cue.polarity in "+-"
        ]
        if sorted(cue.polarity for cue in en) != ["+", "-"] or sorted(cue.polarity for cue in zh) != [
            "+",
            "-",
        ]:
            continue
        mine = _bound(en, parsed.en_quantities)
        theirs = _bound(zh, parsed.zh_quantities)
        for value in sorted(mine.keys() & theirs.keys()):
            if mine[value].polarity != theirs[value].polarity:
                yield Swap(str(value), mine[value], theirs[value])
                break


def _bound(cues: Sequence[Cue], quantities: Sequence[Quantity]) -> dict[Decimal, Cue]:
    """Bind each number that occurs once to its cue; numbers and cues must take turns."""
    events: list[tuple[int, Cue | Quantity]] = [(cue.span[0], cue) for cue in cues]
    numbers = [q for q in quantities if q.kind not in ("citation", "code") and not q.is_word]
    events += [(quantity.span[0], quantity) for quantity in numbers]
    events.sort(key=lambda event: event[0])
    ordered = [item for _, item in events]
    if not numbers or len(ordered) > 12:
        return {}
    groups = _groups(ordered, cue_first=isinstance(ordered[0], Cue))
    values = [value for _, held in groups for value in held]
    return {value: cue for cue, held in groups for value in held if values.count(value) == 1}


def _groups(ordered: Sequence[Cue | Quantity], *, cue_first: bool) -> list[tuple[Cue, list[Decimal]]]:
    groups: list[tuple[Cue, list[Decimal]]] = []
    held: list[Decimal] = []
    for item in ordered:
        if isinstance(item, Cue):
            if cue_first:
                held = []
                groups.append((item, held))
            elif held:
                groups.append((item, held))
                held = []
        else:
            held.extend(item.values)
    return groups if len(groups) == 2 and all(values for _, values in groups) else []
