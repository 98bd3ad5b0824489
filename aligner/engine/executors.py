"""Who works on blocks: this process, or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aligner.engine.options import Settings
from aligner.engine.work import work
from aligner.store import Failure, Result, Task


def execute(blocks: Iterable[list[Task]], settings: Settings, jobs: int) -> Iterator[list[Result | Failure]]:
    """Work on blocks in ``jobs`` processes; with several, results come as they are ready.

    Raises:
        AlignerError: the encoder cannot be loaded, or workers keep dying.
    """
    if jobs > 1:
        from aligner.engine.processes import run_processes

        return run_processes(blocks, settings, jobs)
    return run_serial(blocks, settings)


def run_serial(blocks: Iterable[list[Task]], settings: Settings) -> Iterator[list[Result | Failure]]:
    """Work on blocks one by one, in this process.

    Raises:
        AlignerError: the encoder cannot be loaded.
    """
    from threadpoolctl import threadpool_limits

    for tasks in blocks:
        with threadpool_limits(1, user_api="blas"):  # as in a worker: sums of floats depend on it
            outcomes = work(tasks, settings)
        yield outcomes
