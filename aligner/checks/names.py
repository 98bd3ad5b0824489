"""One medical name for another of its kind: lopinavir rendered by the Chinese for ritonavir.

The names are those of ``languages/zh/medical_glosses.tsv``. A finding needs an English name with none of its
Chinese names, a Chinese name with none of its English ones, and that the two end alike (-vir, -itis).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from aligner import languages
from aligner.checks.parsed import ParsedPair
from aligner.text.han import simplify
from aligner.types import Finding, Span

_NAME = re.compile(r"[a-z]{6,}")
_LONGEST = 12  # characters of a Chinese name
_ENDING = 3  # letters that names of one kind share


@dataclass(frozen=True, slots=True)
class _Names:
    """English names of Chinese ones, and the other way round, in lower case."""

    english: Mapping[str, frozenset[str]]
    chinese: Mapping[str, frozenset[str]]


@cache
def _names() -> _Names:
    english: dict[str, frozenset[str]] = {}
    chinese: dict[str, set[str]] = {}
    for zh, glosses in languages.glosses("zh", "medical_glosses").items():
        known = frozenset(gloss for gloss in map(str.lower, glosses) if _NAME.fullmatch(gloss))
        if known and len(zh) > 1:
            english[zh] = known
            for name in known:
                chinese.setdefault(name, set()).add(zh)
    return _Names(english, {name: frozenset(some) for name, some in chinese.items()})


def exchanged_names(parsed: ParsedPair) -> Iterator[Finding]:
    """Find a medical name that is rendered by the name of another thing of its kind."""
    names, low, zh = _names(), parsed.pair.en.lower(), simplify(parsed.pair.zh)
    if len(zh) != len(parsed.pair.zh) or len(low) != len(parsed.pair.en):
        return
    words = {match.group(): match.span() for match in _NAME.finditer(low)}
    lost = {
        word: span
        for word, span in words.items()
        if word in names.chinese and not any(form in zh for form in names.chinese[word])
    }
    if not lost:
        return
    for place in _places(zh):
        others = names.english[zh[slice(*place)]]
        if any(other[:5] in word for other in others for word in words):
            continue
        for word, span in lost.items():
            if any(other[-_ENDING:] == word[-_ENDING:] for other in others):
                written, is_ = parsed.pair.zh[slice(*place)], sorted(others)[0]
                message = f"English has '{word}', Chinese has {written}, which is {is_}"
                suggestion = sorted(names.chinese[word])[0]
                yield parsed.finding(
                    *("term", "warning", message, (span, place)),
                    category="terminology",
                    suggestion=suggestion,
                )


def _places(zh: str) -> Iterator[Span]:
    """Find the Chinese names with an English one, none inside a longer medical name."""
    known, longer = _names().english, languages.words("zh", "medical_names")
    at = 0
    while at < len(zh):
        ends = (at + length for length in range(min(_LONGEST, len(zh) - at), 1, -1))
        end = next((end for end in ends if zh[at:end] in known or zh[at:end] in longer), at + 1)
        if zh[at:end] in known:
            yield at, end
        at = end
