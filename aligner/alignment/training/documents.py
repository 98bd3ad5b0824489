"""Training documents: the clauses of both sides, and which block of gold each belongs to.

A block is the finest that the gold tells: a bead, or a unit of it. Which sentences a clause stands in is
kept apart from it, so that a document is made harder by moving sentence boundaries: nothing is encoded
again, and what follows for the beads follows from the blocks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aligner.alignment.clauses import Clauses
from aligner.encoders import load_encoder
from aligner.encoders.text import Ints
from aligner.types import Language

UNMATCHED, UNKNOWN = -1, -2

Bead = tuple[Sequence[int], Sequence[int]]


@dataclass(frozen=True)
class DocumentSide:
    """One language of a training document.

    Attributes:
        clauses: its clauses.
        block: ``(n,)`` number of each clause's block, never falling but for ``UNMATCHED`` and ``UNKNOWN``.
    """

    clauses: Clauses
    block: Ints

    def __len__(self) -> int:
        return len(self.clauses)

    def select(self, kept: Ints, boundary: Ints, block: Ints) -> DocumentSide:
        """Return some clauses, with sentences that begin where ``boundary`` is not 0."""
        begins = boundary[kept].astype(np.int64)
        begins[0] = 1
        return DocumentSide(self.clauses.select(kept, np.cumsum(begins) - 1), block[kept])

    @property
    def begins(self) -> Ints:
        """``(n,)`` 1 where a sentence begins."""
        return self.clauses.boundary[:-1].astype(np.int64)


@dataclass(frozen=True)
class Document:
    """Both sides."""

    en: DocumentSide
    zh: DocumentSide

    def sides(self) -> tuple[DocumentSide, DocumentSide]:
        """Return English and Chinese."""
        return self.en, self.zh


def read_document(path: Path) -> Document:
    """Read and encode a gold file: sentences, beads and, where it has them, units."""
    return make_document(json.loads(path.read_text(encoding="utf-8")))


def make_document(gold: Mapping[str, Any]) -> Document:
    """Encode gold sentences and number their blocks.

    Beads that cross, are not contiguous, or hold sentences that no bead holds are unknown: any alignment of
    them is allowed, and training sums over all.
    """
    encoder = load_encoder()
    sides = []
    languages: tuple[Language, Language] = ("en", "zh")
    for language in languages:
        clauses = Clauses.of(encoder.encode(gold[language]), language)
        sides.append(DocumentSide(clauses, np.full(len(clauses), UNKNOWN)))
    units = {unit["bead"]: unit["parts"] for unit in gold.get("units") or []}
    usable = set(_chain([(number, bead) for number, bead in enumerate(gold["beads"]) if _contiguous(bead)]))
    block = 0
    for number, bead in sorted(enumerate(gold["beads"]), key=lambda item: (item[1][0] or [-1], item[1][1])):
        places = [
            np.flatnonzero(np.isin(s.clauses.sentence, ids)) for s, ids in zip(sides, bead, strict=True)
        ]
        if not (bead[0] and bead[1]):
            for side, place in zip(sides, places, strict=True):
                side.block[place] = UNMATCHED
        elif number in usable:
            for parts in _unit_places(sides, places, units.get(number)):
                known = all(len(part) for part in parts)
                for side, part in zip(sides, parts, strict=True):
                    side.block[part] = block if known else UNMATCHED
                block += known
    return Document(*sides)


def _contiguous(bead: Bead) -> bool:
    return all(len(ids) and ids[-1] - ids[0] + 1 == len(ids) for ids in bead)


def _chain(beads: list[tuple[int, Bead]]) -> list[int]:
    """Return the numbers of the longest chain of beads that do not cross."""
    best: list[tuple[int, int, list[int]]] = []
    for number, (en, zh) in sorted(beads, key=lambda item: item[1][0][0]):
        before = [chain for last_en, last_zh, chain in best if last_en < en[0] and last_zh < zh[0]]
        best.append((en[-1], zh[-1], [*max(before, key=len, default=[]), number]))
    return max((chain for _, _, chain in best), key=len, default=[])


def _unit_places(
    sides: Sequence[DocumentSide], places: Sequence[Ints], parts: Sequence[Sequence[str]] | None
) -> Iterator[list[Ints]]:
    """Yield the clauses of each unit of a bead, or of the whole bead where its units cross or cut clauses."""
    ends: list[list[int]] = []
    for side, (own, place) in enumerate(zip(sides, places, strict=True)):
        texts = ["".join(own.clauses.texts[k].split()) for k in place.tolist()]
        cuts = np.cumsum([len("".join(part[side].split())) for part in parts or []]).tolist()
        offsets = [0, *np.cumsum([len(text) for text in texts]).tolist()]
        written = "".join("".join(part[side].split()) for part in parts or [])
        if written != "".join(texts) or not set(cuts) <= set(offsets):
            yield list(places)
            return
        ends.append([0, *(offsets.index(cut) for cut in cuts)])
    for k in range(len(ends[0]) - 1):
        yield [place[cut[k] : cut[k + 1]] for place, cut in zip(places, ends, strict=True)]
