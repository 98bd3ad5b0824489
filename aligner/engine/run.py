"""A run: inputs into the workspace, every record worked on once, the glossary rebuilt.

Whenever a run is stopped (an interrupt, a full disk, a power cut), the workspace holds all blocks that were
committed, and the next run does the rest, with the results that an uninterrupted run would have had.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from aligner import __version__
from aligner.engine.executors import execute
from aligner.engine.glossary import rebuild_glossary
from aligner.engine.options import Settings
from aligner.engine.originals import note_originals
from aligner.errors import InputError
from aligner.store import Failure, Workspace
from aligner.text.surrogates import shown
from aligner.types import Record

PASSES = 3
"""Times to come back to records that a person changed while they were worked on."""


class Watch(Protocol):
    """Who is told how far a run is."""

    def reading(self, counts: Counter[str]) -> None:
        """Records were taken in."""

    def working(self, total: int) -> None:
        """Work begins on so many records."""

    def advance(self, records: int, failures: int) -> None:
        """A block was committed."""

    def gathering(self) -> None:
        """The glossary is being built."""


@dataclass(slots=True)
class Summary:
    """What a run did.

    Attributes:
        run: its number.
        taken: of the inputs' records, how many were new, changed, same, renamed and unread.
        done: records worked on.
        failed: records and inputs that failed.
        records: records of the workspace.
        beads: beads of the workspace by type.
        terms: occurrences.
        entries: glossary entries.
        findings: findings by severity, without dismissed ones.
    """

    run: int
    taken: Counter[str] = field(default_factory=Counter)
    done: int = 0
    failed: int = 0
    records: int = 0
    beads: Counter[str] = field(default_factory=Counter)
    terms: int = 0
    entries: int = 0
    findings: Counter[str] = field(default_factory=Counter)


def run(
    workspace: Workspace,
    items: Iterable[Record | InputError],
    settings: Settings,
    *,
    jobs: int = 1,
    watch: Watch,
    inputs: Iterable[str] = (),
    revision: bool = False,
) -> Summary:
    """Take records in, work on all that is to be done, and rebuild the glossary.

    Args:
        workspace: where; its earlier records stay, and are finished too if they were not.
        items: records and what could not be read, as `aligner.formats.read_records` yields them.
        settings: how records are worked on.
        jobs: processes; 1 works in this one.
        watch: is told how far it is.
        inputs: what the user named, to be noted.
        revision: the records are versions of ones that are there; note which have changed.

    Raises:
        InputError: the disk is full, or the workspace cannot be written.
        AlignerError: the encoder cannot be loaded, or workers keep dying.
    """
    from aligner.engine.ingest import ingest
    from aligner.store import begin_run

    number = begin_run(
        workspace,
        version=__version__,
        settings={"encoder": settings.encoder},
        inputs=[shown(name) for name in inputs],
        glossary=settings.checked_by,
    )
    summary = Summary(number)
    summary.taken = ingest(workspace, items, run=number, progress=watch.reading, revision=revision)
    note_originals(workspace)
    finish(workspace, settings, summary, jobs=jobs, watch=watch)
    return close(workspace, settings, summary, watch=watch)


def close(workspace: Workspace, settings: Settings, summary: Summary, *, watch: Watch) -> Summary:
    """Rebuild the glossary if occurrences have changed, note the end of the run, and count."""
    from aligner.store import end_run, glossary_is_current

    if settings.terms and not glossary_is_current(workspace):
        watch.gathering()
        rebuild_glossary(workspace)
    end_run(workspace, summary.run)
    count(workspace, summary)
    return summary


def finish(workspace: Workspace, settings: Settings, summary: Summary, *, jobs: int, watch: Watch) -> None:
    """Work on all records that are not done, and save each block as it is ready."""
    from aligner.store import blocks_to_do, count_to_do, save

    for _ in range(PASSES):
        total = count_to_do(workspace, terms=settings.terms)
        if not total:
            return
        watch.working(total)
        left = False
        for outcomes in execute(blocks_to_do(workspace, terms=settings.terms), settings, jobs):
            saved = save(workspace, outcomes, run=summary.run)
            failures = sum(isinstance(outcome, Failure) for outcome in outcomes)
            left = left or saved < len(outcomes) - failures
            summary.done += saved
            watch.advance(len({outcome.id for outcome in outcomes}), failures)
        if not left:
            return


def count(workspace: Workspace, summary: Summary) -> None:
    """Count what the workspace holds now."""
    from aligner.store import count_contents, read_failures

    held = count_contents(workspace)
    summary.records, summary.terms, summary.entries = held.records, held.terms, held.entries
    summary.beads, summary.findings = Counter(held.beads), Counter(held.findings)
    summary.failed = sum(1 for _ in read_failures(workspace, run=summary.run))
