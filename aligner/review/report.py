"""The report: what a translator or editor needs to know of a review, on few pages, errors gravest first."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from aligner.review.diff import brief, changes
from aligner.review.errors import SEVERITIES
from aligner.review.marks import Mark, pieces
from aligner.review.pairs import gist, label_of, note_view
from aligner.review.rendering import static, templates
from aligner.review.score import score, score_view
from aligner.store import Workspace
from aligner.store.beads import read_bead
from aligner.store.decided import read_review
from aligner.store.issues import confirmed_issues, switched_off
from aligner.store.overview import Totals, all_errors, all_words, iterate_records, last_touched, totals
from aligner.types import Span

STYLES = ("tokens.css", "report.css")
AROUND = 40
"""Characters of a long text shown on each side of an error."""


def write_report(workspace: Workspace, out: BinaryIO, *, title: str = "") -> Totals:
    """Write the report of a workspace as one HTML file that needs nothing else.

    Args:
        workspace: whose confirmed errors are listed; open findings are counted, dismissed ones too.
        out: gets UTF-8; the same workspace gives the same bytes.
        title: what the report is called; the workspace's file name if empty.

    Returns:
        What was reported, in numbers.
    """
    from markupsafe import Markup

    view = report_view(workspace, title=title)
    style = "\n" + "\n".join(map(static, STYLES))  # the newline belongs to what a browser hashes
    page = templates().get_template("report_file.html")
    text = page.generate(**view, style=Markup(style), style_hash=_hash(style))  # noqa: S704 - our own files
    for part in text:
        out.write(part.encode())
    return view["totals"]  # type: ignore[no-any-return]


def report_view(workspace: Workspace, *, title: str = "") -> dict[str, Any]:
    """Return what the report shows, for the page and for the file."""
    counted, review = totals(workspace), read_review(workspace)
    errors, words = all_errors(workspace), all_words(workspace)
    rows = list(error_rows(workspace))
    return {
        "title": title or workspace.path.stem,
        "date": last_touched(workspace)[:10],
        "totals": counted,
        "open": counted.count(state="open"),
        "dismissed": counted.count(state="dismissed"),
        "decided": counted.count() - counted.count(state="open"),
        "words": words,
        "review": review,
        "score": score_view(errors, words, review),
        "errors": rows,
        "severities": {name: errors.get(name, 0) for name in reversed(SEVERITIES)},
        "kinds": _by_kind(rows),
        "checks": sorted({check for check, _, _ in counted.issues if check != "person"}),
        "off": [label_of(check) for check in switched_off(workspace)],
        **_by_record(workspace, review),
    }


def error_rows(workspace: Workspace) -> Iterator[dict[str, Any]]:
    """Yield the confirmed errors, gravest first, each with its words in the text and its correction."""
    for number, issue in enumerate(confirmed_issues(workspace), 1):
        finding = issue.finding
        bead = read_bead(workspace, issue.record_id, finding.bead)
        correction = bead.correction if bead else None
        note = note_view(issue)
        yield {
            "number": number,
            "where": f"{finding.record}·{finding.bead + 1}",
            "record": finding.record,
            "pair": finding.bead + 1,
            "anchor": f"records/{issue.record_id}?go={finding.bead}#b{issue.record_id}-{finding.bead}",
            "severity": issue.error_severity or "major",
            "kind": note["kind"],
            "message": finding.message,
            "comment": issue.comment,
            "answer": issue.answer,
            "waived": issue.waived,
            "key": f"{issue.id}:{issue.key}",
            "gist": gist(finding),
            "plain": (finding.en, finding.zh),
            "correction": correction[1] if correction and correction[1] != finding.zh else "",
            "en": _excerpt(finding.en, finding.en_span),
            "zh": _corrected(finding.zh, finding.zh_span, correction[1] if correction else ""),
        }


def _excerpt(text: str, span: Span | None) -> list[dict[str, Any]]:
    """Return a text with the words of an error marked; of a long one what stands around them."""
    if span is None:
        shown = text if len(text) <= 3 * AROUND else f"{text[: 2 * AROUND]}…"
        return pieces(shown, [])
    start = max(span[0] - AROUND, 0) if len(text) > 3 * AROUND else 0
    end = min(span[1] + AROUND, len(text)) if len(text) > 3 * AROUND else len(text)
    marked = pieces(text[start:end], [Mark((span[0] - start, span[1] - start), "x", ("m", "err"))])
    before, after = ([_plain("…")] if cut else [] for cut in (start > 0, end < len(text)))
    return [*before, *marked, *after]


def _corrected(text: str, span: Span | None, corrected: str) -> list[dict[str, Any]]:
    """Return a text with its correction; of a long one what stands around the changes."""
    if not corrected or corrected == text:
        return _excerpt(text, span)
    return brief(changes(text, corrected), AROUND // 2)


def _plain(text: str) -> dict[str, Any]:
    return {"text": text, "classes": "", "marks": "", "tag": ""}


def _by_kind(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        if not row["waived"]:
            counts.setdefault(row["kind"], Counter())[row["severity"]] += 1
    return [
        {"kind": kind, **{name: found[name] for name in SEVERITIES}, "all": found.total()}
        for kind, found in sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    ]


def _by_record(workspace: Workspace, review: dict[str, Any]) -> dict[str, Any]:
    """Return the records with errors or open findings, lowest score first, and the names of the others."""
    found: list[dict[str, Any]] = []
    clean = []
    for line in iterate_records(workspace):
        opened = sum(line.open.values())
        if not line.errors and not opened and not line.failure:
            clean.append(line.name)
            continue
        value = score(line.errors, line.words, review["weights"])
        row = {
            "name": line.name,
            "title": line.title[0] or line.title[1],
            "open": opened,
            "failure": line.failure,
        }
        found.append({**row, **{name: line.errors.get(name, 0) for name in SEVERITIES}, "score": value})
    found.sort(key=lambda row: (row["score"] is None, row["score"], -row["open"], row["name"]))
    return {"records": found, "clean": clean}


def write_report_table(workspace: Workspace, out: BinaryIO) -> int:
    """Write the errors as a workbook with a column for the translator's answers; return how many there are.

    `read_answers` reads it back.
    """
    from aligner.formats.xlsx_writing import new_book

    with new_book(out) as book:
        sheet = book.add_sheet("errors", COLUMNS)
        count = 0
        for row in error_rows(workspace):
            plain = [*row["plain"], row["correction"], row["comment"], row["answer"], row["key"]]
            where = [row["record"], row["pair"], row["severity"], row["kind"], row["message"]]
            sheet.add([row["number"], *where, *plain], row["where"])
            count += 1
    return count


COLUMNS = {
    **{"number": 8, "record": 16, "pair": 6, "severity": 10, "kind": 14, "message": 40},
    **{"English": 50, "Chinese": 50, "correction": 50, "comment": 30, "answer": 30, "key": 14},
}
"""Columns of the table of errors and their widths in characters; ``key`` tells which error a row is about."""


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
