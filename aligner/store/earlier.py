"""The text before: pairs and confirmed errors of a record as they were when its text changed."""

from __future__ import annotations

from aligner.store.workspace import Workspace


def keep_earlier(workspace: Workspace, record: int) -> None:
    """Keep the pairs and errors of a record whose text is about to change; those kept before go."""
    db = workspace.db
    if not db.execute("SELECT 1 FROM beads WHERE record = ?", (record,)).fetchone():
        return  # the change before has not been worked on yet: what was kept then still is the text before
    db.execute("DELETE FROM earlier_pairs WHERE record = ?", (record,))
    db.execute(
        "INSERT INTO earlier_pairs"
        " SELECT b.record, b.number, b.en, b.zh, b.texts, b.state, coalesce(c.zh, ''), b.source"
        " FROM beads b LEFT JOIN corrections c ON c.record = b.record AND c.texts = b.texts"
        " WHERE b.record = ?",
        (record,),
    )
    db.execute(
        "INSERT INTO earlier_errors"
        " SELECT record_id, bead, row_number() OVER (PARTITION BY bead ORDER BY id) - 1,"
        ' "check", message, subject, en_start, en_end, zh_start, zh_end, error_severity, kind, comment,'
        " answer, waived FROM issues WHERE record_id = ? AND state = 'confirmed'",
        (record,),
    )
    db.execute(
        "INSERT INTO earlier_findings"
        " SELECT record_id, bead, row_number() OVER (PARTITION BY bead ORDER BY id) - 1,"
        ' "check", message, en_start, en_end, zh_start, zh_end'
        " FROM issues WHERE record_id = ? AND state <> 'dismissed'",
        (record,),
    )
