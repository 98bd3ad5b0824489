"""Train the term model on annotated pairs: ``python -m aligner.terms.train FOLDER... --out model.json``.

A folder holds ``pairs.jsonl`` and ``gold.jsonl``, as `aligner.terms.annotated.read` reads them.

Every stage learns from scores that the stage before gave to texts it had not seen (stacking over documents,
Wolpert 1992), with
statistics taken from blocks of mixed sizes, so that one abstract works as well as a corpus.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aligner.encoders import load_encoder
from aligner.terms import extraction, fitting, pairing, termhood
from aligner.terms.annotated import Example, folds, read, squeeze
from aligner.terms.candidates import collect
from aligner.terms.model import FORMAT
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
LANGUAGES: tuple[Language, Language] = ("en", "zh")


def train(examples: Sequence[Example]) -> dict[str, Any]:
    """Fit the whole model."""
    return Training(examples).run()


class Training:
    """The stages, one after another, over all block sizes at once."""

    def __init__(self, examples: Sequence[Example], fold: Ints | None = None) -> None:
        self.examples = examples
        self.chinese = extraction.read_simplified([e.zh for e in examples])
        self.fold = folds(list(examples), FOLDS) if fold is None else fold
        order = np.arange(len(examples))
        self.blocks = [order[k : k + size] for size in SIZES for k in range(0, len(order), size)]
        self.blocks = [b for k, b in enumerate(self.blocks) if len(b) > 1 or k % 3 == 0]

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

    def core_weights(self, language: Language) -> list[dict[str, dict[str, float]]]:
        """Fit weights of words that tell core terms among annotated ones: per fold, and at last by all."""
        texts = [e.text(language) for e in self.examples]
        whole = collect(texts, language)
        every = np.arange(len(texts))
        annotated = whole.take(np.flatnonzero(self.span_labels(whole, every)))
        core = self.span_labels(annotated, every, level="core")
        fold = self.fold[annotated.text]
        return [
            fitting.fit_weights(annotated, core, fold != k, rare=CORE_RARE)
            for k in range(self.fold.max() + 2)
        ]

    def termhood(self, language: Language) -> tuple[dict[str, Any], list[tuple[Spans, Table]], list[Floats]]:
        """Fit which spans are terms.

        Returns:
            The parts of the model; per block the spans with what is known of them; their held-out scores.
        """
        texts = [e.text(language) for e in self.examples]
        whole = collect(texts, language)
        right = self.span_labels(whole, np.arange(len(texts)))
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
        labels = [self.span_labels(some, block) for block, some in zip(self.blocks, spans, strict=True)]
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
        """Fit which of the probable pairs are core terms; keep the scores of unseen texts for inspection."""
        core = {language: self.core_weights(language) for language in LANGUAGES}
        likely = [np.flatnonzero(scores > LIKELY) for scores in self.scores]
        picked = [c.take(rows) for c, rows in zip(self.candidates, likely, strict=True)]
        labels, owners = self.candidate_labels(self.evidence, picked, level="core")
        names: tuple[str, ...] = ()
        tables = []
        for ev, some, rows, (known, values), scores, owner in zip(
            self.evidence, picked, likely, made, self.scores, owners, strict=True
        ):
            own = known, values[rows]
            names, table = extraction.termhood_features(
                ev, some, scores[rows], own, core["en"][-1], core["zh"][-1]
            )
            for k in np.unique(self.fold[owner]).tolist():
                mine = np.flatnonzero(self.fold[owner] == k)
                table[mine] = extraction.termhood_features(
                    ev,
                    some.take(mine),
                    scores[rows][mine],
                    (known, own[1][mine]),
                    core["en"][k],
                    core["zh"][k],
                )[1]
            tables.append(table.astype(np.float32))
        result["termhood"], self.termhoods = self.stack(names, tables, labels, owners, count=150, share=0.2)
        self.likely = likely
        for language in LANGUAGES:
            result[language]["core_weights"] = core[language][-1]

    def span_labels(self, spans: Spans, block: Ints, *, level: str = "") -> Column:
        """Return which spans of a block are annotated terms, of one level where it is given."""
        side = 0 if spans.language == "en" else 1
        gold = [
            {term[side] for term, own in self.examples[k].terms.items() if not level or own == level}
            for k in block
        ]
        offsets = spans.characters(np.arange(len(spans)))
        texts = [spans.texts[t].text for t in range(len(block))]
        return np.array(
            [
                squeeze(texts[t][a:b]) in gold[t]
                for t, (a, b) in zip(spans.text.tolist(), offsets, strict=True)
            ],
            dtype=bool,
        )

    def candidate_labels(
        self, evidence: list[Evidence], candidates: list[CandidatePairs], *, level: str = ""
    ) -> tuple[list[Column], list[Ints]]:
        """Return, per block, which candidates are annotated term pairs, and the example each is in.

        Where a level is given, those of the level only.
        """
        labels, owners = [], []
        for block, ev, some in zip(self.blocks, evidence, candidates, strict=True):
            owner = block[ev.en.text[some.e]]
            strings = extraction.strings(ev, some)
            gold = [self.examples[k].terms for k in owner.tolist()]
            levels = [g.get((squeeze(a), squeeze(b)), "") for (a, b), g in zip(strings, gold, strict=True)]
            right = [own == level if level else bool(own) for own in levels]
            labels.append(np.array(right, dtype=bool))
            owners.append(owner)
        return labels, owners


def main() -> None:
    """Read the command line, train, write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    encoder = load_encoder()
    folders = [read(folder / "pairs.jsonl", folder / "gold.jsonl", encoder) for folder in arguments.folders]
    model = train([example for examples in folders for example in examples])
    arguments.out.write_text(
        json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
