"""Small bilingual inputs, and the command line run as a program of its own."""

import json
import subprocess
import sys
from itertools import islice
from pathlib import Path

CORPORA = Path(__file__).parents[2] / "corpora"

WHAT = ("pairs", "glossary", "findings")


class Silent:
    """Hears nothing of a run."""

    def reading(self, counts):
        pass

    def working(self, total):
        pass

    def advance(self, records, failures):
        pass

    def gathering(self):
        pass


def texts():
    """Yield pairs of sentences of the constructed abstracts, in order."""
    for file in sorted((CORPORA / "constructed" / "gold").glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        for en, zh in gold["beads"]:
            if len(en) == len(zh) == 1:
                yield gold["en"][en[0]], gold["zh"][zh[0]]


def write_records(path, count, *, pairs=2, first=0):
    """Write a JSONL file of ``count`` records with ``pairs`` sentences a side."""
    source = islice(texts(), first * pairs, None)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number in range(first, first + count):
            sides = list(islice(source, pairs))
            row = {
                "id": f"r{number:03d}",
                "en": " ".join(en for en, _ in sides),
                "zh": "".join(zh for _, zh in sides),
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def command(*args):
    return [sys.executable, "-m", "aligner", *map(str, args)]


def call(*args, **options):
    """Run ``aligner ARGS`` and return exit code, stdout and stderr."""
    done = subprocess.run(command(*args), capture_output=True, timeout=300, check=False, **options)
    return done.returncode, done.stdout, done.stderr.decode()


def exports(workspace):
    """Return all exports of a workspace, as bytes."""
    results = [call("export", workspace, what, "--format", "jsonl") for what in WHAT]
    assert [(code, err) for code, _, err in results if code] == []
    return [out for _, out, _ in results]
