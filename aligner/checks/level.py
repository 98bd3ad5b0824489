"""Vertebral levels that differ: T12 against T11."""

from collections.abc import Iterator

from aligner.checks.quantity_findings import of_check
from aligner.checks.reading import CheckContext, Reading
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Compare vertebral levels whole, ranges with both ends."""
    del context
    yield from of_check(reading, "level")
