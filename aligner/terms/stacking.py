"""Training that every stage of the term model shares: scores come from trees that never saw the document.

Stacking over documents (Wolpert 1992): a stage learns from what the one before said of texts it had not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from aligner.terms import extraction, fitting
from aligner.terms.annotated import Term, squeeze
from aligner.terms.pairing import CandidatePairs, Evidence
from aligner.terms.spans import Column, Floats, Ints, Spans
from aligner.terms.trees import Trees

ROWS = 250_000  # rows without a term that trees learn from
SIZES = (1, 15, extraction.BLOCK)  # of blocks; of single pairs a third is taken


def stack(
    fold: Ints,
    names: tuple[str, ...],
    tables: Sequence[Column],
    labels: Sequence[Column],
    owners: list[Ints],
    *,
    most: int = ROWS,
    **options: Any,
) -> tuple[dict[str, Any], list[Floats]]:
    """Fit trees on a sample of the rows; score each row by trees that never saw its fold.

    Args:
        fold: ``(n,)`` of the examples.
        names: of the features.
        tables: ``(rows, features)`` of each block.
        labels: ``(rows,)`` what the trees are to tell.
        owners: ``(rows,)`` the example each row is in.
        most: rows that are not so labelled, of all blocks.
        options: of `aligner.terms.fitting.fit_trees`.

    Returns:
        The trees by all rows, and the scores of each block by those of the other folds.
    """
    draw = np.random.default_rng(1)
    share = min(1.0, most / max(1, sum(map(len, labels)) - sum(int(l.sum()) for l in labels)))
    chosen = [l | (draw.random(len(l)) < share) for l in labels]
    values, right, owner = (
        np.concatenate([row[keep] for row, keep in zip(rows, chosen, strict=True)])
        for rows in (tables, labels, owners)
    )
    weight = np.where(right, 1.0, 1 / share)
    held = fold[owner]
    models = []
    for k in range(fold.max() + 1):
        part = held != k
        models.append(
            Trees.read(fitting.fit_trees(names, values[part], right[part], weight[part], **options))
        )
    data = fitting.fit_trees(names, values, right, weight, **options)
    scores = []
    for table, own in zip(tables, owners, strict=True):
        score = np.zeros(len(table))
        for k in np.unique(fold[own]).tolist():
            rows = fold[own] == k
            score[rows] = models[k](names, table[rows])
        scores.append(score)
    return data, scores


def blocks(count: int) -> list[Ints]:
    """Cut examples into blocks of mixed sizes; of single ones a third is taken."""
    order = np.arange(count)
    blocks = [order[k : k + size] for size in SIZES for k in range(0, count, size)]
    return [block for k, block in enumerate(blocks) if len(block) > 1 or k % 3 == 0]


def terms_of(evidence: Evidence, candidates: CandidatePairs) -> list[Term]:
    """Return candidates as annotated terms are written."""
    return [(squeeze(en), squeeze(zh)) for en, zh in extraction.strings(evidence, candidates)]


def among(spans: Spans, strings: Sequence[set[str]]) -> Column:
    """Return which spans are, in lower case and without spaces, among the strings of their text."""
    offsets = spans.characters(np.arange(len(spans)))
    texts = [tokens.text for tokens in spans.texts]
    return np.array(
        [
            squeeze(texts[t][a:b]) in strings[t]
            for t, (a, b) in zip(spans.text.tolist(), offsets, strict=True)
        ],
        dtype=bool,
    )
