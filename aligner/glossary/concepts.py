"""Occurrences gathered into concepts: what all variants of one term pair amount to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import exp, log

from aligner.glossary.forms import (
    lists_in_capitals,
    rank_forms,
    settle_capitals,
    starts_sentence,
    without_title_case,
)
from aligner.text.lemma import singular_term
from aligner.types import Context, Entry, Pair, TermPair

Key = tuple[str, str, str]  # English key, Chinese key, and what else tells short forms apart
CONTEXTS_KEPT = 12  # of which the entry shows a few that differ
_SHARE = 0.8  # weight of the logarithm of an entry's share in the occurrences of each of its two terms
_FOCUS, _ABBREVIATED = 0.2, 1.2
# Weights of what speaks for a term beside its occurrences' mean log odds: occurrences a record (natural
# logarithm), a short form. The latter from a logistic regression over 1,337 entries of 38 constructed
# abstracts, rounded; the former from the order of glossaries of one record and of 30.
_SURE = 0.999
_FOUND_IN = ("", "title", "keywords")


ContextKey = tuple[int, str, int, str, str]
"""A context: a hash of its texts, record and bead, and the two forms it shows, the English one casefolded."""


@dataclass(frozen=True, slots=True)
class Draft(Entry):
    """An entry whose contexts are places still: a corpus has too many texts to keep them all.

    Attributes:
        key: of its concept.
        within: of the longer one that every occurrence stands in; None where one does not.
        places: its contexts.
    """

    key: Key = ("", "", "")
    within: Key | None = None
    places: tuple[ContextKey, ...] = ()

    def finish(self, pairs: Mapping[tuple[str, int], Pair]) -> Entry:
        """Return the entry with the texts of its contexts."""
        values = {field.name: getattr(self, field.name) for field in fields(Entry)}
        shown = []
        for texts, record, bead, *_ in self.places:
            pair = pairs[record, bead]
            if hash((pair.en, pair.zh)) == texts:  # not so where rows share their record and number
                shown.append(Context(record, pair.en, pair.zh))
        return Entry(**{**values, "contexts": tuple(shown)})


@dataclass(slots=True)
class Concept:
    """One term pair in all its forms; most occur once, so it is kept small.

    Attributes:
        forms: occurrences by English form, whether that starts a sentence, and Chinese form.
        records: names of the records it occurs in, without repetition; the same strings for all concepts.
        places: the first contexts with different texts.
        logits: sum of the occurrences' log odds to be right.
        termhoods: sum of the log odds of their use in a glossary.
        short_forms: occurrences of its abbreviation, as forms.
        nested: occurrences within the first longer term that one was found in.
        within: the key of that term. What two longer terms hold is a term (Frantzi et al. 2000, C-value).
        found_in: ``keywords`` or ``title`` where it is one of a record's keywords or stands in its titles.
        listed: the first list of keywords it stands in: its context where it has no other.
    """

    forms: dict[tuple[str, bool, str], int] = field(default_factory=dict)
    records: list[str] = field(default_factory=list)
    places: list[ContextKey] = field(default_factory=list)
    logits: float = 0.0
    termhoods: float = 0.0
    short_forms: dict[tuple[str, bool, str], int] = field(default_factory=dict)
    nested: int = 0
    within: Key | None = None
    found_in: str = ""
    listed: ContextKey | None = None

    @property
    def count(self) -> int:
        """Number of occurrences."""
        return sum(self.forms.values()) + sum(self.short_forms.values())

    def score(self, *, en_total: int, zh_total: int) -> float:
        """Return the probability that the pair is right.

        The mean log odds of its occurrences, which are anything but independent; less where its words are
        mostly paired with others.

        Args:
            en_total: occurrences of the English term, whatever its translation.
            zh_total: occurrences of the Chinese term, likewise.
        """
        share = _SHARE * (log(self.count / en_total) + log(self.count / zh_total))
        return _probability(self.logits / self.count + share)

    def termhood(self, *, abbreviated: bool) -> float:
        """Return how useful the term is in a glossary, from 0 to 1.

        The mean log odds of its occurrences; a little more where it comes back within a record, as topics do.

        Args:
            abbreviated: whether a text gives a short form for the term.

        References:
            Church and Gale 1995, Poisson mixtures, Natural Language Engineering 1 (content words come in
            bursts).
        """
        evidence = _FOCUS * log(self.count / len(self.records)) + _ABBREVIATED * abbreviated
        return _probability(self.termhoods / self.count + evidence)

    def add(self, term: TermPair, pair: Pair | None, within: Key | None = None) -> None:
        """Count one occurrence.

        Occurrences come record by record.

        Args:
            term: the occurrence.
            pair: where it stands; None where that is not known.
            within: the key of the longer term that it is part of.
        """
        start = term.en_span[0]
        initial = term.en[:1].isupper() and (starts_sentence(pair.en, start) if pair else start == 0)
        if pair and term.found_in == "keywords":
            initial = term.en[:1].isupper() and lists_in_capitals(pair.en)
        en = without_title_case(term.en, pair.en) if pair and term.found_in == "title" else term.en
        form = en, initial and en == term.en, term.zh
        self.forms[form] = self.forms.get(form, 0) + 1
        if not self.records or self.records[-1] != term.record:
            self.records.append(term.record)
        self.logits += _log_odds(term.score)
        self.termhoods += _log_odds(term.termhood)
        if within is not None:
            self._nest(within)
        if term.found_in != "text":
            self.found_in = max(self.found_in, term.found_in, key=_FOUND_IN.index)
        if pair and len(self.places) < CONTEXTS_KEPT:
            folded = term.en.casefold()
            en = term.en if folded == term.en else folded  # the same object once more costs nothing
            place = hash((pair.en, pair.zh)), term.record, term.bead, en, term.zh
            if term.found_in == "keywords":
                self.listed = self.listed or place
            else:
                self._show(place)

    def absorb(self, other: Concept) -> None:
        """Count the occurrences of ``other`` too."""
        for mine, others in ((self.forms, other.forms), (self.short_forms, other.short_forms)):
            for form, count in others.items():
                mine[form] = mine.get(form, 0) + count
        self._join(other)

    def absorb_short(self, other: Concept) -> None:
        """Count the occurrences of ``other``, the term's abbreviation, too."""
        for form, count in (*other.forms.items(), *other.short_forms.items()):
            self.short_forms[form] = self.short_forms.get(form, 0) + count
        self._join(other)

    def _nest(self, within: Key, count: int = 1) -> None:
        if self.within in (None, within):
            self.within = within
            self.nested += count

    def _join(self, other: Concept) -> None:
        self.records = list(dict.fromkeys([*self.records, *other.records]))
        self.logits += other.logits
        self.termhoods += other.termhoods
        if other.within is not None:
            self._nest(other.within, other.nested)
        self.found_in = max(self.found_in, other.found_in, key=_FOUND_IN.index)
        self.listed = self.listed or other.listed
        for place in other.places:
            if len(self.places) < CONTEXTS_KEPT:
                self._show(place)

    def _show(self, place: ContextKey) -> None:
        if all(place[0] != other[0] for other in self.places):
            self.places.append(place)

    def headword(self) -> str:
        """Return the English term as a dictionary lists it."""
        return self._english()[0][0]

    def _english(self) -> list[tuple[str, int]]:
        """Return the English forms with their counts: the headword, other forms, abbreviations."""
        inside: Counter[str] = Counter()
        initial: Counter[str] = Counter()
        for (form, at_start, _), count in self.forms.items():
            (initial if at_start else inside)[form] += count
        forms = settle_capitals(inside, initial)
        short = _moved(_counts(self.short_forms, 0), forms)
        head = singular_term(rank_forms(forms)[0][0])
        first = head, forms.pop(head, 0)
        return [first, *rank_forms(forms), *rank_forms(short)]

    def _chinese(self) -> list[tuple[str, int]]:
        forms = _counts(self.forms, 2)
        short = _moved(_counts(self.short_forms, 2), forms)
        return [*rank_forms(forms), *rank_forms(short)]

    def varied_places(self, number: int) -> tuple[ContextKey, ...]:
        """Choose contexts: the first, then the first that show another record or another form."""
        left = list(self.places) or ([self.listed] if self.listed else [])
        chosen: list[ContextKey] = []
        seen: set[tuple[int, str]] = set()
        while left and len(chosen) < number:
            news = [sum(mark not in seen for mark in _marks(place)) for place in left]
            place = left.pop(news.index(max(news)))
            chosen.append(place)
            seen.update(_marks(place))
        return tuple(chosen)

    def draft(self, key: Key, *, score: float, contexts: int, abbreviation: str, expansion: str) -> Draft:
        """Return the concept as a glossary shows it, but for the texts of its contexts."""
        en, zh = self._english(), self._chinese()
        return Draft(
            en=en[0][0],
            zh=zh[0][0],
            score=round(score, 4),
            termhood=round(self.termhood(abbreviated=bool(abbreviation)), 4),
            count=self.count,
            records=len(self.records),
            en_variants=tuple(form for form, _ in en[1:]),
            zh_variants=tuple(form for form, _ in zh[1:]),
            abbreviation=abbreviation,
            en_counts=tuple(count for _, count in en),
            zh_counts=tuple(count for _, count in zh),
            expansion=expansion,
            found_in=self.found_in,
            key=key,
            within=self.within if self.nested == self.count else None,
            places=self.varied_places(contexts),
        )


def _counts(forms: Mapping[tuple[str, bool, str], int], side: int) -> Counter[str]:
    """Count forms by their English (0) or Chinese (2) text."""
    counts: Counter[str] = Counter()
    for form, count in forms.items():
        counts[str(form[side])] += count
    return counts


def _moved(short: Counter[str], forms: Counter[str]) -> Counter[str]:
    """Return the short forms that are no other forms too; the counts of those go there."""
    for text in short.keys() & forms.keys():
        forms[text] += short.pop(text)
    return short


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1 - _SURE), _SURE)
    return log(bounded / (1 - bounded))


def _probability(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))


def _marks(place: ContextKey) -> tuple[tuple[int, str], ...]:
    """Return what a context may show that others do not: its record and its forms."""
    return (0, place[1]), (1, place[3]), (2, place[4])
