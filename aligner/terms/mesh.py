"""How much a span looks like a heading of MeSH, of the U.S. National Library of Medicine.

A word is medical where many headings hold it; a span that is a heading is a term nearly always. Words are
compared in lower case and in the singular.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
import regex

from aligner import languages
from aligner.terms.spans import Column, Spans, total
from aligner.text.lemma import singular

_WORD = regex.compile(r"\p{L}+(?:['’]s)?\d*|\d+|[\t\n]")  # or what parts the words of a list of headings


@cache
def headings() -> tuple[frozenset[str], dict[str, int]]:
    """Return all headings as words set apart by spaces, and in how many of them each word is.

    An inverted heading is read both ways: ``Fractures, Compression`` is ``compression fracture`` too.
    """
    text = "\n".join(languages.words("en", "mesh_headings")).lower().replace(", ", "\t")
    read = _WORD.findall(text)
    forms = {word: word if word.isspace() else singular(word) for word in set(read)}
    found, words = set[str](), list[str]()
    for heading in " ".join([forms[word] for word in read]).split("\n"):
        parts = [part.strip() for part in heading.split("\t")]
        whole = " ".join(parts)
        found.add(whole)
        if len(parts) > 1:
            found.add(" ".join(reversed(parts)))
        words += set(whole.split())
    return frozenset(found), dict(Counter(words))


@cache
def beginnings() -> frozenset[tuple[str, str]]:
    """Return the first two words of all headings: in vitro, in situ."""
    found = (heading.split(None, 2)[:2] for heading in headings()[0])
    return frozenset((words[0], words[1]) for words in found if len(words) == 2)


def features(spans: Spans) -> dict[str, Column]:
    """Return what the headings say of each English span: of its words, of its neighbours, of the whole."""
    known, count = headings()
    words = [singular(word) for word in spans.vocabulary]
    weight = np.append(np.log1p([count.get(word, 0) for word in words])[spans.words], 0.0)
    i, j = spans.first, spans.after
    least = weight[i].copy()
    for step in range(1, int(spans.length.max(initial=1))):
        inside = i + step < j
        least[inside] = np.minimum(least[inside], weight[i[inside] + step])
    first = np.unique(spans.string, return_index=True)[1]
    numbers = spans.words.tolist()
    whole = np.array(
        [" ".join(words[n] for n in numbers[a:b]) in known for a, b in zip(i[first], j[first], strict=True)]
    )
    return {
        "heading": whole[spans.string] if len(spans) else np.zeros(0),
        "heading_mean": total(weight[:-1], i, j) / spans.length,
        "heading_least": least,
        "heading_first": weight[i],
        "heading_last": weight[j - 1],
        "heading_before": weight[i - 1],
        "heading_behind": weight[j],
    }
