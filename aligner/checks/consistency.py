"""One source, two translations inside a record: terms and whole sentences."""

from collections.abc import Iterator

from aligner.checks.reading import CheckContext, Reading
from aligner.checks.term import occurrences
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Note a term that the record renders by several accepted forms, and sentences translated twice."""
    yield from _terms(reading, context)
    yield from _sentences(reading, context)


def _terms(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    if not context.glossary.terms or len(context.pairs) < 2:
        return
    for term, span in occurrences(reading.pair.en, context.glossary):
        here = next((target for target in term.targets if target in reading.pair.zh), None)
        if here is None:
            continue
        for pair in context.pairs:
            if pair.bead >= reading.pair.bead or term.en.lower() not in pair.en.lower():
                continue
            there = next((target for target in term.targets if target in pair.zh), None)
            if there is not None and there != here:
                at = reading.pair.zh.find(here)
                message = f"'{term.en}' is {here} here and {there} in pair {pair.bead}"
                yield reading.finding(
                    "consistency",
                    "info",
                    message,
                    (span, (at, at + len(here))),
                    category="terminology",
                    suggestion=there,
                )
                break


def _sentences(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    en = reading.pair.en.strip().lower()
    if len(en) < 20:
        return
    for pair in context.pairs:
        if (
            pair.bead < reading.pair.bead
            and pair.en.strip().lower() == en
            and pair.zh.strip() != reading.pair.zh.strip()
        ):
            message = f"The same English sentence is translated otherwise in pair {pair.bead}"
            yield reading.finding("consistency", "info", message, (None, None), category="style")
            return
