"""The other views of the page, as plain dicts for their templates: checks, round trip, report, export."""

from __future__ import annotations

from aligner.errors import InputError
from aligner.review.downloads import offers
from aligner.review.errors import SEVERITIES
from aligner.review.frame import Query, View, frame, start_of
from aligner.review.pairs import label_of, note_view
from aligner.review.report import report_view
from aligner.review.round_trip import GROUPS, round_trip_view
from aligner.review.setting_actions import version_of
from aligner.store import Workspace
from aligner.store.decided import read_review
from aligner.store.issues import issues_like, read_issue, switched_off
from aligner.store.overview import (
    totals,
)


def checks(workspace: Workspace, _: Query) -> View:
    """Show what each check found and what people decided about it; switch checks off here."""
    counted = totals(workspace)
    off = set(switched_off(workspace))
    names = sorted({check for check, _, _ in counted.issues if check != "person"} | off)
    rows = [
        {
            "check": check,
            "label": label_of(check),
            "off": check in off,
            **{
                state: counted.count(check=check, state=state) for state in ("open", "confirmed", "dismissed")
            },
            "all": counted.count(check=check),
        }
        for check in names
    ]
    return {**frame(workspace, "checks", "Checks"), "rows": rows}


def round_trip(workspace: Workspace, query: Query) -> View:
    """Show what became of the errors in texts that changed; with ``show`` one group of them alone."""
    show = query.get("show", "")
    view = round_trip_view(workspace, show=show if show in GROUPS else "", start=start_of(query))
    return {**frame(workspace, "round", "Round trip"), **view}


def report(workspace: Workspace, _: Query) -> View:
    """Show the report as it would be sent."""
    shown = {"severities_": SEVERITIES, "settings": version_of(read_review(workspace))}
    return {**frame(workspace, "report", "Report"), **report_view(workspace), **shown}


def export(workspace: Workspace, _: Query) -> View:
    """Show what can be exported."""
    return {**frame(workspace, "export", "Export"), "exports": offers()}


def scope(workspace: Workspace, query: Query) -> View:
    """Show what "not an error" would touch if it held wherever the words of a finding stand.

    Raises:
        InputError: there is no such finding.
    """
    given = query.get("id", "")
    issue = (
        read_issue(workspace, int(given)) if given.removeprefix("-").isdecimal() and len(given) < 16 else None
    )
    if issue is None:
        raise InputError("there is no such finding")
    alike = issues_like(workspace, issue)
    touched = [one for one in alike if one.state == "open"]
    return {
        "note": note_view(issue),
        "touched": [note_view(one) for one in touched],
        "texts": [one.finding.en or one.finding.zh for one in touched],
        "kept": sum(one.state == "confirmed" for one in alike),
        "others": len({one.record_id for one in touched} - {issue.record_id}),
    }
