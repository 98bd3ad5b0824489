"""English that nothing in the Chinese renders."""

from collections.abc import Iterator

from aligner.checks.reading import CheckContext, Reading
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Find unmatched sentences, and clauses and list items without a counterpart."""
    del context
    en = reading.pair.en
    if en.strip() and not reading.pair.zh.strip():
        message = "The sentence has no counterpart in the Chinese"
        yield reading.finding("omission", "warning", message, ((0, len(en)), None))
        return
    for gap in reading.gaps["omission"]:
        message = f"Nothing in the Chinese seems to render '{en[slice(*gap.span)]}'"
        yield reading.finding("omission", gap.severity, message, (gap.span, None))
