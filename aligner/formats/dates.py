"""The dates that written files name: reproducible ones, never the present."""

import os
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from aligner.types import Pair


def made_at(pair: Pair) -> datetime | None:
    """Return when a pair was made: ``SOURCE_DATE_EPOCH``, or when its file was last changed.

    References:
        SOURCE_DATE_EPOCH, reproducible-builds.org.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return _of(int(epoch))
    return None if pair.source is None else _changed(pair.source.file)


@lru_cache(maxsize=1 << 10)
def _changed(file: str) -> datetime | None:
    try:
        return _of(int(Path(file).stat().st_mtime)) if file not in ("", "-") else None
    except (OSError, ValueError):
        return None


def _of(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
