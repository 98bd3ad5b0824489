"""What whole sentences say of a step or an unmatched clause: whom they are most like, and who is that one's.

Cosines are divided by what is usual for translations in this document.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.clauses import Clauses, Doubles
from aligner.alignment.scale import Scale
from aligner.encoders.text import Floats, Ints

STEP_NAMES = (
    "sentence_pulled_en",  # how much more an English sentence of the step likes a Chinese one outside it
    "sentence_pulled_zh",
)
NULL_NAMES = (
    "sentence_best",  # greatest cosine of the clause's sentence with one of the other side near the place
    "sentence_rival",  # how much more that partner likes another sentence of this side
)
WINDOW = 8
ROWS = 512


class SentenceTable:
    """Cosines of all sentences of the two sides, in half precision.

    Attributes:
        table: ``(English sentences, Chinese sentences)``.
    """

    def __init__(self, en: Clauses, zh: Clauses, scale: Scale) -> None:
        """Multiply the vectors of whole sentences, in blocks of rows."""
        self.en, self.zh, self.scale = en, zh, scale
        en_vectors, zh_vectors = _sentences(en), _sentences(zh)
        self.table = np.empty((len(en_vectors), len(zh_vectors)), dtype=np.float16)
        for start in range(0, len(en_vectors), ROWS):
            self.table[start : start + ROWS] = en_vectors[start : start + ROWS] @ zh_vectors.T

    def steps(self, steps: Ints) -> Doubles:
        """Describe steps ``(e, 4)``; returns ``(e, len(STEP_NAMES))``."""
        i0, i1, j0, j1 = steps.T
        en = self.en.sentence[i0], self.en.sentence[i1 - 1]
        zh = self.zh.sentence[j0], self.zh.sentence[j1 - 1]
        result = np.empty((len(steps), len(STEP_NAMES)))
        for column, (table, own, other) in enumerate(((self.table, en, zh), (self.table.T, zh, en))):
            result[:, column] = np.max([_pull(table, rows, *other) for rows in own], axis=0)
        return np.asarray(result / self.scale.match[i0][:, None])

    def nulls(self, cells: Ints) -> tuple[Doubles, Doubles]:
        """Describe the English and the Chinese clause before each cell as unmatched; each ``(c, 2)``."""
        i, j = cells.T
        en, zh = self.en.sentence, self.zh.sentence
        x, y = np.minimum(i, len(en) - 1), np.minimum(j, len(zh) - 1)
        described = []
        for table, own, place, there in (
            (self.table, en[np.maximum(i - 1, 0)], zh[y], i > 0),
            (self.table.T, zh[np.maximum(j - 1, 0)], en[x], j > 0),
        ):
            values = _partner(table, own, place) / self.scale.match[i][:, None]
            described.append(np.asarray(values * there[:, None]))
        return described[0], described[1]


def _sentences(side: Clauses) -> Floats:
    starts = np.flatnonzero(side.boundary)
    return side.runs(starts[:-1], np.diff(starts))


def _near(table: NDArray[np.float16], rows: Ints, first: Ints, last: Ints) -> tuple[Doubles, Ints]:
    """Return the cosines of rows with the columns from ``WINDOW`` before the first on, and the columns."""
    columns = first[:, None] + np.arange(-WINDOW, WINDOW + 1 + int((last - first).max(initial=0)))
    inside = (columns >= 0) & (columns < table.shape[1]) & (columns <= last[:, None] + WINDOW)
    values = table[rows[:, None], np.clip(columns, 0, table.shape[1] - 1)].astype(np.float64)
    return np.where(inside, values, -1.0), columns


def _pull(table: NDArray[np.float16], rows: Ints, first: Ints, last: Ints) -> Doubles:
    """Return the greatest cosine outside of columns ``first`` to ``last`` less the greatest inside."""
    values, columns = _near(table, rows, first, last)
    inside = (first[:, None] <= columns) & (columns <= last[:, None])
    result: Doubles = np.where(inside, -1.0, values).max(axis=1) - np.where(inside, values, -1.0).max(axis=1)
    return result


def _partner(table: NDArray[np.float16], rows: Ints, place: Ints) -> Doubles:
    values, columns = _near(table, rows, place, place)
    at = values.argmax(axis=1)
    numbers = np.arange(len(rows))
    best = values[numbers, at]
    rivals, others = _near(table.T, columns[numbers, at], rows, rows)
    rivals[others == rows[:, None]] = -1.0
    return np.stack([best, rivals.max(axis=1) - best], axis=1)
