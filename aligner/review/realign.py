"""Align a record again around what people made or confirmed in it."""

from __future__ import annotations

from typing import Any

from aligner.encoders import Encoder
from aligner.store import Task, Workspace
from aligner.store.records import read_record
from aligner.types import Bead


def realign(workspace: Workspace, number: int, before: dict[str, Any], encoder: Encoder) -> dict[str, Any]:
    """Return an alignment with all beads found anew, but for those a person made or confirmed.

    Args:
        workspace: where.
        number: the record's.
        before: its alignment, as the store's decisions speak of it.
        encoder: the one the workspace was made with.
    """
    from aligner.engine import align_task

    record = read_record(workspace, number)
    fixed = {
        (tuple(bead["en"]), tuple(bead["zh"])): bead
        for bead in before["beads"]
        if bead["state"] != "proposed"
    }
    beads = tuple(Bead(en_ids, zh_ids, bead["score"]) for (en_ids, zh_ids), bead in fixed.items())
    found = align_task(Task(number, 0, record, beads), encoder).beads
    return {
        **before,
        "beads": [
            {
                "en": list(bead.en),
                "zh": list(bead.zh),
                "score": bead.score,
                "state": fixed[bead.en, bead.zh]["state"] if (bead.en, bead.zh) in fixed else "proposed",
            }
            for bead in found
        ],
    }
