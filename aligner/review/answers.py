"""Answers of a translator: read back from the table of errors that a report came with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aligner.errors import InputError
from aligner.review.signed import signed
from aligner.store import Change, Workspace, decide, finding_key
from aligner.store.decisions import read
from aligner.store.issues import read_issue

MAX_ANSWER_CHARS = 2000


def read_answers(workspace: Workspace, path: Path) -> tuple[int, list[str]]:
    """Keep the answers that a translator wrote into the table of errors, as one decision.

    Args:
        workspace: the one the table was made of.
        path: the table, XLSX, CSV or TSV, with its columns ``key`` and ``answer``.

    Returns:
        How many answers are kept, and a line for each row that fits no error (any more).

    Raises:
        InputError: the file cannot be read, or has no such columns.
    """
    changes, unknown = [], []
    for number, row in enumerate(_rows(path), 2):
        answer = row.get("answer", "").strip()[:MAX_ANSWER_CHARS]
        if not answer:
            continue
        identity, _, key = row.get("key", "").partition(":")
        issue = read_issue(workspace, int(identity)) if identity.lstrip("-").isdecimal() else None
        if issue is None or issue.key != key:
            unknown.append(f"row {number}: its error is not in the workspace (any more)")
            continue
        about = finding_key(workspace, issue.id, "once")
        before = read(workspace, "finding", *about)
        if before is not None and before["answer"] != answer:
            after = {**before, "answer": answer, **signed(workspace)}
            changes.append(Change("finding", about, before, after))
    if changes:
        decide(workspace, "read answers", changes)
    return len(changes), unknown


def _rows(path: Path) -> Iterator[dict[str, str]]:
    import pandas

    try:
        if path.suffix.lower() == ".xlsx":
            table: Any = pandas.read_excel(path, dtype=str, keep_default_na=False)
        else:
            separator = "," if path.suffix.lower() == ".csv" else "\t"
            table = pandas.read_csv(
                path, sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig"
            )
    except (OSError, ValueError, KeyError, pandas.errors.ParserError) as error:
        reason = " ".join(str(error).split())[:120]
        raise InputError(f"cannot be read as a table ({reason})", where=str(path)) from error
    except Exception as error:
        raise InputError("is no workbook that can be read", where=str(path)) from error
    if not {"key", "answer"} <= set(table.columns):
        hint = "name the table that 'aligner report --out report.xlsx' wrote"
        raise InputError("has no columns 'key' and 'answer'", where=str(path), hint=hint)
    for row in table.to_dict("records"):
        yield {str(name): str(value) for name, value in row.items()}
