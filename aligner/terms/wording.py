"""English glosses of Chinese words: of dictionaries, and of ``wording.tsv``, what they lack.

That is the wording of study design, statistics and care, and of medicine in Taiwan, written down by hand.
"""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from aligner import languages
from aligner.text import background

_WORD = regex.compile(r"[a-z]+")


@cache
def glossed_words() -> frozenset[str]:
    """Return the Simplified Chinese words that have a gloss."""
    return background.glossed_words() | languages.glosses("zh", "wording").keys()


def glosses(word: str) -> tuple[str, ...]:
    """Return the English glosses of a Simplified Chinese word, in lower case."""
    return (*background.glosses(word), *languages.glosses("zh", "wording").get(word, ()))


@lru_cache(maxsize=50_000)
def gloss_words(word: str) -> frozenset[str]:
    """Return the English words that occur in the glosses of a Chinese word."""
    return frozenset(match for gloss in glosses(word) for match in _WORD.findall(gloss))
