"""The engine for one job: in this process, on one core."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aligner.batch.work import Settings, work
from aligner.store import Failure, Result, Task


def run_serial(blocks: Iterable[list[Task]], settings: Settings) -> Iterator[list[Result | Failure]]:
    """Work on blocks one by one.

    Raises:
        AlignerError: the encoder cannot be loaded.
    """
    from threadpoolctl import threadpool_limits

    for tasks in blocks:
        with threadpool_limits(1):  # as in a worker process: sums of floats depend on the number of threads
            outcomes = work(tasks, settings)
        yield outcomes
