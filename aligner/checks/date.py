"""Calendar dates that differ: March 2018 against 2018年5月."""

from collections.abc import Iterator

from aligner.checks.quantity_findings import of_check
from aligner.checks.reading import CheckContext, Reading
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Compare dates as year, month and day."""
    del context
    yield from of_check(reading, "date")
