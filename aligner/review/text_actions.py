"""Corrections of a pair's texts, each with the texts it was made for."""

from __future__ import annotations

from aligner.errors import SettingError
from aligner.review.finding_actions import decided_error
from aligner.review.payload import Payload, number_of, stale, text_of
from aligner.review.signed import Done, signed
from aligner.store import Change, Workspace, decide
from aligner.store.beads import read_bead
from aligner.store.decisions import read
from aligner.store.issues import read_issue

MAX_TEXT_CHARS = 20_000
"""Characters of the longest corrected text."""


def correct(workspace: Workspace, payload: Payload) -> Done:
    """Keep how a pair should read, and with ``error`` confirm a finding as the error that it mends.

    ``{"record", "bead", "texts", "en", "zh", "seen", "error"}``. ``error`` is a finding with its severity,
    ``{"id", "key", "severity", "kind", "comment"}``, or null; ``seen`` is the correction that the page shows,
    ``[en, zh]`` or null. Texts as they were take a correction away.

    Raises:
        StaleError: the pair, its correction or the finding is no longer what the page shows.
        SettingError: the request makes no sense.
    """
    record, number = number_of(payload, "record"), number_of(payload, "bead")
    bead = read_bead(workspace, record, number)
    if bead is None or bead.texts != payload.get("texts"):
        raise stale("this pair")
    seen = payload.get("seen")
    if (list(bead.correction) if bead.correction else None) != seen:
        raise stale("this correction")
    texts = [text_of(payload, side, longest=MAX_TEXT_CHARS) for side in ("en", "zh")]
    key = (str(record), bead.texts)
    before = read(workspace, "correction", *key)
    same = texts == [bead.pair.en, bead.pair.zh]
    after = None if same else {"en": texts[0], "zh": texts[1], **signed(workspace)}
    changes = [Change("correction", key, before, after)]
    error = payload.get("error")
    if error is not None:
        if not isinstance(error, dict):
            raise SettingError("'error' must describe a finding")
        issue = read_issue(workspace, number_of(error, "id", least=-(2**53)))
        if issue is None or issue.key != error.get("key"):
            raise stale("this finding")
        changes.append(decided_error(workspace, error, issue))
    decide(workspace, "correct", changes, record=record)
    return Done("Correction taken away" if same else f"Pair {number + 1} corrected", record, number)
