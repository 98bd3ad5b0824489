"""A pair as the checks read it: parsed once, with what its record and the glossary say."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain

from aligner.checks.affinity import Affinity
from aligner.checks.compare import differences
from aligner.checks.coverage import UncoveredSpan, Which, uncovered
from aligner.checks.cues import Cue, cues
from aligner.checks.decision import Candidate, Decision, decision
from aligner.checks.evidence import Evidence
from aligner.checks.glossary import Glossary
from aligner.checks.lexical import renderings
from aligner.checks.mentions import Difference
from aligner.checks.style import Style
from aligner.encoders import EncodedText
from aligner.quantities import Quantity, parse
from aligner.text import background
from aligner.text.lemma import lemma, singular
from aligner.types import Finding, Language, Pair, Severity, Span, TermPair


@dataclass(frozen=True, slots=True)
class WordRendering:
    """One English word of a pair, and the one Chinese word that a dictionary links it to."""

    bead: int
    en_span: Span
    zh_span: Span
    zh: str


@dataclass(frozen=True)
class CheckContext:
    """What a check may look at beside its pair.

    Attributes:
        glossary: terms with the translations that are right, tolerated or forbidden.
        pairs: all pairs of the record, in order.
        style: how the record's Chinese is punctuated.
        known: abbreviations that the record's Chinese has explained, with the bead that did it first.
        terms: occurrences of terms and their translations that were found in the record.
    """

    glossary: Glossary = field(default_factory=Glossary)
    pairs: Sequence[Pair] = ()
    style: Style = field(default_factory=Style)
    known: Mapping[str, int] = field(default_factory=dict)
    terms: Sequence[TermPair] = ()

    @cached_property
    def renderings(self) -> Mapping[str, Sequence[TermPair]]:
        """The terms that are sure enough to be held against each other, by concept, in order."""
        found: dict[str, list[TermPair]] = {}
        for term in sorted(filter(is_sure, self.terms), key=lambda term: (term.bead, term.en_span)):
            found.setdefault(concept(term), []).append(term)
        return found

    @cached_property
    def words(self) -> Mapping[str, Sequence[WordRendering]]:
        """How the record renders its rarer English words, where a dictionary says so, by word, in order."""
        if len(self.pairs) < 2:
            return {}
        of_pairs = [_rarer_words(pair.en) for pair in self.pairs]
        often = {word for word, number in Counter(chain.from_iterable(of_pairs)).items() if number > 1}
        found: dict[str, list[WordRendering]] = {}
        for pair, words in zip(self.pairs, of_pairs, strict=True):
            for word, places in renderings(sorted(words.keys() & often), pair.zh).items():
                zh = pair.zh[slice(*places[0])]
                if len(places) == pair.zh.count(zh) == 1:
                    found.setdefault(word, []).append(WordRendering(pair.bead, words[word], places[0], zh))
        return found


_SURE, _TERM = 0.7, 0.5  # a score and a termhood from which on two renderings are worth a note


def is_sure(term: TermPair) -> bool:
    """Tell whether a term's rendering is sure enough to be held against another."""
    return term.score >= _SURE and term.termhood >= _TERM


_WORD = re.compile("[a-z]{5,}")
_LONG, _RARE = 5, 4.0  # letters and, on the Zipf scale, the most of a word that may be a term


def _rarer_words(en: str) -> dict[str, Span]:
    """Find the words that a text has once and that may be terms, in the singular."""
    found: dict[str, list[Span]] = {}
    for match in _WORD.finditer(en.lower()):
        found.setdefault(singular(match.group()), []).append(match.span())
    return {word: spans[0] for word, spans in found.items() if len(spans) == 1 and _may_be_term(word)}


@lru_cache(maxsize=50_000)
def _may_be_term(word: str) -> bool:
    return len(word) >= _LONG and background.zipf(word, "en") <= _RARE


def concept(term: TermPair) -> str:
    """Return the English term without hyphens, in dictionary form."""
    return " ".join(lemma(word) for word in term.en.replace("-", " ").split())


@dataclass(frozen=True)
class ParsedPair:
    """One pair, with what several checks need of it, found once when first asked for.

    Attributes:
        pair: the pair.
        encoded: its two texts with the vectors of all their spans, or None where no encoder was run.
        decision: what decides on its differences.
    """

    pair: Pair
    encoded: tuple[EncodedText, EncodedText] | None = None
    decision: Decision = field(default_factory=decision)

    @cached_property
    def en_quantities(self) -> list[Quantity]:
        """Quantities of the English text."""
        return parse(self.pair.en, "en")

    @cached_property
    def zh_quantities(self) -> list[Quantity]:
        """Quantities of the Chinese text."""
        return parse(self.pair.zh, "zh")

    @cached_property
    def differences(self) -> list[Difference]:
        """Where the quantities of the two sides do not agree."""
        if not self.pair.en.strip() or not self.pair.zh.strip():
            return []
        return differences(self.en_quantities, self.zh_quantities)

    @cached_property
    def en_cues(self) -> list[Cue]:
        """Words of negation, direction and side in the English text."""
        return cues(self.pair.en, "en")

    @cached_property
    def zh_cues(self) -> list[Cue]:
        """The same in the Chinese text."""
        return cues(self.pair.zh, "zh")

    @cached_property
    def denials(self) -> dict[Language, int]:
        """How many words of denial each side has, of those that always deny."""
        sides: dict[Language, list[Cue]] = {"en": self.en_cues, "zh": self.zh_cues}
        return {
            language: sum(cue.concept == "negation" and cue.polarity == "+" for cue in cues_)
            for language, cues_ in sides.items()
        }

    @cached_property
    def evidence(self) -> Evidence | None:
        """What the span vectors say; None where no encoder was run."""
        return Evidence(self.encoded) if self.encoded else None

    @cached_property
    def affinity(self) -> Affinity:
        """Which linked words stand nearer to which of two places."""
        return Affinity(self.pair.en, self.pair.zh)

    @cached_property
    def kept(self) -> dict[str, list[Candidate]]:
        """Candidates that several checks share, by the name of the one that looks for them."""
        return {}

    @cached_property
    def uncovered(self) -> dict[Which, list[UncoveredSpan]]:
        """Segments of either side that the other does not cover."""
        quantities = self.en_quantities, self.zh_quantities
        return uncovered(self.pair, self.encoded, quantities, self.differences, self.decision)

    def finding(
        self,
        check: str,
        severity: Severity,
        message: str,
        spans: tuple[Span | None, Span | None],
        *,
        category: str = "accuracy",
        suggestion: str = "",
        probability: float | None = None,
    ) -> Finding:
        """Write a finding on this pair; ``spans`` are the English and the Chinese one.

        Without a probability it is a rule's, which has the one that it was measured with.
        """
        pair = self.pair
        if probability is None:
            probability, severity = self.decision.rated(check, severity, spans)
        return Finding(
            record=pair.record,
            bead=pair.bead,
            source=pair.source,
            check=check,
            severity=severity,
            message=message,
            en_span=spans[0],
            zh_span=spans[1],
            en=pair.en,
            zh=pair.zh,
            category=category,
            suggestion=suggestion,
            probability=probability,
        )
