"""Training documents made from others by cutting and joining encoded sentences: nothing is encoded again.

A document is its encoded sentences on either side and its gold beads. What has no place in a gold bead is
not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.alignment.documents import Document, Random, parted
from aligner.alignment.regrouping import numbers_of, part_left, renumber
from aligner.alignment.stir import moved, slipped
from aligner.encoders import EncodedText

CUT = 0.3
ROUNDS = (2, 1)  # of random changes, for short and for long documents
SHORT = 60


def variants(document: Document, random: Random) -> Iterator[Document]:
    """Yield the document, then what can be made of it."""
    yield document
    for side in (0, 1):
        for place in (0.0, 0.5, 1.0):
            yield without_part(document, side, place)
    for _ in range(ROUNDS[len(document.en) >= SHORT]):
        yield without_some(document, random)
        yield joined(document, random)
        yield split(document, random)
        yield moved(document, random)
        yield slipped(document, random)
        yield without_some(
            moved(split(document, random, rate=0.1), random, rate=0.03),
            random,
            rate=0.05,
        )


def without_part(document: Document, side: int, place: float) -> Document:
    """Leave out ``CUT`` of one side, at its start (0), middle (0.5) or end (1); beads stay whole."""
    counts = len(document.en), len(document.zh)
    left = set(part_left(document.beads, counts, side, share=CUT, place=place))
    gone = set(range(counts[side])) - left
    return _without(document, *((gone, set()) if side == 0 else (set(), gone)))


def without_some(document: Document, random: Random, rate: float = 0.08) -> Document:
    """Leave out one side of up to three neighbouring beads, here and there."""
    gone: tuple[set[int], set[int]] = set(), set()
    start = 0
    while start < len(document.beads):
        if random.random() < rate:
            size, side = int(random.integers(1, 4)), int(random.random() < 0.5)
            for bead in document.beads[start : start + size]:
                gone[side].update(bead[side])
            start += size
        start += 1
    return _without(document, *gone)


def _without(document: Document, en_gone: set[int], zh_gone: set[int]) -> Document:
    en = [i for i in range(len(document.en)) if i not in en_gone]
    zh = [j for j in range(len(document.zh)) if j not in zh_gone]
    if not en or not zh:
        return document
    en_new = {old: [new] for new, old in enumerate(en)}
    zh_new = {old: [new] for new, old in enumerate(zh)}
    return Document(
        [document.en[i] for i in en],
        [document.zh[j] for j in zh],
        renumber(document.beads, en_new, zh_new),
    )


def joined(document: Document, random: Random, rate: float = 0.12) -> Document:
    """Set neighbouring sentences of either side together; beads that then share one become one."""
    which = random.random()
    en_groups = _groups(len(document.en), random, rate if which < 0.67 else 0.0)
    zh_groups = _groups(len(document.zh), random, rate if which > 0.33 else 0.0)
    return Document(
        [EncodedText.join([document.en[i] for i in group], " ") for group in en_groups],
        [EncodedText.join([document.zh[j] for j in group], "") for group in zh_groups],
        renumber(document.beads, numbers_of(en_groups), numbers_of(zh_groups)),
    )


def _groups(count: int, random: Random, rate: float) -> list[list[int]]:
    groups, start = [], 0
    while start < count:
        size = 1
        while size < 3 and start + size < count and random.random() < rate:
            size += 1
        groups.append(list(range(start, start + size)))
        start += size
    return groups


def split(document: Document, random: Random, rate: float = 0.15) -> Document:
    """Part sentences of either side at a clause; their beads grow."""
    which = random.random()
    en, en_new = _parted(document.en, random, rate if which < 0.67 else 0.0)
    zh, zh_new = _parted(document.zh, random, rate if which > 0.33 else 0.0)
    return Document(en, zh, renumber(document.beads, en_new, zh_new))


def _parted(
    texts: Sequence[EncodedText], random: Random, rate: float
) -> tuple[list[EncodedText], dict[int, list[int]]]:
    result: list[EncodedText] = []
    new: dict[int, list[int]] = {}
    for number, text in enumerate(texts):
        halves = parted(text, random, 0.0) if random.random() < rate else None
        new[number] = list(range(len(result), len(result) + (2 if halves else 1)))
        result += halves or [text]
    return result, new
