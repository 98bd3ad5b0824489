"""Features of pairs of spans: is the one a translation of the other?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aligner.encoders import EncodedText
from aligner.terms.links import link, unit_cosines
from aligner.terms.spans import Floats, Ints, Spans


@dataclass(frozen=True)
class Matrices:
    """A block's ``n x m`` matrices, one a pair of texts, as running sums ``(n + 1, m + 1)`` laid one after another."""

    values: Floats
    offsets: Ints
    widths: Ints

    def mass(self, text: Ints, en: tuple[Ints, Ints], zh: tuple[Ints, Ints]) -> Floats:
        """Sum over the rows ``en[0]:en[1]`` and the columns ``zh[0]:zh[1]``, counted within each text."""
        base, width = self.offsets[text], self.widths[text]
        corners = [self.values[base + a * width + b] for a, b in ((en[1], zh[1]), (en[0], zh[1]), (en[1], zh[0]), (en[0], zh[0]))]
        return np.asarray(corners[0] - corners[1] - corners[2] + corners[3])


def lay(matrices: list[Floats]) -> Matrices:
    """Lay matrices of running sums one after another."""
    sizes = [matrix.size for matrix in matrices]
    values = np.concatenate([matrix.ravel() for matrix in matrices] or [np.empty(0)])
    return Matrices(values, np.cumsum([0, *sizes])[:-1], np.array([m.shape[1] for m in matrices], dtype=np.int64))


def couple(en: Spans, kept_en: Ints, zh: Spans, kept_zh: Ints) -> tuple[Ints, Ints]:
    """Return every pair of kept spans of the same pair of texts, as numbers of spans; kept ones ascend."""
    texts = len(en.texts)
    left = np.searchsorted(en.text[kept_en], np.arange(texts + 1))
    right = np.searchsorted(zh.text[kept_zh], np.arange(texts + 1))
    rows, columns = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for t in range(texts):
        a, b = kept_en[left[t] : left[t + 1]], kept_zh[right[t] : right[t + 1]]
        rows.append(np.repeat(a, len(b)))
        columns.append(np.tile(b, len(a)))
    return np.concatenate(rows), np.concatenate(columns)


@dataclass(frozen=True)
class Evidence:
    """What a block's pairs of texts say of pairs of spans."""

    forward: Matrices
    backward: Matrices
    english: tuple[EncodedText, ...]
    chinese: tuple[EncodedText, ...]


def gather(english: list[EncodedText], en: Spans, chinese: list[EncodedText], zh: Spans) -> Evidence:
    """Link the units of a block's pairs of texts."""
    links = [
        link(unit_cosines(*row), row[1], row[3]) for row in zip(english, en.texts, chinese, zh.texts, strict=True)
    ]
    return Evidence(lay([l.forward for l in links]), lay([l.backward for l in links]), tuple(english), tuple(chinese))


def features(
    evidence: Evidence, en: Spans, e: Ints, en_score: Floats, zh: Spans, z: Ints, zh_score: Floats
) -> tuple[tuple[str, ...], Floats]:
    """Return names and values of what is known of each pair of spans ``(e, z)``."""
    text = en.text[e]
    n, m = (np.diff(s.offsets)[text] for s in (en, zh))
    a, b = en.first[e] - en.offsets[text], en.after[e] - en.offsets[text]
    c, d = zh.first[z] - zh.offsets[text], zh.after[z] - zh.offsets[text]
    columns: dict[str, Floats] = {
        "en_score": en_score[e],
        "zh_score": zh_score[z],
        "en_length": b - a,
        "zh_length": d - c,
        "ratio": np.log((d - c) / (b - a)),
        "position": np.abs((a + b) / n - (c + d) / m) / 2,
        **_links(evidence, text, (a, b, n), (c, d, m)),
        **_cosines(evidence, en, e, zh, z),
    }
    return tuple(columns), np.stack(list(columns.values()), axis=1).astype(np.float64)


def _links(evidence: Evidence, text: Ints, en: tuple[Ints, Ints, Ints], zh: tuple[Ints, Ints, Ints]) -> dict[str, Floats]:
    (a, b, n), (c, d, m) = en, zh
    zero = np.zeros_like(a)
    forward, backward = evidence.forward.mass, evidence.backward.mass
    inside_f, inside_b = forward(text, (a, b), (c, d)), backward(text, (a, b), (c, d))
    before_e, behind_e = (np.maximum(a - 1, 0), a), (b, np.minimum(b + 1, n))
    before_z, behind_z = (np.maximum(c - 1, 0), c), (d, np.minimum(d + 1, m))
    return {
        "forward_inside": inside_f / (b - a),
        "backward_inside": inside_b / (d - c),
        "forward_outside": (forward(text, (zero, n), (c, d)) - inside_f) / (d - c),
        "backward_outside": (backward(text, (a, b), (zero, m)) - inside_b) / (b - a),
        "zh_first": backward(text, (a, b), (c, c + 1)),
        "zh_last": backward(text, (a, b), (d - 1, d)),
        "zh_before": backward(text, (a, b), before_z),
        "zh_behind": backward(text, (a, b), behind_z),
        "en_first": forward(text, (a, a + 1), (c, d)),
        "en_last": forward(text, (b - 1, b), (c, d)),
        "en_before": forward(text, before_e, (c, d)),
        "en_behind": forward(text, behind_e, (c, d)),
    }


def _cosines(evidence: Evidence, en: Spans, e: Ints, zh: Spans, z: Ints) -> dict[str, Floats]:
    """Cosine of the spans read in context, standardised within each pair of texts, and margins to the best rival."""
    cosine = np.empty(len(e))
    row_gap, column_gap = np.empty(len(e)), np.empty(len(e))
    bounds = np.searchsorted(en.text[e], np.arange(len(en.texts) + 1))
    for t in range(len(en.texts)):
        part = slice(bounds[t], bounds[t + 1])
        if part.start == part.stop:
            continue
        rows, row = np.unique(e[part], return_inverse=True)
        columns, column = np.unique(z[part], return_inverse=True)
        left = evidence.english[t].vectors(en.characters(rows))
        right = evidence.chinese[t].vectors(zh.characters(columns))
        table = left @ right.T
        table = (table - table.mean()) / (table.std() + 1e-9)
        cosine[part] = table[row, column]
        row_gap[part] = table[row, column] - table.max(axis=1)[row]
        column_gap[part] = table[row, column] - table.max(axis=0)[column]
    return {"cosine": cosine, "cosine_row_gap": row_gap, "cosine_column_gap": column_gap}


def rough(
    evidence: Evidence, en: Spans, e: Ints, en_score: Floats, zh: Spans, z: Ints, zh_score: Floats
) -> Floats:
    """Return a quick score of each pair of spans, good enough to drop the hopeless ones."""
    text = en.text[e]
    n, m = (np.diff(s.offsets)[text] for s in (en, zh))
    a, b = en.first[e] - en.offsets[text], en.after[e] - en.offsets[text]
    c, d = zh.first[z] - zh.offsets[text], zh.after[z] - zh.offsets[text]
    links = _links(evidence, text, (a, b, n), (c, d, m))
    terms = -np.logaddexp(0, -en_score[e]) - np.logaddexp(0, -zh_score[z])
    return np.asarray(
        links["forward_inside"]
        + links["backward_inside"]
        - links["forward_outside"]
        - links["backward_outside"]
        + 0.3 * terms
    )
