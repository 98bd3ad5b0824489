"""Percentages that differ, or that lost their sign."""

from collections.abc import Iterator

from aligner.checks.quantity_findings import of_check
from aligner.checks.reading import CheckContext, Reading
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Compare percentages; a sign said once for a range counts for both ends."""
    del context
    yield from of_check(reading, "percent")
