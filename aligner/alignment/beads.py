"""From alignments drawn of clauses to beads of sentences, and to the units that beads can be cut into.

A bead is the sentences that steps tie together; what no step touches is unmatched. How often something was
drawn is its probability, and the answer is the one whose parts are most surely right (minimum Bayes risk).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import TypeVar

import numpy as np

from aligner.alignment.bead_graph import Arc, Cell, Ids, Item, Quad, Ways
from aligner.alignment.bead_scores import chances
from aligner.alignment.candidates import STEP_KINDS, Candidates
from aligner.alignment.clauses import Clauses
from aligner.alignment.features import Views
from aligner.alignment.lattice import Lattice
from aligner.alignment.model import BeadWeights
from aligner.alignment.sampling import Part
from aligner.text.joining import SENTENCE_JOINERS
from aligner.types import Bead, Language, Span, Unit

CONTRAST = re.compile(r"但|而|然|不过|however\b|but\b|while\b|whereas\b", re.IGNORECASE)
# Beads of gold texts have no gaps, but sentences joined at random may hold one without a counterpart: as
# sure as this such a sentence is unmatched, less sure it belongs to its bead.
SURE_GAP = 0.97

Gap = tuple[int, int]
Key = TypeVar("Key", bound=Hashable)


class Beads:
    """Beads of one document."""

    def __init__(self, views: Views, candidates: Candidates, lattice: Lattice) -> None:
        """Look up the lattice's steps."""
        self.views, self.en, self.zh = views, views.en, views.zh
        self.en_sentence, self.zh_sentence = (
            [*side.sentence.tolist(), int(side.sentence[-1]) + 1] for side in (self.en, self.zh)
        )
        kinds = [getattr(candidates, name).tolist() for name in STEP_KINDS]
        rows = zip(lattice.kind.tolist(), lattice.step_rows.tolist(), strict=True)
        self.steps = [kinds[kind][row] for kind, row in rows]
        i0, i1, j0, j1 = np.array([step[:4] for step in self.steps], dtype=np.int64).reshape(-1, 4).T
        en, zh = self.en.sentence, self.zh.sentence
        ends = en[i0], en[i1 - 1], zh[j0], zh[j1 - 1]
        self.sentences: list[Quad] = list(zip(*(column.tolist() for column in ends), strict=True))

    def of(self, parts: Sequence[Part], weights: BeadWeights | None) -> Iterator[Bead]:
        """Yield the beads of the document's parts, in order; ``weights`` are those of whole beads."""
        drawn = [self._drawn(part) for part in parts]
        stretches = [
            _counted(zip(arcs, part.counts, strict=True)) for arcs, part in zip(drawn, parts, strict=True)
        ]
        found = chances(self.views, stretches, weights) if weights else [ways.chances() for ways in stretches]
        for part, arcs, ways, chance in zip(parts, drawn, stretches, found, strict=True):
            for chosen, score in ways.surest(chance):
                units: tuple[Unit, ...] = ()
                if min(map(len, chosen)) and max(map(len, chosen)) > 1:
                    holding = [
                        (path, count)
                        for way, path, count in zip(arcs, part.paths, part.counts, strict=True)
                        if any(chosen in arc.items for arc in way)
                    ]
                    units = tuple(self._units(chosen, holding, score))
                yield Bead(*chosen, score, units=units)

    def ways(self, parts: Iterable[Part]) -> list[Ways[Ids]]:
        """Return the ways through each part, bead by bead."""
        return [_counted(zip(self._drawn(part), part.counts, strict=True)) for part in parts]

    def _drawn(self, part: Part) -> list[list[Arc[Ids]]]:
        """Return each drawn alignment of a part bead by bead."""
        keys = [self._touched(path) for path in part.paths]
        times = _added(zip(keys, part.counts, strict=True))
        gaps = _added((gap, count) for key, count in times.items() for gap in _gaps(_groups(key)))
        sure = {gap for gap, count in gaps.items() if count >= SURE_GAP * sum(part.counts)}
        arcs = {key: self._arcs(key, part, sure) for key in times}
        return [arcs[key] for key in keys]

    def _touched(self, path: Iterable[int]) -> tuple[Quad, ...]:
        """Return the sentences that steps touch, first and last of either side; none twice in a row."""
        return tuple(quad for quad, _ in groupby(map(self.sentences.__getitem__, path)))

    def _arcs(self, touched: Iterable[Quad], part: Part, gaps: Collection[Gap]) -> list[Arc[Ids]]:
        """Return what steps tie together that touch these sentences, and the sentences that none touches.

        A sentence that nothing touches belongs to a bead where those before and after do, but for ``gaps``.
        """
        (e, z), (en_end, zh_end) = (
            (self.en_sentence[i], self.zh_sentence[j]) for i, j in (part.first, part.last)
        )
        arcs: list[Arc[Ids]] = []
        for en, zh in [*_groups(touched), ([en_end], [zh_end])]:
            arcs += [Arc((k, z), (k + 1, z), (((k,), ()),)) for k in range(e, en[0])]
            arcs += [Arc((en[0], k), (en[0], k + 1), (((), (k,)),)) for k in range(z, zh[0])]
            if (en[0], zh[0]) != (en_end, zh_end):
                e, z = en[-1] + 1, zh[-1] + 1
                left = [gap for gap in _gaps([(en, zh)]) if gap in gaps]
                held = (
                    tuple(k for k in range(ids[0], ids[-1] + 1) if (side, k) not in left)
                    for side, ids in enumerate((en, zh))
                )
                alone: list[Ids] = [((k,), ()) if side == 0 else ((), (k,)) for side, k in left]
                en_held, zh_held = held
                arcs.append(Arc((en[0], zh[0]), (e, z), ((en_held, zh_held), *alone)))
        return arcs

    def _units(self, bead: Ids, holding: Sequence[tuple[Sequence[int], int]], score: float) -> Iterator[Unit]:
        """Yield the units of a bead of this probability, if it can be cut; some alignments hold it."""
        first, last = (
            tuple(
                int(np.searchsorted(side.sentence, number))
                for side, number in zip((self.en, self.zh), numbers, strict=True)
            )
            for numbers in ((bead[0][0], bead[1][0]), (bead[0][-1] + 1, bead[1][-1] + 1))
        )
        steps = self.steps
        inside = (
            (
                tuple(
                    n for n in path if first[0] <= steps[n][0] < last[0] and first[1] <= steps[n][2] < last[1]
                ),
                count,
            )
            for path, count in holding
        )
        start, stop = (first[0], first[1]), (last[0], last[1])
        arcs = _counted((self._cut(path, start, stop), count) for path, count in _added(inside).items()).arcs
        ways = Ways(arcs, sum(count for _, count in holding) / score)
        chosen = ways.surest(ways.chances())
        if len(chosen) > 1:
            for (i0, i1, j0, j1), score in chosen:
                yield Unit(
                    _span(self.en, i0, i1, bead[0], "en"), _span(self.zh, j0, j1, bead[1], "zh"), score
                )

    def _cut(self, path: Iterable[int], first: Cell, last: Cell) -> Iterator[Arc[Quad]]:
        """Cut a bead between its steps wherever a sentence ends on at least one side, and swaps in two.

        Clauses that no step holds stay with what comes before them, unless a sentence ends there.
        """
        inside = [self.steps[number] for number in path]
        start, held = first, []
        for step, after in zip(inside, [*inside[1:], None], strict=True):
            held.append(step)
            if after is None:
                stop = last
            else:
                stop = _place(self.en, step[1], after[0]), _place(self.zh, step[3], after[2])
                if not (self.en.boundary[stop[0]] or self.zh.boundary[stop[1]]):
                    continue
            (i, j), (x, y) = start, stop
            if len(held) == 1 and len(step) == 6:
                k, m = step[4:]
                yield Arc(start, stop, ((i, k, m, y), (k, x, j, m)))
            else:
                yield Arc(start, stop, ((i, x, j, y),))
            start, held = stop, []


def _groups(touched: Iterable[Quad]) -> list[tuple[list[int], list[int]]]:
    """Return the English and Chinese sentences touched, those that steps tie together as one group."""
    groups: list[tuple[list[int], list[int]]] = []
    for e0, e1, z0, z1 in touched:
        en, zh = range(e0, e1 + 1), range(z0, z1 + 1)
        if groups and (e0 <= groups[-1][0][-1] or z0 <= groups[-1][1][-1]):
            for ids, more in zip(groups[-1], (en, zh), strict=True):
                ids.extend(k for k in more if k > ids[-1])
        else:
            groups.append((list(en), list(zh)))
    return groups


def _gaps(groups: Iterable[tuple[Sequence[int], Sequence[int]]]) -> Iterator[Gap]:
    """Yield the sentences between those of a group, as side and number."""
    for group in groups:
        for side, ids in enumerate(group):
            yield from ((side, k) for one, two in pairwise(ids) for k in range(one + 1, two))


def _counted(drawn: Iterable[tuple[Iterable[Arc[Item]], int]]) -> Ways[Item]:
    """Return the ways that can be pieced together from what was drawn so often."""
    arcs: Counter[Arc[Item]] = Counter()
    total = 0
    for way, times in drawn:
        total += times
        for arc in way:
            arcs[arc] += times
    return Ways(arcs, total)


def _added(counted: Iterable[tuple[Key, int]]) -> Counter[Key]:
    """Add up what was counted under equal keys."""
    total: Counter[Key] = Counter()
    for key, count in counted:
        total[key] += count
    return total


def _place(side: Clauses, first: int, last: int) -> int:
    """Return where, among clauses that no step holds, one unit ends and the next begins.

    That is where a sentence or a part of one ends (a semicolon), else before a clause that a contrast
    opens; else all stay with what comes before them.
    """
    places = range(first, last + 1)
    sentence = next((k for k in places if side.boundary[k]), None)
    return next((k for k in places if _opens(side, k)), last) if sentence is None else sentence


def _opens(side: Clauses, k: int) -> bool:
    before, after = side.texts[k - 1].rstrip(), side.texts[k].lstrip()
    return before.endswith((";", "；")) or CONTRAST.match(after) is not None


def _span(side: Clauses, first: int, last: int, sentences: Sequence[int], language: Language) -> Span:
    """Return where clauses from ``first`` to ``last`` stand in the text of a bead's sentences.

    Clauses of sentences that are not the bead's count nothing; white space at the ends is left out.
    """
    place, start, text = 0, None, ""
    joiner = SENTENCE_JOINERS[language]
    begin, end = (int(k) for k in side.starts_of([sentences[0], sentences[-1] + 1]))
    for k in range(begin, end):
        if side.sentence[k] in sentences:
            held = first <= k < last
            if held:
                start = place if start is None else start
                text += side.texts[k]
            place += len(side.texts[k])
            if side.boundary[k + 1]:
                place += len(joiner)
                text += joiner if held else ""
    if start is None:
        return place, place
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())
