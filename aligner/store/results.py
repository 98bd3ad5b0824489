"""Results into the workspace: one transaction a block of records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from aligner.store.carried import carry_errors
from aligner.store.records import remembered, write_sentences
from aligner.store.rows import (
    finding_columns,
    insert,
    pair_columns,
    read_units_of,
    term_columns,
    texts_key,
    unit_rows,
)
from aligner.store.workspace import Workspace
from aligner.types import Finding, Pair, Sentence, Span, TermPair

Found = tuple[TermPair, str]
"""A term occurrence and the key of its concept: occurrences with the same key are of one glossary entry."""

UNALIGNED = ("align", "worker")
"""Stages after whose failure a record has no beads."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was found in a record.

    Attributes:
        id: the record's number in the workspace.
        revision: of the record, as it was worked on.
        en: its English sentences.
        zh: its Chinese ones.
        pairs: its beads with their texts, in order; their ``bead`` is 0, 1, 2, ...
        terms: occurrences; None where they were not looked for.
        front: the record's titles and lists of keywords as pairs, numbered on from the beads, where terms
            were looked for in them; None where not, and what is known of them stays.
        findings: what the checks found.
    """

    id: int
    revision: int
    en: tuple[Sentence, ...]
    zh: tuple[Sentence, ...]
    pairs: tuple[Pair, ...]
    terms: tuple[Found, ...] | None = None
    findings: tuple[Finding, ...] = ()
    front: tuple[Pair, ...] | None = None

    def translated(self) -> float:
        """Return the share of either side's text, the greater one, that is expected to be in a right pair."""
        matched = [pair for pair in self.pairs if pair.en and pair.zh]
        shares = (
            sum(pair.score * len(getattr(pair, side)) for pair in matched)
            / max(1, sum(len(getattr(pair, side)) for pair in self.pairs))
            for side in ("en", "zh")
        )
        return max(shares)


@dataclass(frozen=True, slots=True)
class Failure:
    """A record, or an input, that something could not be done with.

    Attributes:
        record: the record's name; of an input that could not be read, the file and place.
        stage: read, align, terms, checks or worker (its process died).
        reason: what happened.
        hint: what to try.
        id: the record's number in the workspace; None if it did not get that far.
        revision: of the record, as it was worked on.
    """

    record: str
    stage: str
    reason: str
    hint: str = ""
    id: int | None = None
    revision: int = 0

    def __str__(self) -> str:
        return f"{self.record}: {self.reason}" + (f"; {self.hint}" if self.hint else "")


def save(workspace: Workspace, outcomes: Iterable[Result | Failure], *, run: int) -> int:
    """Replace the results of records; all of them or, if something goes wrong, none.

    A record that has changed since it was read (a person edited its alignment meanwhile) is left for the next
    time.

    Returns:
        How many records were saved.
    """
    saved = 0
    cleared: set[int] = set()
    with workspace.transaction() as db:
        for outcome in outcomes:
            if outcome.id is not None:
                query = "SELECT 1 FROM records WHERE id = ? AND revision = ?"
                if not db.execute(query, (outcome.id, outcome.revision)).fetchone():
                    continue
                if outcome.id not in cleared:
                    cleared.add(outcome.id)
                    query = "DELETE FROM failures WHERE record = (SELECT name FROM records WHERE id = ?)"
                    db.execute(query, (outcome.id,))
            if isinstance(outcome, Failure):
                fail(workspace, outcome, run=run)
            else:
                _replace(workspace, outcome)
                saved += 1
        touch(workspace)
    return saved


def fail(workspace: Workspace, failure: Failure, *, run: int) -> None:
    """Keep a failure; call in a transaction. If its record could not be aligned, beads found earlier go."""
    workspace.db.execute(
        "INSERT INTO failures (run, record, stage, reason, hint) VALUES (?, ?, ?, ?, ?)",
        (run, failure.record, failure.stage, failure.reason, failure.hint),
    )
    if failure.id is None:
        return
    if failure.stage in UNALIGNED:
        workspace.db.execute(
            "DELETE FROM beads WHERE record = ? AND state = 'proposed'"
            " AND NOT EXISTS (SELECT 1 FROM records WHERE id = record AND segmented = 2)",
            (failure.id,),
        )
    workspace.db.execute("UPDATE records SET state = 'failed' WHERE id = ?", (failure.id,))


def touch(workspace: Workspace) -> None:
    """Note that the glossary no longer shows what the records hold; call in a transaction."""
    workspace.db.execute("INSERT OR REPLACE INTO settings VALUES ('glossary', 'outdated')")


def write_pairs(workspace: Workspace, number: int, pairs: Iterable[Pair], states: Iterable[str]) -> None:
    """Replace the beads of a record; their occurrences and findings go with the old ones.

    A pair that comes without units keeps those it had while its texts stay the same.
    """
    known = read_units_of(workspace.db, number)
    workspace.db.execute("DELETE FROM beads WHERE record = ?", (number,))
    pairs = [
        pair if pair.units else replace(pair, units=known.get(texts_key(pair.en, pair.zh), ()))
        for pair in pairs
    ]
    rows = [
        {"record": number, "number": place, **pair_columns(pair), "state": state}
        for place, (pair, state) in enumerate(zip(pairs, states, strict=True))
    ]
    insert(workspace.db, "beads", rows)
    insert(workspace.db, "units", list(unit_rows(number, pairs)))


def write_findings(workspace: Workspace, number: int, findings: Iterable[Finding]) -> None:
    """Replace the findings of a record; rulings about them hold as they did."""
    workspace.db.execute("DELETE FROM findings WHERE record = ?", (number,))
    rows = [{"record": number, **finding_columns(f), "subject": _subject(f)} for f in findings]
    insert(workspace.db, "findings", rows)


def write_terms(workspace: Workspace, number: int, terms: Iterable[Found]) -> None:
    """Replace the term occurrences of a record."""
    workspace.db.execute("DELETE FROM occurrences WHERE record = ?", (number,))
    ordered = sorted(terms, key=lambda found: (found[0].bead, found[0].en_span, found[0].zh_span))
    rows = [
        {"record": number, "number": place, **term_columns(term), "concept": concept}
        for place, (term, concept) in enumerate(ordered)
    ]
    insert(workspace.db, "occurrences", rows)


def write_front(workspace: Workspace, number: int, pairs: Sequence[Pair], terms: Iterable[Found]) -> None:
    """Replace the titles and keywords of a record, and the terms found in them."""
    rows = [{"en": pair.en, "zh": pair.zh, "terms": []} for pair in pairs]
    places = {pair.bead: row for pair, row in zip(pairs, rows, strict=True)}
    for term, concept in terms:
        columns = {**term_columns(term), "found_in": term.found_in, "concept": concept}
        places[term.bead]["terms"].append(columns)  # type: ignore[attr-defined]
    text = json.dumps(rows, ensure_ascii=False)
    workspace.db.execute("UPDATE records SET front = ? WHERE id = ?", (text, number))


def _replace(workspace: Workspace, result: Result) -> None:
    kept = {(bead.en, bead.zh): bead.state for bead in remembered(workspace, result.id)}
    write_sentences(workspace, result.id, result.en, result.zh)
    states = [kept.get(texts, "proposed") for texts in _sentence_texts(result)]
    write_pairs(workspace, result.id, result.pairs, states)
    write_findings(workspace, result.id, result.findings)
    terms = result.terms or ()
    write_terms(workspace, result.id, [found for found in terms if found[0].found_in == "text"])
    if result.front is not None:
        write_front(workspace, result.id, result.front, [f for f in terms if f[0].found_in != "text"])
    carry_errors(workspace, result.id)
    workspace.db.execute(
        "UPDATE records SET state = ?, checked = 1, remembered = '[]' WHERE id = ?",
        ("aligned" if result.terms is None else "done", result.id),
    )


def _sentence_texts(result: Result) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for pair in result.pairs:
        yield tuple(result.en[i].text for i in pair.en_ids), tuple(result.zh[i].text for i in pair.zh_ids)


def _subject(finding: Finding) -> str:
    """Return what a finding is about, as its texts write it: what 'never for this term' goes by."""
    sides: Sequence[tuple[str, Span | None]] = ((finding.en, finding.en_span), (finding.zh, finding.zh_span))
    return next((text[slice(*span)].casefold() for text, span in sides if span), "")
