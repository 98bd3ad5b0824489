"""Words and parts of speech of Chinese texts, as jieba cuts and tags them.

One voice among others on where terms begin and end.

Reference:
    jieba's tagger: a dictionary with the commonest tag of each word, and a hidden Markov model for the rest.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from aligner.terms.spans import Column, Ints, Spans, total
from aligner.text.han import simplify

if TYPE_CHECKING:
    from aligner.terms.tagger import Tagger

# Ordered by how likely a term ends so; trees split at thresholds.
CLASSES = (
    ("x", "w"), ("u", "y", "e", "o"), ("p", "c"), ("r", "d"), ("f", "t", "s"), ("m", "q"), ("k", "h", "g"),
    ("i", "l"), ("a", "b", "z"), ("v",), ("vn",), ("j", "eng"), ("n",), ("nr", "ns", "nt"), ("nz", "ng"),
)  # fmt: skip
OTHER = 0
_CLASS = {tag: number for number, tags in enumerate(CLASSES) for tag in tags}
LOOSE, VERBAL, NOMINAL = 5, (9, 10), 12  # classes up to here part words; verbs; from here on nouns


@cache
def _tagger() -> Tagger:
    from aligner.terms.tagger import Tagger

    return Tagger()


def tag(text: str) -> tuple[Ints, Column, Column]:
    """Return, per character, the class of its word, whether a word begins with it, and whether one ends."""
    classes = np.full(len(text), OTHER, dtype=np.int64)
    begins, ends = np.zeros(len(text), dtype=bool), np.zeros(len(text), dtype=bool)
    found = _tagger().lcut(simplify(text))
    if sum(len(pair.word) for pair in found) != len(text):
        return classes, begins, ends
    place = 0
    for pair in found:
        after = place + len(pair.word)
        classes[place:after] = _CLASS.get(pair.flag, _CLASS.get(pair.flag[:1], OTHER))
        begins[place] = ends[after - 1] = True
        place = after
    return classes, begins, ends


def features(spans: Spans) -> dict[str, Column]:
    """Return what jieba says of each Chinese span."""
    parts = [(np.empty(0, dtype=np.int64), np.empty(0, dtype=bool), np.empty(0, dtype=bool))]
    for tokens in spans.texts:
        classes, begins, ends = tag(tokens.text)
        parts.append((classes[tokens.starts], begins[tokens.starts], ends[tokens.ends - 1]))
    token_class, begin, end = (np.concatenate(column) for column in zip(*parts, strict=True))
    i, j = spans.first, spans.after
    padded = np.append(token_class, OTHER)
    return {
        "class_first": padded[i], "class_last": padded[j - 1],
        "class_before": padded[i - 1], "class_behind": padded[j],
        "word_begins": begin[i], "word_ends": end[j - 1], "words_fit": begin[i] & end[j - 1],
        "words_within": total(begin, i, j),
        "nominal": total(token_class >= NOMINAL, i, j) / spans.length,
        "verbal": total(np.isin(token_class, VERBAL), i, j) / spans.length,
        "parting": total((token_class <= LOOSE) & (token_class > OTHER), i, j),
    }  # fmt: skip
