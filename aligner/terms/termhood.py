"""Features of single spans: is this run of tokens a term at all?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from aligner.terms import boundaries, lexicon, medical_names, mesh, syntax, wordclass
from aligner.terms.candidates import stop_words
from aligner.terms.spans import Column, Floats, Ints, Spans, Table, table, total
from aligner.terms.statistics import Statistics, measure
from aligner.terms.tokens import HARD, LOOSE, cut
from aligner.text import background
from aligner.text.abbreviations import definitions

INNER = {
    "en": ("of", "in", "with", "for", "and", "or", "to", "the"),
    "zh": ("的", "和", "或", "及", "与", "在", "为"),
}
_OPENING = frozenset("(（[［")


def features(spans: Spans, weights: Mapping[str, Mapping[str, float]]) -> Table:
    """Return names and values ``(n, features)`` of what is known of each span by itself.

    Args:
        spans: of a block.
        weights: of words, per role (see the lexicon).
    """
    return add_weights(spans, base(spans), weights)


def base(spans: Spans) -> Table:
    """Return the features that need no trained weights."""
    columns = {**_form(spans), **_counts(spans, measure(spans)), **_background(spans), **_introduced(spans)}
    if spans.language == "zh":
        columns |= {**_boundaries(spans), **wordclass.features(spans), **medical_names.features(spans)}
    else:
        columns |= {**syntax.features(spans), **mesh.features(spans)}
    return table(columns)


def add_weights(spans: Spans, known: Table, weights: Mapping[str, Mapping[str, float]]) -> Table:
    """Add the features that the trained weights of words give."""
    return table(lexicon.scores(spans, weights), known)


def _form(spans: Spans) -> dict[str, Column]:
    breaks = spans.breaks
    words = spans.vocabulary
    begin, end = stop_words(spans.language)
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
        "inner_words": total(inner, i, j) - inner[i] - inner[j - 1],
        "inner_breaks": total(breaks[:-1] == LOOSE, i + 1, j),
        "bracketed": (breaks[i] == LOOSE) & (breaks[j] == LOOSE),
        **_case(spans),
    }


def _case(spans: Spans) -> dict[str, Column]:
    """Is the span written in capitals, with a capital inside a sentence, in a text that has capitals?"""
    acronym, capital, cased = [], [], []
    for tokens in spans.texts:
        written = [
            tokens.text[a:b] for a, b in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)
        ]
        acronym += [sum(map(str.isupper, word)) > 1 for word in written]
        inside = (tokens.breaks[:-1] != HARD).tolist()
        capital += [within and word[0].isupper() for word, within in zip(written, inside, strict=True)]
        cased += [tokens.text != tokens.text.lower()] * len(written)
    i, j = spans.first, spans.after
    return {
        "acronyms": _share(np.array(acronym, dtype=bool), i, j),
        "capitals": _share(np.array(capital, dtype=bool), i, j),
        "cased": np.array(cased, dtype=bool)[i],
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


def _introduced(spans: Spans) -> dict[str, Column]:
    """Is the span a form that a text of the block introduces, short or long; is a bracket beside it?"""
    found = [one for tokens in spans.texts for one in definitions(tokens.text, spans.language)]
    short, long = (
        _written(spans, frozenset(cut(form).words for form in some) - {()})
        for some in ({one.short for one in found}, {one.long for one in found})
    )
    opens = np.array(
        [not _OPENING.isdisjoint(gap) for tokens in spans.texts for gap in tokens.gaps[:-1]] + [False]
    )
    return {
        "short_form": short,
        "long_form": long,
        "bracket_before": opens[spans.first],
        "bracket_behind": opens[spans.after],
    }


def _written(spans: Spans, forms: frozenset[tuple[str, ...]]) -> Column:
    """Tell which spans are among some forms, given as their words."""
    opening = {form[0] for form in forms}
    first = np.array([word in opening for word in spans.vocabulary], dtype=bool)
    likely = np.flatnonzero(first[spans.words[spans.first]] & np.isin(spans.length, list(map(len, forms))))
    result = np.zeros(len(spans), dtype=bool)
    result[likely] = [words in forms for words in spans.word_tuples(likely)]
    return result


def _background(spans: Spans) -> dict[str, Column]:
    known = background.zipfs(spans.vocabulary, spans.language)
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
        "zipf_mean": total(zipf[:-1], i, j) / spans.length,
        "weird_mean": total(weird, i, j) / spans.length,
        "weird_first": weird[i],
        "weird_last": weird[j - 1],
        "zipf_least": least,
        "zipf_most": most,
    }


def _boundaries(spans: Spans) -> dict[str, Column]:
    """How likely general words begin and end where the span does; what dictionaries say of the whole."""
    edge = boundaries.word_boundaries(spans)
    i, j = spans.first, spans.after
    most, summed = np.zeros(len(spans)), np.zeros(len(spans))
    for step in range(1, int(spans.length.max(initial=1))):
        inside = i + step < j
        most[inside] = np.maximum(most[inside], edge[i[inside] + step])
        summed[inside] += edge[i[inside] + step]
    first = np.unique(spans.string, return_index=True)[1]
    tokens = [spans.vocabulary[w] for w in spans.words.tolist()]
    text, place = "".join(tokens), np.cumsum([0, *map(len, tokens)])
    words = [text[a:b] for a, b in zip(place[i[first]].tolist(), place[j[first]].tolist(), strict=True)]
    zipf, known = background.zipfs(words, "zh"), background.entries()
    entries = np.array([len(known.get(word, ())) for word in words])
    return {
        "boundary_left": edge[i],
        "boundary_right": edge[j],
        "boundary_both": edge[i] * edge[j],
        "boundary_inside": most,
        "boundaries_inside": summed,
        "zipf_whole": zipf[spans.string],
        "entries": entries[spans.string],
    }


def _share(values: Column, first: Ints, after: Ints) -> Floats:
    return total(values, first, after) / (after - first)
