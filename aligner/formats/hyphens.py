"""Words that a line end cuts: a hyphen of the word (follow-up) stays, one of the line (leak-age) goes."""

from collections.abc import Container

import regex

_CUT = regex.compile(r"(\p{L}+)-$")
_WORDS = regex.compile(r"\p{L}+(?:-\p{L}+)*")
_BEGINNING = regex.compile(r"\p{Ll}+")
_COMMON, _KNOWN, _WORD = 3.0, 1.0, 3.5
"""Zipf frequencies (wordfreq): leakage 3.2 and followup 2.9 part a common word from a compound that is also
written together; fortytwo and lowdose have 0; a part of 3.5 (forty, low) is a word by itself."""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, those with a hyphen whole, in lower case."""
    return frozenset(word.lower() for word in _WORDS.findall(text))


def is_of_the_line(before: str, after: str, words: Container[str]) -> bool:
    """Tell whether the hyphen that ends a line was only put there to break it, so that it goes.

    Args:
        before: a line.
        after: the next one.
        words: those of the whole text, which may hold the word elsewhere.
    """
    cut, rest = _CUT.search(before), _BEGINNING.match(after)
    if not cut or not rest:
        return False
    first, second = cut[1].lower(), rest[0]
    if f"{first}-{second}" in words:
        return False
    if first + second in words:
        return True
    from wordfreq import zipf_frequency

    frequency = zipf_frequency(first + second, "en")
    are_words = min(zipf_frequency(part, "en") for part in (first, second)) >= _WORD
    return bool(frequency >= (_COMMON if are_words else _KNOWN))
