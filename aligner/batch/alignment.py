"""Align a record around what people have fixed in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from aligner.encoders import Encoder
from aligner.pipeline import AlignedRecord, Side
from aligner.store import Remembered, Task
from aligner.types import Bead, Language, Sentence


def align_task(task: Task, encoder: Encoder) -> AlignedRecord:
    """Find the sentences of both sides, encode each once, and align those that are in no fixed bead.

    Fixed beads part the record: what lies between two of them is aligned by itself. If they cross, all
    that is not fixed is aligned as one.
    """
    record = task.record
    en = _side(record.en, record.en_sentences, "en", encoder)
    zh = _side(record.zh, record.zh_sentences, "zh", encoder)
    fixed = task.fixed or record.beads or tuple(find(task.remembered, en.sentences, zh.sentences))
    free_en = _free(en.filled(), [i for bead in fixed for i in bead.en])
    free_zh = _free(zh.filled(), [i for bead in fixed for i in bead.zh])
    beads = list(fixed) if fixed and not free_en and not free_zh else _around(fixed, en, free_en, zh, free_zh)
    return AlignedRecord(record, en, zh, tuple(beads), encoder.encode([""])[0])


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


def _side(text: str, sentences: tuple[Sentence, ...] | None, language: Language, encoder: Encoder) -> Side:
    from aligner.segmenters import segment

    found = tuple(segment(text, language)) if sentences is None else sentences
    return Side(language, found, tuple(encoder.encode(sentence.text for sentence in found)))


def _free(numbers: Sequence[int], used: Sequence[int]) -> list[int]:
    taken = set(used)
    return [i for i in numbers if i not in taken]


def _around(
    fixed: Sequence[Bead], en: Side, free_en: Sequence[int], zh: Side, free_zh: Sequence[int]
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


def _aligned(en: Side, en_numbers: Sequence[int], zh: Side, zh_numbers: Sequence[int]) -> list[Bead]:
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
