"""Documents made harder: sentence boundaries moved, clauses left out or in another order.

Nothing is encoded again. What a perturbation means for the gold follows from the blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from aligner.alignment.clauses import Bools
from aligner.alignment.training.documents import UNMATCHED, Document, DocumentSide
from aligner.encoders.text import Ints

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
LONG, VERY_LONG = 150, 500  # English clauses of documents that are perturbed less often
MAX_RUN_ON = 8

Random = np.random.Generator
Perturbation = Callable[[Document, Random], Document]


def perturbed(document: Document, random: Random) -> Iterator[Document]:
    """Yield the document, then what can be made of it."""
    yield document
    changes = SHORT_CHANGES if len(document.en) < LONG else LONG_CHANGES
    for change in changes[:: 1 if len(document.en) < VERY_LONG else 2]:
        made = document
        for step in change:
            made = step(made, random)
        yield made


def _changed(document: Document, sides: list[DocumentSide]) -> Document:
    """Return the document with these sides; what lost its block's other side is unmatched."""
    if not all(len(side) for side in sides):
        return document
    both = np.intersect1d(sides[0].block, sides[1].block)
    en, zh = (
        replace(side, block=np.where((side.block < 0) | np.isin(side.block, both), side.block, UNMATCHED))
        for side in sides
    )
    return Document(en, zh)


def _boundaries(document: Document, side: int, boundary: Ints) -> Document:
    """Return the document with other sentence boundaries on one side."""
    sides = list(document.sides())
    sides[side] = sides[side].select(np.arange(len(boundary)), boundary, sides[side].block)
    return _changed(document, sides)


def _without(document: Document, side: int, gone: Bools) -> Document:
    """Leave out clauses of one side; a sentence that loses its first begins with its next."""
    sides = list(document.sides())
    own = sides[side]
    kept = np.flatnonzero(~gone)
    if not len(kept):
        return document
    sentence = own.clauses.sentence[kept]
    begins = np.concatenate([[1], np.diff(sentence) > 0]).astype(np.int64)
    boundary = np.zeros(len(own), dtype=np.int64)
    boundary[kept] = begins
    sides[side] = own.select(kept, boundary, own.block)
    return _changed(document, sides)


def cut(document: Document, random: Random) -> Document:
    """Leave out a fifth to two fifths of one side, at its start, in the middle or at its end."""
    side = int(random.integers(2))
    sentence = document.sides()[side].clauses.sentence
    count = int(sentence[-1]) + 1
    size = max(1, round(count * random.uniform(0.2, 0.4)))
    first = int(random.choice([0, (count - size) // 2, count - size]))
    gone = (sentence >= first) & (sentence < first + size)
    return _without(document, side, gone)


def drop_sentences(document: Document, random: Random, rate: float = 0.08) -> Document:
    """Leave out up to three neighbouring sentences here and there."""
    for side in (0, 1):
        sentence = document.sides()[side].clauses.sentence
        starts = np.flatnonzero(random.random(int(sentence[-1]) + 1) < rate / 2)
        gone = np.zeros(len(sentence), dtype=np.bool_)
        for start in starts.tolist():
            gone |= (sentence >= start) & (sentence < start + int(random.integers(1, 4)))
        document = _without(document, side, gone)
    return document


def drop_clauses(document: Document, random: Random, rate: float = 0.05) -> Document:
    """Leave out one side of a block here and there: a detail that one language alone has."""
    for side in (0, 1):
        block = document.sides()[side].block
        count = int(block.max(initial=0)) + 1
        gone = np.isin(block, np.flatnonzero(random.random(count) < rate / 2))
        document = _without(document, side, gone)
    return document


def run_on(document: Document, random: Random, side: int) -> Document:
    """Join one to ``MAX_RUN_ON`` sentences of one side, throughout."""
    boundary = document.sides()[side].begins.copy()
    begins = np.flatnonzero(boundary)
    longest = int(random.integers(2, MAX_RUN_ON + 1))
    start = 0
    while start < len(begins):
        size = int(random.integers(1, longest + 1))
        boundary[begins[start + 1 : start + size]] = 0
        start += size
    return _boundaries(document, side, boundary)


def run_on_zh(document: Document, random: Random) -> Document:
    """Join Chinese sentences, as journals write them."""
    return run_on(document, random, 1)


def run_on_en(document: Document, random: Random) -> Document:
    """Join English sentences."""
    return run_on(document, random, 0)


def merge(document: Document, random: Random) -> Document:
    """Join neighbours here and there, on either side."""
    for side in (0, 1):
        boundary = document.sides()[side].begins.copy()
        joined = random.random(len(boundary)) < random.uniform(0.0, 0.25)
        joined[0] = False
        boundary[joined] = 0
        document = _boundaries(document, side, boundary)
    return document


def split(document: Document, random: Random, rate: float = 0.12) -> Document:
    """End sentences at clauses here and there."""
    for side in (0, 1):
        boundary = document.sides()[side].begins.copy()
        boundary[random.random(len(boundary)) < rate] = 1
        document = _boundaries(document, side, boundary)
    return document


def shift(document: Document, random: Random, rate: float = 0.08) -> Document:
    """Move sentence boundaries by a clause here and there: lines that straddle two sentences."""
    for side in (0, 1):
        boundary = document.sides()[side].begins.copy()
        for place in np.flatnonzero(boundary)[1:].tolist():
            to = place + (1 if random.random() < 0.5 else -1)
            if random.random() < rate and 0 < to < len(boundary) and not boundary[to]:
                boundary[place], boundary[to] = 0, 1
        document = _boundaries(document, side, boundary)
    return document


def swap(document: Document, random: Random, rate: float = 0.12) -> Document:
    """Let neighbouring blocks of one side trade places, up to three with up to two; they become one."""
    side = int(random.integers(2))
    sides = list(document.sides())
    own, other = sides[side], sides[1 - side]
    order, block, other_block = np.arange(len(own)), own.block.copy(), other.block.copy()
    boundary = own.begins.copy()
    one, last = 0, int(block.max(initial=-1))
    while one < last:
        sizes = int(random.choice([1, 1, 1, 2, 3])), int(random.choice([1, 1, 2]))
        numbers = np.arange(one, one + sum(sizes))
        places = [np.flatnonzero(np.isin(own.block, part)) for part in np.split(numbers, [sizes[0]])]
        one += 1
        if random.random() >= rate or not all(len(place) for place in places):
            continue
        first, middle, stop = int(places[0][0]), int(places[1][0]), int(places[1][-1]) + 1
        if stop - first != len(places[0]) + len(places[1]):
            continue
        order[first:stop] = np.concatenate(places[::-1])
        if own.clauses.boundary[[first, middle, stop]].all():  # whole sentences
            boundary[first:stop] = own.begins[order[first:stop]]
        block[np.isin(block, numbers)] = numbers[0]
        other_block[np.isin(other_block, numbers)] = numbers[0]
        one = int(numbers[-1]) + 1
    sides[side] = DocumentSide(own.clauses.select(order, np.cumsum(boundary) - 1), block[order])
    sides[1 - side] = replace(other, block=other_block)
    return _changed(document, sides)


def slip(document: Document, random: Random, rate: float = 0.08) -> Document:
    """Spoil a number here and there: what translates each other still does."""
    sides = []
    for side in document.sides():
        texts = list(side.clauses.texts)
        for k in np.flatnonzero(random.random(len(texts)) < rate).tolist():
            found = list(NUMBER.finditer(texts[k]))
            if found:
                one = found[int(random.integers(len(found)))]
                wrong = str(int(random.integers(2, 99)))
                texts[k] = texts[k][: one.start()] + wrong + texts[k][one.end() :]
        sides.append(replace(side, clauses=replace(side.clauses, texts=tuple(texts))))
    return Document(*sides)


SHORT_CHANGES: tuple[tuple[Perturbation, ...], ...] = (
    (cut,),
    (cut, merge),
    (run_on_zh,),
    (run_on_en,),
    (merge, drop_sentences),
    (drop_sentences, drop_clauses, run_on_zh),
    (split, drop_sentences, shift),
    (swap, shift, slip),
    (swap, drop_clauses, merge),
)
LONG_CHANGES: tuple[tuple[Perturbation, ...], ...] = (
    (cut, slip),
    (drop_sentences, drop_clauses, merge),
    (run_on_zh, drop_clauses),
    (split, shift, swap),
)
