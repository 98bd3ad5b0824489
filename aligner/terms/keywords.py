"""The authors' keywords of a record in both languages, paired one to one.

The lists differ in order and length, and in their words. Each couple of keywords gets a probability by how
much closer the two are than either is to others, by dictionary words they share, by their places in the
lists, and by whether the text has them as translations; the surest couples are taken first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from aligner.encoders import Encoder
from aligner.terms.links import glossed
from aligner.terms.spans import Floats
from aligner.terms.tokens import cut
from aligner.text.han import simplify

TERMHOOD = 0.75
"""Probability that an author's keyword belongs in a glossary: of the 97 couples of ``corpora/journal`` 66 are
core terms; of the others some are MeSH forms of them (arthritis, rheumatoid), some general (older adults)."""

_MARGIN, _EN_GLOSSED, _ZH_GLOSSED, _PLACE, _IN_TEXT, _CONSTANT = 9.1, 1.1, 1.9, -2.4, 3.9, -0.6
# Logistic regression over all couples of keywords of 23 records of corpora/journal. Left out by eighths of
# the records: precision .96, recall .90.


def pair_keywords(
    english: Sequence[str],
    chinese: Sequence[str],
    encoder: Encoder,
    *,
    known: Collection[tuple[str, str]] = (),
) -> list[tuple[int, int, float]]:
    """Return which keywords are the same: numbers of the English and the Chinese one, and the probability.

    Args:
        english: keywords.
        chinese: keywords.
        encoder: gives their vectors.
        known: pairs of terms that the record's text has as translations.

    Returns:
        Couples more probable than not, each keyword in one of them at most, in the order of the English list.
    """
    if not english or not chinese:
        return []
    logits = _logits(english, chinese, encoder, known)
    order = sorted(np.ndindex(*logits.shape), key=lambda couple: (-logits[couple], couple))
    free_en, free_zh, found = set(range(len(english))), set(range(len(chinese))), []
    for e, z in order:
        if logits[e, z] > 0 and e in free_en and z in free_zh:
            free_en.remove(e)
            free_zh.remove(z)
            found.append((e, z, float(1 / (1 + np.exp(-logits[e, z])))))
    return sorted(found)


def _logits(
    english: Sequence[str], chinese: Sequence[str], encoder: Encoder, known: Collection[tuple[str, str]]
) -> Floats:
    """Return the log odds ``(n, m)`` of each couple."""
    plain_en = [text.casefold() for text in english]
    plain_zh = [simplify(text).casefold() for text in chinese]
    texts = encoder.encode([*plain_en, *plain_zh])
    rows = np.concatenate([text.vectors([(0, len(text.text))]) for text in texts])
    cosines = rows[: len(english)] @ rows[len(english) :].T
    shared = [[_glossed(en, zh) for zh in plain_zh] for en in plain_en]
    shares = np.array(shared).reshape(len(english), len(chinese), 2)
    places = np.abs(_places(len(english))[:, None] - _places(len(chinese))[None, :])
    said = {(_bare(en), _bare(zh)) for en, zh in known}
    in_text = np.array([[(_bare(en), _bare(zh)) in said for zh in plain_zh] for en in plain_en])
    return np.asarray(
        _MARGIN * (cosines - np.maximum(_rivals(cosines), _rivals(cosines.T).T))
        + _EN_GLOSSED * shares[..., 0]
        + _ZH_GLOSSED * shares[..., 1]
        + _PLACE * places
        + _IN_TEXT * in_text
        + _CONSTANT
    )


def _bare(text: str) -> str:
    return "".join(simplify(text).casefold().split())


def _places(count: int) -> Floats:
    """Return each keyword's place in its list, from 0 to 1."""
    return np.asarray(np.arange(count) / max(1, count - 1))


def _rivals(cosines: Floats) -> Floats:
    """Return, for each couple, the greatest other cosine of its row; 0 where there is none."""
    if cosines.shape[1] < 2:
        return np.zeros_like(cosines)
    second, first = np.sort(cosines, axis=1)[:, -2:].T
    return np.asarray(np.where(cosines == first[:, None], second[:, None], first[:, None]))


def _glossed(en: str, zh: str) -> tuple[float, float]:
    """Return the shares of English words and Chinese characters that a dictionary ties to the other side."""
    matrix = glossed(cut(en), cut(zh))
    if not matrix.size:
        return 0.0, 0.0
    return float((matrix.max(axis=1) > 0).mean()), float((matrix.max(axis=0) > 0).mean())
