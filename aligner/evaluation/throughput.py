"""Throughput and memory of ``aligner run``: as a program of its own, on records made of gold documents."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from aligner.errors import AlignerError, SettingError
from aligner.evaluation.gold import Gold, read_gold

SECONDS = 0.5
"""Between two looks at the memory."""


@dataclass(frozen=True)
class Run:
    """What one run took.

    Attributes:
        records: how many.
        jobs: worker processes.
        seconds: from start to end, loading code and weights included.
        processor: seconds of processor time of all processes.
        megabytes: the most memory that all processes held together; NaN where nothing tells.
    """

    records: int
    jobs: int
    seconds: float
    processor: float
    megabytes: float


def numbers_of(option: str, text: str) -> list[int]:
    """Read numbers parted by commas.

    Raises:
        SettingError: one is no number above 0.
    """
    parts = text.split(",")
    if not all(part.strip().isdecimal() and int(part) for part in parts):
        raise SettingError(f"{option} '{text}' is not a list of numbers", hint=f"write {option} 1,2")
    return list(map(int, parts))


def measure_runs(
    paths: Sequence[str], sizes: Sequence[int], jobs: Sequence[int], *, encoder: str, terms: bool
) -> Iterator[str]:
    """Yield a table, line by line as runs end: each number of records with each number of jobs.

    Raises:
        SettingError: there is no gold document.
        AlignerError: a run failed.
    """
    documents = read_gold(paths)
    yield "records  jobs  seconds  records/s  processor s  records/s of processor  MB in all"
    for size in sizes:
        for number in jobs:
            with TemporaryDirectory(prefix="aligner-") as folder:
                source = write_records(documents, size, Path(folder) / "records.jsonl")
                run = time_run(
                    source, size, number, ["--encoder", encoder, *([] if terms else ["--no-terms"])]
                )
            yield (
                f"{run.records:>7,}  {run.jobs:>4}  {run.seconds:>7.1f}  {run.records / run.seconds:>9.2f}"
                f"  {run.processor:>11.1f}  {run.records / run.processor:>22.2f}  {run.megabytes:>9.0f}"
            )
    what = "terms and checks" if terms else "alignment alone"
    yield f"{what}|encoder:{encoder}|cores:{os.cpu_count()}|python:{sys.version.split()[0]}"


def write_records(documents: Sequence[Gold], size: int, path: Path) -> Path:
    """Write records as long as the documents, of pairs drawn from all of them; the same ones each time."""
    chance = random.Random(1)
    beads = [
        [(" ".join(d.en[i] for i in en), "".join(d.zh[i] for i in zh)) for en, zh in sorted(d.beads)]
        for d in documents
    ]
    pairs = [pair for document in beads for pair in document]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number in range(size):
            sides = list(zip(*chance.choices(pairs, k=len(beads[number % len(beads)])), strict=True))
            row = {"id": f"r{number}", "en": " ".join(sides[0]), "zh": "".join(sides[1])}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def time_run(source: Path, size: int, jobs: int, options: Sequence[str]) -> Run:
    """Run ``aligner run`` on a file into a new workspace, and measure all its processes.

    Raises:
        AlignerError: the run failed; the message is its own.
    """
    workspace = source.with_name(f"{jobs}.db")
    command = [sys.executable, "-m", "aligner", "run", str(source), "--workspace", str(workspace)]
    before, start, most = _processor(), time.perf_counter(), float("nan")
    with source.with_name("messages").open("w+", encoding="utf-8") as messages:
        process = subprocess.Popen(  # noqa: S603 - ourselves
            [*command, "--jobs", str(jobs), *options], stderr=messages, start_new_session=True
        )
        while process.poll() is None:
            held = _memory(process.pid)
            most = held if most != most else max(most, held)
            time.sleep(SECONDS)
        seconds = time.perf_counter() - start
        if process.returncode:
            messages.seek(0)
            raise AlignerError(f"the run failed: {messages.readline().strip()}")
    return Run(size, jobs, seconds, _processor() - before, most)


def _processor() -> float:
    found = os.times()
    return found.children_user + found.children_system


def _memory(session: int) -> float:
    """Return the megabytes that the processes of a session hold; pages they share count once for each."""
    kilobytes, found = 0, False
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(state[3]) == session:
                status = (folder / "status").read_text(encoding="utf-8")
                kilobytes += int(status.partition("VmRSS:")[2].split()[0])
                found = True
        except (OSError, IndexError):  # it has ended meanwhile
            continue
    return kilobytes / 1e3 if found else float("nan")
