"""English words in the singular, and in one spelling; medical Latin and Greek among them.

What no rule gives stands in ``languages/en/plurals.tsv``: irregular plurals, endings (-cocci, -omata), and
words that only look like plurals (diabetes, biceps, Streptococcus pneumoniae).
"""

import re
from functools import cache, lru_cache

from aligner.languages import glosses

_ADDED = (  # the ending a plural has, and what it has in the singular; the first that fits
    ("'s", "'s"),
    ("’s", "’s"),
    ("ss", "ss"),
    ("us", "us"),
    ("is", "is"),
    ("ae", "a"),
    ("ooses", "oose"),
    ("eeses", "eese"),
    ("auses", "ause"),
    ("ouses", "ouse"),
    ("uses", "us"),
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
    ("tzes", "tz"),
    ("zzes", "zz"),
    ("oes", "o"),
    ("ies", "y"),
    ("s", ""),
)
_ENDINGS = {ending[-1] for ending, _ in _ADDED}
_LONGEST_ENDING = 10  # of a row of plurals.tsv
_SHORTEST = 4  # letters of a plural by rule; ties and lies keep their e
_MANY_SHORT = re.compile(r"(.*[A-Z0-9])s")  # CTs, OVCFs
_NAMES = re.compile(r"[A-Z][a-z]+(?:[-\u2013][A-Z][a-z]+)+")  # Navier-Stokes
_PREPOSITION = re.compile(r" (?:of|in|for|with|without|to|by|from|on|at|after|before|during|under|per)\b")
_COORDINATION = re.compile(r" (?:and|or) |, ")
_SPELLINGS = (  # British first, American second
    (re.compile(r"(?<=\w)is(?=(?:e|ed|es|er|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=\w)yse(?=d?$)"), "yze"),
    (re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|able$|al$)"), "or"),
    (re.compile(r"(?<=\w)tre$"), "ter"),
    (re.compile(r"ae|oe|\u00e6|\u0153"), "e"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=\w{3}ic)al$"), ""),  # neurologic, neurological
    (re.compile(r"sulph"), "sulf"),
)
# Latin names of plural form in the singular: their last word is an adjective
_NO_PLURALS = ("otitis media", "tunica media", "arteria media")


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """Return an English noun in the singular; any other word, and a singular, as it is.

    Case is kept, a short form loses its s (OVCFs), one that ends in a capital is never a plural (AIDS, iNOS),
    nor are names joined by a hyphen (Navier-Stokes). Of any other word with hyphens the last part counts.

    Example:
        >>> [singular(word) for word in ("diseases", "Metastases", "vertebrae", "CTs", "iNOS")]
        ['disease', 'Metastasis', 'vertebra', 'CT', 'iNOS']
    """
    if word[-1:] == "s" and (short := _MANY_SHORT.fullmatch(word)):
        return short[1]
    if word.isupper() or word.endswith("S") or _NAMES.fullmatch(word):
        return word
    start = word.rfind("-") + 1
    plural = word[start:].lower()
    one = _singular(plural)
    if one == plural:
        return word
    kept = next((n for n, (a, b) in enumerate(zip(one, plural, strict=False)) if a != b), len(one))
    return word[: start + min(kept, len(one))] + one[kept:]


def singular_term(term: str) -> str:
    """Return a term as a dictionary lists it: its head in the singular.

    The head is the last word, or the one before a preposition. A coordination stays as it is.

    Example:
        >>> singular_term("vertebral bodies"), singular_term("fractures of the ribs")
        ('vertebral body', 'fracture of the ribs')
    """
    if _COORDINATION.search(term) or term.lower().endswith(_NO_PLURALS):
        return term
    preposition = _PREPOSITION.search(term)
    end = preposition.start() if preposition else len(term)
    start = max(term.rfind(" ", 0, end), term.rfind("/", 0, end)) + 1
    return term[:start] + singular(term[start:end]) + term[end:]


@lru_cache(maxsize=1 << 16)
def american(word: str) -> str:
    """Write a lower-case English word in American spelling, only to compare it with others.

    Example:
        >>> american("oedema"), american("randomised"), american("neurological")
        ('edema', 'randomized', 'neurologic')
    """
    for british, spelling in _SPELLINGS:
        word = british.sub(spelling, word)
    return word


def lemma(word: str) -> str:
    """Return what the forms of an English noun share, to compare: singular, lower case, American."""
    return american(singular(word).lower())


def _singular(word: str) -> str:
    if (known := _plurals().get(word)) is not None:
        return known
    if len(word) < _SHORTEST:
        return word
    for length in range(min(len(word), _LONGEST_ENDING), 3, -1):
        if (ending := _endings().get(word[-length:])) is not None:
            return word[:-length] + ending
    if word[-1] not in _ENDINGS:
        return word
    for plural, one in _ADDED:
        if word.endswith(plural):
            if (plural == "ies" and len(word) == _SHORTEST) or (plural == "ae" and len(word) == _SHORTEST):
                return word[:-1]
            return word[: len(word) - len(plural)] + one
    return word


@cache
def _plurals() -> dict[str, str]:
    return {plural: one for plural, (one,) in glosses("en", "plurals").items() if plural[0] != "-"}


@cache
def _endings() -> dict[str, str]:
    return {plural[1:]: one[1:] for plural, (one,) in glosses("en", "plurals").items() if plural[0] == "-"}
