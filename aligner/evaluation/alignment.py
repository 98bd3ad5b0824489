"""Alignment measured against gold beads: precision, recall, F1, and how far the scores are probabilities."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aligner
from aligner.alignment.model import Model
from aligner.encoders import Encoder
from aligner.evaluation.floors import Measured
from aligner.evaluation.gold import Gold, Ids
from aligner.evaluation.units import UnitTally, tally_units
from aligner.types import Bead

BINS = 10


@dataclass
class Tally:
    """Counts over beads: over all, as vecalign's score does, or over those that have both sides.

    Attributes:
        right: predicted beads that equal a gold bead.
        touching: predicted beads that share a sentence on both sides with one gold bead.
        predicted: predicted beads.
        found: gold beads that a predicted one touches.
        gold: gold beads.
        scored: score of each predicted bead and whether it is right.
    """

    right: int = 0
    touching: int = 0
    predicted: int = 0
    found: int = 0
    gold: int = 0
    scored: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add another tally's counts."""
        self.right += other.right
        self.touching += other.touching
        self.predicted += other.predicted
        self.found += other.found
        self.gold += other.gold
        self.scored += other.scored

    def strict(self) -> tuple[float, float, float]:
        """Return precision, recall and F1 of equal beads."""
        return _rates(self.right, self.predicted, self.right, self.gold)

    def lax(self) -> tuple[float, float, float]:
        """Return precision, recall and F1 of overlapping beads."""
        return _rates(self.touching, self.predicted, self.found, self.gold)


@dataclass(frozen=True)
class Evaluation:
    """What was measured, and on what.

    Attributes:
        documents: a tally of all beads a document; an unmatched sentence is a bead.
        two_sided: a tally a document of the beads that have both sides.
        units: a tally a document of its translation units, where the gold has such.
        kinds: a tally a bead type: predicted beads by their own type, gold beads by theirs.
        signature: encoder, segmenters, data and version, as one line.
    """

    documents: Mapping[str, Tally]
    two_sided: Mapping[str, Tally]
    units: Mapping[str, UnitTally]
    kinds: Mapping[str, Tally]
    signature: str

    @property
    def total(self) -> Tally:
        """All beads of all documents."""
        return summed(self.documents.values())

    def figure(self, paths: Iterable[str]) -> Measured:
        """Return strict F1 of all beads under the names of what was read, to hold against its floor."""
        name = " ".join(["align", *("/".join(Path(path).resolve().parts[-2:]) for path in paths)])
        return Measured(name, self.total.strict()[2], self.signature)


def summed(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    total = Tally()
    for one in tallies:
        total.add(one)
    return total


def _rates(right: int, predicted: int, found: int, gold: int) -> tuple[float, float, float]:
    precision = right / predicted if predicted else 0.0
    recall = found / gold if gold else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def tally(gold: Iterable[Ids], beads: Iterable[Bead]) -> Tally:
    """Compare the beads of one document with the gold ones; an unmatched sentence is a bead of its own."""
    want = set(gold)
    got = {(bead.en, bead.zh): bead.score for bead in beads}
    return Tally(
        right=len(want & got.keys()),
        touching=sum(_touches(ids, want) for ids in got),
        predicted=len(got),
        found=sum(_touches(ids, got) for ids in want),
        gold=len(want),
        scored=[(score, ids in want) for ids, score in got.items()],
    )


def two_sided(gold: Iterable[Ids], beads: Iterable[Bead]) -> Tally:
    """Compare only beads that have text on both sides."""
    return tally([ids for ids in gold if ids[0] and ids[1]], [bead for bead in beads if bead.en and bead.zh])


def _touches(one: Ids, others: Iterable[Ids]) -> bool:
    en, zh = set(one[0]), set(one[1])
    return any(not en.isdisjoint(other[0]) and not zh.isdisjoint(other[1]) for other in others)


def evaluate(
    documents: Sequence[Gold], encoder: Encoder, models: Mapping[str, Model] | None = None
) -> Evaluation:
    """Align each document's sentences and compare.

    Args:
        documents: gold documents.
        encoder: what encodes them.
        models: weights by a document's name, or by what precedes a colon in it; None for those that come
            with the program.
    """
    from aligner.alignment import align

    tallies: dict[str, Tally] = {}
    sided: dict[str, Tally] = {}
    units: dict[str, UnitTally] = {}
    kinds: dict[str, Tally] = {}
    for document in documents:
        model = models[document.name.split(":")[0]] if models else None
        beads = align(encoder.encode(document.en), encoder.encode(document.zh), model=model)
        tallies[document.name] = tally(document.beads, beads)
        sided[document.name] = two_sided(document.beads, beads)
        if document.units:
            units[document.name] = tally_units(document, beads)
        for kind in {_kind(ids) for ids in document.beads} | {bead.kind for bead in beads}:
            part = tally(
                [ids for ids in document.beads if _kind(ids) == kind], [b for b in beads if b.kind == kind]
            )
            kinds.setdefault(kind, Tally()).add(part)
    return Evaluation(tallies, sided, units, kinds, signature(documents, encoder))


def _kind(ids: Ids) -> str:
    return f"{len(ids[0])}-{len(ids[1])}"


def signature(documents: Sequence[Gold], encoder: Encoder) -> str:
    """Return what a figure was measured with, as one line."""
    digest = hashlib.sha256()
    for document in documents:
        content = [document.name, list(document.en), list(document.zh), sorted(document.beads)]
        digest.update(json.dumps(content, ensure_ascii=False).encode())
    return (
        f"encoder:{encoder.name}|segmenters:gold|documents:{len(documents)}"
        f"|data:{digest.hexdigest()[:12]}|version:{aligner.__version__}"
    )


def calibration(scored: Sequence[tuple[float, bool]]) -> list[tuple[int, float, float]]:
    """Return for each bin of scores how many, their mean score and the share that is right."""
    import pandas as pd

    frame = pd.DataFrame(scored, columns=["score", "right"]).astype(float)
    bins = frame.groupby((frame["score"] * BINS).astype(int).clip(upper=BINS - 1))
    rows = bins.agg(count=("score", "size"), mean=("score", "mean"), right=("right", "mean"))
    return [(int(count), float(mean), float(right)) for count, mean, right in rows.to_numpy()]


def calibration_error(scored: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error over ten equal bins (Naeini et al. 2015)."""
    return sum(n * abs(mean - right) for n, mean, right in calibration(scored)) / max(1, len(scored))


def least_sure(scored: Sequence[tuple[float, bool]]) -> float:
    """Return the share of the wrong beads that the least sure fifth holds; 1.0 where none is wrong."""
    ordered = [right for _, right in sorted(scored)]
    wrong = ordered.count(False)
    return ordered[: len(ordered) // 5].count(False) / wrong if wrong else 1.0


def report(evaluation: Evaluation) -> Iterator[str]:
    """Yield the report line by line."""
    total, sided = evaluation.total, summed(evaluation.two_sided.values())
    for name, rates in (
        ("all beads", total.strict()),
        ("two-sided", sided.strict()),
        ("two-sided, touching", sided.lax()),
    ):
        yield f"{name:<19} P={rates[0]:.4f} R={rates[1]:.4f} F1={rates[2]:.4f}"
    yield from _unit_lines(list(evaluation.units.values()))
    yield f"calibration error {calibration_error(total.scored):.4f}"
    yield f"least sure fifth holds {least_sure(total.scored):.0%} of the wrong beads"
    yield ""
    yield from _table(
        "type",
        {
            kind: {"gold": part.gold, "found": part.right, "wrong": part.predicted - part.right}
            for kind, part in sorted(evaluation.kinds.items(), key=lambda item: (-item[1].gold, item[0]))
            if part.gold or part.predicted
        },
    )
    yield from _table(
        "document",
        {
            name: {
                "beads": part.gold,
                "all F1": part.strict()[2],
                "two-sided F1": evaluation.two_sided[name].strict()[2],
            }
            for name, part in evaluation.documents.items()
        },
    )
    yield evaluation.signature


def _unit_lines(tallies: Sequence[UnitTally]) -> Iterator[str]:
    predicted, gold = sum(one.predicted for one in tallies), sum(one.gold for one in tallies)
    for name in ("close", "exact") if tallies else ():
        right = sum(getattr(one, name) for one in tallies)
        rates = _rates(right, predicted, right, gold)
        yield f"{'units, ' + name:<19} P={rates[0]:.4f} R={rates[1]:.4f} F1={rates[2]:.4f}"
    if tallies:
        error = calibration_error([row for one in tallies for row in one.scored])
        yield f"calibration error of units {error:.4f}"


def _table(name: str, rows: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Yield the lines of a table, and a blank one."""
    import pandas as pd

    frame = pd.DataFrame([{name: key, **row} for key, row in rows.items()])
    yield from frame.to_string(index=False, float_format="{:.4f}".format).splitlines()
    yield ""
