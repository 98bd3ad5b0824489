"""The glossary of what was found: occurrences gathered into entries, in memory or in a workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from aligner.encoders import load_encoder
from aligner.engine.options import GlossaryOptions
from aligner.errors import AlignerError, InputError
from aligner.store import Result, StoredPairs, Workspace, read_front, read_pairs, read_terms, save_glossary
from aligner.store.base_glossary import read_base
from aligner.types import Entry, Pair, TermPair


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form, the English long form that a text gives it, and the record of that text."""

    short: str
    en: str
    record: str


def concept_key(en: str, zh: str) -> str:
    """Return what occurrences of one glossary entry have in common."""
    from aligner.glossary.keys import chinese_key, english_key

    return f"{english_key(en)}={chinese_key(zh)}"


def occurrences(results: Iterable[Result]) -> Iterator[TermPair]:
    """Yield the term occurrences of results, in the order of the texts."""
    for result in results:
        yield from (term for term, _ in result.terms or ())


def make_glossary(results: Iterable[Result], options: GlossaryOptions) -> list[Entry]:
    """Gather the terms of results into the entries of a glossary.

    Raises:
        SettingError: the topic holds no word.
    """
    from aligner.glossary import merge, rank_by_topic

    pairs: dict[tuple[str, int], Pair] = {}

    def noted() -> Iterator[Result]:
        for result in results:
            both = *result.pairs, *(result.front or ())
            pairs.update(((pair.record, pair.bead), pair) for pair in both)
            yield result

    entries = list(
        _entries(
            *(occurrences(noted()), pairs, pairs.values()),
            min_score=options.min_score,
            min_count=options.min_count,
        )
    )
    if options.topic:
        entries = rank_by_topic(entries, options.topic, load_encoder(options.encoder, options.device))
    if not options.base:
        return entries
    merged, messages = merge(entries, options.base)
    for message in messages:
        options.tell(message)
    return merged


def rebuild_glossary(workspace: Workspace) -> None:
    """Build the glossary's rows of a workspace from all its occurrences, and from its base."""
    from aligner.glossary import merge

    least = GlossaryOptions().min_score
    entries: Iterable[Entry] = _entries(
        read_terms(workspace),
        StoredPairs(workspace),
        chain(read_pairs(workspace), read_front(workspace)),
        min_score=least,
    )
    if base := read_base(workspace):
        entries, _ = merge(entries, base)
    save_glossary(workspace, ((entry, concept_key(entry.en, entry.zh)) for entry in entries))


def _entries(
    terms: Iterable[TermPair],
    by_place: Mapping[tuple[str, int], Pair],
    pairs: Iterable[Pair],
    *,
    min_score: float = 0.0,
    min_count: int = 1,
) -> Iterator[Entry]:
    from aligner.glossary import stream_entries

    return stream_entries(
        terms, by_place, abbreviations=_abbreviations(pairs), min_score=min_score, min_count=min_count
    )


def _abbreviations(pairs: Iterable[Pair]) -> Iterator[Abbreviation]:
    """Yield the short forms that pairs define with an English long form, the English text's word first."""
    from aligner.text.abbreviations import definitions

    for pair in pairs:
        found: dict[str, str] = {}
        for definition in (*definitions(pair.en, "en"), *definitions(pair.zh, "zh")):
            if definition.long:
                found.setdefault(definition.short, definition.long)
        yield from (Abbreviation(short, long, pair.record) for short, long in found.items())


def read_base_file(path: Path, skip: Callable[[AlignerError], None] | None = None) -> list[Entry]:
    """Return the entries of a glossary without the rows that cannot be read.

    Raises:
        InputError: none can be read, or such rows are not to be passed over.
    """
    from aligner.formats import read_glossary

    items = list(read_glossary([str(path)]))
    entries = [item for item in items if isinstance(item, Entry)]
    errors = [item for item in items if isinstance(item, InputError)]
    for error in errors:
        if skip is None or not entries:
            raise error
        skip(error)
    return entries
