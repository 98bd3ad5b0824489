"""Numbers that differ, are missing or came out of nowhere."""

from collections.abc import Iterator

from aligner.checks.quantity_findings import of_check
from aligner.checks.reading import CheckContext, Reading
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Compare counts, scores, ratios, ages and rates as typed values."""
    del context
    yield from of_check(reading, "number")
