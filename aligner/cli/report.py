"""What a person sees on stderr while a job runs and when it is done."""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from types import TracebackType
from typing import Any, Self, TypeVar

from aligner.errors import AlignerError
from aligner.store import Failure

T = TypeVar("T")
R = TypeVar("R")


class Report:
    """Counts what was done, prints one line a failure and, at the end, a summary; all on stderr.

    Where stderr is a terminal a progress line shows how far the job is.
    """

    def __init__(self) -> None:
        self.records = self.failed = self.left_out = 0
        self._lines: list[tuple[str, str]] = []
        self._started = time.perf_counter()
        self._status: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True).status("reading")
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status:
            self._status.stop()

    def take(self, items: Iterable[T | Failure]) -> Iterator[T]:
        """Pass on what was done; print and count what failed."""
        for item in items:
            if isinstance(item, Failure):
                self.failed += 1
                self.say(str(item))
                continue
            self.records += 1
            if self._status:
                rate = self.records / (time.perf_counter() - self._started)
                self._status.update(f"{self.records:,} records, {rate:.1f} a second")
            yield item

    def ready(self, items: Iterator[T]) -> Iterator[T] | None:
        """Return the items once the first is there; None if there is none because all failed.

        So that nothing is written, and no file replaced, when nothing could be done.
        """
        for first in items:
            return chain([first], items)
        return None if self.failed else iter(())

    def count(self, name: str, rows: Iterable[R]) -> Iterator[R]:
        """Pass rows on and put their number into the summary."""
        number = 0
        for row in rows:
            number += 1
            yield row
        self.add(name, f"{number:,}")

    def note(self, message: AlignerError) -> None:
        """Print something a person should know that is no failure."""
        self.say(str(message))

    def leave_out(self, error: AlignerError) -> None:
        """Print and count a row that the output's format cannot hold."""
        self.left_out += 1
        self.say(str(error))

    def say(self, message: str) -> None:
        """Print one line on stderr, above the progress line."""
        if self._status:
            self._status.console.print(f"aligner: {message}", markup=False, highlight=False, soft_wrap=True)
        else:
            print(f"aligner: {message}", file=sys.stderr)

    def add(self, name: str, text: str) -> None:
        """Add a line to the summary."""
        self._lines.append((name, text))

    def finish(self) -> int:
        """Print the summary and return the exit code: 0 done, 1 some failed, 2 nothing could be done."""
        if self._status:
            self._status.stop()
        if self.failed and not self.records:
            return 2
        failed = f", {self.failed:,} failed" if self.failed else ""
        if self.left_out:
            self.add("left out", f"{self.left_out:,}")
        seconds = f"{time.perf_counter() - self._started:.1f} s"
        for name, text in [("records", f"{self.records:,}{failed}"), *self._lines, ("time", seconds)]:
            print(f"{name:<12}{text}", file=sys.stderr)
        return 1 if self.failed or self.left_out else 0


def count_kinds(kinds: Counter[str]) -> str:
    """Say how many beads of each type there are: ``13 (12 1-1, 1 1-2)``."""
    ordered = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    parts = ", ".join(f"{count:,} {kind}" for kind, count in ordered)
    return f"{kinds.total():,} ({parts})" if parts else "0"
