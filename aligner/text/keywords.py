"""The keywords of a record, as their line lists them."""

import regex

from aligner.types import Span

_PARTED = regex.compile(r"\s*[;；]\s*")
_COMMAS = regex.compile(r"\s*[,，、]\s*")
_ENDS = " ;；.。,，\t\n"


def keyword_spans(line: str) -> list[Span]:
    """Return where the keywords of a line stand, parted by semicolons or, where there is none, by commas.

    Example:
        >>> line = "arthritis, rheumatoid; osteoporosis."
        >>> [line[a:b] for a, b in keyword_spans(line)]
        ['arthritis, rheumatoid', 'osteoporosis']
    """
    start, end = len(line) - len(line.lstrip(_ENDS)), len(line.rstrip(_ENDS))
    mark = _PARTED if _PARTED.search(line, start, end) else _COMMAS
    spans = []
    for match in mark.finditer(line, start, end):
        spans.append((start, match.start()))
        start = match.end()
    return [(a, b) for a, b in [*spans, (start, end)] if a < b]
