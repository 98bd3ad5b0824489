"""Chinese that renders nothing in the English."""

from collections.abc import Iterator

from aligner.checks.reading import CheckContext, Reading
from aligner.types import Finding


def check(reading: Reading, context: CheckContext) -> Iterator[Finding]:
    """Find unmatched sentences, and clauses and list items without a counterpart."""
    del context
    zh = reading.pair.zh
    if zh.strip() and not reading.pair.en.strip():
        message = "The sentence has no counterpart in the English"
        yield reading.finding("addition", "warning", message, (None, (0, len(zh))))
        return
    for gap in reading.gaps["addition"]:
        message = f"{zh[slice(*gap.span)]} seems to render nothing in the English"
        yield reading.finding("addition", gap.severity, message, (None, gap.span))
