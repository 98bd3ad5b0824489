"""The contexts of a glossary's entries, as vectors and as words, to tell what they are about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log
from typing import TYPE_CHECKING, Any

from aligner.text.han import HAN, simplify
from aligner.text.lemma import singular
from aligner.types import Context, Entry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aligner.encoders import Encoder

    Array = NDArray[np.floating[Any]]

_WORD = re.compile(r"[a-z0-9]{2,}")
_HAN = re.compile(f"[{HAN}]")
_BATCH = 1024  # texts encoded at once
_OTHER = "\0field"  # begins the names of records no corpus has


@dataclass(frozen=True, slots=True)
class TopicContexts:
    """All contexts of some entries, each once.

    Attributes:
        texts: ``c`` texts, both languages in one.
        vectors: ``(c, d)`` unit rows, English and Chinese together.
        records: ``(c,)`` number of the record each is from.
        other: ``(c,)`` whether it is of `other_fields`.
        of_entry: for each of the uses of a context, the entry's number.
        used: likewise, the context's number.
    """

    texts: list[str]
    vectors: Array
    records: NDArray[np.int64]
    other: NDArray[np.bool_]
    of_entry: NDArray[np.int64]
    used: NDArray[np.int64]

    def pool(self, values: Array, doubt: float) -> Array:
        """Return for each context the mean of its record, drawn towards 0 as by ``doubt`` contexts of 0."""
        import numpy as np

        means = np.bincount(self.records, values) / (np.bincount(self.records) + doubt)
        return means[self.records]

    def of_entries(self, values: Array) -> Array:
        """Return the mean over the contexts of each entry, ``(n,)``."""
        import numpy as np

        return np.bincount(self.of_entry, values[self.used]) / np.bincount(self.of_entry)


def gather(entries: Sequence[Entry], encoder: Encoder) -> TopicContexts:
    """Collect the contexts of entries; one without any is its own context."""
    import numpy as np

    numbers: dict[Context, int] = {}
    records: dict[str, int] = {}
    uses = []
    for place, entry in enumerate(entries):
        for context in entry.contexts or [Context(f"\0entry {place}", entry.en, entry.zh)]:
            uses.append((place, numbers.setdefault(context, len(numbers))))
            records.setdefault(context.record, len(records))
    of_entry, used = np.array(uses).T
    return TopicContexts(
        texts=[f"{context.en}\n{context.zh}" for context in numbers],
        vectors=both_vectors([(context.en, context.zh) for context in numbers], encoder),
        records=np.array([records[context.record] for context in numbers]),
        other=np.array([context.record.startswith(_OTHER) for context in numbers]),
        of_entry=of_entry,
        used=used,
    )


def shared_words(texts: Sequence[str], phrases: Sequence[str]) -> Array:
    """Return, squared, the share of the best phrase's words in each text, ``(n,)``; rare words count more.

    An encoder knows little of a rare word; where the text has the very word, nobody needs one.
    """
    import numpy as np

    wanted = frozenset(word for phrase in phrases for word in _words(phrase))
    bags = [_words(text) & wanted for text in texts]
    spread = Counter(word for bag in bags for word in bag)
    result = np.zeros(len(texts))
    for phrase in phrases:
        weight = {word: log(1 + len(texts) / (1 + spread[word])) for word in _words(phrase)}
        if total := sum(weight.values()):
            held = [sum(weight[word] for word in weight if word in bag) / total for bag in bags]
            result = np.maximum(result, np.square(held))
    return result


def _words(text: str) -> frozenset[str]:
    """Return English words in the singular and pairs of neighbouring Chinese characters."""
    words = {singular(word) for word in _WORD.findall(text.casefold())}
    han = "".join(_HAN.findall(simplify(text)))
    return frozenset(words | {han[i : i + 2] for i in range(len(han) - 1)})


def vectors(texts: Sequence[str], encoder: Encoder) -> Array:
    """Return the whole-text vector of each text, ``(n, d)``; equal texts are encoded once."""
    import numpy as np

    places: dict[str, int] = {}
    for text in texts:
        places.setdefault(text, len(places))
    rows = np.empty((len(places), encoder.dimensions), dtype=np.float32)
    distinct = list(places)
    for start in range(0, len(distinct), _BATCH):
        encoded = encoder.encode(distinct[start : start + _BATCH])
        for place, one in enumerate(encoded, start):
            rows[place] = one.vectors([(0, len(one.text))])[0]
    return rows[[places[text] for text in texts]]


def both_vectors(texts: Sequence[tuple[str, str]], encoder: Encoder) -> Array:
    """Return one unit row a pair of texts, ``(n, d)``."""
    import numpy as np

    rows = vectors([en for en, _ in texts], encoder) + vectors([zh for _, zh in texts], encoder)
    lengths: Array = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.maximum(lengths, 1e-12)


@cache
def other_fields() -> tuple[Entry, ...]:
    """Return entries of many fields of medicine, each with one context, to measure a glossary by."""
    lines = files("aligner.glossary").joinpath("other_fields.tsv").read_text("utf-8").splitlines()
    entries = []
    for number, line in enumerate(lines):
        en, zh, *terms = line.split("\t")
        for term in terms:
            one, _, other = term.partition("=")
            context = Context(f"{_OTHER} {number}", en, zh)
            entries.append(Entry(one, other, 1.0, 1, 1, contexts=(context,)))
    return tuple(entries)
