"""Features of pairs of spans: is the one a translation of the other?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from aligner.encoders import EncodedText
from aligner.terms import anchors, cooccurrence, wording
from aligner.terms.links import (
    BACKWARD,
    FORWARD,
    GLOSS_BACKWARD,
    GLOSS_FORWARD,
    Links,
    link,
    span_vectors,
    token_vectors,
)
from aligner.terms.spans import Column, Floats, Ints, Spans, Table, table
from aligner.terms.termbase import NO_TERMS, Termbase
from aligner.terms.tokens import TIGHT

# Links inside a pair of spans, a token, above which it is looked at; or half of the most, where a repeated
# word leaves each little. Less than half of the pairs are; of 3,975 annotated terms that the first look kept
# they hold all but 9.
LINKED, GLOSSED = 0.05, 0.1
_PASSAGE = frozenset({"via", "through", "across"})
_KINDS = (("", FORWARD, BACKWARD), ("gloss_", GLOSS_FORWARD, GLOSS_BACKWARD))
_ARTICLES = frozenset({"the", "a", "an"})
_PASSING = ("trans", "per")  # beginnings of English words whose Chinese has 经 itself: percutaneous, 经皮


@dataclass(frozen=True)
class Evidence:
    """What a block's pairs of texts say of pairs of spans.

    Attributes:
        en: the English spans.
        zh: the Chinese spans.
        links: between tokens.
        english: the encoded texts.
        chinese: likewise.
        en_vectors: of the English tokens of the block.
        zh_vectors: likewise.
        en_known: names and values of what is known of each English span by itself (see termhood).
        zh_known: likewise.
        ties: of the English and of the Chinese spans, what definition each is of (see `anchors.ties`).
        termbase: terms that are known already.
        forms: of the English and of the Chinese spans, which form of it each is.
    """

    en: Spans
    zh: Spans
    links: Links
    english: tuple[EncodedText, ...]
    chinese: tuple[EncodedText, ...]
    en_vectors: Floats
    zh_vectors: Floats
    en_known: Table
    zh_known: Table
    ties: tuple[Ints, Ints]
    termbase: Termbase
    forms: tuple[Ints, Ints]

    @classmethod
    def gather(
        cls,
        english: Sequence[EncodedText],
        en: tuple[Spans, Table],
        chinese: Sequence[EncodedText],
        zh: tuple[Spans, Table],
        termbase: Termbase = NO_TERMS,
    ) -> Evidence:
        """Link the tokens of a block's pairs of texts."""
        vectors = token_vectors(english, en[0]), token_vectors(chinese, zh[0])
        links = link(en[0], vectors[0], zh[0], vectors[1])
        return cls(
            en[0],
            zh[0],
            links,
            tuple(english),
            tuple(chinese),
            *vectors,
            en[1],
            zh[1],
            anchors.ties(en[0], zh[0]),
            termbase,
            (termbase.forms(en[0]), termbase.forms(zh[0])),
        )


@dataclass(frozen=True)
class CandidatePairs:
    """Pairs of spans of a block, ordered by text.

    Attributes:
        e: ``(n,)`` numbers of English spans.
        z: ``(n,)`` numbers of Chinese spans.
        en_score: ``(n,)`` log odds that the English span is a term.
        zh_score: likewise.
    """

    e: Ints
    z: Ints
    en_score: Floats
    zh_score: Floats

    def __len__(self) -> int:
        return len(self.e)

    def take(self, rows: Ints) -> CandidatePairs:
        """Return some of them."""
        return CandidatePairs(self.e[rows], self.z[rows], self.en_score[rows], self.zh_score[rows])


def pair_spans(
    evidence: Evidence, kept_en: Ints, en_score: Floats, kept_zh: Ints, zh_score: Floats
) -> CandidatePairs:
    """Return the likely pairs of kept spans of the same pair of texts; kept are span numbers, ascending."""
    texts = np.arange(len(evidence.en.texts) + 1)
    left = np.searchsorted(evidence.en.text[kept_en], texts)
    right = np.searchsorted(evidence.zh.text[kept_zh], texts)
    rows, columns = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for t in texts[:-1]:
        a, b = kept_en[left[t] : left[t + 1]], kept_zh[right[t] : right[t + 1]]
        row, column = np.nonzero(_linked(evidence, int(t), a, b) | _tied(evidence, a[:, None], b))
        rows.append(a[row])
        columns.append(b[column])
    e, z = np.concatenate(rows), np.concatenate(columns)
    candidates = CandidatePairs(e, z, en_score[e], zh_score[z])
    return candidates.take(np.flatnonzero(~_mediated(evidence, candidates)))


def tied(evidence: Evidence, candidates: CandidatePairs) -> Column:
    """Tell which candidates are the long forms, in both languages, of one short form."""
    return _defined(evidence, candidates.e, candidates.z)


def known(evidence: Evidence, candidates: CandidatePairs) -> Column:
    """Tell which candidates the termbase holds."""
    return _known(evidence, candidates.e, candidates.z)


def _tied(evidence: Evidence, e: Ints, z: Ints) -> Column:
    return np.asarray(_defined(evidence, e, z) | _known(evidence, e, z))


def _known(evidence: Evidence, e: Ints, z: Ints) -> Column:
    return evidence.termbase.joined(evidence.forms[0][e], evidence.forms[1][z])


def _defined(evidence: Evidence, e: Ints, z: Ints) -> Column:
    english, chinese = evidence.ties[0][e], evidence.ties[1][z]
    return np.asarray((english > 0) & (english == chinese))


def _linked(evidence: Evidence, text: int, e: Ints, z: Ints) -> Column:
    """Tell which pairs of an English span ``(n,)`` and a Chinese one ``(m,)`` of a text are linked at all."""
    (a, b), (c, d) = (
        (spans.first[rows] - spans.offsets[text], spans.after[rows] - spans.offsets[text])
        for spans, rows in ((evidence.en, e), (evidence.zh, z))
    )
    inside = evidence.links.between(text, (a, b), (c, d))
    inside[..., FORWARD::2] /= (b - a)[:, None, None]
    inside[..., BACKWARD::2] /= (d - c)[:, None]
    forward, backward = inside[..., FORWARD], inside[..., BACKWARD]
    linked = forward > np.minimum(LINKED, forward.max(axis=1, initial=0.0, keepdims=True) / 2)
    linked |= backward > np.minimum(LINKED, backward.max(axis=0, initial=0.0, keepdims=True) / 2)
    return np.asarray(linked | (inside[..., GLOSS_FORWARD:].max(axis=2) > GLOSSED))


def _mediated(evidence: Evidence, candidates: CandidatePairs) -> Column:
    """Tell which take the preposition 经 into the term: via the basivertebral vein, 经椎基底静脉."""
    en, zh = evidence.en, evidence.zh
    passage, article, passing = (
        np.array([test(word) for word in en.vocabulary], dtype=bool)[en.words]
        for test in (_PASSAGE.__contains__, _ARTICLES.__contains__, lambda word: word.startswith(_PASSING))
    )
    first = en.first[candidates.e]
    before = first - 1 - article[first - 1]
    inside = (en.breaks[before + 1] == TIGHT) & (en.breaks[first] == TIGHT)
    by = np.array([word == "经" for word in zh.vocabulary], dtype=bool)[zh.words]
    return np.asarray(by[zh.first[candidates.z]] & inside & passage[before] & ~passing[first])


def prefilter(evidence: Evidence, candidates: CandidatePairs) -> Table:
    """Return names and values of what is quickly known of each candidate, enough to drop the hopeless."""
    en, zh = evidence.en, evidence.zh
    text = en.text[candidates.e]
    n, m = (np.diff(s.offsets)[text] for s in (en, zh))
    a, b = en.first[candidates.e] - en.offsets[text], en.after[candidates.e] - en.offsets[text]
    c, d = zh.first[candidates.z] - zh.offsets[text], zh.after[candidates.z] - zh.offsets[text]
    columns: dict[str, Column] = {
        "en_score": candidates.en_score,
        "zh_score": candidates.zh_score,
        "en_length": b - a,
        "zh_length": d - c,
        "ratio": np.log((d - c) / (b - a)),
        "position": np.abs((a + b) / n - (c + d) / m) / 2,
    }
    mass = evidence.links.mass
    both = mass(text, (a, b), (c, d))
    columns |= _inside(both, mass(text, (a, b), (0 * a, m)), mass(text, (0 * a, n), (c, d)), b - a, d - c)
    zh_edges = {"first": (c, c + 1), "last": (d - 1, d), "before": (np.maximum(c - 1, 0), c)}
    en_edges = {"first": (a, a + 1), "last": (b - 1, b), "before": (np.maximum(a - 1, 0), a)}
    at = {f"zh_{name}": mass(text, (a, b), edge) for name, edge in zh_edges.items()}
    at["zh_behind"] = mass(text, (a, b), (d, np.minimum(d + 1, m)))
    at |= {f"en_{name}": mass(text, edge, (c, d)) for name, edge in en_edges.items()}
    at["en_behind"] = mass(text, (b, np.minimum(b + 1, n)), (c, d))
    for kind, forward, backward in _KINDS:
        columns |= {
            f"{kind}{name}": some[:, backward if name[0] == "z" else forward] for name, some in at.items()
        }
    return table(columns)


def features(evidence: Evidence, candidates: CandidatePairs) -> Table:
    """Return names and values of what can be known of each candidate pair by itself."""
    quick = prefilter(evidence, candidates)
    more = {
        **_cosines(evidence, candidates),
        **cooccurrence.measure(evidence.en, candidates.e, evidence.zh, candidates.z),
        "block": np.full(len(candidates), np.log(len(evidence.en.texts))),
        **_form(evidence, candidates),
        **anchors.features(evidence.en, candidates.e, evidence.zh, candidates.z),
    }
    return table(more, quick)


def _inside(both: Floats, en: Floats, zh: Floats, en_length: Ints, zh_length: Ints) -> dict[str, Column]:
    """What links within the two spans, and what links each of them elsewhere, a token.

    Args:
        both: sums of links between the spans (see `Links.mass`).
        en: likewise between the English span and the whole Chinese text.
        zh: likewise between the whole English text and the Chinese span.
        en_length: tokens of the English spans.
        zh_length: tokens of the Chinese ones.
    """
    found: dict[str, Column] = {}
    for kind, forward, backward in _KINDS:
        f, b = both[:, forward], both[:, backward]
        found |= {
            f"{kind}forward_inside": f / en_length,
            f"{kind}backward_inside": b / zh_length,
            f"{kind}forward_away": (en[:, forward] - f) / en_length,
            f"{kind}backward_away": (zh[:, backward] - b) / zh_length,
            f"{kind}forward_outside": (zh[:, forward] - f) / zh_length,
            f"{kind}backward_outside": (en[:, backward] - b) / en_length,
        }
    return found


def _form(evidence: Evidence, candidates: CandidatePairs) -> dict[str, Column]:
    """Are the two the same Latin string; does a word of it miss in the other; does a dictionary pair them?"""
    en, zh = evidence.en, evidence.zh
    lefts, left = np.unique(candidates.e, return_inverse=True)
    rights, right = np.unique(candidates.z, return_inverse=True)
    en_words, zh_words = en.word_tuples(lefts), zh.word_tuples(rights)
    zh_latin = [frozenset(filter(str.isascii, words)) for words in zh_words]
    known = wording.glossed_words()
    glosses = [_gloss_stems(word) if word in known else () for word in map("".join, zh_words)]
    same, missing, entry = np.zeros(len(candidates)), np.zeros(len(candidates)), np.zeros(len(candidates))
    latin, glossed = (np.array(list(map(bool, some)), dtype=bool)[right] for some in (zh_latin, glosses))
    for k in np.flatnonzero(latin).tolist():
        words, wanted = en_words[left[k]], zh_latin[right[k]]
        shared = len(wanted.intersection(words))
        same[k], missing[k] = shared / len(words), len(wanted) - shared
    rows = np.flatnonzero(glossed)
    for k, a, b in zip(rows.tolist(), left[rows].tolist(), right[rows].tolist(), strict=True):
        stems, count = _stems(en_words[a])
        entry[k] = 1 + max(len(stems & own) / max(count, length, 1) for own, length in glosses[b])
    return {"latin_same": same, "latin_missing": missing, "entry": entry}


@lru_cache(maxsize=20_000)
def _gloss_stems(word: str) -> tuple[tuple[frozenset[str], int], ...]:
    """Return the stems of each gloss of a Chinese word, and how many words it has."""
    glosses = (gloss.removeprefix("to ").replace("-", " ") for gloss in wording.glosses(word))
    return tuple(_stems(tuple(gloss.split())) for gloss in glosses)


@lru_cache(maxsize=20_000)
def _stems(words: tuple[str, ...]) -> tuple[frozenset[str], int]:
    return frozenset(word[:5] for word in words), len(words)


def _cosines(evidence: Evidence, candidates: CandidatePairs) -> dict[str, Column]:
    """Cosine of the spans in context, standardised within each pair of texts; ranks and margins."""
    en, zh = evidence.en, evidence.zh
    (lefts, row), (rights, column) = (
        np.unique(numbers, return_inverse=True) for numbers in (candidates.e, candidates.z)
    )
    left = span_vectors(evidence.english, en, lefts, evidence.en_vectors)
    right = span_vectors(evidence.chinese, zh, rights, evidence.zh_vectors)
    bounds = (
        np.searchsorted(text, np.arange(len(en.texts) + 1)).tolist()
        for text in (en.text[candidates.e], en.text[lefts], zh.text[rights])
    )
    values = np.empty((len(candidates), 5))
    for (first, after), (a, b), (c, d) in zip(*map(pairwise, bounds), strict=True):
        if first < after:
            table = left[a:b] @ right[c:d].T
            table = (table - table.mean()) / (table.std() + 1e-9)
            place = row[first:after] - a, column[first:after] - c
            cosine = table[place]
            values[first:after] = np.stack(
                [
                    cosine,
                    cosine - table.max(axis=1)[place[0]],
                    cosine - table.max(axis=0)[place[1]],
                    _ranks(table)[place],
                    _ranks(table.T).T[place],
                ],
                axis=1,
            )
    names = ("cosine", "cosine_row_gap", "cosine_column_gap", "cosine_row_rank", "cosine_column_rank")
    return dict(zip(names, values.T, strict=True))


def _ranks(table: Floats) -> Ints:
    """Return how many values of its row are greater, for each value of a table."""
    ranks = np.empty(table.shape, dtype=np.int64)
    np.put_along_axis(ranks, (-table).argsort(axis=1), np.arange(table.shape[1])[None], axis=1)
    return ranks
