"""Gold documents made harder: a part cut out of one side, neighbours merged, run-on sentences.

Each is made from gold documents alone, the same ones each time for one seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from aligner.errors import SettingError
from aligner.evaluation.gold import Gold
from aligner.evaluation.regrouping import numbers_of, part_left, renumber

SHARE = 0.25  # of one side that is cut
MERGED = 0.15  # probability that a sentence is merged with the one after it
LONGEST_RUN = 6  # sentences in a run-on one
PLACES = {"start": 0.0, "middle": 0.5, "end": 1.0}
SIDES = ("en", "zh")
SEPARATORS = (" ", "")

Random = np.random.Generator


def _grouped(gold: Gold, name: str, groups: Sequence[Sequence[Sequence[int]]]) -> Gold:
    """Return the document whose sentences are these groups of the old ones, English and Chinese."""
    en, zh = (
        [separator.join(texts[old] for old in group) for group in sides]
        for texts, sides, separator in zip((gold.en, gold.zh), groups, SEPARATORS, strict=True)
    )
    beads = renumber(sorted(gold.beads), numbers_of(groups[0]), numbers_of(groups[1]))
    return Gold(f"{gold.name}:{name}", en, zh, frozenset((tuple(e), tuple(z)) for e, z in beads))


def _single(texts: Sequence[str]) -> list[list[int]]:
    return [[number] for number in range(len(texts))]


def cut(gold: Gold, _: Random) -> Iterator[Gold]:
    """Cut a part out of either side, at its start, middle and end: six documents."""
    for side, language in enumerate(SIDES):
        for name, place in PLACES.items():
            groups = [_single(gold.en), _single(gold.zh)]
            left = part_left(gold.beads, (len(gold.en), len(gold.zh)), side, share=SHARE, place=place)
            groups[side] = [[number] for number in left]
            if left:
                yield _grouped(gold, f"cut-{language}-{name}", groups)


def _runs(count: int, random: Random, size: Callable[[Random], int]) -> list[list[int]]:
    groups, start = [], 0
    while start < count:
        stop = min(count, start + size(random))
        groups.append(list(range(start, stop)))
        start = stop
    return groups


def merge(gold: Gold, random: Random) -> Iterator[Gold]:
    """Merge neighbours here and there on both sides."""

    def size(random: Random) -> int:
        return 1 + int(random.random() < MERGED)

    yield _grouped(gold, "merge", [_runs(len(texts), random, size) for texts in (gold.en, gold.zh)])


def run_on(gold: Gold, random: Random) -> Iterator[Gold]:
    """Join 1 to ``LONGEST_RUN`` neighbours throughout one side: one document a side."""

    def size(random: Random) -> int:
        return int(random.integers(1, LONGEST_RUN + 1))

    for side, language in enumerate(SIDES):
        groups = [_single(gold.en), _single(gold.zh)]
        groups[side] = _runs(len(groups[side]), random, size)
        yield _grouped(gold, f"run-on-{language}", groups)


PERTURBATIONS: dict[str, Callable[[Gold, Random], Iterator[Gold]]] = {
    "cut": cut,
    "merge": merge,
    "run-on": run_on,
}


def perturb(documents: Sequence[Gold], names: str, seed: int) -> list[Gold]:
    """Return the documents after one perturbation, or after several joined by ``+``, one after another.

    Raises:
        SettingError: there is no such perturbation.
    """
    random = np.random.default_rng(seed)
    for name in names.split("+"):
        if name not in PERTURBATIONS:
            raise SettingError(
                f"no perturbation '{name}'", hint=f"one of {', '.join(PERTURBATIONS)}, or some joined by +"
            )
        documents = [made for gold in documents for made in PERTURBATIONS[name](gold, random)]
    return list(documents)
