"""Terms that a user brings along: likely ones in texts, and their pairs are likely translations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aligner.terms.spans import Column, Ints, Spans
from aligner.terms.tokens import cut
from aligner.text.han import simplify
from aligner.text.lemma import singular
from aligner.types import Entry

Words = tuple[str, ...]


@dataclass(frozen=True)
class Termbase:
    """Term pairs by their words: English ones in the singular, Chinese ones in Simplified characters.

    Attributes:
        en: a number for each English form, from 1.
        zh: likewise.
        pairs: which forms translate each other, by their numbers.
    """

    en: Mapping[Words, int]
    zh: Mapping[Words, int]
    pairs: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Termbase:
        """Take the forms of a glossary's accepted entries."""
        en: dict[Words, int] = {}
        zh: dict[Words, int] = {}
        pairs = set[tuple[int, int]]()
        for entry in entries:
            if entry.status == "accepted":
                left = [_number(en, _english(cut(form).words)) for form in (entry.en, *entry.en_variants)]
                right = [_number(zh, cut(simplify(form)).words) for form in (entry.zh, *entry.zh_variants)]
                pairs.update((a, b) for a in left for b in right if a and b)
        return cls(en, zh, frozenset(pairs))

    def forms(self, spans: Spans) -> Ints:
        """Return the number of the form that each span is, ``(n,)``; 0 where it is none."""
        if not self.pairs:
            return np.zeros(len(spans), dtype=np.int64)
        first = np.unique(spans.string, return_index=True)[1]
        words = spans.word_tuples(first)
        if spans.language == "en":
            words, known = list(map(_english, words)), self.en
        else:
            known = self.zh
        return np.array([known.get(one, 0) for one in words], dtype=np.int64)[spans.string]

    def joined(self, en: Ints, zh: Ints) -> Column:
        """Tell where two forms translate each other, given by their numbers."""
        return np.isin(en * (len(self.zh) + 1) + zh, self._codes)

    @cached_property
    def _codes(self) -> Ints:
        return np.array([a * (len(self.zh) + 1) + b for a, b in sorted(self.pairs)], dtype=np.int64)


NO_TERMS = Termbase({}, {}, frozenset())


def _english(words: Words) -> Words:
    return tuple(map(singular, words))


def _number(known: dict[Words, int], words: Words) -> int:
    """Return the number of a form, a new one where it has none; 0 where no word is in it."""
    return known.setdefault(words, len(known) + 1) if words else 0
