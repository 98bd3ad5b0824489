"""What an edit cuts out of the English of a correct pair, so that the Chinese says more."""

import random
import re
from itertools import pairwise

from aligner.types import Pair

_CLAUSE_END = re.compile(r"[,;:.](?=\s|$)")
_ITEM = re.compile(r"(?<=, )(?!and |or )[^,;.()]{3,30}, (?=[^,;.()]{2,40}(?:,| and | or ))")
_LAST = re.compile(r"(?<=[a-z)]),? (?:and|or) [A-Za-z -]{3,30}(?=[,.;])")
_BRACKET = re.compile(r" ?\([^()]{4,80}\)")
_ADJUNCT = re.compile(
    r" (?:during|after|before|in|for|with|by|from|at|among|through|between|within|without|under|of|using)"
    r" (?:[A-Za-z0-9-]+ ){0,5}?[A-Za-z-]{3,}(?=[,.;]|"
    r" (?:and|or|of|in|for|with|by|from|at|to|during|after|was|were|is|are|has|have|had|that|which)\b)"
)
_NAME = re.compile(r" ?(?<![A-Za-z0-9/-])[A-Za-z][A-Za-z0-9/-]*[A-Z0-9][A-Za-z0-9/-]*(?![A-Za-z0-9])")
_LEAST_CLAUSE = 25  # characters


def english_clause_cut(pair: Pair, rng: random.Random) -> str | None:
    """Cut a clause."""
    ends = [match.end() for match in _CLAUSE_END.finditer(pair.en)]
    bounds = [0, *ends] if ends and ends[-1] == len(pair.en) else [0, *ends, len(pair.en)]
    spans = [(a, b) for a, b in pairwise(bounds) if b - a >= _LEAST_CLAUSE]
    if len(spans) < 2:
        return None
    start, end = rng.choice(spans)
    text = (pair.en[:start] + pair.en[end:]).strip(" ,;:")
    return text if text.endswith(".") else f"{text}."


def english_item_cut(pair: Pair, rng: random.Random) -> str | None:
    """Cut a list item in the middle of its list."""
    return _cut(pair.en, list(_ITEM.finditer(pair.en)), rng)


def english_last_item_cut(pair: Pair, rng: random.Random) -> str | None:
    """Cut the last item of a list."""
    found = [match for match in _LAST.finditer(pair.en) if "," in pair.en[: match.start()]]
    return _cut(pair.en, found, rng)


def english_bracket_cut(pair: Pair, rng: random.Random) -> str | None:
    """Cut a bracket with what is in it."""
    return _cut(pair.en, list(_BRACKET.finditer(pair.en)), rng)


def english_adjunct_cut(pair: Pair, rng: random.Random) -> str | None:
    """Cut a preposition with what it governs."""
    return _cut(pair.en, list(_ADJUNCT.finditer(pair.en)), rng)


def english_name_cut(pair: Pair, rng: random.Random) -> str | None:
    """Cut a short form or a name that the Chinese has too."""
    return _cut(
        pair.en, [match for match in _NAME.finditer(pair.en) if match.group().strip() in pair.zh], rng
    )


def _cut(text: str, found: list[re.Match[str]], rng: random.Random) -> str | None:
    if not found:
        return None
    match = rng.choice(found)
    return text[: match.start()] + text[match.end() :]
