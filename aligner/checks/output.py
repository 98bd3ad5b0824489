"""Findings as a file: the formats of the house, and one HTML page that needs nothing else."""

from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby
from typing import BinaryIO

from aligner.errors import InputError
from aligner.types import Finding, Span

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="generator" content="aligner"><title>Findings</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
section { border-top: 1px solid; padding: .8rem 0; break-inside: avoid; }
h2 { font-size: 1rem; } p { margin: .3rem 0; } ul { margin: .3rem 0; padding-left: 1.2rem; }
mark { background: #ffd54d; color: #000; padding: 0 .1em; }
.severity { font-weight: 600; }
</style></head><body>
<h1>Possible issues</h1>
"""
_TAIL = "</body></html>\n"


def finding_writer(name: str) -> Callable[[Iterable[Finding], BinaryIO], list[InputError]]:
    """Return the function that writes findings in a format: ``html`` or one of the table of formats.

    Raises:
        UnknownNameError: there is no such format.
        SettingError: the format holds no findings.
    """
    if name == "html":
        return write_html
    from aligner.formats.write import writer

    return writer(name, "findings")


def write_html(findings: Iterable[Finding], out: BinaryIO) -> list[InputError]:
    """Write one page, pairs in the order they come, with the places marked in both texts."""
    out.write(_HEAD.encode())
    total = 0
    for (record, bead), group in groupby(findings, key=lambda finding: (finding.record, finding.bead)):
        of = list(group)
        total += len(of)
        out.write(_section(record, bead, of).encode())
    out.write(f"<p>{total:,} possible issues</p>\n{_TAIL}".encode())
    return []


def _section(record: str, bead: int, findings: list[Finding]) -> str:
    items = "".join(
        f'<li><span class="severity">{finding.severity}</span> '
        f"{finding.check}: {escape(finding.message)}</li>"
        for finding in findings
    )
    first = findings[0]
    en = _marked(first.en, [finding.en_span for finding in findings])
    zh = _marked(first.zh, [finding.zh_span for finding in findings])
    name = f"{escape(record)}, pair {bead + 1}"
    if first.source is not None:
        name += f" ({escape(str(first.source))})"
    return f'<section><h2>{name}</h2><p lang="en">{en}</p><p lang="zh">{zh}</p><ul>{items}</ul></section>\n'


def _marked(text: str, spans: Iterable[Span | None]) -> str:
    parts, position = [], 0
    for start, end in sorted({span for span in spans if span is not None}):
        if start < position:
            continue
        parts += [escape(text[position:start]), f"<mark>{escape(text[start:end])}</mark>"]
        position = end
    return "".join([*parts, escape(text[position:])])
