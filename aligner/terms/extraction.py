"""From encoded pairs to term pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.encoders import EncodedText
from aligner.terms import pairing, termhood
from aligner.terms.model import Model, load
from aligner.terms.spans import Floats, Ints, Spans, collect
from aligner.types import Pair, TermPair

BLOCK = 400  # pairs whose statistics are taken together
KEPT = {"en": 40, "zh": 80}  # spans a text that go on to pairing
COUPLES = 300  # pairs of spans a pair of texts that are looked at closely
THRESHOLD = 0.25


@dataclass(frozen=True)
class EncodedPair:
    """A pair of texts with what the encoder makes of them."""

    pair: Pair
    en: EncodedText
    zh: EncodedText


def extract(pairs: Sequence[EncodedPair], *, threshold: float = THRESHOLD) -> list[TermPair]:
    """Return the term pairs of some pairs, in the order of the pairs and of the text; statistics are taken over all.

    Args:
        pairs: aligned pairs; those with an empty side are skipped.
        threshold: probability below which a pair is left out.
    """
    return list(stream(pairs, threshold=threshold))


def stream(pairs: Iterable[EncodedPair], *, threshold: float = THRESHOLD) -> Iterator[TermPair]:
    """Yield term pairs, block by block, so that any number of pairs needs bounded memory."""
    model = load()
    full = (p for p in pairs if p.pair.en.strip() and p.pair.zh.strip())
    while block := [p for _, p in zip(range(BLOCK), full, strict=False)]:
        yield from _block(block, model, threshold)


def _block(block: Sequence[EncodedPair], model: Model, threshold: float) -> list[TermPair]:
    en, zh = collect([p.pair.en for p in block], "en"), collect([p.pair.zh for p in block], "zh")
    if not len(en) or not len(zh):
        return []
    en_score, zh_score = model.english(*termhood.features(en)), model.chinese(*termhood.features(zh))
    evidence = pairing.gather([p.en for p in block], en, [p.zh for p in block], zh)
    e, z = pairing.couple(en, _best(en.text, en_score, KEPT["en"]), zh, _best(zh.text, zh_score, KEPT["zh"]))
    rough = pairing.rough(evidence, en, e, en_score, zh, z, zh_score)
    kept = _best(en.text[e], rough, COUPLES)
    e, z = e[kept], z[kept]
    logits = model.pairs(*pairing.features(evidence, en, e, en_score, zh, z, zh_score))
    probability = 1 / (1 + np.exp(-logits))
    rows = _decode(e, z, probability, threshold)
    en_spans, zh_spans = en.characters(e[rows]), zh.characters(z[rows])
    found = []
    for text, a, b, score in zip(en.text[e[rows]].tolist(), en_spans, zh_spans, probability[rows], strict=True):
        pair = block[text].pair
        found.append(
            TermPair(pair.record, pair.bead, pair.en[slice(*a)], pair.zh[slice(*b)], a, b, round(float(score), 4))
        )
    return found


def _best(group: Ints, score: Floats, count: int) -> Ints:
    """Return the rows of the ``count`` best scores of each group, ascending; groups ascend, ties go to the first row."""
    order = np.lexsort((-score, group))
    rank = np.arange(len(order)) - np.searchsorted(group[order], group[order])
    return np.sort(order[rank < count])


def _decode(e: Ints, z: Ints, probability: Floats, threshold: float) -> Ints:
    """Best first; a span stands in one pair only."""
    order = [row for row in np.lexsort((np.arange(len(e)), -probability)).tolist() if probability[row] >= threshold]
    used_e, used_z, rows = set[int](), set[int](), []
    for row in order:
        if e[row] not in used_e and z[row] not in used_z:
            used_e.add(int(e[row]))
            used_z.add(int(z[row]))
            rows.append(row)
    return np.array(sorted(rows), dtype=np.int64)
