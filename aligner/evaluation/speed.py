"""Speed beside other programmes: same texts, same encoder, each in a process of its own, nothing warm.

The others: ``sentweave`` (vecalign: Thompson & Koehn 2019) and ``galechurch`` (Gale & Church 1993: lengths
alone).
"""

from __future__ import annotations

import multiprocessing
import platform
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligner.encoders import Encoder, load_encoder
from aligner.encoders.text import Floats
from aligner.errors import SettingError
from aligner.evaluation.alignment import Tally, signature, tally
from aligner.evaluation.gold import Gold, read_gold
from aligner.types import Bead

OURS = "aligner"
WARM = Gold("warm", ["It leaked in 6 of 8 cases.", "None died."], ["8例中6例渗漏。", "无死亡。"], frozenset())


@dataclass(frozen=True)
class Timing:
    """What one programme did with all documents.

    Attributes:
        name: the programme.
        sentences: sentences of both sides together.
        encoded: texts handed to the encoder.
        seconds: from sentences to beads, encoding included, loading code and weights not.
        encoding: seconds of these spent in the encoder.
        megabytes: the process's peak of memory.
        f1: strict F1 of all beads.
    """

    name: str
    sentences: int
    encoded: int
    seconds: float
    encoding: float
    megabytes: float
    f1: float


class Counting:
    """An encoder's whole-text vectors, with a count of the texts and the time they took."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.texts, self.seconds = 0, 0.0

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row a text, as the other programmes ask for."""
        start = time.perf_counter()
        vectors = [text.vectors([(0, len(text.text))]) for text in self.encoder.encode(texts)]
        self.texts, self.seconds = self.texts + len(texts), self.seconds + time.perf_counter() - start
        return np.concatenate(vectors)


def _ours(document: Gold, counting: Counting) -> list[Bead]:
    from aligner.alignment import align

    start = time.perf_counter()
    en, zh = counting.encoder.encode(document.en), counting.encoder.encode(document.zh)
    counting.texts += len(en) + len(zh)
    counting.seconds += time.perf_counter() - start
    return align(en, zh)


def _sentweave(document: Gold, counting: Counting) -> list[Bead]:
    from sentweave import align

    with np.errstate(invalid="ignore"):  # it divides by zero where two texts have no difference
        result = align(list(document.en), list(document.zh), encoder=counting)
    return [Bead(tuple(a.src_indices), tuple(a.tgt_indices), 1.0) for a in result.alignments]


def _galechurch(document: Gold, _: Counting) -> list[Bead]:
    from galechurch import align

    beads = align(list(document.en), list(document.zh)).beads
    return [
        Bead(tuple(range(b.source_start, b.source_end)), tuple(range(b.target_start, b.target_end)), 1.0)
        for b in beads
    ]


PROGRAMMES: dict[str, Callable[[Gold, Counting], list[Bead]]] = {
    OURS: _ours,
    "sentweave": _sentweave,
    "galechurch": _galechurch,
}


def measure(name: str, paths: Sequence[str], encoder: str, device: str) -> Timing:
    """Run one programme over all documents, in this process."""
    documents = read_gold(paths)
    run, counting, total = PROGRAMMES[name], Counting(load_encoder(encoder, device)), Tally()
    run(WARM, counting)  # code and weights are loaded before the clock starts, for every programme
    counting.texts, counting.seconds = 0, 0.0
    start = time.perf_counter()
    answers = [run(document, counting) for document in documents]
    seconds = time.perf_counter() - start
    for document, beads in zip(documents, answers, strict=True):
        total.add(tally(document.beads, beads))
    sentences = sum(len(document.en) + len(document.zh) for document in documents)
    return Timing(
        name, sentences, counting.texts, seconds, counting.seconds, peak_memory(), total.strict()[2]
    )


def peak_memory() -> float:
    """Return the most memory this process has held, in megabytes; NaN where nothing tells."""
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    unit = 1 if platform.system() == "Darwin" else 1024
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)


def compare(paths: Sequence[str], encoder: str, device: str = "auto") -> list[Timing]:
    """Run every programme in a fresh process of its own, one after another.

    Raises:
        SettingError: one of the others is not installed.
    """
    from importlib.util import find_spec

    missing = [name for name in PROGRAMMES if find_spec(name) is None]
    if missing:
        raise SettingError(f"not installed: {', '.join(missing)}", hint="pip install 'aligner[bench]'")
    timings = []
    for name in PROGRAMMES:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            timings.append(pool.apply(measure, (name, list(paths), encoder, device)))
    return timings


def report(
    timings: Sequence[Timing], paths: Sequence[str], encoder: str, device: str = "auto"
) -> Iterator[str]:
    """Yield the table line by line."""
    ours = next(timing for timing in timings if timing.name == OURS)
    yield f"{'':<12} sentences/s  texts encoded  seconds  of them encoding  peak MB     all F1  times slower"
    for t in timings:
        yield (
            f"{t.name:<12} {t.sentences / t.seconds:>11.1f}  {t.encoded:>13,}  {t.seconds:>7.2f}"
            f"  {t.encoding:>16.2f}  {t.megabytes:>7.0f}  {t.f1:>9.4f}  {t.seconds / ours.seconds:>12.1f}"
        )
    share = (ours.seconds - ours.encoding) / ours.encoding
    yield f"alignment without encoding takes {share:.1%} of the encoding time"
    yield f"{signature(read_gold(paths), load_encoder(encoder, device))}|python:{sys.version.split()[0]}"
