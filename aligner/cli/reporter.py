"""What a person sees on stderr while a job runs and when it is done."""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from types import TracebackType
from typing import Any, Self, TypeVar

from aligner.cli.exit_codes import ExitCode
from aligner.cli.messages import InterruptedJobError, say
from aligner.errors import AlignerError
from aligner.store import Failure, Result
from aligner.text.surrogates import shown

T = TypeVar("T")
LEAST_TRANSLATED = 0.25  # of the text in right pairs, as far as scores tell; below it a person is told


class Reporter:
    """Counts what was done, prints one line a failure and, at the end, a summary; all on stderr.

    Where stderr is a terminal a bar shows how far the job is. It is the `Watch` of a run too.
    """

    def __init__(self, *, interrupted: str = "interrupted", bar: bool = True) -> None:
        """Begin the clock.

        Args:
            interrupted: what to say on Ctrl-C.
            bar: show one, where stderr is a terminal; not where rows are printed there meanwhile.
        """
        self._with_bar = bar and sys.stderr.isatty()
        self.records = self.failed = self.left_out = 0
        self.started = time.perf_counter()
        self._interrupted = interrupted
        self._lines: list[tuple[str, str]] = []
        self._bar: Any = None

    def __enter__(self) -> Self:
        if self._with_bar:
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
            self._bar.add_task("records", total=None, rate="")
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        if kind is KeyboardInterrupt:
            raise InterruptedJobError(self._interrupted) from None

    def take(self, items: Iterable[T | Failure]) -> Iterator[T]:
        """Pass on what was done; print and count what failed."""
        for item in items:
            if isinstance(item, Failure):
                self.failed += 1
                self.say(str(item))
                continue
            self.records += 1
            if isinstance(item, Result) and item.pairs and item.translated() < LEAST_TRANSLATED:
                self.say(
                    f"record {item.pairs[0].record}: the two texts hardly translate each other: look at them"
                )
            self._move(1)
            yield item
        self._stop()  # what follows may be printed on the same terminal

    def ready(self, items: Iterator[T]) -> Iterator[T] | None:
        """Return the items once the first is there; None if there is none because all failed.

        So that nothing is written, and no file replaced, when nothing could be done.
        """
        for first in items:
            return chain([first], items)
        return None if self.failed else iter(())

    def count(self, name: str, rows: Iterable[T]) -> Iterator[T]:
        """Pass rows on and put their number into the summary."""
        number = 0
        for row in rows:
            number += 1
            yield row
        self.add(name, f"{number:,}")

    def reading(self, counts: Counter[str]) -> None:
        """Show how many records were taken in."""
        if self._bar:
            self._bar.update(0, description="reading", completed=sum(counts[news] for news in NEWS))

    def working(self, total: int) -> None:
        """Begin the bar."""
        self._start("working", total)

    def advance(self, records: int, failures: int) -> None:
        """Move the bar on."""
        self.failed += failures
        self._move(records)

    def gathering(self) -> None:
        """Say that the glossary is being built."""
        self._start("building the glossary", None)

    def note(self, message: AlignerError) -> None:
        """Print something a person should know that is no failure."""
        self.say(str(message))

    def leave_out(self, error: AlignerError) -> None:
        """Print and count a row that the output's format cannot hold."""
        self.left_out += 1
        self.say(str(error))

    def say(self, message: str) -> None:
        """Print one line on stderr, above the bar."""
        if self._bar:
            text = f"aligner: {shown(message)}"
            self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            say(message)

    def add(self, name: str, text: str) -> None:
        """Add a line to the summary."""
        self._lines.append((name, text))

    def finish(self, records: str = "", lines: Iterable[tuple[str, str]] = ()) -> ExitCode:
        """Print the summary, and return the exit code.

        Args:
            records: what to say of the records; how many were done, if not given.
            lines: names and texts that follow.
        """
        self._stop()
        if self.failed and not (records or self.records):
            return ExitCode.FAILED
        first = ("records", f"{records or f'{self.records:,}'}{self.failures}")
        left_out = [("left out", f"{self.left_out:,}")] if self.left_out else []
        last = ("time", f"{time.perf_counter() - self.started:.1f} s")
        for name, text in (first, *lines, *self._lines, *left_out, last):
            print(f"{name:<12}{shown(text)}", file=sys.stderr)
        return ExitCode.FOUND if self.failed or self.left_out else ExitCode.DONE

    @property
    def failures(self) -> str:
        """How many failed, as the end of a line."""
        return f", {self.failed:,} failed" if self.failed else ""

    def _start(self, what: str, total: int | None) -> None:
        if self._bar:
            self._bar.reset(0, total=total, description=what, rate="")

    def _move(self, records: int) -> None:
        if self._bar:
            task = self._bar.tasks[0]
            rate = f"{(task.completed + records) / max(task.elapsed or 0, 1e-3):.1f} a second{self.failures}"
            self._bar.update(0, advance=records, rate=rate)

    def _stop(self) -> None:
        if self._bar:
            self._bar.stop()
            self._bar = None


NEWS = ("new", "changed", "same")
"""What a run does with the records of its input."""


def count_kinds(kinds: Counter[str]) -> str:
    """Say how many beads of each type there are: ``13 (12 1-1, 1 1-2)``."""
    ordered = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    parts = ", ".join(f"{count:,} {kind}" for kind, count in ordered)
    return f"{kinds.total():,} ({parts})" if parts else "0"
