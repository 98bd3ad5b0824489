"""Doses that differ: 20 μg against 200 μg."""

from collections.abc import Iterator

from aligner.checks.quantity_findings import of_check
from aligner.checks.reading import CheckContext, Reading
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Compare amounts of a drug; a wrong unit is the unit check's."""
    del context
    yield from of_check(reading, "dose")
