"""What numbers, levels, sides and names say of a step: shared, contradicted, found next door, or absent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache, partial

import numpy as np

from aligner.alignment.candidates import Candidates
from aligner.alignment.clauses import Bools, Doubles
from aligner.encoders.text import Ints
from aligner.quantities import parse
from aligner.types import Language

NAMES = (
    "shared",  # how many values both sides have (all counts as log(1 + n))
    "share",  # which part they are of all values of either side
    "en_next_door",  # values of the English side that only Chinese neighbours have
    "zh_next_door",
    "en_nowhere",  # values of the English side that no Chinese neighbour has either
    "zh_nowhere",
    "contradicted",  # both sides have values that the other lacks
    "contradicted_next_door",
    "level_contradicted",  # the same of vertebral levels alone
    "names_shared",  # Latin words of the Chinese side that the English one has
    "names_next_door",
    "names_nowhere",
)
NULL_NAMES = (
    "alone_found",  # values of the clause that the other side has nearby
    "alone_nowhere",
)
NEIGHBOURS = 8
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
SIDES = {
    "en": re.compile(r"\b(?:left|right|both|bilateral)", re.IGNORECASE),
    "zh": re.compile(r"左(?!右)|(?<!左)右|双侧|两侧"),
}
SIDE_OF = {"左": "left", "右": "right", "left": "left", "right": "right"}

Key = tuple[str, float | str]
Keys = frozenset[Key]


@lru_cache(maxsize=4096)
def keys(text: str, language: Language) -> Keys:
    """Return what of a clause can be compared across the languages: values, sides and Latin words."""
    found: set[Key] = {("name", word.lower()) for word in LATIN.findall(text)}
    found |= {("side", SIDE_OF.get(word.lower(), "both")) for word in SIDES[language].findall(text)}
    for quantity in parse(text, language):
        if quantity.kind not in ("citation", "code"):
            kind = "level" if quantity.kind == "level" else "number"
            found |= {(kind, float(value)) for value in quantity.values}
    return frozenset(found)


class Evidence:
    """The keys of a document's clauses; those of clauses already settled are taken, and count no more."""

    def __init__(self, en: Sequence[str], zh: Sequence[str], candidates: Candidates) -> None:
        """Find the keys of the clauses still open.

        Latin words of the English side count where the Chinese side has them at all.
        """
        self.en = _keys_of(en, "en", candidates.en_open)
        self.zh = _keys_of(zh, "zh", candidates.zh_open)
        names = frozenset(key for found in self.zh for key in found if key[0] == "name")
        self.en = [frozenset(key for key in found if key[0] != "name" or key in names) for found in self.en]

    def steps(self, steps: Ints) -> Doubles:
        """Describe steps ``(e, 4)``; returns ``(e, len(NAMES))``."""
        en_of, zh_of = cache(partial(_union, self.en)), cache(partial(_union, self.zh))
        counts = np.zeros((len(steps), len(NAMES)))
        for row, (i0, i1, j0, j1) in enumerate(steps.tolist()):
            en, zh = en_of(i0, i1), zh_of(j0, j1)
            if en or zh:
                en_around = en_of(i0 - NEIGHBOURS, i1 + NEIGHBOURS) if zh - en else en
                zh_around = zh_of(j0 - NEIGHBOURS, j1 + NEIGHBOURS) if en - zh else zh
                counts[row] = compare(en, zh, en_around, zh_around)
        return scaled(counts)

    def count_shared(self, i0: int, i1: int, j0: int, j1: int) -> int:
        """Return how many keys English clauses from ``i0`` to ``i1`` and Chinese ones share."""
        return len(_union(self.en, i0, i1) & _union(self.zh, j0, j1))

    def alone(self, cells: Ints) -> tuple[Doubles, Doubles]:
        """Describe the English and the Chinese clause before each cell as unmatched; each ``(c, 2)``."""
        en_of, zh_of = cache(partial(_union, self.en)), cache(partial(_union, self.zh))
        result = np.zeros((2, len(cells), len(NULL_NAMES)))
        for row, (i, j) in enumerate(cells.tolist()):
            if i and (en := self.en[i - 1]):
                found = len(en & zh_of(j - NEIGHBOURS, j + NEIGHBOURS))
                result[0, row] = found, len(en) - found
            if j and (zh := self.zh[j - 1]):
                found = len(zh & en_of(i - NEIGHBOURS, i + NEIGHBOURS))
                result[1, row] = found, len(zh) - found
        result = np.log1p(result)
        return result[0], result[1]


def _keys_of(texts: Sequence[str], language: Language, still_open: Bools) -> list[Keys]:
    return [
        keys(text, language) if is_open else frozenset()
        for text, is_open in zip(texts, still_open.tolist(), strict=True)
    ]


def _union(found: Sequence[Keys], start: int, stop: int) -> Keys:
    if stop - start == 1:
        return found[start]
    empty: Keys = frozenset()
    return empty.union(*found[max(start, 0) : stop])


def scaled(counts: Doubles) -> Doubles:
    """Return rows of ``compare`` as features: logs of counts, but not of the share and of levels."""
    result: Doubles = np.log1p(counts)
    for kept in (NAMES.index("share"), NAMES.index("level_contradicted")):
        result[:, kept] = counts[:, kept]
    return result


def compare(en: Keys, zh: Keys, en_around: Keys, zh_around: Keys) -> tuple[float, ...]:
    """Count, in the order of ``NAMES``, what both sides and their surroundings share."""
    both, en_only, zh_only = en & zh, en - zh, zh - en
    names = sum(key[0] == "name" for key in both)
    shared = len(both) - names
    en_only_values = [key for key in en_only if key[0] != "name"]
    zh_only_values = [key for key in zh_only if key[0] != "name"]
    en_next = sum(key in zh_around for key in en_only_values)
    zh_next = sum(key in en_around for key in zh_only_values)
    en_lost, zh_lost = len(en_only_values) - en_next, len(zh_only_values) - zh_next
    total = shared + len(en_only_values) + len(zh_only_values)
    levels = [sum(key[0] == "level" for key in values) for values in (en_only_values, zh_only_values)]
    lone_names = [key for key in zh_only if key[0] == "name"]
    names_next = sum(key in en_around for key in lone_names)
    return (
        shared,
        (shared - 0.5) / total if total else 0.0,
        en_next,
        zh_next,
        en_lost,
        zh_lost,
        min(en_next + en_lost, zh_next + zh_lost),
        min(en_next, zh_next),
        min(*levels, 2),
        names,
        names_next,
        len(lone_names) - names_next,
    )
