"""The text before: pairs and confirmed errors of a record as they were when its text changed."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.store.rows import finding_of
from aligner.store.workspace import Workspace
from aligner.types import Finding


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
        " answer, waived, '' FROM issues WHERE record_id = ? AND state = 'confirmed'",
        (record,),
    )
    db.execute(
        "INSERT INTO earlier_findings"
        " SELECT record_id, bead, row_number() OVER (PARTITION BY bead ORDER BY id) - 1,"
        ' "check", message, en_start, en_end, zh_start, zh_end'
        " FROM issues WHERE record_id = ? AND state <> 'dismissed'",
        (record,),
    )


@dataclass(frozen=True, slots=True)
class EarlierError:
    """A confirmed error of the text before.

    Attributes:
        finding: what it was about, with the texts of that time.
        error_severity: minor, major or critical.
        kind: of the error.
        comment: for the translator.
        answer: the translator's.
        waived: whether a person let it stand.
        carried: since when it is known whether it is still there: UTC, ISO 8601; empty while it is not.
    """

    finding: Finding
    error_severity: str
    kind: str
    comment: str
    answer: str
    waived: bool
    carried: str


@dataclass(frozen=True, slots=True)
class EarlierPair:
    """A pair of the text before.

    Attributes:
        number: of its bead, then.
        en: its English text.
        zh: its Chinese text.
        texts: hash of both.
        state: proposed, edited or confirmed.
        correction: how the Chinese text should read; empty where nobody said.
        errors: what was wrong with it.
    """

    number: int
    en: str
    zh: str
    texts: str
    state: str
    correction: str
    errors: tuple[EarlierError, ...]


def earlier_records(workspace: Workspace) -> list[int]:
    """Return the numbers of the records whose text before is kept."""
    rows = workspace.db.execute("SELECT DISTINCT record FROM earlier_pairs ORDER BY record")
    return [row["record"] for row in rows]


def read_earlier(workspace: Workspace, record: int) -> list[EarlierPair]:
    """Return the pairs of a record as they were before its text changed, with their errors."""
    (name,) = workspace.db.execute("SELECT name FROM records WHERE id = ?", (record,)).fetchone()
    rows = workspace.db.execute(
        "SELECT e.*, p.en, p.zh, p.number AS bead, ? AS record, 'error' AS severity, '' AS category,"
        " '' AS suggestion, '' AS source, NULL AS probability"
        " FROM earlier_errors e JOIN earlier_pairs p USING (record, number)"
        " WHERE p.record = ? ORDER BY p.number, e.place",
        (name, record),
    )
    errors: dict[int, list[EarlierError]] = {}
    for row in rows.fetchall():
        about = {key: row[key] for key in ("error_severity", "kind", "comment", "answer", "carried")}
        error = EarlierError(finding_of({**dict(row), "record": name}), **about, waived=bool(row["waived"]))
        errors.setdefault(row["bead"], []).append(error)
    pairs = workspace.db.execute("SELECT * FROM earlier_pairs WHERE record = ? ORDER BY number", (record,))
    names = ("number", "en", "zh", "texts", "state", "correction")
    return [
        EarlierPair(**{key: row[key] for key in names}, errors=tuple(errors.get(row["number"], ())))
        for row in pairs.fetchall()
    ]
