"""The entries of a glossary that belong to a topic, closest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from aligner.errors import SettingError
from aligner.glossary.topic_contexts import (
    TopicContexts,
    both_vectors,
    gather,
    other_fields,
    shared_words,
    vectors,
)
from aligner.text.han import has_han, simplify
from aligner.text.lemma import lemma
from aligner.types import Entry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aligner.encoders import Encoder

    Array = NDArray[np.floating[Any]]

_IS_PHRASE = 2  # rank of a term that is a phrase of the topic; 1 of one that holds it
_BETWEEN_PHRASES = re.compile(r"\s*[,，;；、|\n]\s*")

# Found on mixtures of constructed abstracts of one field with texts of others, the field 1 to 100 % of them.
_WORDS = 40.0  # weight of shared words beside closeness to the phrases in standard deviations of other fields
_ENOUGH = 3  # contexts that hold a whole phrase, by which closeness counts half
_WHOLE = 0.8  # of a phrase's words, squared, is a whole phrase
_NEAR = 2.5  # what the first guess takes for the topic, in standard deviations
_FIRST_RECORD, _RECORD = 2.0, 3.0  # weight of a record beside a context, in the first guess and later
_DOUBT = 6.0  # contexts of neither side that a record is given beside its own
_FIRST_STEEP, _STEEP = 2.0, 8.0  # of the logistic curves
_ROUNDS = 4
_FIRST = 0.2  # share the first guess keeps in later ones, so that they do not stray
_OTHERS = 0.5  # weight of all other fields beside the whole glossary
_RIDGE = 0.6  # of the mean variance
_OWN = 0.15  # weight of what a term itself says, beside its contexts
_CUT = -0.3  # where 1 and -1 are the means of the topic and of the rest


def rank_by_topic(entries: Sequence[Entry], topic: str, encoder: Encoder) -> list[Entry]:
    """Keep the entries of a topic, closest first.

    A first guess, by closeness to the phrases and by their words, says which contexts are about the topic. A
    discriminant between these and the others is made again from what it finds, so that what a text on
    the topic says without its words is found too. Contexts of many other fields are always among the others:
    most of a glossary of one field is kept, little of another. Only margins over these count, so any
    encoder does. Records are told better than rows that are each a record of their own; of a glossary of
    a few abstracts, those without the phrases' words may be lost.

    Args:
        entries: as `build` or `merge` returns them.
        topic: phrases in English or Chinese, parted by commas, semicolons or 、. The name of a field
            (``fields.tsv``) stands for phrases of its own.
        encoder: any encoder that `load_encoder` returns.

    Returns:
        The entries of the topic: those whose term is one of its phrases first, then those that hold one, then
        by closeness; of equally close ones the first given stays first.

    Raises:
        SettingError: the topic holds no word.

    References:
        Fisher 1936, The use of multiple measurements in taxonomic problems (the discriminant).
        Rocchio 1971, Relevance feedback in information retrieval (the first found stand for the topic).
    """
    import numpy as np

    named = [phrase for phrase in _BETWEEN_PHRASES.split(topic.strip()) if re.search(r"\w", phrase)]
    if not named:
        raise SettingError("the topic holds no word", hint='name it, as in --topic "vertebroplasty"')
    phrases = [phrase for name in named for phrase in fields().get(lemma_of(name), (name,))]
    if not entries:
        return []
    mixed = [*entries, *other_fields()]
    contexts = gather(mixed, encoder)
    along, direction = _learn(contexts, _first_guess(contexts, phrases, encoder))
    itself = both_vectors([(entry.en, entry.zh) for entry in mixed], encoder) @ direction
    itself = (itself - itself.mean()) / max(float(itself.std()), 1e-12)
    close = (contexts.of_entries(along) + _OWN * itself)[: len(entries)]
    said = np.array([_says(entry, named) for entry in entries])
    order = np.lexsort((-close, -said))
    return [entries[int(place)] for place in order if close[place] >= _CUT or said[place] == _IS_PHRASE]


@cache
def fields() -> dict[str, tuple[str, ...]]:
    """Return, by the lemmas of a field's names, phrases that say what its texts are about."""
    lines = files("aligner.glossary").joinpath("fields.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {
        lemma_of(name): tuple(phrases.split("; ")) for names, phrases in rows for name in names.split("; ")
    }


def lemma_of(phrase: str) -> str:
    """Return what the forms of a phrase share, in either language and script."""
    return " ".join(map(lemma, simplify(phrase).split()))


def _says(entry: Entry, phrases: Sequence[str]) -> int:
    """Tell whether a term is one of the phrases, holds one, or neither."""
    forms = {lemma_of(form) for form in (entry.en, entry.zh, *entry.en_variants, *entry.zh_variants)}
    wanted = [lemma_of(phrase) for phrase in phrases]
    if any(phrase in forms for phrase in wanted):
        return _IS_PHRASE
    return int(
        any(
            f" {phrase} " in f" {form} " or (has_han(phrase) and phrase in form)
            for phrase in wanted
            for form in forms
        )
    )


def _first_guess(contexts: TopicContexts, phrases: Sequence[str], encoder: Encoder) -> Array:
    """Return for each context how probably it is about the topic, ``(c,)``."""
    import numpy as np

    close = (contexts.vectors @ vectors(phrases, encoder).T).max(axis=1)
    others = close[contexts.other]
    close = (close - others.mean()) / max(float(others.std()), 1e-12)
    words = np.where(contexts.other, 0.0, shared_words(contexts.texts, phrases))
    trust = 1 / (1 + np.count_nonzero(words > _WHOLE) / _ENOUGH)
    near = trust * close + _WORDS * words
    near = near + _FIRST_RECORD * contexts.pool(near, _DOUBT)
    return _probability(contexts, _FIRST_STEEP * (near - _NEAR))


def _learn(contexts: TopicContexts, first: Array) -> tuple[Array, Array]:
    """Tell the topic from the rest, again and again from what was found.

    Returns:
        Where each context is, ``(c,)``, the mean of the rest at -1 and of the topic at 1, its record counted
        in; and the direction of the topic, ``(d,)``.
    """
    import numpy as np

    rows = contexts.vectors.astype(np.float64)
    weights = np.ones(len(rows))
    weights[contexts.other] = _OTHERS * max(1.0, (~contexts.other).sum() / contexts.other.sum())
    moments = (rows.T * weights) @ rows
    guess = first
    for _ in range(_ROUNDS):
        inside, outside = weights * guess, weights * (1 - guess)
        one, other = inside @ rows / inside.sum(), outside @ rows / outside.sum()
        spread = moments - inside.sum() * np.outer(one, one) - outside.sum() * np.outer(other, other)
        spread /= weights.sum()
        spread += _RIDGE * np.trace(spread) / len(spread) * np.eye(len(spread))
        direction: Array = np.linalg.solve(spread, one - other)
        along = 2 * (rows @ direction - (one + other) @ direction / 2)
        along /= max(float((one - other) @ direction), 1e-12)
        along = along + _RECORD * contexts.pool(along, _DOUBT)
        guess = _FIRST * first + (1 - _FIRST) * _probability(contexts, _STEEP * along)
    return along, direction


def _probability(contexts: TopicContexts, logits: Array) -> Array:
    import numpy as np

    return np.where(contexts.other, 0.0, 1 / (1 + np.exp(-np.clip(logits, -30, 30))))
