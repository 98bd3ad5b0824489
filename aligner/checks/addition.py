"""Additions."""

from collections.abc import Iterator

from aligner.checks.reading import CheckContext, Reading
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Find unmatched sentences."""
    del context
    if not reading.pair.en.strip() and reading.pair.zh.strip():
        yield reading.finding(
            "addition",
            "warning",
            "The sentence has no counterpart in the English",
            (None, (0, len(reading.pair.zh))),
        )
