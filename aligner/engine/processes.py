"""The engine for several jobs: worker processes with one warm encoder and one thread of arithmetic each.

A worker gets a block when it has handed back the one before, so no more than two blocks a worker are in
memory, however long the corpus. The parent alone writes to the workspace. Whatever happens to the parent, a
worker ends when its pipe does.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from aligner.engine.options import Settings
from aligner.engine.work import work
from aligner.errors import AlignerError
from aligner.store import Failure, Result, Task

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
) | {"TOKENIZERS_PARALLELISM": "false"}
MOST_DEATHS = 3
"""Workers that may die one after another, a job, before the run is given up."""

Outcomes = list[Result | Failure]


@dataclass(slots=True)
class _Block:
    tasks: list[Task]
    deaths: int = 0


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    block: _Block | None = None


def run_processes(blocks: Iterable[list[Task]], settings: Settings, jobs: int) -> Iterator[Outcomes]:
    """Work on blocks in ``jobs`` processes; results come as they are ready.

    A block whose worker dies is tried once more; if that one dies too, each of its records is tried by
    itself, and those that still bring their worker down are failures.

    Raises:
        AlignerError: the encoder cannot be loaded, or workers die whatever they are given.
    """
    waiting: deque[_Block] = deque()
    source = iter(blocks)
    workers: list[_Worker] = []
    deaths = 0
    try:
        while True:
            while len([w for w in workers if w.block]) < jobs and (block := _next(waiting, source)):
                worker = next((w for w in workers if not w.block), None) or _start(settings, workers)
                worker.block = block
                _hand_over(worker)
            busy = {w.pipe: w for w in workers if w.block}
            if not busy:
                return
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]
                outcomes = _receive(worker)
                if outcomes is not None:
                    deaths, worker.block = 0, _next(waiting, source)
                    if worker.block:  # so that it works while its last results are saved
                        _hand_over(worker)
                    yield outcomes
                    continue
                deaths += 1
                workers.remove(worker)
                code = _bury(worker)
                if deaths > MOST_DEATHS * jobs:
                    raise AlignerError(f"worker processes keep dying ({code})", hint="give fewer --jobs")
                yield _after_death(worker.block, waiting, code)
    finally:
        for worker in workers:
            worker.pipe.close()
            worker.process.terminate()
            worker.process.join()


def _next(waiting: deque[_Block], source: Iterator[list[Task]]) -> _Block | None:
    if waiting:
        return waiting.popleft()
    tasks = next(source, None)
    return None if tasks is None else _Block(tasks)


def _after_death(block: _Block | None, waiting: deque[_Block], code: str) -> Outcomes:
    """Put a dead worker's block back into the queue, or give up its one record."""
    if block is None:
        return []
    block.deaths += 1
    if block.deaths == 1:
        waiting.append(block)
    elif len(block.tasks) > 1:
        waiting.extend(_Block([task], deaths=1) for task in block.tasks)
    else:
        (task,) = block.tasks
        reason = f"the process working on it died ({code})"
        return [Failure(task.record.name, "worker", reason, "", task.id, task.revision)]
    return []


def _start(settings: Settings, workers: list[_Worker]) -> _Worker:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, settings), daemon=True)
    with _environment(ONE_THREAD), _uninterrupted():
        process.start()
    there.close()
    worker = _Worker(process, here)
    workers.append(worker)
    return worker


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Set variables for what is started meanwhile: arithmetic libraries read them when they are loaded."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keep interrupts from what is started meanwhile: a terminal sends them to all, the parent answers."""
    resource_tracker.ensure_running()  # or the start of the first process would lift the block
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _hand_over(worker: _Worker) -> None:
    with suppress(BrokenPipeError, ConnectionResetError):  # it has died; `_receive` finds out
        worker.pipe.send(worker.block and worker.block.tasks)


def _receive(worker: _Worker) -> Outcomes | None:
    """Return what a worker hands back; None if it has died."""
    try:
        answer: Outcomes | tuple[str, str, str] = worker.pipe.recv()
    except (EOFError, ConnectionResetError):
        return None
    if isinstance(answer, tuple):
        what, where, hint = answer
        raise AlignerError(what, where=where, hint=hint)
    return answer


def _bury(worker: _Worker) -> str:
    """Return how a dead process ended."""
    worker.pipe.close()
    worker.process.join(10)
    code = worker.process.exitcode
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _serve(pipe: Connection, settings: Settings) -> None:
    """Work on blocks until the pipe ends."""
    try:
        while True:
            tasks = pipe.recv()
            try:
                answer: Outcomes | tuple[str, str, str] = work(tasks, settings)
            except AlignerError as error:
                answer = (error.what, error.where, error.hint)
            pipe.send(answer)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
