"""Lengths of time that differ: 6 months against 3个月."""

from collections.abc import Iterator

from aligner.checks.quantity_findings import of_check
from aligner.checks.reading import CheckContext, Reading
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Compare durations and intervals; half a year equals 6 months."""
    del context
    yield from of_check(reading, "duration")
