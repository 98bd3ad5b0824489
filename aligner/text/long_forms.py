"""Which long form a short form stands for: the letters of the one in the words of the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from unicodedata import normalize

import regex
from regex import Match

from aligner.text.lemma import singular
from aligner.types import Span

FARTHEST = 200
"""Characters before a short form in which its long form is looked for."""

QUOTES = "\"“”'‘’ "

_SHORT = regex.compile(
    r"(?!(?:Fig|Table|Tab|No|Eq)[.\d])(?=.{2,12}$)(?=.*\p{L})[\p{Latin}\p{Greek}\d]+(?:[-/.+]?[\p{Latin}\p{Greek}\d]+"
    r"|[(（\[][\p{Latin}\d\-–]{1,5}[)）\]])*[+*]?"
)
_WORD = regex.compile(r"[^\s\-‐‑–/()（）\[\],，]+")
_ASIDE = regex.compile(r"\s[(（\[［]|[（）［］]")  # poly(methyl methacrylate) holds none
_SENTENCE_END = regex.compile(r"[.;:!?。；：！？]\s")
_PIECE = regex.compile(r"\d+(?:\.\d+)*|\p{L}")
_LOCANT = regex.compile(r"(?:\d+(?:,\d+)*|\p{L})['’]?[-‐–](?=\p{L}{3})")
_LOCANT_BEHIND = regex.compile(r"(?<![\p{L}\d\-‐–])(?:\d+(?:,\d+)*|\p{L})['’]?[-‐–]$")
_NUMBER_WORDS = {
    "1": ("mono", "uni", "one", "first"),
    "2": ("bi", "di", "two", "second", "double"),
    "3": ("tri", "three", "third"),
    "4": ("quadri", "tetra", "four"),
    "5": ("penta", "five", "fifth"),
    "6": ("hexa", "six"),
}
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v"}
_FUNCTION_WORDS = frozenset(
    "a an and as at by for from in into of on or per the to versus via vs with without".split()  # noqa: SIM905
)
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "ω": "omega"}

# Score of a letter by where it stands in the long form, and of a word that gives none. Set by hand on
# constructed definitions; other values in this order choose alike.
_INITIAL, _INNER, _INSIDE, _DIGIT_MISSING = 1.0, 0.4, -0.2, -0.3
_SKIPPED, _SKIPPED_SMALL = -0.9, -0.1
_NEVER = float("-inf")


def is_short_form(text: str) -> bool:
    """Tell whether a text has the shape of a short form: 2 to 12 letters and digits, no blank."""
    return _SHORT.fullmatch(text) is not None


def abbreviates(short: str, long: str) -> bool:
    """Tell whether a short form can stand for a long form.

    Example:
        >>> abbreviates("HER2", "human epidermal growth factor receptor 2"), abbreviates("AGE", "patient age")
        (True, False)
    """
    return fit(short, long) > _NEVER


@lru_cache(maxsize=1 << 14)
def fit(short: str, long: str) -> float:
    """Score a whole long form for a short form, 1 where each word gives its first letter and no other.

    The letters of the short form must stand in the long form in order, the first at its start. A short
    form without capitals is held to more: each letter begins a word, and each word gives one. A locant
    (N-acyl) may give none. A number at its end may be missing from the long form (IIV3, inactivated influenza
    vaccine), any may be a word (tri-).

    Returns:
        The mean score of a letter, at most 1; minus infinity where the short form cannot stand for it.
    """
    bare = singular(short)
    letters = _letters(bare)
    words = list(_WORD.finditer(long))
    if not words or len(long) <= len(short) or not any(map(str.isalpha, letters)):
        return _NEVER
    if any(word.strip(QUOTES).lower() == bare.lower() for word in long.split()):
        return _NEVER
    strict = bare.islower() and bare.isalpha()
    forms = [
        (normalize("NFKC", word[0]).lower(), word.start() > 0 and long[word.start() - 1] in "-‐‑–/")
        for word in words
    ]
    score = _score(letters, forms, strict=strict) / len(letters)
    locant = _LOCANT.match(long)
    return max(score, fit(short, long[locant.end() :])) if locant else score


def best_long_form(short: str, before: str) -> Span | None:
    """Return the span of the end of ``before`` that fits a short form best; of equals, the shortest.

    At most ``min(n + 5, 2 n)`` words for ``n`` letters (Park & Byrd 2001, as Schwartz & Hearst have it); of,
    the and their like do not count.
    """
    end = len(before.rstrip())
    least = max(0, end - FARTHEST)
    for stop in _SENTENCE_END.finditer(before, least, end):
        least = stop.end()
    n = sum(map(str.isalnum, short))
    best, found = 0.0, None
    every = list(_WORD.finditer(before, least, end))
    words = [word for word in every if word[0].lower() not in _FUNCTION_WORDS][-min(n + 5, 2 * n) :]
    small = (w for w in every if w[0].istitle() and w[0].lower() in _FUNCTION_WORDS and w[0][0] == short[0])
    words += small  # The Cancer Genome Atlas, TCGA
    for word in sorted(words, key=Match.start, reverse=True):
        long = before[word.start() : end]
        if _ASIDE.search(long) or long.count("(") != long.count(")"):
            continue
        score = fit(short, long)
        if score > best:
            best, found = score, (word.start(), end)
    if found and (locant := _LOCANT_BEHIND.search(before, least, found[0])):
        return locant.start(), end
    return found


def _letters(short: str) -> tuple[str, ...]:
    """Return the letters and whole numbers that a long form has to give, in lower case."""
    outer = regex.sub(r"[(（\[].*?[)）\]]", "", short)
    return tuple(
        _GREEK.get(piece, piece)[: None if piece[0].isdigit() else 1]
        for piece in _PIECE.findall(outer.lower())
    )


def _score(letters: tuple[str, ...], words: list[tuple[str, bool]], *, strict: bool) -> float:
    """Return the best score of letters placed in order in words; the first at the start of the first word.

    Args:
        letters: of the short form.
        words: of the long form, each with whether a hyphen or slash ties it to the one before.
        strict: each letter must begin a word, and each word but a small one give a letter.
    """
    best = [0.0] + [_NEVER] * len(letters)  # of the first k letters placed in the words so far
    for number, (word, tied) in enumerate(words):
        small = word in _FUNCTION_WORDS or tied
        unused = _NEVER if not number or (strict and not small) else _SKIPPED_SMALL if small else _SKIPPED
        following = [value + unused for value in best]
        for k, value in enumerate(best[:-1]):
            for taken, gain in _taken(letters[k:], word, number, strict=strict) if value > _NEVER else ():
                following[k + taken] = max(following[k + taken], value + gain)
        if len(letters) > 1 and letters[-1][0].isdigit():
            following[-1] = max(following[-1], following[-2] + _DIGIT_MISSING)
        best = following
    return best[-1]


def _taken(letters: tuple[str, ...], word: str, number: int, *, strict: bool) -> Iterator[tuple[int, float]]:
    """Yield how many of the next letters a word may give, and the score.

    Any word but the first (number 0) may give one letter that is not its own first.
    """
    first, start = letters[0], _GREEK.get(word[0], word[0])[0]
    named = word.startswith((first, *_NUMBER_WORDS.get(first, ()))) or word == _ROMAN.get(first)
    if start != first and not named:
        if number and not strict and first.isalpha() and first in word:  # alanine aminotransferase, ALT
            yield 1, _INSIDE
        return
    yield 1, _INITIAL
    place = 0
    for taken, letter in enumerate(letters[1:] if not strict else (), 1):
        place = word.find(letter, place + 1)
        if place < 0:
            return
        yield taken + 1, _INITIAL + taken * _INNER
