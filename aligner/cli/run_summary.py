"""What a run says when it is done: failures first, then what the workspace holds."""

import time

from aligner.cli.exit_codes import ExitCode
from aligner.cli.messages import NothingDoneError
from aligner.cli.reporter import NEWS, Reporter, count_kinds
from aligner.engine import Summary
from aligner.store import Workspace, read_failures

SHOWN = 20
"""Failures that are printed; all are in the workspace."""


def finish_run(report: Reporter, summary: Summary, workspace: Workspace) -> ExitCode:
    """Print failures and summary, and return the exit code.

    Raises:
        NothingDoneError: all failed, which has been said.
    """
    for number, failure in enumerate(read_failures(workspace, run=summary.run)):
        if number == SHOWN:
            rest = f"and {summary.failed - SHOWN:,} more"
            report.say(f"{rest}; they are in the table 'failures' of {workspace.path}")
            break
        report.say(str(failure))
    report.failed = summary.failed
    if summary.failed and not summary.records:
        raise NothingDoneError
    return report.finish(_records(summary), _lines(summary, time.perf_counter() - report.started))


def _records(summary: Summary) -> str:
    taken = ", ".join(f"{summary.taken[news]:,} {news}" for news in NEWS if summary.taken[news])
    return f"{summary.records:,} in the workspace (of the input {taken or 'none'})"


def _lines(summary: Summary, seconds: float) -> list[tuple[str, str]]:
    lines = []
    if renamed := summary.taken["renamed"]:
        lines.append(("renamed", f"{renamed:,} whose name another record has: NAME~2 and so on"))
    rate = f", {summary.done / seconds:.1f} a second" if summary.done else ""
    issues = ", ".join(f"{summary.findings[name]:,} {name}" for name in ("error", "warning", "info"))
    return [
        *lines,
        ("worked on", f"{summary.done:,}{rate}"),
        ("beads", count_kinds(summary.beads)),
        ("terms", f"{summary.terms:,} in {summary.entries:,} glossary entries"),
        ("issues", issues),
    ]
