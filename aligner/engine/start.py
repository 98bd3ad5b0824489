"""Start a run: from which inputs, on which engine."""

from __future__ import annotations

from pathlib import Path

from aligner.engine.options import Inputs, Settings
from aligner.engine.run import Summary, Watch, run
from aligner.errors import SettingError
from aligner.registry import Row, Table
from aligner.store import Workspace

ENGINES = Table(
    "engine",
    {
        "local": Row("aligner.engine.start:run_local", "this machine, --jobs processes"),
        "ray": Row("aligner.engine.start:run_ray", "a Ray cluster"),
    },
)


def check_inputs(inputs: Inputs, engine: str, *, workspace: Path, from_parquet: Path | None) -> None:
    """Refuse what cannot be run, before anything is made.

    Raises:
        UnknownNameError: there is no such engine.
        SettingError: there is nothing to read, or both inputs and Parquet files are named.
    """
    ENGINES.load(engine)
    if inputs.paths and from_parquet:
        raise SettingError("name inputs or --from-parquet, not both")
    if from_parquet and engine != "local":
        raise SettingError("--from-parquet loads results; it goes with no --engine")
    if not inputs.paths and not from_parquet and (engine != "local" or not workspace.exists()):
        raise SettingError("no INPUT is named", hint="name files, folders or globs")


def run_local(
    workspace: Workspace, inputs: Inputs, settings: Settings, *, jobs: int, watch: Watch
) -> Summary:
    """Read the inputs and work on them with ``jobs`` processes; without inputs, finish what is there.

    Raises:
        AlignerError: the run cannot go on; what was committed stays.
    """
    from aligner.engine.records import read

    return run(workspace, read(inputs), settings, jobs=jobs, watch=watch, inputs=inputs.paths)


def run_ray(
    workspace: Workspace,
    inputs: Inputs,
    settings: Settings,
    *,
    shards: Path,
    address: str | None,
    jobs: int,
    watch: Watch,
) -> Summary:
    """Let a Ray cluster work on the inputs, and load its Parquet files into the workspace.

    Raises:
        SettingError: Ray is not installed.
        AlignerError: the run cannot go on; what was committed stays.
    """
    from aligner.engine.ray import make_shards

    make_shards(inputs, settings, shards, address=address, actors=jobs)
    return run_parquet(workspace, shards, settings, jobs=jobs, watch=watch)


def run_parquet(
    workspace: Workspace, folder: Path, settings: Settings, *, jobs: int, watch: Watch
) -> Summary:
    """Load Parquet files into the workspace, and work on what they leave to be done.

    Raises:
        SettingError: pyarrow is not installed.
        InputError: the folder holds no Parquet files of ours.
    """
    from aligner.engine.shard_loading import load

    return load(workspace, folder, settings, jobs=jobs, watch=watch)
