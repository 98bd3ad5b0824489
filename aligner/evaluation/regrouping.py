"""Gold beads of a document some of whose sentences were left out or joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Ids = tuple[list[int], list[int]]
Numbers = Mapping[int, Sequence[int]]


def renumber(beads: Iterable[tuple[Sequence[int], Sequence[int]]], en: Numbers, zh: Numbers) -> list[Ids]:
    """Return beads under new numbers.

    Args:
        beads: by old numbers; an unmatched sentence is a bead with an empty side.
        en: the new numbers of each old English sentence; one that was left out has none.
        zh: likewise.

    Returns:
        The beads, those that now share a sentence as one. Of a bead that lost a whole side every sentence
        is unmatched.
    """
    owner: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for bead in beads:
        members = {
            (side, number)
            for side, new in enumerate((en, zh))
            for old in bead[side]
            for number in new.get(old, ())
        }
        for member in list(members):
            members |= owner.get(member, set())
        for member in members:
            owner[member] = members
    result: list[Ids] = []
    for members in {id(members): members for members in owner.values()}.values():
        left, right = (sorted(number for side, number in members if side == wanted) for wanted in (0, 1))
        if left and right:
            result.append((left, right))
        else:
            result += [([i], []) for i in left] + [([], [j]) for j in right]
    return result


def numbers_of(groups: Sequence[Sequence[int]]) -> dict[int, list[int]]:
    """Return the new number of each old one, where each group becomes one sentence."""
    return {old: [new] for new, group in enumerate(groups) for old in group}


def part_left(
    beads: Iterable[tuple[Sequence[int], Sequence[int]]],
    counts: tuple[int, int],
    side: int,
    *,
    share: float,
    place: float,
) -> list[int]:
    """Return which sentences of one side are left where a stretch of it is cut out; beads stay whole.

    Args:
        beads: the gold beads.
        counts: sentences of either side.
        side: the side to cut, 0 English, 1 Chinese.
        share: how much of it to cut.
        place: where: 0 start, 0.5 middle, 1 end.
    """
    size = max(1, round(counts[side] * share))
    start = int((counts[side] - size) * place)
    gone = set(range(start, start + size))
    for bead in beads:
        inside = [number for number in bead[side] if number in gone]
        if inside:
            (gone.update if 2 * len(inside) >= len(bead[side]) else gone.difference_update)(bead[side])
    return [number for number in range(counts[side]) if number not in gone]
