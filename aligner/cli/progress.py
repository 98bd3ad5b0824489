"""What a person sees on stderr while a batch runs, and its failures and summary when it is done."""

import sys
import time
from collections import Counter
from types import TracebackType
from typing import Any, Self

from aligner.cli.report import count_kinds
from aligner.engine import Summary
from aligner.store import Workspace, read_failures

SHOWN = 20
"""Failures that are printed; all are in the workspace."""


class Progress:
    """A bar with rate and time left where stderr is a terminal; nothing elsewhere until the end."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._failed = 0
        self._bar: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.add_task("reading", total=None, rate="")
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()
        if kind is KeyboardInterrupt:
            print(
                "aligner: interrupted; what is done is kept, the same command goes on from there",
                file=sys.stderr,
            )

    def reading(self, counts: Counter[str]) -> None:
        """Show how many records were taken in."""
        if self._bar:
            self._bar.update(0, completed=sum(counts[news] for news in ("new", "changed", "same")))

    def working(self, total: int) -> None:
        """Begin the bar."""
        self._started_work = time.perf_counter()
        if self._bar:
            self._bar.reset(0, total=total, description="working")

    def advance(self, records: int, failures: int) -> None:
        """Move the bar on."""
        self._failed += failures
        if self._bar:
            done = self._bar.tasks[0].completed + records
            rate = f"{done / (time.perf_counter() - self._started_work):.1f} records a second"
            failed = f", {self._failed:,} failed" if self._failed else ""
            self._bar.update(0, completed=done, rate=rate + failed)

    def gathering(self) -> None:
        """Say that the glossary is being built."""
        if self._bar:
            self._bar.reset(0, total=None, description="building the glossary", rate="")

    def finish(self, summary: Summary, workspace: Workspace) -> int:
        """Print failures and summary; return the exit code: 0 done, 1 some failed, 2 nothing done."""
        if self._bar:
            self._bar.stop()
        for number, failure in enumerate(read_failures(workspace, run=summary.run)):
            if number == SHOWN:
                rest = summary.failed - SHOWN
                print(
                    f"aligner: and {rest:,} more; they are in the table 'failures' of {workspace.path}",
                    file=sys.stderr,
                )
                break
            print(f"aligner: {failure}", file=sys.stderr)
        if summary.failed and not summary.records:
            return 2
        for name, text in self._lines(summary):
            print(f"{name:<12}{text}", file=sys.stderr)
        return 1 if summary.failed else 0

    def _lines(self, summary: Summary) -> list[tuple[str, str]]:
        taken = ", ".join(
            f"{summary.taken[news]:,} {news}" for news in ("new", "changed", "same") if summary.taken[news]
        )
        failed = f", {summary.failed:,} failed" if summary.failed else ""
        lines = [
            ("records", f"{summary.records:,} in the workspace (of the input {taken or 'none'}){failed}")
        ]
        if renamed := summary.taken["renamed"]:
            lines.append(("renamed", f"{renamed:,} whose name another record has: NAME~2 and so on"))
        seconds = time.perf_counter() - self._started
        rate = f", {summary.done / seconds:.1f} a second" if summary.done else ""
        issues = ", ".join(f"{summary.findings[name]:,} {name}" for name in ("error", "warning", "info"))
        return [
            *lines,
            ("worked on", f"{summary.done:,}{rate}"),
            ("beads", count_kinds(summary.beads)),
            ("terms", f"{summary.terms:,} in {summary.entries:,} glossary entries"),
            ("issues", issues),
            ("time", f"{seconds:.1f} s"),
        ]
