"""Train the term model on annotated pairs: ``python -m aligner.terms.train FOLDER... --out model.json``.

A folder holds annotated pairs, and perhaps verdicts on term pairs, as `aligner.terms.annotated.read_folder`
reads them; a gold file of one record may stand for a folder. Verdicts tell how useful a
term is in a glossary: they go before the levels of annotated terms, and hold wherever the same two strings
were found. With
``--judged FOLDER...`` come texts that have verdicts alone; terms marked in them are not all, and not learnt.

Every stage learns from scores that the stage before gave to texts it had not seen (stacking over documents,
Wolpert 1992), with
statistics taken from blocks of mixed sizes, so that one abstract works as well as a corpus.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from aligner.encoders import load_encoder
from aligner.terms import extraction, fitting, pairing, termhood
from aligner.terms.annotated import Example, Term, folds, read_folder
from aligner.terms.candidates import collect
from aligner.terms.model import FORMAT
from aligner.terms.pairing import CandidatePairs, Evidence
from aligner.terms.spans import Column, Floats, Ints, Spans, Table
from aligner.terms.stacking import among, blocks, stack, terms_of
from aligner.terms.train_termhood import LANGUAGES, TermhoodTraining
from aligner.types import Language

PREFILTER_ROWS = (
    800_000  # without a term, of the first look at pairs; with 120,000 it lost 5 % more of the terms
)
FOLDS = 3


def train(
    examples: Sequence[Example], judged: Sequence[Example] = (), verdicts: Mapping[Term, int] | None = None
) -> dict[str, Any]:
    """Fit the whole model.

    Args:
        examples: whose terms are annotated.
        judged: whose terms are not, but some that the program finds in them have a verdict.
        verdicts: how useful pairs of terms are to a translator, by grade.
    """
    return Training(examples, judged, verdicts).run()


class Training:
    """The stages, one after another, over all block sizes at once."""

    def __init__(
        self,
        examples: Sequence[Example],
        judged: Sequence[Example] = (),
        verdicts: Mapping[Term, int] | None = None,
    ) -> None:
        self.examples = examples
        self.chinese = extraction.read_simplified([e.zh for e in examples])
        self.fold = np.concatenate([folds(list(some), FOLDS) for some in (examples, judged)])
        self.blocks = blocks(len(examples))
        self.glossary = TermhoodTraining(examples, judged, verdicts or {}, self.fold)

    def run(self) -> dict[str, Any]:
        """Return what goes into the model file."""
        result: dict[str, Any] = {"format": FORMAT}
        spans: dict[Language, list[tuple[Spans, Table]]] = {}
        scores: dict[Language, list[Floats]] = {}
        for language in LANGUAGES:
            result[language], spans[language], scores[language] = self.termhood(language)
        evidence = [
            Evidence.gather([self.examples[k].en for k in block], en, [self.chinese[k] for k in block], zh)
            for block, en, zh in zip(self.blocks, spans["en"], spans["zh"], strict=True)
        ]
        candidates = [
            extraction.pick(ev, a, b) for ev, a, b in zip(evidence, scores["en"], scores["zh"], strict=True)
        ]
        candidates, _, _, result["prefilter"] = self.stage(
            evidence,
            candidates,
            pairing.prefilter,
            keep=extraction.MAX_FEATURED,
            most=PREFILTER_ROWS,
            count=80,
            depth=5,
        )
        candidates, logits, own, result["pairs"] = self.stage(
            evidence, candidates, pairing.features, count=250, keep=extraction.MAX_COMPETING
        )
        self.final(evidence, candidates, logits, own, result)
        self.glossary.fit(result)
        return result

    def run_termhood(self, model: Mapping[str, Any]) -> dict[str, Any]:
        """Return what goes into a model file whose other stages are those of a given one."""
        result = {**model, "en": {**model["en"]}, "zh": {**model["zh"]}}
        self.glossary.fit(result)
        return result

    def termhood(self, language: Language) -> tuple[dict[str, Any], list[tuple[Spans, Table]], list[Floats]]:
        """Fit which spans are terms.

        Returns:
            The parts of the model; per block the spans with what is known of them; their held-out scores.
        """
        texts = [e.text(language) for e in self.examples]
        whole = collect(texts, language)
        right = among(whole, self.annotated(np.arange(len(texts)), language))
        fold = self.fold[whole.text]
        weights = [fitting.fit_weights(whole, right, fold != k) for k in range(self.fold.max() + 1)]
        spans = [collect([texts[k] for k in block], language) for block in self.blocks]
        known = [termhood.base(some) for some in spans]
        tables = []
        for block, some, table in zip(self.blocks, spans, known, strict=True):
            names, values = termhood.add_weights(some, table, weights[0])
            for k in np.unique(self.fold[block]).tolist():
                rows = self.fold[block[some.text]] == k
                values[rows] = termhood.add_weights(some, table, weights[k])[1][rows]
            tables.append(values.astype(np.float32))
        owners = [block[some.text] for block, some in zip(self.blocks, spans, strict=True)]
        labels = [
            among(some, self.annotated(block, language))
            for block, some in zip(self.blocks, spans, strict=True)
        ]
        trees, scores = stack(self.fold, names, tables, labels, owners, count=250)
        return (
            {"weights": fitting.fit_weights(whole, right, np.ones(len(whole), dtype=bool)), "trees": trees},
            list(zip(spans, known, strict=True)),
            scores,
        )

    def stage(
        self,
        evidence: list[Evidence],
        candidates: list[CandidatePairs],
        features: Callable[[Evidence, CandidatePairs], Table],
        *,
        keep: tuple[int, float],
        **options: Any,
    ) -> tuple[list[CandidatePairs], list[Floats], list[Table], dict[str, Any]]:
        """Fit one stage of pairing; return the candidates kept, their scores and features; the trees."""
        made = [features(ev, some) for ev, some in zip(evidence, candidates, strict=True)]
        labels, owners = self.candidate_labels(evidence, candidates)
        data, scores = stack(
            self.fold,
            made[0][0],
            [values.astype(np.float32) for _, values in made],
            labels,
            owners,
            **options,
        )
        kept = [
            extraction.best(ev.en, c.e, s, keep)
            for ev, c, s in zip(evidence, candidates, scores, strict=True)
        ]
        left = [c.take(rows) for c, rows in zip(candidates, kept, strict=True)]
        own = [(names, values[rows]) for (names, values), rows in zip(made, kept, strict=True)]
        return left, [s[rows] for s, rows in zip(scores, kept, strict=True)], own, data

    def final(
        self,
        evidence: list[Evidence],
        candidates: list[CandidatePairs],
        logits: list[Floats],
        own: list[Table],
        result: dict[str, Any],
    ) -> None:
        """Fit the last stage; keep the scores of unseen texts for inspection."""
        made = list(map(extraction.last, evidence, candidates, logits, own))
        labels, owners = self.candidate_labels(evidence, candidates)
        result["final"], self.scores = stack(
            self.fold,
            made[0][0],
            [v.astype(np.float32) for _, v in made],
            labels,
            owners,
            count=350,
            rate=0.08,
            share=0.2,
        )
        self.evidence, self.candidates = evidence, candidates

    def annotated(self, block: Ints, language: Language) -> list[set[str]]:
        """Return the annotated terms of the examples of a block, in one language."""
        side = LANGUAGES.index(language)
        return [{term[side] for term in self.examples[k].terms} for k in block.tolist()]

    def candidate_labels(
        self, evidence: list[Evidence], candidates: list[CandidatePairs]
    ) -> tuple[list[Column], list[Ints]]:
        """Return, per block, which candidates are annotated term pairs, and the example each is in."""
        labels, owners = [], []
        for block, ev, some in zip(self.blocks, evidence, candidates, strict=True):
            owner = block[ev.en.text[some.e]]
            terms = terms_of(ev, some)
            right = [term in self.examples[k].terms for term, k in zip(terms, owner.tolist(), strict=True)]
            labels.append(np.array(right, dtype=bool))
            owners.append(owner)
        return labels, owners


def main() -> None:
    """Read the command line, train, write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument(
        "--judged", type=Path, nargs="+", default=[], help="folders of texts with verdicts alone"
    )
    parser.add_argument("--stages", type=Path, help="a model to keep but for what a glossary should hold")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    encoder = load_encoder()
    examples: list[Example] = []
    judged: list[Example] = []
    verdicts: dict[Term, int] = {}
    for folder in arguments.folders:
        some, own = read_folder(folder, encoder)
        examples += some
        verdicts |= own
    for folder in arguments.judged:
        some, own = read_folder(folder, encoder)
        judged += [replace(example, terms={}) for example in some]
        verdicts |= own
    training = Training(examples, judged, verdicts)
    if arguments.stages:
        model = training.run_termhood(json.loads(arguments.stages.read_text(encoding="utf-8")))
    else:
        model = training.run()
    arguments.out.write_text(
        json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
