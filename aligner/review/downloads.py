"""Exports from the page: what the workspace holds, through the writers of the formats room."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Any

from aligner.errors import SettingError
from aligner.formats.table import FORMATS
from aligner.formats.write import writer
from aligner.review.report import write_report, write_report_table
from aligner.store import Workspace, read_findings, read_glossary, read_pairs

REPORTS = (("HTML", "report.html"), ("XLSX", "report.xlsx"))
IN_MEMORY = 8 * 1024 * 1024

_WHAT: dict[str, tuple[str, Callable[[Workspace], Iterable[Any]]]] = {
    "pairs": ("sentence pairs as they are aligned now", read_pairs),
    "glossary": ("terms, as people decided about them", read_glossary),
    "findings": ("possible issues that nobody dismissed", read_findings),
}
_TYPES = {
    "tsv": "text/tab-separated-values; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SECOND = ("xlsx", "tmx", "tsv", "tbx")
"""Formats named first, where there are several."""


def offers() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return what can be exported: what, a note, and names and addresses of the formats."""
    result = []
    for what, (note, _) in _WHAT.items():
        able = [name for name in FORMATS if getattr(FORMATS.load(name), f"write_{what}")]
        able.sort(key=lambda name: (_SECOND.index(name) if name in _SECOND else len(_SECOND), name))
        result.append((what, note, [(name.upper(), f"{what}.{name}") for name in able]))
    result.append(("report", "errors, gravest first, to send and to fill in", list(REPORTS)))
    return result


@dataclass(frozen=True, slots=True)
class Download:
    """A file made for the browser.

    Attributes:
        stream: its bytes, ready to be read; close it.
        name: what it is called when it is saved.
        media_type: what it is.
        left_out: how many items the format could not hold.
    """

    stream: SpooledTemporaryFile[bytes]
    name: str
    media_type: str
    left_out: int


def export(workspace: Workspace, file: str) -> Download:
    """Write what is asked for into a temporary file.

    Args:
        workspace: what is exported.
        file: one of the names that `offers` gives; never a path.

    Raises:
        SettingError: there is no such export.
        UnknownNameError: there is no such format.
    """
    what, _, name = file.partition(".")
    left_out = 0
    stream: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller's
    try:
        if file == "report.html":
            write_report(workspace, stream)  # type: ignore[arg-type]
        elif file == "report.xlsx":
            write_report_table(workspace, stream)  # type: ignore[arg-type]
        elif what in _WHAT:
            left_out = len(writer(name, what)(_WHAT[what][1](workspace), stream))
        else:
            raise SettingError("there is no such export")
    except BaseException:
        stream.close()
        raise
    stream.seek(0)
    suffix = ".html" if what == "report" else FORMATS.load(name).suffixes[0]
    return Download(stream, what + suffix, _TYPES.get(name, "application/octet-stream"), left_out)
