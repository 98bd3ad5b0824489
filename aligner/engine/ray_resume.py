"""What an earlier run left in a folder of Parquet files, so that its finished blocks are not done again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from glob import glob
from hashlib import sha256
from pathlib import Path
from typing import Any

from aligner import __version__
from aligner.engine.options import Inputs, Settings
from aligner.errors import SettingError

PLAN = "_run.json"
"""The file that says of which run a folder is; readers of Parquet folders pass over such names."""


def finished_blocks(folder: Path, inputs: Inputs, settings: Settings) -> frozenset[int]:
    """Make a folder for a run, or see which blocks of the same run it holds already.

    Files that were cut short when the run was stopped are deleted.

    Raises:
        SettingError: the folder holds something else.
    """
    plan = _plan(inputs, settings)
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        known = folder / PLAN
        if not known.is_file() or json.loads(known.read_text(encoding="utf-8")) != plan:
            raise SettingError(
                "the folder for Parquet files holds something other than this run's results",
                where=str(folder),
                hint="load what it holds with --from-parquet, or name another one with --shards",
            )
        return frozenset(_finished(sorted(folder.glob("*.parquet"))))
    part = folder / f".{PLAN}"
    part.write_text(json.dumps(plan, indent=1), encoding="utf-8", newline="\n")
    part.replace(folder / PLAN)
    return frozenset()


def _plan(inputs: Inputs, settings: Settings) -> dict[str, Any]:
    """Return what results depend on; files go by their size and time of change."""
    stamps = [(file, *_stamp(file)) for path in inputs.paths for file in _files(path)]
    how = {name: value for name, value in asdict(inputs).items() if name not in ("paths", "notes")}
    return {
        "version": __version__,
        "inputs": {**how, "columns": dict(inputs.columns or {}), "paths": list(inputs.paths)},
        "files": sha256(json.dumps(stamps).encode()).hexdigest(),
        "encoder": settings.encoder,
        "terms": settings.terms,
        "glossary": sha256(settings.checked_by.encode()).hexdigest(),
    }


def _files(path: str) -> Iterator[str]:
    for found in sorted(glob(path, recursive=True)) or [path]:  # noqa: PTH207 - it may be absolute
        if os.path.isdir(found):  # noqa: PTH112
            yield from sorted(map(str, Path(found).rglob("*")))
        else:
            yield found


def _stamp(file: str) -> tuple[int, int]:
    try:
        found = os.stat(file)  # noqa: PTH116
    except OSError:
        return -1, -1
    return found.st_size, found.st_mtime_ns


def _finished(files: Sequence[Path]) -> Iterator[int]:
    """Yield the numbers of the blocks of which all rows are there."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise SettingError("pyarrow is not installed", hint="pip install 'aligner[ray]'") from error
    waiting: dict[int, set[int]] = {}
    done: set[int] = set()
    for file in files:
        try:
            batches = parquet.ParquetFile(file).iter_batches(columns=["block", "rows", "ordinal"])
            rows = [tuple(row.values()) for batch in batches for row in batch.to_pylist()]
        except (pa.ArrowException, OSError):
            file.unlink()
            continue
        for block, size, ordinal in rows:
            if block not in done:
                found = waiting.setdefault(block, set())
                found.add(ordinal)
                if len(found) == size:
                    done.add(block)
                    del waiting[block]
                    yield block
