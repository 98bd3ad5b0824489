"""Run the checks over pairs, record by record."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from aligner.checks.abbreviation import explained
from aligner.checks.base import Check
from aligner.checks.glossary import Glossary
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.checks.style import style_of
from aligner.checks.table import CHECKS
from aligner.encoders import EncodedText, Encoder
from aligner.types import Finding, Pair, TermPair

_BATCH = 64


@cache
def _checks() -> tuple[Check, ...]:
    return tuple(CHECKS.load(name) for name in CHECKS)


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Run every check over one pair, in the table's order."""
    for one in _checks():
        yield from one.find(parsed, context)


def check_pairs(
    pairs: Iterable[Pair],
    *,
    glossary: Glossary | None = None,
    encoder: Encoder | None = None,
    encoded: Callable[[Pair], tuple[EncodedText, EncodedText]] | None = None,
    only: Collection[int] | None = None,
    terms: Sequence[TermPair] = (),
) -> Iterator[Finding]:
    """Check pairs; those of one record must follow each other.

    Args:
        pairs: aligned pairs; a pair with an empty side is an unmatched sentence.
        glossary: terms to hold the translation against.
        encoder: runs over the texts for the checks that read meaning (omission, addition). Without it and
            ``encoded`` those look at numbers, names and unmatched sentences alone.
        encoded: gives the two encoded texts of a pair where they are there already.
        only: numbers of the beads to check; the others only tell how their record is written. None: all.
        terms: occurrences of terms that were found in these records, for the check of consistency.
    """
    of: dict[str, list[TermPair]] = {}
    for term in terms:
        of.setdefault(term.record, []).append(term)
    for name, group in groupby(pairs, key=lambda pair: pair.record):
        record = list(group)
        context = replace(context_of(record, glossary=glossary), terms=of.get(name, ()))
        due = record if only is None else [pair for pair in record if pair.bead in only]
        for start in range(0, len(due), _BATCH):
            batch = due[start : start + _BATCH]
            for pair, texts in zip(batch, _encode(batch, encoder, encoded), strict=True):
                kept = (texts[0].kept(), texts[1].kept()) if texts else None
                yield from check(ParsedPair(pair, kept), context)


def context_of(record: Sequence[Pair], *, glossary: Glossary | None = None) -> CheckContext:
    """Gather what the checks need to know of a record's pairs."""
    known: dict[str, int] = {}
    for pair in record:
        for name in explained(pair.zh):
            known.setdefault(name, pair.bead)
    return CheckContext(
        glossary=glossary or Glossary(), pairs=tuple(record), style=style_of(record), known=known
    )


def _encode(
    pairs: Sequence[Pair],
    encoder: Encoder | None,
    encoded: Callable[[Pair], tuple[EncodedText, EncodedText]] | None,
) -> Sequence[tuple[EncodedText, EncodedText] | None]:
    if encoded is not None:
        return [encoded(pair) if pair.en and pair.zh else None for pair in pairs]
    if encoder is None:
        return [None] * len(pairs)
    whole = [pair for pair in pairs if pair.en.strip() and pair.zh.strip()]
    texts = encoder.encode([side for pair in whole for side in (pair.en, pair.zh)])
    found = {id(pair): (texts[2 * at], texts[2 * at + 1]) for at, pair in enumerate(whole)}
    return [found.get(id(pair)) for pair in pairs]
