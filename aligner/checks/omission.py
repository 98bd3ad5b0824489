"""Omissions."""

from collections.abc import Iterator

from aligner.checks.reading import CheckContext, Reading
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Find unmatched sentences."""
    del context
    if not reading.pair.zh.strip() and reading.pair.en.strip():
        yield reading.finding(
            "omission",
            "warning",
            "The sentence has no counterpart in the Chinese",
            ((0, len(reading.pair.en)), None),
        )
