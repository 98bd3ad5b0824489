"""The translation units of a pair: its texts cut where its clauses translate each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from aligner.text.joining import SENTENCE_JOINERS
from aligner.types import Language, Pair, Sentence, Span


def unit_pairs(pair: Pair, en: Sequence[Sentence], zh: Sequence[Sentence]) -> Iterator[Pair]:
    """Yield a pair's units as pairs, numbered from 0; a pair that is not cut is its unit 0.

    Args:
        pair: the pair of a bead.
        en: the sentences of its record, by number.
        zh: likewise.
    """
    if not pair.units:
        yield replace(pair, unit=0)
        return
    en_spans, zh_spans = _spans(pair.en_ids, en, "en"), _spans(pair.zh_ids, zh, "zh")
    for number, unit in enumerate(pair.units):
        yield replace(
            pair,
            en=pair.en[slice(*unit.en_span)],
            zh=pair.zh[slice(*unit.zh_span)],
            en_ids=_inside(pair.en_ids, en_spans, unit.en_span),
            zh_ids=_inside(pair.zh_ids, zh_spans, unit.zh_span),
            score=unit.score,
            units=(),
            unit=number,
        )


def _spans(numbers: Sequence[int], sentences: Sequence[Sentence], language: Language) -> list[Span]:
    """Return where each sentence stands in the text that they make one after another."""
    sizes = [len(sentences[number].text) + len(SENTENCE_JOINERS[language]) for number in numbers]
    ends = list(accumulate(sizes))
    return [(end - size, end) for end, size in zip(ends, sizes, strict=True)]


def _inside(numbers: Sequence[int], spans: Sequence[Span], unit: Span) -> tuple[int, ...]:
    shared = (min(end, unit[1]) - max(start, unit[0]) for start, end in spans)
    return tuple(number for number, size in zip(numbers, shared, strict=True) if size > 0)
