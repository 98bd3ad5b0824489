"""Term pairs measured against annotated ones: occurrences, distinct pairs, and the best of a ranking."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import aligner
from aligner.encoders import EncodedPair, Encoder, load_encoder
from aligner.errors import InputError, SettingError
from aligner.evaluation.floors import Measured
from aligner.evaluation.picture import picture
from aligner.terms.annotated import Example, Term, folds, read, read_records, squeeze
from aligner.terms.extraction import BLOCK, THRESHOLD, extract
from aligner.terms.model import Model, load
from aligner.types import Pair

FIRST = (50, 100, 200, 500)
LOWEST = 0.05  # the curve of precision against recall begins here


@dataclass(frozen=True)
class Options:
    """How to measure.

    Attributes:
        encoder: its name.
        folds: train on the other documents and extract from each fold of them; 0 measures the model that
            comes with the program.
        blocks: pairs whose statistics are taken together; each size is measured.
        threshold: probability below which a pair is left out.
    """

    encoder: str = "bundled"
    folds: int = 0
    blocks: tuple[int, ...] = (BLOCK,)
    threshold: float = THRESHOLD


@dataclass(frozen=True)
class Rates:
    """Precision counts core and extra terms as right, recall core ones only; codes count neither way."""

    right: int
    found: int
    core_found: int
    core: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the core terms that were found."""
        return self.core_found / self.core if self.core else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"P={self.precision:.4f} R={self.recall:.4f} F1={self.f1:.4f} ({self.found})"


@dataclass(frozen=True)
class Evaluation:
    """What was measured, and on what.

    Attributes:
        occurrences: term pairs per pair of texts.
        distinct: term pairs over all texts.
        first: precision of the first N of the distinct pairs, best first.
        monolingual: precision of the first N English terms against a list, if one was given.
        curve: precision and recall of occurrences at falling thresholds.
        signature: encoder, model, data and version, as one line.
    """

    occurrences: Rates
    distinct: Rates
    first: Mapping[int, float]
    monolingual: Mapping[int, float]
    curve: Sequence[tuple[float, float]]
    signature: str

    def figure(self) -> Measured:
        """Return F1 of occurrences, to hold against its floor."""
        return Measured("terms occurrences", self.occurrences.f1, self.signature)


Found = dict[tuple[str, Term], float]
Key = TypeVar("Key", bound=Hashable)


def evaluate(pairs: Path, gold: Path | None, options: Options, terms: Path | None = None) -> list[Evaluation]:
    """Extract from annotated pairs and compare, once for each size of blocks.

    Args:
        pairs: rows ``{"id", "en", "zh"}``; or a folder of gold files, whose terms are listed by record.
        gold: rows ``{"id", "en", "zh", "level", "kind"}``; None for such a folder.
        options: how.
        terms: a monolingual list of English terms, one a line (a tab and what follows it are left out).

    Raises:
        InputError: a file cannot be read, or holds nothing.
        SettingError: what training needs is not installed.
    """
    encoder = load_encoder(options.encoder)
    examples = read_records(pairs, encoder) if gold is None else read(pairs, gold, encoder)
    if not any(example.terms for example in examples):
        raise InputError("no annotated pairs", where=str(pairs))
    english = read_list(terms) if terms else set()
    found: dict[int, Found] = {block: {} for block in options.blocks}
    offered: dict[int, Found] = {block: {} for block in options.blocks}
    for some, model in _parts(examples, options):
        for block in options.blocks:
            found[block] |= _extract(some, block, options.threshold, model)
            offered[block] |= _extract(some, block, LOWEST, model)
    files = [pairs, gold] if gold else sorted(pairs.glob("*.json"))
    sources = [*files, *([terms] if terms else [])]
    return [
        _compare(
            examples, found[block], offered[block], english, _signature(encoder, options, block, sources)
        )
        for block in options.blocks
    ]


def _compare(
    examples: Sequence[Example], found: Found, offered: Found, english: set[str], signature: str
) -> Evaluation:
    ranked = rank(found)
    return Evaluation(
        occurrences(examples, found),
        distinct(examples, found),
        _first(ranked, {term for e in examples for term in e.terms}),
        _first(list(dict.fromkeys(en for en, _ in ranked)), english) if english else {},
        [(r.precision, r.recall) for r in _curve(examples, offered)],
        signature,
    )


def _extract(examples: Sequence[Example], size: int, threshold: float, model: Model) -> Found:
    found: Found = {}
    for start in range(0, len(examples), size):
        block = examples[start : start + size]
        encoded = [EncodedPair(Pair(e.name, 0, e.en.text, e.zh.text), e.en, e.zh) for e in block]
        for term in extract(encoded, threshold=threshold, model=model):
            key = (term.record, (squeeze(term.en), squeeze(term.zh)))
            found[key] = max(found.get(key, 0.0), term.score)
    return found


def _parts(examples: list[Example], options: Options) -> Iterator[tuple[list[Example], Model]]:
    """Yield all examples with the program's model, or each fold with one trained on the other documents."""
    if not options.folds:
        yield examples, load()
        return
    try:
        from aligner.terms.train import train
    except ImportError as error:
        raise SettingError(
            "training needs scikit-learn and CatBoost", where="--folds", hint="pip install 'aligner[train]'"
        ) from error
    fold = folds(examples, options.folds)
    if fold.max() < 2:
        raise SettingError(
            "folds need pairs of at least three documents", where="--folds", hint="ids are DOCUMENT-NUMBER"
        )
    for k in range(int(fold.max()) + 1):
        model = Model.read(train([e for e, f in zip(examples, fold, strict=True) if f != k]))
        yield [e for e, f in zip(examples, fold, strict=True) if f == k], model


def occurrences(examples: Iterable[Example], found: Found) -> Rates:
    """Compare per pair of texts: exact strings, English without case."""
    gold = {(e.name, term): level for e in examples for term, level in e.terms.items()}
    codes = {(e.name, term) for e in examples for term in e.codes}
    return _rates(gold, found.keys() - codes)


def distinct(examples: Iterable[Example], found: Found) -> Rates:
    """Compare the term pairs of all texts together."""
    gold: dict[Term, str] = {}
    for example in examples:
        for term, level in example.terms.items():
            gold[term] = "core" if "core" in (level, gold.get(term)) else level
    codes = {(e.name, term) for e in examples for term in e.codes}
    return _rates(gold, {term for _, term in found.keys() - codes})


def _rates(gold: Mapping[Key, str], found: set[Key]) -> Rates:
    core = {key for key, level in gold.items() if level == "core"}
    return Rates(len(found & gold.keys()), len(found), len(found & core), len(core))


def rank(found: Found) -> list[Term]:
    """Order distinct pairs by the chance that one of up to three occurrences is right, then by number."""
    scores: dict[Term, list[float]] = {}
    for (_, term), score in found.items():
        scores.setdefault(term, []).append(score)

    def place(term: Term) -> tuple[float, int, Term]:
        mean = sum(scores[term]) / len(scores[term])
        return -(1 - (1 - mean) ** min(3, len(scores[term]))), -len(scores[term]), term

    return sorted(scores, key=place)


def read_list(path: Path) -> set[str]:
    """Read a list of terms, one a line; a tab and what follows it are left out.

    Raises:
        InputError: it cannot be read, or is empty.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cannot be read as UTF-8 text", where=str(path)) from error
    terms = {squeeze(line.split("\t")[0]) for line in lines} - {""}
    if not terms:
        raise InputError("no terms in the list", where=str(path))
    return terms


def _first(ranked: Sequence[Key], gold: set[Key]) -> dict[int, float]:
    return {n: sum(key in gold for key in ranked[:n]) / n for n in FIRST if n <= len(ranked)}


def _curve(examples: Sequence[Example], found: Found) -> list[Rates]:
    steps = [k / 20 for k in range(19, 0, -1)]
    return [occurrences(examples, {key: s for key, s in found.items() if s >= step}) for step in steps]


def _signature(encoder: Encoder, options: Options, block: int, paths: Sequence[Path]) -> str:
    data = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]
    model = f"folds:{options.folds}" if options.folds else f"model:{load().sha256[:12]}"
    return (
        f"encoder:{encoder.name}|{model}|block:{block}|threshold:{options.threshold:g}"
        f"|data:{data}|aligner:{aligner.__version__}"
    )


def report(evaluation: Evaluation) -> list[str]:
    """Return what was measured as lines of text."""
    lines = [f"occurrences     {evaluation.occurrences}", f"distinct pairs  {evaluation.distinct}"]
    lines += [f"precision of the first {n} pairs: {value:.3f}" for n, value in evaluation.first.items()]
    lines += [
        f"precision of the first {n} English terms: {value:.3f}"
        for n, value in evaluation.monolingual.items()
    ]
    return [*lines, evaluation.signature]


def precision_recall(evaluation: Evaluation, path: Path) -> None:
    """Draw precision against recall of occurrences into a picture; its format is told by the extension.

    Raises:
        SettingError: matplotlib is not installed, or cannot write such a file.
    """
    with picture(path) as axes:
        axes.plot([r for _, r in evaluation.curve], [p for p, _ in evaluation.curve], marker=".")
        chosen = evaluation.occurrences
        axes.plot([chosen.recall], [chosen.precision], marker="o", linestyle="none")
        axes.set(xlabel="recall of core terms", ylabel="precision", xlim=(0, 1.02), ylim=(0, 1.02))
        axes.set_title(f"occurrences, F1 {chosen.f1:.4f}\n{evaluation.signature}", fontsize=7)
