"""How useful the rows of glossaries are to a translator, and whether the most useful stand first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from aligner.engine import GlossaryOptions, Inputs, Settings, make_glossary, stream_results
from aligner.errors import InputError
from aligner.store import Failure
from aligner.terms.annotated import Term, read_verdicts, squeeze
from aligner.terms.train_termhood import WORTH_A_ROW
from aligner.types import Entry

FIRST = (10, 20, 30)  # rows of a glossary whose usefulness is told
CUTS = (0.3, 0.4, 0.5, 0.6, 0.7)  # least products of score and termhood


@dataclass(frozen=True)
class Judged:
    """The rows of one glossary that have a verdict, in their order, without those the same in both languages.

    Attributes:
        products: of score and termhood.
        grades: of the verdicts.
        unknown: rows above the default cut that have none.
    """

    products: tuple[float, ...]
    grades: tuple[int, ...]
    unknown: int


def evaluate(inputs: Sequence[str], verdicts: Path) -> list[Judged]:
    """Make a glossary of each input, and hold its rows against verdicts.

    Args:
        inputs: files or folders of records, each for a glossary of its own.
        verdicts: the file with the grades, as `aligner.terms.annotated.read_verdicts` reads it.

    Raises:
        InputError: a record cannot be worked on, or the verdicts cannot be read.
    """
    known = read_verdicts(verdicts)
    return [judge(_glossary(path), known) for path in inputs]


def judge(entries: Sequence[Entry], verdicts: Mapping[Term, int]) -> Judged:
    """Look up what was said of the rows of a glossary."""
    told = [(entry, (squeeze(entry.en), squeeze(entry.zh))) for entry in entries]
    rows = [(entry.score * entry.termhood, verdicts.get(term)) for entry, term in told if term[0] != term[1]]
    known = [(product, grade) for product, grade in rows if grade is not None]
    least = GlossaryOptions().min_score
    unknown = sum(product >= least and grade is None for product, grade in rows)
    return Judged(tuple(product for product, _ in known), tuple(grade for _, grade in known), unknown)


def report(glossaries: Sequence[Judged]) -> Iterator[str]:
    """Yield the lines to print: shares above cuts, and among the first rows of glossaries with so many."""
    rows = [row for one in glossaries for row in zip(one.products, one.grades, strict=True)]
    yield f"{len(rows)} rows with a verdict in {len(glossaries)} glossaries"
    for cut in CUTS:
        grades = [grade for product, grade in rows if product >= cut]
        if grades:
            terms, useful = _share(grades, 1), _share(grades, WORTH_A_ROW)
            yield f"from {cut}: {len(grades)} rows, terms {terms:.3f}, useful {useful:.3f}"
    for count in FIRST:
        shares = [_share(one.grades[:count], WORTH_A_ROW) for one in glossaries if len(one.grades) >= count]
        if shares:
            yield f"first {count} rows: useful {fmean(shares):.3f} ({len(shares)} glossaries)"
    yield f"{sum(one.unknown for one in glossaries)} rows above the default cut without a verdict"


def _share(grades: Sequence[int], least: int) -> float:
    return sum(grade >= least for grade in grades) / len(grades)


def _glossary(path: str) -> list[Entry]:
    results = []
    for result in stream_results(Inputs([path]), Settings(checks=False)):
        if isinstance(result, Failure):
            raise InputError(result.reason, where=result.record, hint=result.hint)
        results.append(result)
    return make_glossary(results, GlossaryOptions(min_score=0.0))
