"""Count a reviewed glossary in its texts again: ``python -m aligner.engine.recount GLOSSARY INPUT...``.

For a glossary that was edited by hand. The accepted entries are looked up in the aligned inputs, and get
counts and contexts; they come first, by their English term, candidates and rejected entries after them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from aligner.engine.glossary import read_base_file
from aligner.engine.options import Inputs, Settings
from aligner.engine.stream import stream_results
from aligner.formats import FORMATS
from aligner.glossary import merge
from aligner.glossary.recounting import recount
from aligner.store import Failure
from aligner.types import Entry, Pair

_STATUSES = ("accepted", "candidate", "rejected")


def recounted(glossary: Path, inputs: list[str]) -> list[Entry]:
    """Return the entries of a glossary, counted in inputs, in the order of its file."""
    pairs: list[Pair] = []
    front: list[Pair] = []
    for result in stream_results(Inputs(inputs), Settings(checks=False)):
        if isinstance(result, Failure):
            print(f"{result.record}: {result.reason}", file=sys.stderr)
            continue
        pairs += result.pairs
        front += result.front or ()
    rows, messages = merge([], recount(read_base_file(glossary), pairs, front))
    for message in messages:
        print(message, file=sys.stderr)
    return sorted(rows, key=lambda row: (_STATUSES.index(row.status), row.en.casefold(), row.zh))


def main() -> None:
    """Write the glossary in its place, and say which accepted entries the inputs do not have."""
    parser = argparse.ArgumentParser(description="Count a reviewed glossary's entries in its texts again.")
    parser.add_argument("glossary", type=Path)
    parser.add_argument("inputs", nargs="+", metavar="INPUT")
    arguments = parser.parse_args()
    rows = recounted(arguments.glossary, arguments.inputs)
    for row in rows:
        if row.status == "accepted" and not row.count:
            print(f"{row.en} = {row.zh}: stands in no pair by itself", file=sys.stderr)
    with arguments.glossary.open("wb") as out:
        for error in FORMATS.load("tsv").write_glossary(rows, out):
            print(error, file=sys.stderr)


if __name__ == "__main__":
    main()
