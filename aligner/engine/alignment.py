"""Align a record: all of it, or what is left around beads that people have fixed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from aligner.encoders import EncodedPair, EncodedText, Encoder
from aligner.engine.sides import RecordSide
from aligner.store import Remembered, Task
from aligner.types import Bead, Pair, Record, Sentence


@dataclass(frozen=True, slots=True)
class AlignedRecord:
    """A record with its sentences and beads.

    Attributes:
        record: what was read.
        en: the English side.
        zh: the Chinese side.
        beads: in order; every sentence that is not blank is in exactly one.
        encoder: encodes the empty text, the other side of a sentence without a counterpart.
    """

    record: Record
    en: RecordSide
    zh: RecordSide
    beads: tuple[Bead, ...]
    encoder: Encoder

    def pairs(self) -> list[Pair]:
        """Return one pair a bead, in order."""
        return [
            Pair(
                self.record.name,
                number,
                self.en.text(bead.en),
                self.zh.text(bead.zh),
                bead.en,
                bead.zh,
                bead.score,
                source=bead.source or self.record.source,
                units=bead.units,
            )
            for number, bead in enumerate(self.beads)
        ]

    def encoded(self, pair: Pair) -> tuple[EncodedText, EncodedText]:
        """Return both texts of one of `pairs`, encoded."""
        en, zh = (
            side.join(numbers) if numbers else self.encoder.encode([""])[0]
            for side, numbers in ((self.en, pair.en_ids), (self.zh, pair.zh_ids))
        )
        return en, zh

    def encoded_pairs(self) -> Iterator[EncodedPair]:
        """Yield one pair a bead, in order, with encoded texts."""
        for pair in self.pairs():
            yield EncodedPair(pair, *self.encoded(pair))


def align_record(record: Record, encoder: Encoder) -> AlignedRecord:
    """Find the sentences of both sides, encode each once, and align them; beads it came with stay."""
    return align_task(Task(0, 0, record), encoder)


def align_task(task: Task, encoder: Encoder, *, split: bool = False) -> AlignedRecord:
    """Find the sentences of both sides, encode each once, and align those that are in no fixed bead.

    Fixed beads part the record: what lies between two of them is aligned by itself. If they cross, all
    that is not fixed is aligned as one. With ``split``, the sentences within each fixed bead are aligned.
    """
    record = task.record
    en = RecordSide.of(record.en, record.en_sentences, "en", encoder)
    zh = RecordSide.of(record.zh, record.zh_sentences, "zh", encoder)
    fixed = task.fixed or record.beads or tuple(find(task.remembered, en.sentences, zh.sentences))
    free_en = _free(en.filled(), [i for bead in fixed for i in bead.en])
    free_zh = _free(zh.filled(), [i for bead in fixed for i in bead.zh])
    beads = list(fixed) if fixed and not free_en and not free_zh else _around(fixed, en, free_en, zh, free_zh)
    if split:
        beads = [part for bead in beads for part in _within(bead, en, zh)]
    return AlignedRecord(record, en, zh, tuple(beads), encoder)


def find(remembered: Sequence[Remembered], en: Sequence[Sentence], zh: Sequence[Sentence]) -> Iterator[Bead]:
    """Yield the remembered beads whose sentences are still there, each the first that no other bead has."""
    used: dict[str, set[int]] = {"en": set(), "zh": set()}
    for bead in remembered:
        places = [
            _places(texts, sentences, used[side])
            for side, texts, sentences in (("en", bead.en, en), ("zh", bead.zh, zh))
        ]
        if None not in places:
            en_ids, zh_ids = (tuple(place or ()) for place in places)
            used["en"].update(en_ids)
            used["zh"].update(zh_ids)
            yield Bead(en_ids, zh_ids, bead.score)


def _places(texts: Sequence[str], sentences: Sequence[Sentence], used: set[int]) -> list[int] | None:
    """Return where these sentences stand, one after another; None if they do not."""
    for start in range(len(sentences) - len(texts) + 1):
        numbers = list(range(start, start + len(texts)))
        if not used & set(numbers) and [sentences[i].text for i in numbers] == list(texts):
            return numbers
    return None


def _free(numbers: Sequence[int], used: Sequence[int]) -> list[int]:
    taken = set(used)
    return [i for i in numbers if i not in taken]


def _around(
    fixed: Sequence[Bead], en: RecordSide, free_en: Sequence[int], zh: RecordSide, free_zh: Sequence[int]
) -> list[Bead]:
    """Align what is free between fixed beads, and put those of one side where their sentence stands."""
    anchors = sorted((bead for bead in fixed if bead.en and bead.zh), key=lambda bead: bead.en)
    crossing = any(a.en[-1] > b.en[0] or a.zh[-1] > b.zh[0] for a, b in pairwise(anchors))
    beads: list[Bead] = []
    last_en = last_zh = -1
    for anchor in (*(() if crossing else anchors), None):
        next_en, next_zh = (anchor.en[0], anchor.zh[0]) if anchor else (len(en.sentences), len(zh.sentences))
        beads += _aligned(
            en,
            [i for i in free_en if last_en < i < next_en],
            zh,
            [i for i in free_zh if last_zh < i < next_zh],
        )
        if anchor:
            beads.append(anchor)
            last_en, last_zh = anchor.en[0], anchor.zh[0]
    for bead in fixed:
        if bead not in beads:
            beads.insert(_place(bead, beads), bead)
    return beads


def _within(bead: Bead, en: RecordSide, zh: RecordSide) -> list[Bead]:
    """Return the beads of the sentences in a bead, where it holds several; they keep its address."""
    if not bead.en or not bead.zh or len(bead.en) == len(bead.zh) == 1:
        return [bead]
    return [replace(part, source=bead.source) for part in _aligned(en, bead.en, zh, bead.zh)]


def _aligned(
    en: RecordSide, en_numbers: Sequence[int], zh: RecordSide, zh_numbers: Sequence[int]
) -> list[Bead]:
    from aligner.alignment import align

    beads = align([en.encoded[i] for i in en_numbers], [zh.encoded[i] for i in zh_numbers])
    return [
        replace(bead, en=tuple(en_numbers[i] for i in bead.en), zh=tuple(zh_numbers[i] for i in bead.zh))
        for bead in beads
    ]


def _place(bead: Bead, beads: Sequence[Bead]) -> int:
    """Return where in the order a bead belongs: before the first whose sentence of its side comes later."""
    for number, other in enumerate(beads):
        if (bead.en and other.en and other.en[0] > bead.en[0]) or (
            not bead.en and other.zh and other.zh[0] > bead.zh[0]
        ):
            return number
    return len(beads)
