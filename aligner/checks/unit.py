"""Units that differ: 20 mg against 20 g."""

from collections.abc import Iterator

from aligner.checks.quantity_findings import of_check
from aligner.checks.reading import CheckContext, Reading
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Compare the units of equal values; synonyms and conversions (0.5 g, 500 mg) agree."""
    del context
    yield from of_check(reading, "unit")
