"""What a check is: a function over a pair, with an example that it reports and one that it passes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from aligner.checks.decision import Candidate
from aligner.checks.glossary import Glossary, Term
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.types import Finding

Texts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the table of checks.

    Attributes:
        find: yields the findings of one pair; the context is what the record and the glossary say.
        wrong: pairs of one record (English, Chinese), the last of which the check reports. Constructed.
        right: pairs of one record that it passes. Constructed.
        terms: the glossary that the examples are read with.
    """

    find: Callable[[ParsedPair, CheckContext], Iterator[Finding]]
    wrong: Texts
    right: Texts
    terms: tuple[Term, ...] = ()

    @property
    def glossary(self) -> Glossary:
        """The examples' glossary."""
        return Glossary(self.terms)


def of_pair(en: str, zh: str) -> Texts:
    """Write an example of one pair."""
    return ((en, zh),)


def decide(parsed: ParsedPair, candidates: Iterable[Candidate]) -> Iterator[Finding]:
    """Turn the candidates that are likely enough into findings."""
    for one in candidates:
        probability = parsed.decision.models[one.kind].probability(one.features)
        severity = parsed.decision.severity(probability)
        if severity is not None:
            yield parsed.finding(
                one.check,
                severity,
                one.message,
                one.spans,
                category=one.category,
                probability=round(probability, 4),
            )
