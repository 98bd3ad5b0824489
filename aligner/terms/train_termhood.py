"""What tells pairs that a glossary should hold from others: learnt from verdicts, and from annotated levels.

Verdicts go before levels and hold wherever the same two strings were found. Judged texts have verdicts alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from aligner.terms import extraction, fitting
from aligner.terms.annotated import Example, Term, squeeze
from aligner.terms.candidates import collect
from aligner.terms.lexicon import Weights
from aligner.terms.model import Model
from aligner.terms.pairing import CandidatePairs, Evidence
from aligner.terms.spans import Floats, Ints, Table
from aligner.terms.stacking import among, blocks, stack, terms_of
from aligner.types import Language

LIKELY = -2.2  # log odds from which on a pair is asked whether it is a term
CORE_RARE = 3  # spans; forms seen in fewer get no weight
LEVEL_WEIGHT = 0.3  # of a pair whose level alone says whether a glossary should hold it; a verdict weighs 1
LANGUAGES: tuple[Language, Language] = ("en", "zh")


@dataclass(frozen=True)
class Rows:
    """Probable pairs of a block.

    Attributes:
        evidence: of the block.
        candidates: ``n`` of it.
        logits: ``(n,)`` log odds that each is a term pair.
        own: names and values ``(n, features)`` of the last stage.
        owner: ``(n,)`` the example each is in; judged ones are counted after the others.
    """

    evidence: Evidence
    candidates: CandidatePairs
    logits: Floats
    own: Table
    owner: Ints


@dataclass(frozen=True)
class TermhoodTraining:
    """The last question of the model: does a pair belong in a glossary?

    Attributes:
        examples: whose terms are annotated.
        judged: whose terms are not, but some that the program finds in them have a verdict.
        verdicts: whether a glossary should hold a pair of terms.
        fold: of the examples, the judged ones after the others.
    """

    examples: Sequence[Example]
    judged: Sequence[Example]
    verdicts: Mapping[Term, bool]
    fold: Ints

    def core_weights(self, language: Language) -> list[dict[str, dict[str, float]]]:
        """Fit weights of words that tell terms of a glossary from others: per fold, and at last by all."""
        everyone = [*self.examples, *self.judged]
        side = LANGUAGES.index(language)
        levels = [self.levels(example) for example in everyone]
        whole = collect([e.text(language) for e in everyone], language)
        marked = among(whole, [{term[side] for term in own} for own in levels])
        annotated = whole.take(np.flatnonzero(marked))
        core = among(annotated, [{term[side] for term, held in own.items() if held} for own in levels])
        fold = self.fold[annotated.text]
        return [
            fitting.fit_weights(annotated, core, fold != k, rare=CORE_RARE)
            for k in range(self.fold.max() + 2)
        ]

    def levels(self, example: Example) -> dict[Term, bool]:
        """Return the known term pairs of an example: should a glossary hold them?"""
        en, zh = squeeze(example.en.text), squeeze(example.zh.text)
        judged = {term: held for term, held in self.verdicts.items() if term[0] in en and term[1] in zh}
        return {term: level == "core" for term, level in example.terms.items()} | judged

    def fit(self, rows: Sequence[Rows], result: dict[str, Any]) -> list[Floats]:
        """Fit which pairs a glossary should hold on some and on the judged ones; score the former, unseen."""
        core = {language: self.core_weights(language) for language in LANGUAGES}
        for language in LANGUAGES:
            result[language]["core_weights"] = core[language][-1]
        every = [*rows, *self.judged_rows(result)]
        names: tuple[str, ...] = ()
        tables, labels, weights = [], [], []
        for some in every:
            terms = terms_of(some.evidence, some.candidates)
            judged = np.array([term in self.verdicts for term in terms], dtype=bool)
            held = [
                self.verdicts[term] if known else self.examples[k].terms.get(term) == "core"
                for term, known, k in zip(terms, judged.tolist(), some.owner.tolist(), strict=True)
            ]
            names, table = self.table(some, core)
            tables.append(table)
            labels.append(np.array(held, dtype=bool))
            weights.append(np.where(judged, 1.0, LEVEL_WEIGHT if self.verdicts else 1.0))
        owners = [some.owner for some in every]
        result["termhood"], scores = stack(
            self.fold, names, tables, labels, owners, weights=weights, count=150, share=0.2
        )
        return scores[: len(rows)]

    def table(self, rows: Rows, core: Mapping[Language, Sequence[Weights]]) -> Table:
        """Return the features of rows, each by weights of words that never saw its fold."""
        names: tuple[str, ...] = ()
        fold = self.fold[rows.owner]
        parts, places = [], []
        for k in range(self.fold.max() + 1):
            mine = np.flatnonzero(fold == k)
            own = rows.own[0], rows.own[1][mine]
            names, values = extraction.termhood_features(
                rows.evidence,
                rows.candidates.take(mine),
                rows.logits[mine],
                own,
                core["en"][k],
                core["zh"][k],
            )
            parts.append(values.astype(np.float32))
            places.append(mine)
        table = np.concatenate(parts)
        table[np.concatenate(places)] = table.copy()
        return names, table

    def judged_rows(self, result: dict[str, Any]) -> Iterator[Rows]:
        """Yield the probable pairs of the judged examples that have a verdict."""
        model = Model.read({**result, "termhood": result["final"]})  # its termhood is not asked
        for block in blocks(len(self.judged)):
            some = [self.judged[k] for k in block.tolist()]
            en, zh = (collect([e.text(language) for e in some], language) for language in LANGUAGES)
            if not len(en) or not len(zh):
                continue
            chinese = extraction.read_simplified([e.zh for e in some])
            scored = extraction.score([e.en for e in some], en, chinese, zh, model)
            terms = terms_of(scored.evidence, scored.candidates)
            known = np.array([term in self.verdicts for term in terms], dtype=bool)
            rows = np.flatnonzero(known & (scored.logits > LIKELY))
            names, values = scored.features
            candidates = scored.candidates.take(rows)
            owner = len(self.examples) + block[en.text[candidates.e]]
            yield Rows(scored.evidence, candidates, scored.logits[rows], (names, values[rows]), owner)
