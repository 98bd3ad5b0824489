"""From encoded pairs to term pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.encoders import EncodedPair, EncodedText
from aligner.terms import anchors, competition, lexicon, pairing, termhood
from aligner.terms.candidates import collect
from aligner.terms.decoding import decode
from aligner.terms.lexicon import Weights
from aligner.terms.model import Model, load
from aligner.terms.pairing import CandidatePairs, Evidence
from aligner.terms.spans import Floats, Ints, Spans, Table, table
from aligner.terms.termbase import NO_TERMS, Termbase
from aligner.terms.windows import Window, blocks
from aligner.text.han import simplify
from aligner.types import Span, TermPair

BLOCK = 400  # pairs whose statistics are taken together
KEPT_EN, KEPT_ZH = (10, 1.0), (18, 1.1)  # spans a text that go on to pairing: a constant, and so many a token
LEAST = -4.0  # log odds that a span is a term, to go on to pairing; two annotated terms in 1,000 have less
MAX_FEATURED = (60, 6.0)  # candidates a pair of texts that are looked at closely, by its English tokens
FEW = (10, 1.0)  # of them whatever their log odds
LEAST_FEATURED = (
    -5.0
)  # log odds of such a candidate by the first look; four annotated terms in 1,000 have less
MAX_COMPETING = (30, 2.5)  # candidates a pair of texts that compete
ASKED = frozenset(  # features of a pair that are asked how useful it is; no other stage's scores
    ("anchored", "block", "cosine", "dice", "elsewhere_texts", "entry", "given_en", "given_zh", "latin_same")
) | {"ratio", "together"}
AT_ONCE = 100_000  # candidates whose features are in memory together
THRESHOLD = 0.4
DEFINED = 1.0  # log odds, at least, of the best pair of long forms that one short form follows in both texts
KNOWN = 3.0  # log odds for a pair of the termbase, and at least so many that a glossary should hold it
MIN_PRODUCT = 0.13  # of score and termhood; cross-validated F1 is flat from 0.08 to 0.16


def extract(
    pairs: Iterable[EncodedPair],
    *,
    threshold: float = THRESHOLD,
    model: Model | None = None,
    termbase: Termbase = NO_TERMS,
) -> list[TermPair]:
    """Return the term pairs of some pairs, in the order of the pairs and of the text.

    Args:
        pairs: aligned pairs; those with an empty side are skipped.
        threshold: probability below which a pair is left out.
        model: the one that comes with the program, if not given.
        termbase: terms that are known already.
    """
    return list(stream(pairs, threshold=threshold, model=model, termbase=termbase))


def stream(
    pairs: Iterable[EncodedPair],
    *,
    threshold: float = THRESHOLD,
    model: Model | None = None,
    termbase: Termbase = NO_TERMS,
) -> Iterator[TermPair]:
    """Yield term pairs block by block: any number of pairs needs bounded memory. Arguments as for extract."""
    model = model or load()
    full = (p for p in pairs if p.pair.en.strip() and p.pair.zh.strip())
    for block in blocks(full, BLOCK):
        yield from _block(block, model, threshold, termbase)


def _block(block: Sequence[Window], model: Model, threshold: float, termbase: Termbase) -> Iterator[TermPair]:
    """Extract from a block's distinct texts: repeated ones are no evidence, and get the same terms."""
    distinct = {(w.en.text, w.zh.text): w for w in block}
    number = {key: k for k, key in enumerate(distinct)}
    english, chinese = [p.en for p in distinct.values()], [p.zh for p in distinct.values()]
    en, zh = collect([t.text for t in english], "en"), collect([t.text for t in chinese], "zh")
    chinese = read_simplified(chinese)
    if not len(en) or not len(zh):
        return
    scored = score(english, en, chinese, zh, model, termbase=termbase)
    rows = decode(en, zh, scored.candidates, scored.probability, threshold)
    chosen, scores = scored.candidates.take(rows), scored.probability[rows]
    termhoods = scored.termhood(rows, model)
    worth = scores * termhoods >= MIN_PRODUCT
    found: list[list[tuple[Span, Span, float, float]]] = [[] for _ in distinct]
    columns = en.text[chosen.e], en.characters(chosen.e), zh.characters(chosen.z), scores, termhoods
    for kept, text, a, b, p, t in zip(worth, *columns, strict=True):
        if kept:
            found[text].append((a, b, round(float(p), 4), round(float(t), 4)))
    for w in block:
        for a, b, p, t in sorted(found[number[w.en.text, w.zh.text]]):
            en_span = a[0] + w.en_start, a[1] + w.en_start
            zh_span = b[0] + w.zh_start, b[1] + w.zh_start
            forms = w.en.text[slice(*a)], w.zh.text[slice(*b)]
            yield TermPair(w.pair.record, w.pair.bead, *forms, en_span, zh_span, p, t)


def read_simplified(texts: Sequence[EncodedText]) -> list[EncodedText]:
    """Encode texts in Traditional characters again as Simplified ones, of which encoders have read more.

    A character stands at the same offset in both; of 2,700 annotated terms 1.3 % more are found so.
    """
    simple = [simplify(text.text) for text in texts]
    changed = [
        k for k, (a, b) in enumerate(zip(texts, simple, strict=True)) if a.text != b and len(a.text) == len(b)
    ]
    result = list(texts)
    if changed:
        for k, text in zip(changed, texts[0].encoder.encode(simple[k] for k in changed), strict=True):
            result[k] = text
    return result


def score(
    english: Sequence[EncodedText],
    en: Spans,
    chinese: Sequence[EncodedText],
    zh: Spans,
    model: Model,
    *,
    termbase: Termbase = NO_TERMS,
) -> Scored:
    """Return the candidates of a block that came to the last stage, with their probabilities."""
    en_known, zh_known = termhood.base(en), termhood.base(zh)
    en_score = model.en.trees(*termhood.add_weights(en, en_known, model.en.weights))
    zh_score = model.zh.trees(*termhood.add_weights(zh, zh_known, model.zh.weights))
    evidence = Evidence.gather(english, (en, en_known), chinese, (zh, zh_known), termbase)
    candidates = pick(evidence, en_score, zh_score)
    quick = _prefilter(evidence, candidates, model)
    candidates = candidates.take(_best(evidence, candidates, quick, MAX_FEATURED, least=LEAST_FEATURED))
    names, values = pairing.features(evidence, candidates)
    logits = model.pairs(names, values)
    rows = _best(evidence, candidates, logits, MAX_COMPETING)
    candidates, logits, own = candidates.take(rows), logits[rows], (names, values[rows])
    features = last(evidence, candidates, logits, own)
    tied = anchors.evidence(en, candidates.e, zh, candidates.z)
    return Scored(
        evidence, candidates, features, _settled(evidence, candidates, model.final(*features) + tied)
    )


def _settled(evidence: Evidence, candidates: CandidatePairs, logits: Floats) -> Floats:
    """Believe the best candidate of each definition that both texts have, and what the termbase holds."""
    rows = np.flatnonzero(pairing.tied(evidence, candidates))
    rows = rows[np.argsort(-logits[rows], kind="stable")]
    first = rows[np.unique(evidence.ties[0][candidates.e[rows]], return_index=True)[1]]
    result = logits + KNOWN * pairing.known(evidence, candidates)
    result[first] = np.maximum(logits[first], DEFINED)
    return result


@dataclass(frozen=True)
class Scored:
    """The candidates of a block that came to the last stage.

    Attributes:
        evidence: of the block.
        candidates: ``n`` of them.
        features: names and values ``(n, features)`` of the last stage.
        logits: ``(n,)`` log odds that each is a term pair.
    """

    evidence: Evidence
    candidates: CandidatePairs
    features: Table
    logits: Floats

    @property
    def probability(self) -> Floats:
        """``(n,)`` that each is a term pair."""
        return np.asarray(1 / (1 + np.exp(-self.logits)))

    def termhood(self, rows: Ints, model: Model) -> Floats:
        """Return how useful each of some candidates is in a glossary, from 0 to 1."""
        logits = model.termhood(*self.termhood_features(rows, model.en.core_weights, model.zh.core_weights))
        known = pairing.known(self.evidence, self.candidates.take(rows))
        return np.asarray(1 / (1 + np.exp(-np.where(known, np.maximum(logits, KNOWN), logits))))

    def termhood_features(self, rows: Ints, en_weights: Weights, zh_weights: Weights) -> Table:
        """Return what is known of some candidates when it is asked how useful they are in a glossary.

        What is known of their two spans, weights of their words, and of the pair what no trained stage says.
        """
        candidates = self.candidates.take(rows)
        en, zh = self.evidence.en.take(candidates.e), self.evidence.zh.take(candidates.z)
        columns = {
            **{f"en core {name}": column for name, column in lexicon.scores(en, en_weights).items()},
            **{f"zh core {name}": column for name, column in lexicon.scores(zh, zh_weights).items()},
        }
        names, values = self.features
        asked = [k for k, name in enumerate(names) if name in ASKED or name.startswith(("en ", "zh "))]
        return table(columns, (tuple(names[k] for k in asked), values[rows][:, asked]))


def _prefilter(evidence: Evidence, candidates: CandidatePairs, model: Model) -> Floats:
    """Score all candidates, some at a time: they are thousands a pair of texts, and their features many."""
    parts = [np.empty(0)]
    for start in range(0, len(candidates), AT_ONCE):
        some = candidates.take(np.arange(start, min(start + AT_ONCE, len(candidates))))
        parts.append(model.prefilter(*pairing.prefilter(evidence, some)))
    return np.concatenate(parts)


def pick(evidence: Evidence, en_score: Floats, zh_score: Floats) -> CandidatePairs:
    """Couple the spans that are most probably terms, those before the same short form, and known ones."""
    en, zh = evidence.en, evidence.zh
    kept_en, kept_zh = (
        np.union1d(rows[best(spans, rows, score[rows], cap)], np.flatnonzero((ties > 0) | (forms > 0)))
        for spans, score, cap, ties, forms in zip(
            *((en, zh), (en_score, zh_score), (KEPT_EN, KEPT_ZH), evidence.ties, evidence.forms), strict=True
        )
        for rows in [np.flatnonzero(score >= LEAST)]
    )
    return pairing.pair_spans(evidence, kept_en, en_score, kept_zh, zh_score)


def last(evidence: Evidence, candidates: CandidatePairs, logits: Floats, own: Table) -> Table:
    """Return the features of the last stage.

    How candidates compete, what is known of each by itself, and what is known of each of its two spans.
    """
    names, values = competition.features(evidence, candidates, logits)
    (en_names, en), (zh_names, zh) = evidence.en_known, evidence.zh_known
    return (
        (*names, *own[0], *(f"en {name}" for name in en_names), *(f"zh {name}" for name in zh_names)),
        np.concatenate([values, own[1], en[candidates.e], zh[candidates.z]], axis=1),
    )


def strings(evidence: Evidence, candidates: CandidatePairs) -> list[tuple[str, str]]:
    """Return the English and the Chinese text of each candidate pair."""
    texts = evidence.en.text[candidates.e].tolist()
    spans = zip(
        texts, evidence.en.characters(candidates.e), evidence.zh.characters(candidates.z), strict=True
    )
    return [(evidence.en.texts[t].text[slice(*a)], evidence.zh.texts[t].text[slice(*b)]) for t, a, b in spans]


def _best(
    evidence: Evidence,
    candidates: CandidatePairs,
    score: Floats,
    cap: tuple[int, float],
    *,
    least: float = -np.inf,
) -> Ints:
    """Return the best candidates of each text that score enough or are a few, and those tied or known."""
    rows = best(evidence.en, candidates.e, score, cap)
    few = best(evidence.en, candidates.e, score, FEW)
    tied = np.flatnonzero(pairing.tied(evidence, candidates) | pairing.known(evidence, candidates))
    return np.unique(np.concatenate([rows[score[rows] >= least], few, tied]))


def best(spans: Spans, rows: Ints, score: Floats, cap: tuple[int, float]) -> Ints:
    """Return which rows, numbers of spans in ascending text, are among the best of their text.

    Args:
        spans: of one language.
        rows: ``(n,)`` numbers of spans.
        score: ``(n,)`` of the rows.
        cap: how many a text: a constant, and so many more a token of the text.
    """
    bounds = np.searchsorted(spans.text[rows], np.arange(len(spans.texts) + 1))
    most = np.ceil(cap[0] + cap[1] * np.diff(spans.offsets)).astype(np.int64)
    keep = np.ones(len(rows), dtype=bool)
    for a, b, count in zip(bounds[:-1].tolist(), bounds[1:].tolist(), most.tolist(), strict=True):
        if b - a > count:
            own = score[a:b]
            least = np.partition(own, b - a - count)[b - a - count]
            keep[a:b] = own >= least
            tied = np.flatnonzero(own == least)
            keep[a + tied[len(tied) - (np.count_nonzero(keep[a:b]) - count) :]] = False  # the first ones stay
    return np.flatnonzero(keep)
