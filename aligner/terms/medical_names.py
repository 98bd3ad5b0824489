"""How much a Chinese span looks like a medical name: of ``medical_names.txt``, or a term of the field.

Names stand in Chinese text without a mark of where they begin and end. Those that are known say it of
themselves, of what they cross, and, by how they usually begin and end, of names that are not known.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise

import numpy as np

from aligner import languages
from aligner.terms.spans import Column, Floats, Spans, total
from aligner.terms.tokens import TIGHT, Tokens

MAX_NAME_CHARACTERS = 12  # characters of a name


@dataclass(frozen=True)
class Names:
    """The known names, and in how many of them each pair of characters stands, begins or ends.

    Attributes:
        known: the names, in lower case.
        within: names a pair of neighbours stands in.
        begin: names that begin with one or two characters.
        end: names that end with them.
    """

    known: frozenset[str]
    within: Counter[str]
    begin: Counter[str]
    end: Counter[str]


@cache
def names() -> Names:
    """Return the names of the language's files, counted."""
    listed = languages.words("zh", "medical_names") | languages.words("zh", "field_names")
    known = frozenset(
        name.lower().replace("-", "") for name in listed if 1 < len(name) <= MAX_NAME_CHARACTERS
    )
    within = Counter(chain.from_iterable([set(map(str.__add__, name, name[1:])) for name in known]))
    begin = Counter([part for name in known for part in (name[0], name[:2])])
    end = Counter([part for name in known for part in (name[-1], name[-2:])])
    return Names(known, within, begin, end)


def occurrences(tokens: Tokens) -> list[tuple[int, int]]:
    """Return where names of two characters and more stand in a text: first token, token after the last."""
    known, words, breaks = names(), tokens.words, tokens.breaks.tolist()
    found = []
    for start in range(len(words)):
        text = ""
        for place in range(start, len(words)):
            if place > start and breaks[place] != TIGHT:
                break
            text += words[place]
            if len(text) > MAX_NAME_CHARACTERS or (len(text) > 1 and text[:2] not in known.begin):
                break
            if len(text) > 1 and text in known.known:
                found.append((start, place + 1))
    return found


def features(spans: Spans) -> dict[str, Column]:
    """Return what the names say of each Chinese span: of the whole, its edges, what stands beside it."""
    count = len(spans.words)
    forward, backward, over = np.zeros(count + 1), np.zeros(count + 1), np.zeros(count + 1)
    places: list[int] = []
    for offset, tokens in zip(spans.offsets[:-1].tolist(), spans.texts, strict=True):
        for start, after in occurrences(tokens):
            a, b = start + offset, after + offset
            places.append(a * (count + 1) + b)
            forward[a], backward[b] = max(forward[a], b - a), max(backward[b], b - a)
            over[a + 1 : b] = np.maximum(over[a + 1 : b], b - a)
    i, j = spans.first, spans.after
    within, begin, end = _counts(spans)
    least = np.where(spans.length > 1, within[i], 0.0)
    for step in range(1, int(spans.length.max(initial=1)) - 1):
        inside = i + step < j - 1
        least[inside] = np.minimum(least[inside], within[i[inside] + step])
    return {
        "name": np.isin(i * (count + 1) + j, places),
        "name_share": forward[i] / spans.length,
        "name_from": forward[i],
        "name_to": backward[j],
        "name_over_left": over[i],
        "name_over_right": over[j],
        "name_mean": total(within[:-1], i, j - 1) / np.maximum(1, spans.length - 1),
        "name_least": least,
        "name_before": within[i - 1] * (spans.breaks[i] == TIGHT),
        "name_behind": within[j - 1],
        "name_begins": np.where(spans.length > 1, begin[1][i], begin[0][i]),
        "name_ends": np.where(spans.length > 1, end[1][j - 1], end[0][j - 1]),
        "name_first": begin[0][i],
        "name_last": end[0][j - 1],
    }


def _counts(spans: Spans) -> tuple[Floats, Floats, Floats]:
    """Return, of each token, logs of how many names hold it with the next, begin and end with it.

    Returns:
        within: ``(m + 1,)`` with the next token, 0 over a break.
        begin: ``(2, m)`` of the token, and of it with the next.
        end: ``(2, m)`` of the token, and of it with the one before.
    """
    known = names()
    words = [spans.vocabulary[w] for w in spans.words.tolist()]
    pairs = [a + b for a, b in pairwise(words)]
    tight = spans.breaks[1:-1] == TIGHT
    within = np.append([known.within[pair] for pair in pairs] * tight, [0.0, 0.0])[: len(words) + 1]
    begin = [known.begin[word] for word in words], [*(known.begin[pair] for pair in pairs), 0][: len(words)]
    end = [known.end[word] for word in words], [0, *(known.end[pair] for pair in pairs)][: len(words)]
    return np.log1p(within), np.log1p(begin), np.log1p(end)
