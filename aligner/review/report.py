"""The report: everything of a workspace in one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from aligner.review.pairs import SEVERITIES, band, pair_view
from aligner.review.rendering import static, templates
from aligner.store import Workspace, read_glossary
from aligner.store.beads import BeadFilter, beads_of, scores_of
from aligner.store.overview import RecordLine, Totals, iterate_records, list_records, totals

STYLES = ("tokens.css", "pairs.css", "report.css")
WORST = 20
"""Records listed as those to look at first."""


def write_report(workspace: Workspace, out: BinaryIO, *, title: str = "") -> Totals:
    """Write the report of a workspace, record by record.

    Args:
        workspace: whose records, findings and glossary are shown. Dismissed findings are counted, not shown.
        out: gets UTF-8; the same workspace gives the same bytes.
        title: what the report is called; the workspace's file name if empty.

    Returns:
        What was reported, in numbers.
    """
    from markupsafe import Markup

    counted = totals(workspace)
    # The newlines around them belong to what a browser hashes.
    style = "\n" + "\n".join(map(static, STYLES))
    script = "\n" + static("highlight.js")
    page = (
        templates()
        .get_template("report.html")
        .generate(
            title=title or workspace.path.stem,
            style=Markup(style),  # noqa: S704 - our own files
            script=Markup(script),  # noqa: S704
            style_hash=_hash(style),
            script_hash=_hash(script),
            summary=_summary(workspace, counted),
            records=_records(workspace),
            glossary=list(read_glossary(workspace)),
        )
    )
    for part in page:
        out.write(part.encode())
    return counted


def strip_view(workspace: Workspace, record: int, link: str = "") -> list[dict[str, Any]]:
    """Return what the confidence strip shows: number, score, state, kind, band and link of each bead."""
    return [
        {
            **{"number": number, "score": score, "state": state, "kind": kind, "band": band(score)},
            "link": f"{link}#b{record}-{number}",
        }
        for number, score, state, kind in scores_of(workspace, record)
    ]


def record_view(line: RecordLine) -> dict[str, Any]:
    """Return what is shown of a record in a list and over its pairs."""
    names = ("id", "name", "state", "revision", "beads", "confirmed", "lowest", "decided", "failure")
    return {
        **{name: getattr(line, name) for name in names},
        "open": {severity: line.open.get(severity, 0) for severity in SEVERITIES},
        "title_en": line.metadata.get("title_en", ""),
        "title_zh": line.metadata.get("title_zh", ""),
    }


def _records(workspace: Workspace) -> Iterator[dict[str, Any]]:
    for line in iterate_records(workspace):
        pairs = (
            {**pair, "issues": [one for one in pair["issues"] if one["state"] != "dismissed"]}
            for pair in map(pair_view, beads_of(workspace, line.id))
        )
        yield {**record_view(line), "strip": strip_view(workspace, line.id), "pairs": pairs}


def _summary(workspace: Workspace, counted: Totals) -> dict[str, Any]:
    checks = sorted({check for check, _, state in counted.issues if state == "open"})
    lines: list[dict[str, Any]] = [
        {"check": check, **{s: counted.count(check=check, severity=s, state="open") for s in SEVERITIES}}
        for check in checks
    ]
    lines.sort(key=lambda line: ([-line[severity] for severity in SEVERITIES], line["check"]))
    worst = [line for line in list_records(workspace, BeadFilter(), order="worst", limit=WORST) if line.open]
    return {
        "records": counted.records,
        "failed": counted.failed,
        "pairs": counted.beads,
        "confirmed": counted.confirmed,
        "severities": {severity: counted.count(severity=severity, state="open") for severity in SEVERITIES},
        "confirmed_issues": counted.count(state="confirmed"),
        "dismissed_issues": counted.count(state="dismissed"),
        "checks": lines,
        "worst": [{**record_view(line), **record_view(line)["open"]} for line in worst],
    }


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
