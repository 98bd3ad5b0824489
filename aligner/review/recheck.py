"""What an edited alignment is due: new pairs are checked, and terms found in the old ones carried over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aligner.encoders import DEFAULT, Encoder, load_encoder
from aligner.engine.work import check_again
from aligner.errors import AlignerError, InputError
from aligner.store import Found, Workspace, read_checked_by, read_settings, write_findings, write_terms
from aligner.store.beads import StoredBead, beads_of, terms_of
from aligner.store.records import LANGUAGES, read_sentences
from aligner.text.joining import SENTENCE_JOINERS
from aligner.types import Finding, Pair, Sentence, Span, TermPair

if TYPE_CHECKING:
    from aligner.checks import Glossary

Sides = dict[str, tuple[Sentence, ...]]


@dataclass(frozen=True, slots=True)
class Before:
    """A record as it was before an edit.

    Attributes:
        texts: English and Chinese text of each pair.
        terms: occurrences by their places in the record's texts, with the key of their concept.
    """

    texts: frozenset[tuple[str, str]]
    terms: tuple[tuple[Span, Span, float, str], ...]


def remember(workspace: Workspace, record: int) -> Before:
    """Read what `renew` needs to know of a record before its alignment changes."""
    sides = _sentences(workspace, record)
    texts, terms = set(), []
    for bead in beads_of(workspace, record):
        texts.add((bead.pair.en, bead.pair.zh))
        places = _places(bead.pair, sides)
        for term, concept in terms_of(workspace, record, bead.pair.bead):
            en, zh = _outwards(term.en_span, places[0]), _outwards(term.zh_span, places[1])
            if en and zh:
                terms.append((en, zh, term.score, concept))
    return Before(frozenset(texts), tuple(terms))


def renew(workspace: Workspace, record: int, before: Before) -> None:
    """Check the pairs that an edit made, and put the terms found earlier where they stand now.

    What was found in pairs that stay the same is kept. A term whose two sides are now in different
    pairs is dropped; the next run looks for terms again.
    """
    beads = list(beads_of(workspace, record))
    new = {bead.pair.bead for bead in beads if (bead.pair.en, bead.pair.zh) not in before.texts}
    if not new:
        return
    findings = [issue.finding for bead in beads for issue in bead.issues if issue.id > 0]  # not a person's
    pairs = [bead.pair for bead in beads]
    findings += check_again(pairs, new, encoder=encoder_of(workspace), glossary=glossary_of(workspace))
    findings.sort(key=lambda finding: finding.bead)
    sides = _sentences(workspace, record)
    with workspace.transaction():
        write_findings(workspace, record, findings)
        terms = list(_with_carried(workspace, record, beads, sides, before))
        write_terms(workspace, record, terms)


def check_texts(workspace: Workspace, record: int, bead: int, texts: tuple[str, str]) -> list[Finding]:
    """Check a pair as if it had other texts; nothing is changed.

    Raises:
        InputError: there is no such pair.
    """
    pairs = [
        replace(one.pair, en=texts[0], zh=texts[1]) if one.pair.bead == bead else one.pair
        for one in beads_of(workspace, record)
    ]
    if not any(pair.bead == bead for pair in pairs):
        raise InputError("there is no such pair")
    return check_again(pairs, {bead}, encoder=encoder_of(workspace), glossary=glossary_of(workspace))


def encoder_of(workspace: Workspace) -> Encoder | None:
    """Return the encoder a workspace was made with; None if it cannot be loaded here."""
    try:
        return load_encoder(read_settings(workspace).get("encoder", DEFAULT))
    except AlignerError:
        return None


def glossary_of(workspace: Workspace) -> Glossary | None:
    """Return the glossary that the last run checked by; None where it had none."""
    from aligner.checks import Glossary

    text = read_checked_by(workspace)
    return Glossary.loads(text) if text else None


def _with_carried(
    workspace: Workspace, record: int, beads: list[StoredBead], sides: Sides, before: Before
) -> Iterator[Found]:
    """Yield the terms that are there, and of the earlier ones those that stand in one pair still."""
    there = list(terms_of(workspace, record))
    seen = {(term.bead, term.en_span, term.zh_span) for term, _ in there}
    yield from there
    for term, concept in _carried([bead.pair for bead in beads], sides, before):
        if (term.bead, term.en_span, term.zh_span) not in seen:
            yield term, concept


def _carried(pairs: list[Pair], sides: Sides, before: Before) -> Iterator[tuple[TermPair, str]]:
    for pair in pairs:
        en_places, zh_places = _places(pair, sides)
        for en, zh, score, concept in before.terms:
            a, b = _inwards(en, en_places), _inwards(zh, zh_places)
            if a and b:
                texts = pair.en[slice(*a)], pair.zh[slice(*b)]
                yield TermPair(pair.record, pair.bead, *texts, a, b, score), concept


def _sentences(workspace: Workspace, record: int) -> Sides:
    return {language: read_sentences(workspace, record, language) for language in LANGUAGES}


def _places(pair: Pair, sides: Sides) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
    """Return for each sentence of a pair its place in the pair's text and its bounds in the record's."""
    result = []
    for language, ids in (("en", pair.en_ids), ("zh", pair.zh_ids)):
        offset, rows = 0, []
        for number in ids:
            sentence = sides[language][number]
            rows.append((offset, sentence.start, sentence.end))
            offset += len(sentence.text) + len(SENTENCE_JOINERS["en" if language == "en" else "zh"])
        result.append(rows)
    return result[0], result[1]


def _outwards(span: Span, places: list[tuple[int, int, int]]) -> Span | None:
    for offset, start, end in places:
        if offset <= span[0] and span[1] <= offset + end - start:
            return span[0] - offset + start, span[1] - offset + start
    return None


def _inwards(span: Span, places: list[tuple[int, int, int]]) -> Span | None:
    for offset, start, end in places:
        if start <= span[0] and span[1] <= end:
            return span[0] - start + offset, span[1] - start + offset
    return None
