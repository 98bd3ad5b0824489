"""How useful a term pair is to a translator: learnt from graded verdicts, and for less from annotated levels.

Verdicts go before levels and hold wherever the same two strings were found. Judged texts have verdicts alone.
Nothing that a trained stage says of a pair is among the features, so that the stages may have seen the texts.
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
from aligner.terms.spans import Floats, Ints, Table
from aligner.terms.stacking import among, blocks, terms_of
from aligner.types import Language

LIKELY = -2.2  # log odds from which on a pair is asked whether it is a term
USEFULNESS = (0.0, 0.4, 0.9, 1.0)  # of a pair, by the grade of its verdict (see `annotated.read_verdicts`)
WORTH_A_ROW = 2  # the grade from which on words speak for a pair
LEVELS = {"core": 0.75, "extra": 0.4}  # mean usefulness of annotated pairs that have a verdict, rounded
UNMARKED = 0.1  # of a pair that nobody annotated; most are wrong
LEVEL_WEIGHT = 0.3  # of a pair without a verdict; a verdict weighs 1
CORE_RARE = 3  # spans; forms seen in fewer get no weight
LANGUAGES: tuple[Language, Language] = ("en", "zh")


@dataclass(frozen=True)
class TermhoodTraining:
    """The last question of the model: how useful is a pair in a glossary?

    Attributes:
        examples: whose terms are annotated.
        judged: whose terms are not, but some that the program finds in them have a verdict.
        verdicts: the grades of term pairs.
        fold: of the examples, the judged ones after the others.
    """

    examples: Sequence[Example]
    judged: Sequence[Example]
    verdicts: Mapping[Term, int]
    fold: Ints

    def fit(self, result: dict[str, Any]) -> None:
        """Fit it to the probable pairs that the other stages, in ``result``, find; add it there."""
        core = {language: self.core_weights(language) for language in LANGUAGES}
        for language in LANGUAGES:
            result[language]["core_weights"] = core[language][-1]
        model = Model.read({**result, "termhood": result["final"]})  # its termhood is not asked
        annotated, judged = blocks(len(self.examples)), blocks(len(self.judged))
        parts = [
            part
            for block in [*annotated, *(len(self.examples) + block for block in judged)]
            for part in self.block(block, model, core)
        ]
        names = parts[0][0][0]
        values = np.concatenate([table[1] for table, _, _ in parts])
        useful = np.concatenate([useful for _, useful, _ in parts])
        weight = np.concatenate([weight for _, _, weight in parts])
        result["termhood"] = fitting.fit_trees(names, values, useful, weight, count=150, share=0.2)

    def core_weights(self, language: Language) -> list[dict[str, dict[str, float]]]:
        """Fit weights of words that tell useful terms from others: per fold, and at last by all."""
        everyone = [*self.examples, *self.judged]
        side = LANGUAGES.index(language)
        known = [self.worth(example) for example in everyone]
        whole = collect([e.text(language) for e in everyone], language)
        marked = among(whole, [{term[side] for term in own} for own in known])
        asked = whole.take(np.flatnonzero(marked))
        core = among(asked, [{term[side] for term, worth in own.items() if worth} for own in known])
        fold = self.fold[asked.text]
        return [
            fitting.fit_weights(asked, core, fold != k, rare=CORE_RARE) for k in range(self.fold.max() + 2)
        ]

    def worth(self, example: Example) -> dict[Term, bool]:
        """Return the term pairs of an example that have a verdict: are they worth a row?

        Where there are no verdicts at all, the annotated ones: are they core terms?
        """
        if not self.verdicts:
            return {term: level == "core" for term, level in example.terms.items()}
        en, zh = squeeze(example.en.text), squeeze(example.zh.text)
        judged = {term: grade for term, grade in self.verdicts.items() if term[0] in en and term[1] in zh}
        return {term: grade >= WORTH_A_ROW for term, grade in judged.items()}

    def block(
        self, block: Ints, model: Model, core: Mapping[Language, Sequence[Weights]]
    ) -> Iterator[tuple[Table, Floats, Floats]]:
        """Yield the features of a block's probable pairs by fold, how useful they are, and their weights.

        The weights of words among the features are fitted without the fold.
        """
        some = [[*self.examples, *self.judged][k] for k in block.tolist()]
        en, zh = (collect([e.text(language) for e in some], language) for language in LANGUAGES)
        if not len(en) or not len(zh):
            return
        chinese = extraction.read_simplified([e.zh for e in some])
        scored = extraction.score([e.en for e in some], en, chinese, zh, model)
        terms = terms_of(scored.evidence, scored.candidates)
        owner = block[en.text[scored.candidates.e]]
        useful, weight = self.targets(terms, owner)
        chosen = (weight > 0) & (scored.logits > LIKELY)
        for k in np.unique(self.fold[owner[chosen]]).tolist():
            rows = np.flatnonzero(chosen & (self.fold[owner] == k))
            names, values = scored.termhood_features(rows, core["en"][k], core["zh"][k])
            yield (names, values.astype(np.float32)), useful[rows], weight[rows]

    def targets(self, terms: Sequence[Term], owner: Ints) -> tuple[Floats, Floats]:
        """Return how useful pairs are, and how much that weighs: nothing where it is not known."""
        useful, weight = np.zeros(len(terms)), np.zeros(len(terms))
        for row, (term, k) in enumerate(zip(terms, owner.tolist(), strict=True)):
            if term in self.verdicts:
                useful[row], weight[row] = USEFULNESS[self.verdicts[term]], 1.0
            elif k < len(self.examples):
                useful[row] = LEVELS.get(self.examples[k].terms.get(term, ""), UNMARKED)
                weight[row] = LEVEL_WEIGHT
        return useful, weight
