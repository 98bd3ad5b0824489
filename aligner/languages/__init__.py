"""Languages: what is data and not code, a folder a language, with the same file names in each.

``NAME.txt`` holds one entry a line; ``NAME.tsv`` holds groups: a name, a tab, entries parted by blanks.
Lines that begin with ``#`` are remarks.
"""

from functools import cache
from importlib.resources import files

from aligner.types import Language


@cache
def words(language: Language, name: str) -> frozenset[str]:
    """Return the entries of ``name.txt``."""
    return frozenset(_lines(language, f"{name}.txt"))


@cache
def glosses(language: Language, name: str) -> dict[str, tuple[str, ...]]:
    """Return the rows of ``name.tsv`` whose second column holds phrases parted by ``; ``."""
    rows = (line.partition("\t") for line in _lines(language, f"{name}.tsv"))
    return {word: tuple(phrases.split("; ")) for word, _, phrases in rows}


@cache
def groups(language: Language, name: str) -> dict[str, frozenset[str]]:
    """Return the groups of ``name.tsv``; a group may stand on several lines."""
    found: dict[str, frozenset[str]] = {}
    for line in _lines(language, f"{name}.tsv"):
        group, _, entries = line.partition("\t")
        found[group] = found.get(group, frozenset()) | frozenset(entries.split())
    return found


def _lines(language: Language, file: str) -> list[str]:
    text = (files(__name__) / language / file).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
