"""P values that differ in value or in sign: P<0.05 against P>0.05."""

from collections.abc import Iterator

from aligner.checks.quantity_findings import of_check
from aligner.checks.reading import CheckContext, Reading
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Compare P values with their signs."""
    del context
    yield from of_check(reading, "p-value")
