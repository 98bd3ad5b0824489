"""What became of findings in a text that came back: the table on stdout, counts by record on stderr."""

import sys
from collections import Counter
from collections.abc import Sequence
from typing import get_args

from aligner.types import Outcome, Revision


def show_revisions(revisions: Sequence[Revision]) -> int:
    """Print the table, and one line a record; return the exit code: 1 where something is open or unasked."""
    from aligner.formats.layouts import REVISIONS
    from aligner.formats.tsv import write_table

    write_table(REVISIONS, revisions, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    records: dict[str, Counter[str]] = {}
    for revision in revisions:
        records.setdefault(revision.record, Counter())[revision.outcome] += 1
    for record, counts in records.items():
        print(f"{record}: {_counts(counts)}", file=sys.stderr)
    total: Counter[str] = Counter(revision.outcome for revision in revisions)
    print(f"revision    {_counts(total)}", file=sys.stderr)
    return int(any(total[name] for name in ("still there", "new", "changed unasked")))


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[name]:,} {name}" for name in get_args(Outcome))
