"""English words of medical writing, and parts of words, with what Chinese has for them: -itis is 炎.

They are written down in ``word_parts.tsv``, what dictionaries have not and any medical translator knows.
"""

from __future__ import annotations

from functools import cache, lru_cache

from aligner import languages
from aligner.text.lemma import singular

LEAST_REST = 3  # letters of a word beside a part of it


@cache
def _parts() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return what Chinese has for beginnings and for endings, each without its hyphen."""
    listed = languages.groups("en", "word_parts")
    beginnings = {part[:-1]: some for part, some in listed.items() if part.endswith("-")}
    endings = {part[1:]: some for part, some in listed.items() if part.startswith("-")}
    return beginnings, endings


@lru_cache(maxsize=100_000)
def renderings(word: str) -> frozenset[str]:
    """Return what Chinese may have for a word in lower case, or else for its longest known parts."""
    forms = word, singular(word)
    listed = languages.groups("en", "word_parts")
    whole = next((listed[form] for form in forms if form in listed), None)
    if whole is not None:
        return whole
    beginnings, endings = _parts()
    lengths = range(len(word) - LEAST_REST, 0, -1)
    first = next((beginnings[word[:k]] for k in lengths if word[:k] in beginnings), frozenset())
    last = [next((endings[f[-k:]] for k in lengths if f[-k:] in endings), frozenset()) for f in forms]
    return first.union(*last)
