"""The files that pairs came from, and what is to be written back into them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from aligner.store.rows import PAIR, TERM, finding_of, pair_of, term_of
from aligner.store.workspace import Workspace
from aligner.types import Finding, Pair, TermPair


@dataclass(frozen=True, slots=True)
class Original:
    """A file that findings can be written back into, as it was read: its name, path and SHA-256."""

    file: str
    path: str
    hash: str


@dataclass(frozen=True, slots=True)
class ReviewedPair:
    """A pair with what is to be written at it.

    Attributes:
        pair: with its address.
        findings: that nobody dismissed, with what a person said about each.
        terms: occurrences of accepted entries.
        corrected: English and Chinese text as a person corrected them; None where nobody did.
    """

    pair: Pair
    findings: tuple[tuple[Finding, str], ...]
    terms: tuple[TermPair, ...]
    corrected: tuple[str, str] | None


def files_of_input(workspace: Workspace) -> list[str]:
    """Return the files of the records that the last input brought; call before the connection is closed."""
    if not workspace.db.execute("SELECT 1 FROM sqlite_temp_master WHERE name = 'claimed'").fetchone():
        return []
    rows = workspace.db.execute(
        "SELECT DISTINCT r.source FROM temp.claimed c JOIN records r ON r.id = c.record WHERE r.source <> ''"
    )
    return sorted({str(json.loads(source).get("file", "")) for (source,) in rows})


def keep_originals(workspace: Workspace, originals: Sequence[Original]) -> None:
    """Note how files were when they were read; call in a transaction."""
    rows = [(one.file, one.path, one.hash) for one in originals]
    workspace.db.executemany("INSERT OR REPLACE INTO originals VALUES (?, ?, ?)", rows)


def read_originals(workspace: Workspace) -> list[Original]:
    """Return the files that findings can be written back into, by name."""
    rows = workspace.db.execute("SELECT file, path, hash FROM originals ORDER BY file")
    return [Original(*row) for row in rows]


def reviewed_pairs(workspace: Workspace, *, status: Literal["accepted", "all"]) -> Iterator[ReviewedPair]:
    """Yield the pairs that something is to be written at, in the order of the records.

    Args:
        workspace: where.
        status: accepted: findings that a person confirmed; all: those that nobody dismissed too. Term marks
            are of accepted entries.
    """
    db = workspace.db
    rows = db.execute(
        f"SELECT {PAIR}, b.record AS record_id, c.en AS new_en, c.zh AS new_zh"  # noqa: S608 - our own columns
        " FROM beads b JOIN records r ON r.id = b.record"
        " LEFT JOIN corrections c ON c.record = b.record AND c.texts = b.texts"
        " WHERE b.source <> '' ORDER BY b.record, b.number"
    )
    for row in rows:
        pair = pair_of(row)
        place = (row["record_id"], pair.bead)
        issues = db.execute(
            "SELECT * FROM issues WHERE record_id = ? AND bead = ? AND (state = 'confirmed' OR (? = 'all'"
            " AND state = 'open')) ORDER BY coalesce(zh_start, 1e9), id",
            (*place, status),
        )
        terms = db.execute(
            f"SELECT {TERM} FROM occurrences o JOIN records r ON r.id = o.record"  # noqa: S608
            " WHERE o.record = ? AND o.bead = ? AND EXISTS (SELECT 1 FROM terms t"
            " WHERE t.concept = o.concept AND t.status = 'accepted') ORDER BY o.number",
            place,
        )
        found = ReviewedPair(
            pair,
            tuple((finding_of(issue), str(issue["comment"])) for issue in issues),
            tuple(map(term_of, terms)),
            None if row["new_zh"] is None else (row["new_en"], row["new_zh"]),
        )
        if found.findings or found.terms or found.corrected:
            yield found
