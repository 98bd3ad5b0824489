"""The entries of a glossary that belong to a topic, closest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log
from typing import TYPE_CHECKING, Any

from aligner.errors import SettingError
from aligner.glossary.keys import singular
from aligner.languages.script import simplify
from aligner.types import Context, Entry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aligner.encoders import Encoder

    Array = NDArray[np.floating[Any]]

_BETWEEN_PHRASES = re.compile(r"\s*[,，;；、|\n]\s*")
_WORD = re.compile(r"[a-z0-9]{2,}")
_HAN = re.compile("[\u3400-\u9fff]")
_NEAREST = 40  # one context in so many, the nearest to the phrases, says what the topic looks like
_FEWEST = 5  # but at least so many contexts
_MOST = 200  # and no more, or a rare topic would drown
_DOUBT = 3  # contexts of mean closeness that a record is given beside its own
_OWN = 0.3  # weight of what a term itself says, beside its contexts
_BATCH = 1024  # texts encoded at once


def rank_by_topic(entries: Sequence[Entry], topic: str, encoder: Encoder) -> list[Entry]:
    """Keep the entries of a topic, closest first.

    An entry is close when its contexts, the records they are from and the term itself are. Only ranks
    and margins within the glossary count, so any encoder does; entries of many other fields are mixed in
    as a measure, so that most of a glossary of one field is kept, and little of another.

    Args:
        entries: as `build` or `merge` returns them.
        topic: phrases in English or Chinese, parted by commas, semicolons or 、.
        encoder: any encoder that `load_encoder` returns.

    Returns:
        The entries of the topic; of equally close ones the first given stays first.

    Raises:
        SettingError: the topic holds no word.

    References:
        Rocchio 1971, Relevance feedback in information retrieval (the nearest contexts stand for the topic).
        Otsu 1979, A threshold selection method from gray-level histograms (where the entries fall in two).
    """
    import numpy as np

    phrases = [phrase for phrase in _BETWEEN_PHRASES.split(topic.strip()) if re.search(r"\w", phrase)]
    if not phrases:
        raise SettingError("the topic holds no word", hint='name it, as in --topic "vertebroplasty"')
    if not entries:
        return []
    mixed = [*entries, *_other_fields()]
    close = _closeness(mixed, phrases, encoder)
    weights = np.ones(len(mixed))
    weights[len(entries) :] *= max(1.0, len(entries) / (len(mixed) - len(entries)))
    cut = _split(close, weights)
    order = np.argsort(-close[: len(entries)], kind="stable")
    return [entries[int(place)] for place in order if close[place] >= cut]


@dataclass(frozen=True, slots=True)
class _Contexts:
    """All contexts of some entries, each once.

    Attributes:
        texts: ``c`` texts, both languages in one.
        vectors: ``(c, d)`` unit rows, English and Chinese together.
        records: ``(c,)`` number of the record each is from.
        of_entry: for each of the uses of a context, the entry's number.
        used: likewise, the context's number.
    """

    texts: list[str]
    vectors: Array
    records: NDArray[np.int64]
    of_entry: NDArray[np.int64]
    used: NDArray[np.int64]


def _closeness(entries: Sequence[Entry], phrases: Sequence[str], encoder: Encoder) -> Array:
    """Return how close each entry is to the topic, ``(n,)``, in standard deviations."""
    import numpy as np

    topic = _vectors(phrases, encoder)
    terms = _unit(_vectors([e.en for e in entries], encoder) + _vectors([e.zh for e in entries], encoder))
    contexts = _gather(entries, encoder)
    near = _scaled((contexts.vectors @ topic.T).max(axis=1)) + _scaled(_shared_words(contexts.texts, phrases))
    near = _scaled(near) + _scaled(_means(near, contexts.records)[contexts.records])
    number = min(max(_FEWEST, len(near) // _NEAREST), _MOST)
    nearest = contexts.vectors[np.argsort(-near, kind="stable")[:number]]
    direction = nearest.mean(axis=0) - contexts.vectors.mean(axis=0)
    along = contexts.vectors @ direction
    around = _scaled(along) + _scaled(_means(_scaled(along), contexts.records)[contexts.records])
    around = _scaled(around) + _scaled(near)
    words = _shared_words([f"{e.en}\n{e.zh}" for e in entries], phrases)
    itself = _scaled((terms @ topic.T).max(axis=1)) + _scaled(words) + _scaled(terms @ direction)
    uses = np.bincount(contexts.of_entry, minlength=len(entries))
    total = np.bincount(contexts.of_entry, around[contexts.used], minlength=len(entries))
    seen = np.where(uses > 0, total / np.maximum(uses, 1), itself)
    return _scaled(seen) + _OWN * itself


def _gather(entries: Sequence[Entry], encoder: Encoder) -> _Contexts:
    import numpy as np

    numbers: dict[Context, int] = {}
    records: dict[str, int] = {}
    uses = []
    for place, entry in enumerate(entries):
        for context in entry.contexts:
            uses.append((place, numbers.setdefault(context, len(numbers))))
            records.setdefault(context.record, len(records))
    sides = _vectors([c.en for c in numbers], encoder) + _vectors([c.zh for c in numbers], encoder)
    of_entry, used = np.array(uses).T
    texts = [f"{context.en}\n{context.zh}" for context in numbers]
    return _Contexts(texts, _unit(sides), np.array([records[c.record] for c in numbers]), of_entry, used)


def _shared_words(texts: Sequence[str], phrases: Sequence[str]) -> Array:
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


def _vectors(texts: Sequence[str], encoder: Encoder) -> Array:
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


def _unit(rows: Array) -> Array:
    import numpy as np

    lengths: Array = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.maximum(lengths, 1e-12)


def _scaled(values: Array) -> Array:
    """Shift and scale to mean 0 and standard deviation 1."""
    result: Array = values - values.mean()
    return result / max(float(values.std()), 1e-12)


def _means(values: Array, groups: NDArray[np.int64]) -> Array:
    """Return the mean of each group, drawn towards 0 where the group is small."""
    import numpy as np

    return np.bincount(groups, values) / (np.bincount(groups) + _DOUBT)


def _split(values: Array, weights: Array) -> float:
    """Return the value that parts ``values`` into the two groups of largest variance between them (Otsu)."""
    import numpy as np

    order = np.argsort(values, kind="stable")
    value, weight = values[order], weights[order]
    below = np.cumsum(weight)[:-1]
    total = weight.sum()
    sums = np.cumsum(weight * value)
    gap = (sums[-1] - sums[:-1]) / (total - below) - sums[:-1] / below
    best = int(np.argmax(below * (total - below) * gap**2))
    return float(value[best] + value[best + 1]) / 2


@cache
def _other_fields() -> tuple[Entry, ...]:
    """Return entries of many fields of medicine, each with one context, to measure a glossary by."""
    lines = files("aligner.glossary").joinpath("other_fields.tsv").read_text("utf-8").splitlines()
    entries = []
    for number, line in enumerate(lines):
        en, zh, *terms = line.split("\t")
        for term in terms:
            one, _, other = term.partition("=")
            context = Context(f"\0field {number}", en, zh)
            entries.append(Entry(one, other, 1.0, 1, 1, contexts=(context,)))
    return tuple(entries)
