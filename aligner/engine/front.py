"""A record's front matter as pairs, with its terms: its titles, and its lists of keywords."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aligner.encoders import EncodedPair, Encoder
from aligner.text.keywords import keyword_spans
from aligner.types import Pair, Record, TermPair

TITLE, KEYWORDS = "title", "keywords"


def front_pairs(record: Record, first: int) -> tuple[Pair, ...]:
    """Return a record's titles as a pair, and its keyword lines as one, where both languages have them.

    Args:
        record: with its metadata.
        first: the number of the first of them: they are numbered on from the beads.
    """
    found = [pair for name in (TITLE, KEYWORDS) if (pair := _texts(record, name))]
    return tuple(Pair(record.name, number, *texts) for number, texts in enumerate(found, first))


def encoded_title(record: Record, front: Iterable[Pair], encoder: Encoder) -> Iterator[EncodedPair]:
    """Yield the pair of titles among front matter, encoded."""
    for pair in front:
        if (pair.en, pair.zh) == _texts(record, TITLE):
            yield EncodedPair(pair, *encoder.encode([pair.en, pair.zh]))
            return


def keyword_terms(
    record: Record, front: Iterable[Pair], terms: Iterable[TermPair], encoder: Encoder
) -> Iterator[TermPair]:
    """Yield the keywords of a record that are the same in both languages.

    Args:
        record: with its metadata.
        front: its front matter, as `front_pairs` returns it.
        terms: what was found in its text and title.
        encoder: gives vectors of keywords.
    """
    from aligner.terms.keywords import TERMHOOD, pair_keywords

    pair = next((one for one in front if (one.en, one.zh) == _texts(record, KEYWORDS)), None)
    if pair is None:
        return
    en_spans, zh_spans = keyword_spans(pair.en), keyword_spans(pair.zh)
    en, zh = ([text[a:b] for a, b in spans] for text, spans in ((pair.en, en_spans), (pair.zh, zh_spans)))
    known = {(term.en, term.zh) for term in terms}
    for e, z, probability in pair_keywords(en, zh, encoder, known=known):
        where = pair.record, pair.bead, en[e], zh[z], en_spans[e], zh_spans[z]
        yield TermPair(*where, round(probability, 4), TERMHOOD, "keywords")


def _texts(record: Record, name: str) -> tuple[str, str] | None:
    en, zh = (record.metadata.get(f"{name}_{side}", "").strip() for side in ("en", "zh"))
    return (en, zh) if en and zh else None
