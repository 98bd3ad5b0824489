"""Training documents whose neighbouring sentences trade places, clauses or numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import partial

from aligner.alignment.documents import Document, Ids, Random, parted
from aligner.encoders import EncodedText

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
ALIKE = 0.6


def moved(document: Document, random: Random, rate: float = 0.05) -> Document:
    """Swap neighbours, or hand a clause to the neighbour, within two beads 1-1: they become one 2-2."""
    sides = [list(document.en), list(document.zh)]
    beads: list[Ids] = []
    start = 0
    while start < len(document.beads):
        pair = document.beads[start : start + 2]
        if random.random() < rate and _neighbours(pair):
            side = int(random.random() < 0.5)
            if _stirred(sides[side], pair[0][side][0], random, " " if side == 0 else ""):
                beads.append((pair[0][0] + pair[1][0], pair[0][1] + pair[1][1]))
                start += 2
                continue
        beads.append(document.beads[start])
        start += 1
    return Document(sides[0], sides[1], beads)


def _neighbours(pair: Sequence[Ids]) -> bool:
    return (
        len(pair) == 2
        and all(len(bead[side]) == 1 for bead in pair for side in (0, 1))
        and all(pair[1][side][0] == pair[0][side][0] + 1 for side in (0, 1))
    )


def _stirred(texts: list[EncodedText], i: int, random: Random, separator: str) -> bool:
    """Change sentences ``i`` and ``i + 1`` in place; False where no clause can be moved."""
    if random.random() < 0.5:
        texts[i], texts[i + 1] = texts[i + 1], texts[i]
        return True
    back = random.random() < 0.5
    halves = parted(texts[i + 1] if back else texts[i], random, 0.25)
    if halves is None:
        return False
    if back:
        texts[i : i + 2] = [
            EncodedText.join([texts[i], halves[0]], separator),
            halves[1],
        ]
    else:
        texts[i : i + 2] = [
            halves[0],
            EncodedText.join([halves[1], texts[i + 1]], separator),
        ]
    return True


def slipped(document: Document, random: Random, rate: float = 0.1) -> Document:
    """Exchange the numbers of neighbours that are otherwise unlike, or spoil one number: pairs stay pairs.

    Only the text changes, which evidence is read from; the vectors stay.
    """
    sides = [list(document.en), list(document.zh)]
    for start in range(len(document.beads) - 1):
        pair = document.beads[start : start + 2]
        if random.random() < rate and _neighbours(pair):
            side = int(random.random() < 0.5)
            texts, i = sides[side], pair[0][side][0]
            if random.random() < 0.5:
                texts[i : i + 2] = _exchanged(texts[i], texts[i + 1])
            elif found := list(NUMBER.finditer(texts[i].text)):
                slip = found[int(random.integers(len(found)))]
                wrong = str(int(random.integers(2, 99)))
                before, after = texts[i].text[: slip.start()], texts[i].text[slip.end() :]
                texts[i] = replace(texts[i], text=before + wrong + after)
    return Document(sides[0], sides[1], document.beads)


def _next(given: Iterator[str], match: re.Match[str]) -> str:
    return next(given, match.group())


def _exchanged(one: EncodedText, two: EncodedText) -> list[EncodedText]:
    """Exchange numbers, first for first and so on, unless nothing else tells the sentences apart."""
    numbers = NUMBER.findall(one.text), NUMBER.findall(two.text)
    count = min(map(len, numbers))
    bare = NUMBER.sub("#", one.text), NUMBER.sub("#", two.text)
    if not count or SequenceMatcher(None, *bare).ratio() > ALIKE:
        return [one, two]
    given = iter(numbers[1][:count]), iter(numbers[0][:count])
    return [
        replace(text, text=NUMBER.sub(partial(_next, new), text.text))
        for text, new in zip((one, two), given, strict=True)
    ]
