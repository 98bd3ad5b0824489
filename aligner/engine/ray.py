"""The engine for a cluster: Ray Data reads, actors with a warm encoder work, Parquet files come out.

One task reads, on the machine that the command runs on, so inputs need not be shared; blocks of records, the
same as in a workspace, stream from it to the actors as they are read.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aligner.engine.options import Inputs, Settings
from aligner.engine.processes import ONE_THREAD
from aligner.engine.ray_resume import finished_blocks
from aligner.engine.work import work
from aligner.errors import AlignerError, SettingError
from aligner.store import Failure, Task

BLOCK_BYTES = 16 << 10
"""What is handed from the reader to the actors at once: about one block, so that all actors have work."""

ROWS_A_FILE = 1024


def make_shards(
    inputs: Inputs, settings: Settings, folder: Path, *, address: str | None, actors: int
) -> None:
    """Work on all records of the inputs and write Parquet files (columns: `aligner.engine.shards`).

    Blocks that an earlier run on the same inputs finished before it was stopped are not done again.

    Args:
        inputs: what to read, from this machine.
        settings: how records are worked on.
        folder: where the files go; one that every machine of the cluster can write to.
        address: of the cluster's head; None starts one on this machine.
        actors: how many, one core each.

    Raises:
        SettingError: Ray is not installed, the folder holds something else, or standard input is to be read.
        AlignerError: the cluster cannot be reached, or stopped.
    """
    if "-" in inputs.paths:
        raise SettingError("the ray engine cannot read standard input", hint="name a file")
    paths = [os.path.abspath(path) for path in inputs.paths]  # noqa: PTH100 - a glob is no path
    inputs = replace(inputs, paths=paths)
    reader = _Reader(inputs, finished_blocks(folder, inputs, settings))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Ray's, about itself
        ray = _start(address, actors)
        try:
            results = _pipeline(ray, reader, settings, actors)
            results.write_parquet(str(folder.absolute()), min_rows_per_file=ROWS_A_FILE)
        except ray.exceptions.RayError as error:
            last = str(error).strip().splitlines()[-1]
            raise AlignerError(f"the cluster stopped ({last})", hint="see Ray's own logs") from error
        finally:
            ray.shutdown()


def _start(address: str | None, actors: int) -> Any:
    """Connect to a cluster or start one, without its dashboard, its reports of usage and its noise."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise SettingError("Ray is not installed", hint="pip install 'aligner[ray]'") from error
    here: dict[str, Any] = {} if address else {"num_cpus": actors, "include_dashboard": False}
    try:
        ray.init(
            address=address,
            log_to_driver=False,
            logging_level=logging.ERROR,
            runtime_env={"env_vars": ONE_THREAD},
            **here,
        )
    except (ConnectionError, RuntimeError, ValueError) as error:
        reason = str(error).strip().splitlines()[0]
        raise AlignerError(
            f"the Ray cluster cannot be used ({reason})", where=address or "", hint="look at --address"
        ) from error
    context = ray.data.DataContext.get_current()
    context.target_max_block_size = BLOCK_BYTES
    context.enable_progress_bars = sys.stderr.isatty()
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    return ray


def _pipeline(ray: Any, reader: _Reader, settings: Settings, actors: int) -> Any:
    here = {"ray.io/node-id": ray.get_runtime_context().get_node_id()}
    return (
        ray.data.from_items([{"all": 0}], override_num_blocks=1)
        .flat_map(reader, num_cpus=0, concurrency=1, label_selector=here)
        .map_batches(
            _Worker,
            fn_constructor_args=(settings,),
            batch_size=1,
            batch_format="pyarrow",
            concurrency=actors,
            num_cpus=1,
        )
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Yields one row a block that is not done: its number, and its tasks and failures, pickled."""

    inputs: Inputs
    done: frozenset[int]

    def __call__(self, _: dict[str, Any]) -> Iterator[dict[str, Any]]:
        from aligner.engine.blocks import blocks_of
        from aligner.engine.records import read, unique_names

        for number, block in enumerate(blocks_of(unique_names(read(self.inputs), Counter()))):
            if number not in self.done:
                yield {"number": number, "block": pickle.dumps(block)}


class _Worker:
    """Turns blocks into rows of results."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, batch: Any) -> Any:
        from aligner.engine.shards import table_of

        rows = []
        for number, data in zip(batch["number"].to_pylist(), batch["block"].to_pylist(), strict=True):
            block: list[Task | Failure] = pickle.loads(data)  # noqa: S301 - our own, within the cluster
            tasks = [item for item in block if isinstance(item, Task)]
            failures = [item for item in block if isinstance(item, Failure)]
            outcomes = [*failures, *work(tasks, self._settings)]
            rows.append((number, tasks, outcomes))
        return table_of(rows, self._settings)
