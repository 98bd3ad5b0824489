r"""Train the weights: ``python -m aligner.alignment.training --data FOLDER=WEIGHT... --out FILE``.

Reads gold files ``{"en": [...], "zh": [...], "beads": [[[0], [0, 1]], ...]}``, some with the units of their
beads, encodes every sentence once with the bundled encoder, makes harder documents of them and fits a few
small nets. Then nets of two thirds of the documents align the other third, in turn, and a second stage learns
from these which of the beads are right.

The weights that come with the program were trained so, on documents that are not all ours to publish:

    python -m aligner.alignment.training --out aligner/alignment/weights.json --data journal-dev/gold=4 \
        mac-dev=1.2 nejm-dev=2 ovcf-dev/gold=3 corpora/hard=2.5 corpora/constructed/gold=1.5 \
        corpora/journal/gold=1.5 medline-dev/wmt18-en-zh=1.5 medline-dev/wmt18-zh-en=1.5

How good such weights are on documents they have not seen, here on every second of a folder in turn:

    aligner evaluate align journal-dev/gold --folds 2 --data journal-dev/gold=4 --data mac-dev=1.2 ...

journal-dev: 14 records in the style of Chinese journals, with units, and ovcf-dev: eight abstracts, both
written for this project; mac-dev: six chapters of MAC's development part (bfsujason/mac); nejm-dev: six
documents of ParaMed (Liu & Huang 2021); medline-dev: 89 pairs of MEDLINE abstracts (WMT18 biomedical task);
corpora/: in this repository.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from aligner.alignment.training.fitting import EPOCHS, SEEDS, write
from aligner.alignment.training.mix import read_examples, read_mix, train
from aligner.alignment.training.objective import Example


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the data, train, and write the weights."""
    parser = argparse.ArgumentParser(description="Train the weights of the alignment.")
    parser.add_argument("--data", nargs="+", required=True, metavar="FOLDER=WEIGHT")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--nets", type=int, default=len(SEEDS))
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    chosen = parser.parse_args(arguments)
    made: dict[Path, list[Example]] = {}
    for path, weight in read_mix(chosen.data).items():
        made[path] = read_examples(path, weight)
        print(f"{path}: {len(made[path])} examples", file=sys.stderr)
    write(chosen.out, train(made, chosen.nets, chosen.epochs))


if __name__ == "__main__":
    main()
