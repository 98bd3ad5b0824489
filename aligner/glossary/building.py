"""From occurrences of term pairs to the entries of a glossary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from aligner.glossary.abbreviation_links import Abbreviation, AbbreviationLinks
from aligner.glossary.competing import add_competing
from aligner.glossary.concepts import Concept, Draft, Key
from aligner.glossary.filtering import filter_entries
from aligner.glossary.keys import chinese_key, english_key, may_be_short
from aligner.types import Entry, Pair, TermPair

NEAR = 24  # terms before and behind another among which longer ones that hold it are looked for


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

    Variants are one entry (``fracture``, ``fractures``; 压缩骨折, 压缩性骨折; Traditional, Simplified; the
    abbreviation), shown in the dictionary form of the commonest; two different translations are two entries
    that name each other. What stands only inside a longer entry is none of its own.

    Args:
        terms: occurrences, in the order of the texts; read once.
        pairs: the pairs they stand in, or a mapping that looks them up by record and bead, so that a corpus
            need not be in memory, or may be read with the terms; occurrences whose pair is missing count but
            give no context.
        abbreviations: definitions found in the texts, beyond those in brackets right after a term.
        min_score: leave out entries whose score multiplied by their termhood is less.
        min_count: leave out entries that are rarer.
        contexts: how many contexts an entry shows.

    Returns:
        Entries by score and termhood, then count, then text; what is the same in both languages comes last.
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
    _join_abbreviations(whole)
    drafts = list(filter_entries(_drafts(whole, links, names, min_count=min_count, contexts=contexts)))
    drafts = [draft for draft in drafts if draft.score * draft.termhood >= min_score]
    standing = {draft.key for draft in drafts}
    drafts = [draft for draft in drafts if draft.within is None or draft.within not in standing]
    drafts.sort(key=_rank)
    for draft in add_competing(drafts):
        yield draft.finish(where)


def _rank(draft: Draft) -> tuple[bool, float, int, str, str, str, str]:
    """Order entries: what a translator can use, by both probabilities, by count and text."""
    same = draft.en.casefold() == draft.zh.casefold()
    product = round(draft.score * draft.termhood, 6)
    return same, -product, -draft.count, draft.en.casefold(), draft.en, draft.zh, draft.expansion


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
            score = concept.score(en_total=totals[_english_group(key)], zh_total=totals[_chinese_group(key)])
            yield concept.draft(
                key,
                score=score,
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
    for place, group in groupby(terms, key=lambda term: (term.record, term.bead)):
        together = list(group)
        pair = where.get(place)
        for number, term in enumerate(together):
            stands = pair if pair and pair.en[slice(*term.en_span)] == term.en else None
            holder = _holder(term, together[max(0, number - NEAR) : number + NEAR])
            concepts[_key(term)].add(term, stands, _key(holder) if holder else None)
            if stands:
                links.note(term, stands)
    return concepts, links


def _key(term: TermPair) -> Key:
    return english_key(term.en), chinese_key(term.zh), term.record if may_be_short(term.en) else ""


def _holder(term: TermPair, others: Sequence[TermPair]) -> TermPair | None:
    """Return the longest of the other terms of a pair that holds this one in both languages."""
    (a, b), (c, d) = term.en_span, term.zh_span
    holding = [
        other
        for other in others
        if other.en_span[0] <= a and b <= other.en_span[1] and other.en_span != (a, b)
        if other.zh_span[0] <= c and d <= other.zh_span[1] and other.zh_span != (c, d)
    ]
    return max(holding, key=lambda other: (len(other.en), len(other.zh)), default=None)


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


def _join_abbreviations(concepts: dict[Key, Concept]) -> None:
    """Let each short form be of the entry of its long form, where that has the translation or it has none."""
    longs: defaultdict[str, list[Key]] = defaultdict(list)
    for key in concepts:
        if not key[2]:
            longs[key[0]].append(key)
    for key in [key for key in concepts if key[2] and key[2] in longs]:
        en, zh, expansion = key
        keys = sorted(longs[expansion], key=lambda long: (long[1] != zh, -concepts[long].count, long))
        if keys[0][1] == zh or sorted(en) == sorted(zh):
            concepts[keys[0]].absorb_short(concepts.pop(key))


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
            best[en] = max(best.get(en, (0, "")), (concept.count, concept.headword()))
    return {key: text for key, (_, text) in best.items()}
