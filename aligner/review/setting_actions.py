"""Settings of the review: pass mark, weights, direction, reviewer."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from aligner.errors import SettingError
from aligner.review.errors import SEVERITIES
from aligner.review.payload import Payload, one_of, stale, text_of
from aligner.review.signed import Done
from aligner.store import Change, Workspace, decide
from aligner.store.decided import read_review
from aligner.store.decisions import read

MAX_WEIGHT = 1000


def set_review(workspace: Workspace, payload: Payload) -> Done:
    """Change settings.

    ``{"seen", "pass_mark", "weights": {"minor", "major", "critical"}, "source", "reviewer"}``; what is not
    given stays, and ``seen`` is the version of the settings that the page shows.

    Raises:
        StaleError: the settings are no longer what the page shows.
        SettingError: a value is out of its range.
    """
    now = read_review(workspace)
    if payload.get("seen", version_of(now)) != version_of(now):
        raise stale("a setting")
    weights = payload.get("weights", now["weights"])
    if not isinstance(weights, dict) or set(weights) != set(SEVERITIES):
        raise SettingError(f"weights are those of {', '.join(SEVERITIES)}")
    value = {
        "pass_mark": _in_range(payload.get("pass_mark", now["pass_mark"]), 100),
        "weights": {name: _in_range(weights[name], MAX_WEIGHT) for name in SEVERITIES},
        "source": one_of(payload, "source", ("en", "zh"), now["source"]),
        "reviewer": text_of(payload, "reviewer", now["reviewer"]).strip(),
    }
    if value == now:
        return Done("Settings as they were")
    before = read(workspace, "setting", "review")
    data = json.dumps(value, ensure_ascii=False, sort_keys=True)
    decide(workspace, "change settings", [Change("setting", ("review",), before, {"value": data})])
    return Done("Settings kept")


def version_of(settings: dict[str, Any]) -> str:
    """Return a hash of the settings: by it one sees that another changed them."""
    return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:16]


def _in_range(value: Any, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise SettingError(f"a pass mark or weight is a number from 0 to {most:g}")
    return value
