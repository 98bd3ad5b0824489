"""Web and mail addresses, DOIs and registration numbers that changed."""

import re
from collections.abc import Iterator

from aligner.checks.base import Check, of_pair
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.text.addresses import ADDRESS
from aligner.types import Finding, Span

_NAMES = {"mail": "mail address", "doi": "DOI", "web": "web address", "trial": "registration number"}


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Compare addresses letter by letter; one that the Chinese leaves out is a note."""
    del context
    if not parsed.pair.en.strip() or not parsed.pair.zh.strip():
        return
    mine, theirs = _addresses(parsed.pair.en), _addresses(parsed.pair.zh)
    for kind, name in _NAMES.items():
        lost = [row for key, row in mine.items() if key[0] == kind and key not in theirs]
        added = [row for key, row in theirs.items() if key[0] == kind and key not in mine]
        for text, span in lost:
            if added:
                other, place = added.pop(0)
                message = f"English has the {name} {text}, Chinese has {other}"
                yield parsed.finding("address", "error", message, (span, place), suggestion=text)
            elif not any(key[0] == kind for key in theirs):
                message = f"The {name} {text} is not in the Chinese"
                yield parsed.finding("address", "info", message, (span, None))


def _addresses(text: str) -> dict[tuple[str, str], tuple[str, Span]]:
    found = {}
    for match in ADDRESS.finditer(text):
        kind = str(match.lastgroup)
        written = match.group().rstrip(".,;:)>")
        bare = re.sub(r"^https?://", "", written.lower()).rstrip("/")
        found[kind, bare] = (written, (match.start(), match.start() + len(written)))
    return found


CHECK = Check(
    check,
    wrong=of_pair("See www.example.org/data for the data.", "数据见www.example.org/date。"),
    right=of_pair("See www.example.org/data for the data.", "数据见https://www.example.org/data。"),
)
