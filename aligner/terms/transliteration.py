"""How alike an English name and a Chinese string sound: apixaban and 阿哌沙班, Kaposi and 卡波西.

Both are turned into a few classes of sounds, the Chinese by the pinyin of CC-CEDICT, and aligned by a
weighted edit distance (Wagner & Fischer 1974): vowels count little, since renderings keep consonants.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby

from aligner import languages
from aligner.text import background
from aligner.types import Language

RARE = 3.3  # commonness (Zipf scale) from which on a word is hardly a name
MIN_WORD_LETTERS = 4  # letters of a word that is rendered by its sound
MAX_RENDERING_CHARACTERS = 7  # characters of a rendering
ALIKE = 0.66  # likeness from which on a rendering is believed; 阿哌沙班 and enoxaparin have 0.62
ALIKE_SHORT = 0.8  # the same for two characters

VOWELS = frozenset("aeio")
VOWEL = 0.35  # what a vowel without a counterpart costs; a consonant costs 1
_ALIKE = {
    frozenset(pair): cost
    for pair, cost in {
        "SC": 0.3, "FW": 0.3, "KH": 0.5, "NM": 0.5, "CT": 0.6, "FP": 0.6, "CK": 0.7,
        "ae": 0.3, "ei": 0.3, "ao": 0.3, "oe": 0.4, "ai": 0.35, "io": 0.35,
    }.items()
}  # fmt: skip


@cache
def _spellings(language: Language) -> dict[str, str]:
    return {
        spelling: sound for sound, some in languages.groups(language, "sounds").items() for spelling in some
    }


@lru_cache(maxsize=20_000)
def english(word: str) -> str:
    """Return the sounds of a word in lower case, each once in a row; letters without a spelling are mute."""
    spellings, sounds, place = _spellings("en"), "", 0
    word = word.removesuffix("'s").removesuffix("’s")
    while place < len(word):
        for length in (3, 2, 1):
            if sound := spellings.get(word[place : place + length]):
                sounds += sound
                break
        place += length
    return "".join(sound for sound, _ in groupby(sounds))


@lru_cache(maxsize=20_000)
def chinese(text: str) -> str:
    """Return the sounds of Simplified characters, each by its first reading."""
    return "".join(map(_syllable, text))


@cache
def _syllable(character: str) -> str:
    reading = background.reading(character)
    spellings = _spellings("zh")
    initial = next((reading[:k] for k in (2, 1) if reading[:k] in spellings), "")
    consonant = spellings.get(initial, "")
    if consonant in VOWELS:
        initial = consonant = ""
    final = reading[len(initial) :]
    vowel = spellings.get(final[:1], "")
    return consonant + vowel + ("N" if final.endswith(("n", "ng")) else "L" if final == "er" else "")


@lru_cache(maxsize=100_000)
def likeness(word: str, text: str) -> float:
    """Return how alike an English word in lower case and a Chinese text sound, from 0 to 1."""
    a, b = english(word), chinese(text)
    if len(a) < 3 or len(b) < 3:
        return 0.0
    last = [0.0]
    for sound in b:
        last.append(last[-1] + _cost(sound))
    whole = last[-1] + sum(map(_cost, a))
    for one in a:
        row, alone = [last[0] + _cost(one)], _cost(one)
        for j, other in enumerate(b):
            change = 0.0 if one == other else _ALIKE.get(frozenset((one, other)), 2.0)
            row.append(min(last[j] + change, last[j + 1] + alone, row[j] + _cost(other)))
        last = row
    return 1 - last[-1] / whole


def _cost(sound: str) -> float:
    return VOWEL if sound in VOWELS else 1.0


def renderings(words: Sequence[str], characters: Sequence[str]) -> Iterator[tuple[int, int, int, float]]:
    """Yield which English word some Chinese characters render by sound: its number, their bounds, likeness.

    Of renderings that overlap only the most alike is yielded; each stands for every place of its word.

    Args:
        words: of an English text, in lower case.
        characters: tokens of a Chinese text, Simplified; one that is not used in names ends a name.
    """
    names = languages.words("zh", "name_characters")
    sounds = [chinese(c) if c in names else "" for c in characters]
    found = []
    for number, word in enumerate(words):
        if len(word) < MIN_WORD_LETTERS or not word[0].isalpha() or background.zipf(word, "en") >= RARE:
            continue
        said = english(word)
        for start, first in enumerate(sounds):
            if not first or not _begin_alike(said, first):
                continue
            for end in range(start + 1, min(start + MAX_RENDERING_CHARACTERS, len(sounds)) + 1):
                if not sounds[end - 1]:
                    break
                value = likeness(word, "".join(characters[start:end])) if end - start > 1 else 0.0
                if value >= (ALIKE if end - start > 2 else ALIKE_SHORT):
                    found.append((value, start, end, number))
    taken: dict[tuple[int, int], str] = {}
    for value, start, end, number in sorted(found, key=lambda one: (-one[0], one[1:])):
        free = all(end <= a or b <= start for a, b in taken)
        if free or taken.get((start, end)) == words[number]:
            taken[start, end] = words[number]
            yield number, start, end, value


def _begin_alike(one: str, other: str) -> bool:
    """Whether the first sounds may stand for one another."""
    a, b = one[:1], other[:1]
    return (
        a == b or frozenset((a, b)) in _ALIKE or (a in VOWELS and b in "HYW") or (b in VOWELS and a in "HYW")
    )
