"""Train the term model on annotated pairs: ``python -m aligner.terms.train FOLDER... --out model.json``.

A folder holds annotated pairs, and perhaps verdicts on term pairs, as `aligner.terms.annotated.read_folder`
reads them; a gold file of one record may stand for a folder. Verdicts tell the terms that a glossary should
hold: they go before the levels of annotated terms, and hold wherever the same two strings were found. With
``--judged FOLDER...`` come texts that have verdicts alone; terms marked in them are not all, and not learnt.

Every stage learns from scores that the stage before gave to texts it had not seen (stacking over documents,
Wolpert 1992), with
statistics taken from blocks of mixed sizes, so that one abstract works as well as a corpus.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from aligner.encoders import load_encoder
from aligner.terms import extraction, fitting, pairing, termhood
from aligner.terms.annotated import Example, Term, folds, read_folder, squeeze
from aligner.terms.candidates import collect
from aligner.terms.lexicon import Weights
from aligner.terms.model import FORMAT, Model
from aligner.terms.pairing import CandidatePairs, Evidence
from aligner.terms.spans import Column, Floats, Ints, Spans, Table
from aligner.terms.trees import Trees
from aligner.types import Language

ROWS = 250_000  # rows without a term that trees learn from
PREFILTER_ROWS = (
    800_000  # likewise those of the first look at pairs; with 120,000 it lost 5 % more of the terms
)
FOLDS = 3
SIZES = (1, 15, extraction.BLOCK)  # of single pairs a third is taken
LIKELY = -2.2  # log odds from which on a pair is asked whether it is a term
CORE_RARE = 3  # spans; forms seen in fewer get no weight
LEVEL_WEIGHT = 0.3  # of a pair whose level alone says whether a glossary should hold it; a verdict weighs 1
LANGUAGES: tuple[Language, Language] = ("en", "zh")


def train(
    examples: Sequence[Example], judged: Sequence[Example] = (), verdicts: Mapping[Term, bool] | None = None
) -> dict[str, Any]:
    """Fit the whole model.

    Args:
        examples: whose terms are annotated.
        judged: whose terms are not, but some that the program finds in them have a verdict.
        verdicts: whether a glossary should hold a pair of terms.
    """
    return Training(examples, judged, verdicts).run()


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


class Training:
    """The stages, one after another, over all block sizes at once."""

    def __init__(
        self,
        examples: Sequence[Example],
        judged: Sequence[Example] = (),
        verdicts: Mapping[Term, bool] | None = None,
    ) -> None:
        self.examples = examples
        self.judged = judged
        self.verdicts = verdicts or {}
        self.chinese = extraction.read_simplified([e.zh for e in examples])
        self.fold = np.concatenate([folds(list(some), FOLDS) for some in (examples, judged)])
        self.blocks = _blocks(len(examples))

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
        return result

    def run_termhood(self, model: Mapping[str, Any]) -> dict[str, Any]:
        """Return what goes into a model file whose other stages are those of a given one.

        These must not have seen the judged texts.
        """
        result = {**model, "en": {**model["en"]}, "zh": {**model["zh"]}}
        self.fit_termhood([], result)
        return result

    def core_weights(self, language: Language) -> list[dict[str, dict[str, float]]]:
        """Fit weights of words that tell terms of a glossary from others: per fold, and at last by all."""
        everyone = [*self.examples, *self.judged]
        side = LANGUAGES.index(language)
        levels = [self.levels(example) for example in everyone]
        whole = collect([e.text(language) for e in everyone], language)
        marked = _among(whole, [{term[side] for term in own} for own in levels])
        annotated = whole.take(np.flatnonzero(marked))
        core = _among(annotated, [{term[side] for term, held in own.items() if held} for own in levels])
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

    def termhood(self, language: Language) -> tuple[dict[str, Any], list[tuple[Spans, Table]], list[Floats]]:
        """Fit which spans are terms.

        Returns:
            The parts of the model; per block the spans with what is known of them; their held-out scores.
        """
        texts = [e.text(language) for e in self.examples]
        whole = collect(texts, language)
        right = _among(whole, self.annotated(np.arange(len(texts)), language))
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
            _among(some, self.annotated(block, language))
            for block, some in zip(self.blocks, spans, strict=True)
        ]
        trees, scores = self.stack(names, tables, labels, owners, count=250)
        return (
            {"weights": fitting.fit_weights(whole, right, np.ones(len(whole), dtype=bool)), "trees": trees},
            list(zip(spans, known, strict=True)),
            scores,
        )

    def stack(
        self,
        names: tuple[str, ...],
        tables: Sequence[Column],
        labels: Sequence[Column],
        owners: list[Ints],
        *,
        most: int = ROWS,
        weights: Sequence[Floats] | None = None,
        **options: Any,
    ) -> tuple[dict[str, Any], list[Floats]]:
        """Fit trees on a sample of the rows; score each row by trees that never saw its fold."""
        draw = np.random.default_rng(1)
        share = min(1.0, most / max(1, sum(map(len, labels)) - sum(int(l.sum()) for l in labels)))
        chosen = [l | (draw.random(len(l)) < share) for l in labels]
        values, right, owner = (
            np.concatenate([row[keep] for row, keep in zip(rows, chosen, strict=True)])
            for rows in (tables, labels, owners)
        )
        weight = np.where(right, 1.0, 1 / share)
        if weights is not None:
            weight *= np.concatenate([w[keep] for w, keep in zip(weights, chosen, strict=True)])
        fold = self.fold[owner]
        models = []
        for k in range(self.fold.max() + 1):
            part = fold != k
            models.append(
                Trees.read(fitting.fit_trees(names, values[part], right[part], weight[part], **options))
            )
        data = fitting.fit_trees(names, values, right, weight, **options)
        scores = []
        for table, own in zip(tables, owners, strict=True):
            score = np.zeros(len(table))
            for k in np.unique(self.fold[own]).tolist():
                rows = self.fold[own] == k
                score[rows] = models[k](names, table[rows])
            scores.append(score)
        return data, scores

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
        data, scores = self.stack(
            made[0][0], [values.astype(np.float32) for _, values in made], labels, owners, **options
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
        result["final"], self.scores = self.stack(
            made[0][0],
            [v.astype(np.float32) for _, v in made],
            labels,
            owners,
            count=350,
            rate=0.08,
            share=0.2,
        )
        self.evidence, self.candidates = evidence, candidates
        self.termhood_of_pairs(made, result)

    def termhood_of_pairs(self, made: list[Table], result: dict[str, Any]) -> None:
        """Fit which probable pairs a glossary should hold; keep the scores of unseen texts for inspection."""
        self.likely = [np.flatnonzero(scores > LIKELY) for scores in self.scores]
        rows = [
            Rows(ev, c.take(likely), scores[likely], (known, values[likely]), block[ev.en.text[c.e[likely]]])
            for block, ev, c, likely, scores, (known, values) in zip(
                self.blocks, self.evidence, self.candidates, self.likely, self.scores, made, strict=True
            )
        ]
        self.termhoods = self.fit_termhood(rows, result)

    def fit_termhood(self, rows: Sequence[Rows], result: dict[str, Any]) -> list[Floats]:
        """Fit which pairs a glossary should hold on some and on the judged ones; score the former, unseen."""
        core = {language: self.core_weights(language) for language in LANGUAGES}
        for language in LANGUAGES:
            result[language]["core_weights"] = core[language][-1]
        every = [*rows, *self.judged_rows(result)]
        names: tuple[str, ...] = ()
        tables, labels, weights = [], [], []
        for some in every:
            terms = _terms(some.evidence, some.candidates)
            judged = np.array([term in self.verdicts for term in terms], dtype=bool)
            held = [
                self.verdicts[term] if known else self.examples[k].terms.get(term) == "core"
                for term, known, k in zip(terms, judged.tolist(), some.owner.tolist(), strict=True)
            ]
            names, table = self.termhood_table(some, core)
            tables.append(table)
            labels.append(np.array(held, dtype=bool))
            weights.append(np.where(judged, 1.0, LEVEL_WEIGHT if self.verdicts else 1.0))
        owners = [some.owner for some in every]
        result["termhood"], scores = self.stack(
            names, tables, labels, owners, weights=weights, count=150, share=0.2
        )
        return scores[: len(rows)]

    def termhood_table(self, rows: Rows, core: Mapping[Language, Sequence[Weights]]) -> Table:
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
        for block in _blocks(len(self.judged)):
            some = [self.judged[k] for k in block.tolist()]
            en, zh = (collect([e.text(language) for e in some], language) for language in LANGUAGES)
            if not len(en) or not len(zh):
                continue
            chinese = extraction.read_simplified([e.zh for e in some])
            scored = extraction.score([e.en for e in some], en, chinese, zh, model)
            terms = _terms(scored.evidence, scored.candidates)
            known = np.array([term in self.verdicts for term in terms], dtype=bool)
            rows = np.flatnonzero(known & (scored.logits > LIKELY))
            names, values = scored.features
            candidates = scored.candidates.take(rows)
            owner = len(self.examples) + block[en.text[candidates.e]]
            yield Rows(scored.evidence, candidates, scored.logits[rows], (names, values[rows]), owner)

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
            terms = _terms(ev, some)
            right = [term in self.examples[k].terms for term, k in zip(terms, owner.tolist(), strict=True)]
            labels.append(np.array(right, dtype=bool))
            owners.append(owner)
        return labels, owners


def _blocks(count: int) -> list[Ints]:
    """Cut examples into blocks of mixed sizes; of single ones a third is taken."""
    order = np.arange(count)
    blocks = [order[k : k + size] for size in SIZES for k in range(0, count, size)]
    return [block for k, block in enumerate(blocks) if len(block) > 1 or k % 3 == 0]


def _terms(evidence: Evidence, candidates: CandidatePairs) -> list[Term]:
    """Return candidates as annotated terms are written."""
    return [(squeeze(en), squeeze(zh)) for en, zh in extraction.strings(evidence, candidates)]


def _among(spans: Spans, strings: Sequence[set[str]]) -> Column:
    """Return which spans are, in lower case and without spaces, among the strings of their text."""
    offsets = spans.characters(np.arange(len(spans)))
    texts = [tokens.text for tokens in spans.texts]
    return np.array(
        [
            squeeze(texts[t][a:b]) in strings[t]
            for t, (a, b) in zip(spans.text.tolist(), offsets, strict=True)
        ],
        dtype=bool,
    )


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
    verdicts: dict[Term, bool] = {}
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
