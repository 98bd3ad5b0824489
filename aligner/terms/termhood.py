"""Features of single spans: is this run of units a term at all?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from aligner.terms import background, boundaries, lexicon, tags
from aligner.terms.candidates import edges
from aligner.terms.spans import Column, Floats, Ints, Spans
from aligner.terms.statistics import Statistics, measure
from aligner.terms.units import LOOSE

INNER = {
    "en": ("of", "in", "with", "for", "and", "or", "to", "the"),
    "zh": ("的", "和", "或", "及", "与", "在", "为"),
}


Table = tuple[tuple[str, ...], Floats]


def features(spans: Spans, weights: Mapping[str, Mapping[str, float]]) -> Table:
    """Return names and values ``(n, features)`` of what is known of each span by itself.

    Args:
        spans: of a block.
        weights: of words, per role (see the lexicon).
    """
    return add_weights(spans, base(spans), weights)


def base(spans: Spans) -> Table:
    """Return the features that need no trained weights."""
    columns = {**_form(spans), **_counts(spans, measure(spans)), **_background(spans)}
    columns |= _edges(spans) if spans.language == "zh" else _tags(spans)
    return tuple(columns), np.stack(list(columns.values()), axis=1).astype(np.float64)


def add_weights(spans: Spans, known: Table, weights: Mapping[str, Mapping[str, float]]) -> Table:
    """Add the features that the trained weights of words give."""
    names, values = known
    scores = lexicon.scores(spans, weights)
    return (*names, *scores), np.concatenate([values, np.stack(list(scores.values()), axis=1)], axis=1)


def _tags(spans: Spans) -> dict[str, Column]:
    """Parts of speech at and around the edges, and how many of the units within are of each kind."""
    tag = np.append(tags.tag(spans.texts), tags.OTHER)
    i, j = spans.first, spans.after
    inside = {f"tags_{group}": _total(tag[:-1] == group, i, j) for group in range(len(tags.GROUPS))}
    around = {"tag_first": tag[i], "tag_last": tag[j - 1], "tag_before": tag[i - 1], "tag_behind": tag[j]}
    return {**around, **inside}


def _form(spans: Spans) -> dict[str, Column]:
    breaks = spans.breaks
    words = spans.vocabulary
    begin, end = edges(spans.language)
    stop = np.append(np.array([w in begin or w in end for w in words], dtype=bool)[spans.words], True)
    digit = np.append(np.array([w[0].isdigit() for w in words], dtype=bool)[spans.words], False)
    latin = np.append(
        np.array([w[0].isascii() and w[0].isalpha() for w in words], dtype=bool)[spans.words], False
    )
    inner = np.array([w in INNER[spans.language] for w in words], dtype=bool)[spans.words]
    single = np.append(np.array([len(w) == 1 for w in words], dtype=bool)[spans.words], False)
    i, j = spans.first, spans.after
    return {
        "length": spans.length,
        "before": breaks[i],
        "behind": breaks[j],
        "stop_before": np.where(breaks[i] > 0, 2, stop[i - 1]),
        "stop_behind": np.where(breaks[j] > 0, 2, stop[j]),
        "digits": _share(digit[:-1], i, j),
        "digit_first": digit[i],
        "digit_last": digit[j - 1],
        "digit_before": digit[i - 1] & (breaks[i] < LOOSE),
        "latin": _share(latin[:-1], i, j),
        "single_first": single[i],
        "single_last": single[j - 1],
        "inner_words": _total(inner, i, j) - inner[i] - inner[j - 1],
        "inner_breaks": _total(breaks[:-1] == LOOSE, i + 1, j),
        "bracketed": (breaks[i] == LOOSE) & (breaks[j] == LOOSE),
    }


def _counts(spans: Spans, known: Statistics) -> dict[str, Column]:
    return {
        "count": np.log(known.count),
        "texts": np.log(known.texts),
        "left_entropy": known.left_entropy,
        "right_entropy": known.right_entropy,
        "left_fixed": known.left_fixed,
        "right_fixed": known.right_fixed,
        "without_first": np.log(np.maximum(known.without_first, known.count) / known.count),
        "without_last": np.log(np.maximum(known.without_last, known.count) / known.count),
        "block": np.full(len(spans), np.log(len(spans.texts))),
    }


def _background(spans: Spans) -> dict[str, Column]:
    known = np.array([background.zipf(w, spans.language) for w in spans.vocabulary])
    zipf = np.append(known[spans.words], 0.0)
    share = np.bincount(spans.words, minlength=len(known)) / max(1, len(spans.words))
    weird = (np.log10(share * 1e9) - np.maximum(known, 1.0))[spans.words]
    i, j = spans.first, spans.after
    least, most = zipf[i].copy(), zipf[i].copy()
    for step in range(1, int(spans.length.max(initial=1))):
        inside = i + step < j
        least[inside] = np.minimum(least[inside], zipf[i[inside] + step])
        most[inside] = np.maximum(most[inside], zipf[i[inside] + step])
    return {
        "zipf_first": zipf[i],
        "zipf_last": zipf[j - 1],
        "zipf_before": zipf[i - 1],
        "zipf_behind": zipf[j],
        "zipf_mean": _total(zipf[:-1], i, j) / spans.length,
        "weird_mean": _total(weird, i, j) / spans.length,
        "weird_first": weird[i],
        "weird_last": weird[j - 1],
        "zipf_least": least,
        "zipf_most": most,
    }


def _edges(spans: Spans) -> dict[str, Column]:
    """How likely general words begin and end where the span does; what dictionaries say of the whole."""
    edge = boundaries.edges(spans, {})
    i, j = spans.first, spans.after
    most, total = np.zeros(len(spans)), np.zeros(len(spans))
    for step in range(1, int(spans.length.max(initial=1))):
        inside = i + step < j
        most[inside] = np.maximum(most[inside], edge[i[inside] + step])
        total[inside] += edge[i[inside] + step]
    first = np.unique(spans.string, return_index=True)[1]
    units = [spans.vocabulary[w] for w in spans.words.tolist()]
    text, place = "".join(units), np.cumsum([0, *map(len, units)])
    words = [text[a:b] for a, b in zip(place[i[first]].tolist(), place[j[first]].tolist(), strict=True)]
    zipf = np.array([background.zipf(w, "zh") for w in words])
    entries = np.array([background.known(w) for w in words])
    return {
        "edge_left": edge[i],
        "edge_right": edge[j],
        "edge_both": edge[i] * edge[j],
        "edge_inside": most,
        "edges_inside": total,
        "zipf_whole": zipf[spans.string],
        "entries": entries[spans.string],
    }


def _total(values: Column, first: Ints, after: Ints) -> Floats:
    running = np.concatenate([[0.0], np.cumsum(values, dtype=float)])
    return np.asarray(running[after] - running[first])


def _share(values: Column, first: Ints, after: Ints) -> Floats:
    return _total(values, first, after) / (after - first)
