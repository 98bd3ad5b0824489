"""Features of single spans: is this run of units a term at all?"""

from __future__ import annotations

import numpy as np

from aligner.terms import background
from aligner.terms.candidates import edges
from aligner.terms.spans import Floats, Spans
from aligner.terms.statistics import Statistics, measure
from aligner.terms.units import HARD, LOOSE

INNER = {"en": ("of", "in", "with", "for", "and", "or", "to", "the"), "zh": ("的", "和", "或", "及", "与", "在", "为")}


def features(spans: Spans) -> tuple[tuple[str, ...], Floats]:
    """Return names and values ``(n, features)`` of what is known of each span by itself."""
    columns = {**_form(spans), **_counts(spans, measure(spans)), **_background(spans)}
    return tuple(columns), np.stack(list(columns.values()), axis=1).astype(np.float64)


def _form(spans: Spans) -> dict[str, Floats]:
    breaks = np.concatenate([np.append(u.breaks[:-1], HARD)[:-1] for u in spans.texts] or [np.empty(0, int)])
    breaks = np.append(breaks, HARD)
    words = spans.vocabulary
    begin, end = edges(spans.language)
    stop = np.append(np.array([w in begin or w in end for w in words], dtype=bool)[spans.words], True)
    digit = np.append(np.array([w[0].isdigit() for w in words], dtype=bool)[spans.words], False)
    latin = np.append(np.array([w[0].isascii() and w[0].isalpha() for w in words], dtype=bool)[spans.words], False)
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


def _counts(spans: Spans, known: Statistics) -> dict[str, Floats]:
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


def _background(spans: Spans) -> dict[str, Floats]:
    zipf = np.array([background.zipf(w, spans.language) for w in spans.vocabulary])
    zipf = np.append(zipf[spans.words], 0.0)
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
        "zipf_least": least,
        "zipf_most": most,
    }


def _total(values: Floats, first: Floats, after: Floats) -> Floats:
    running = np.concatenate([[0.0], np.cumsum(values, dtype=float)])
    return np.asarray(running[after] - running[first])


def _share(values: Floats, first: Floats, after: Floats) -> Floats:
    return _total(values, first, after) / (after - first)
