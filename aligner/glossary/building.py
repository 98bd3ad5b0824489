"""From occurrences of term pairs to the entries of a glossary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from aligner.glossary.abbreviation_links import Abbreviation, AbbreviationLinks
from aligner.glossary.competing import add_competing
from aligner.glossary.concepts import Concept, Draft, Key
from aligner.glossary.filtering import filter_entries
from aligner.glossary.keys import chinese_key, english_key, may_be_short
from aligner.types import Entry, Pair, TermPair


def build(
    terms: Iterable[TermPair],
    pairs: Iterable[Pair] | Mapping[tuple[str, int], Pair],
    *,
    abbreviations: Iterable[Abbreviation] = (),
    min_score: float = 0.0,
    min_count: int = 1,
    contexts: int = 3,
) -> list[Entry]:
    """Gather occurrences into entries, one a concept, best first.

    Variants are one entry (``fracture``, ``fractures``; 压缩骨折, 压缩性骨折; Traditional,
    Simplified), shown in the commonest form as written; two different translations are two
    entries that name each other.

    Args:
        terms: occurrences, in the order of the texts; read once.
        pairs: the pairs they stand in, or a mapping that looks them up by record and bead, so that a corpus
            need not be in memory, or may be read with the terms; occurrences whose pair is missing count but
            give no context.
        abbreviations: definitions found in the texts, beyond those in brackets right after a term.
        min_score: leave out entries that are less probable.
        min_count: leave out entries that are rarer.
        contexts: how many contexts an entry shows.

    Returns:
        Entries by score, then count, then text.
    """
    found = stream_entries(
        terms, pairs, abbreviations=abbreviations, min_score=min_score, min_count=min_count, contexts=contexts
    )
    return list(found)


def stream_entries(
    terms: Iterable[TermPair],
    pairs: Iterable[Pair] | Mapping[tuple[str, int], Pair],
    *,
    abbreviations: Iterable[Abbreviation] = (),
    min_score: float = 0.0,
    min_count: int = 1,
    contexts: int = 3,
) -> Iterator[Entry]:
    """Yield the entries of `build`; the texts of an entry's contexts are looked up when it is yielded."""
    where = pairs if isinstance(pairs, Mapping) else {(pair.record, pair.bead): pair for pair in pairs}
    concepts, links = _gather(terms, where)
    links.settle(abbreviations)
    whole = _unite(concepts, links)
    names = {**links.texts, **_long_forms(whole)}
    drafts = filter_entries(_drafts(whole, links, names, min_count=min_count, contexts=contexts))
    drafts = [draft for draft in drafts if draft.score >= min_score]
    drafts.sort(key=lambda e: (-e.score, -e.count, e.en.casefold(), e.en, e.zh, e.expansion))
    for draft in add_competing(drafts):
        yield draft.finish(where)


def _drafts(
    concepts: dict[Key, Concept],
    links: AbbreviationLinks,
    names: Mapping[str, str],
    *,
    min_count: int,
    contexts: int,
) -> Iterator[Draft]:
    """Turn concepts into drafts of entries, and let go of each when it is done."""
    totals = _totals(concepts)
    for key in list(concepts):
        concept = concepts.pop(key)
        if concept.count >= min_count:
            score = concept.score(
                en_total=totals[_english_group(key)],
                zh_total=totals[_chinese_group(key)],
                abbreviated=bool(links.abbreviation(key[0])),
            )
            yield concept.draft(
                score,
                contexts=contexts,
                abbreviation=links.abbreviation(key[0]),
                expansion=names.get(key[2], ""),
            )


def _gather(
    terms: Iterable[TermPair], where: Mapping[tuple[str, int], Pair]
) -> tuple[dict[Key, Concept], AbbreviationLinks]:
    """Collect occurrences by key; those of short forms by record too, since that decides what they mean."""
    concepts: defaultdict[Key, Concept] = defaultdict(Concept)
    links = AbbreviationLinks()
    for term in terms:
        pair = where.get((term.record, term.bead))
        if pair and pair.en[slice(*term.en_span)] != term.en:
            pair = None
        place = term.record if may_be_short(term.en) else ""
        concepts[english_key(term.en), chinese_key(term.zh), place].add(term, pair)
        if pair:
            links.note(term, pair)
    return concepts, links


def _unite(concepts: dict[Key, Concept], links: AbbreviationLinks) -> dict[Key, Concept]:
    """Join a short form's occurrences wherever it stands for the same term; ``concepts`` is used up."""
    whole: dict[Key, Concept] = {}
    for en, zh, record in list(concepts):
        concept = concepts.pop((en, zh, record))
        key = (en, zh, links.expansion(en, record) if record else "")
        if key in whole:
            whole[key].absorb(concept)
        else:
            whole[key] = concept
    return whole


def _totals(concepts: Mapping[Key, Concept]) -> Counter[tuple[str, ...]]:
    """Return how often each English and each Chinese term occurs, whatever it is paired with."""
    totals: Counter[tuple[str, ...]] = Counter()
    for key, concept in concepts.items():
        totals[_english_group(key)] += concept.count
        totals[_chinese_group(key)] += concept.count
    return totals


def _english_group(key: Key) -> tuple[str, ...]:
    """Return what the pairs share that compete for a term; one left untranslated competes with none."""
    en, zh, expansion = key
    return "en", en, expansion, zh if sorted(en) == sorted(zh) else ""


def _chinese_group(key: Key) -> tuple[str, ...]:
    return "zh", key[1], key[2]


def _long_forms(concepts: Mapping[Key, Concept]) -> dict[str, str]:
    """Return, by English key, how the most frequent entry with it is written."""
    best: dict[str, tuple[int, str]] = {}
    for (en, _, expansion), concept in concepts.items():
        if not expansion:
            best[en] = max(best.get(en, (0, "")), (concept.count, concept.commonest()))
    return {key: text for key, (_, text) in best.items()}
