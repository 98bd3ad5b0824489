"""Rows as every table format (TSV, CSV, JSONL, XLSX) writes them: which columns, from which noun."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from aligner.formats.list_cells import join
from aligner.text.joining import split_list
from aligner.types import Address, Finding, Pair, Revision, TermPair

T = TypeVar("T")

NUMBERED = frozenset({"bead", "en_ids", "zh_ids", "unit"})
"""Columns of numbers that JSON counts from 0 and a table, which people read, from 1."""

OPTIONAL = frozenset({"source", "error_severity", "kind"})
"""Columns that JSON leaves out where there is nothing in them."""


@dataclass(frozen=True, slots=True)
class Layout(Generic[T]):
    """How a noun becomes rows.

    Attributes:
        columns: the header, in order.
        row: one item's cells by column: text, number, None, or a list of texts, numbers or mappings.
            JSONL writes them as JSON has them; the others write None as an empty cell, lists and the
            values of an address joined by `` | `` (`list_cells`), and numbers from 1 (`NUMBERED`).
        name: one item's name in a message (``record 02, bead 3``).
    """

    columns: tuple[str, ...]
    row: Callable[[T], Mapping[str, Any]]
    name: Callable[[T], str]


def table_cells(layout: Layout[T], item: T) -> list[str | int | float]:
    """Return an item's cells as a table without lists holds them, its numbers counted from 1."""
    row = layout.row(item)
    return [flat(_from_1(row[name]) if name in NUMBERED else row[name]) for name in layout.columns]


def _from_1(value: Any) -> Any:
    if isinstance(value, list):
        return [number + 1 for number in value]
    return value + 1 if isinstance(value, int) else value


def flat(value: object) -> str | int | float:
    """Return a cell's value as a table without lists holds it."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return join(list(value))
    if isinstance(value, Mapping):
        cells = [value.get(name, "") for name in ("file", "unit", "row", "sheet")]
        while cells and cells[-1] == "":
            cells.pop()
        return join(cells)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def address_row(source: Address | None) -> dict[str, str | int] | None:
    """Return an address as JSON has it: the keys that are known."""
    if source is None:
        return None
    row = {"file": source.file, "unit": source.unit, "row": source.row, "sheet": source.sheet}
    return {name: value for name, value in row.items() if value not in ("", None)}


def address_of(value: Any) -> Address | None:
    """Return the address that JSON, or a table's cell (file, unit, row and sheet as a list), holds.

    Raises:
        ValueError: it is not one.
    """
    if isinstance(value, str) and value:
        value = dict(zip(("file", "unit", "row", "sheet"), split_list(value), strict=False))
    if not isinstance(value, Mapping):
        return None
    row = value.get("row")
    texts = (str(value.get(name, "")) for name in ("file", "unit", "sheet"))
    file, unit, sheet = texts
    return Address(file, unit, int(row) if row else None, sheet)


def _pair_row(pair: Pair) -> dict[str, Any]:
    return {
        "record": pair.record,
        "bead": pair.bead,
        "en_ids": list(pair.en_ids),
        "zh_ids": list(pair.zh_ids),
        "en": pair.en,
        "zh": pair.zh,
        "score": round(pair.score, 4),
        "source": address_row(pair.source),
    }


def _occurrence_row(term: TermPair) -> dict[str, Any]:
    return {
        "record": term.record,
        "bead": term.bead,
        "en": term.en,
        "zh": term.zh,
        "en_span": list(term.en_span),
        "zh_span": list(term.zh_span),
        "score": round(term.score, 4),
        "termhood": round(term.termhood, 4),
        "found_in": term.found_in,
    }


def _finding_row(finding: Finding) -> dict[str, Any]:
    return {
        "record": finding.record,
        "bead": finding.bead,
        "check": finding.check,
        "severity": finding.severity,
        "message": finding.message,
        "en_span": None if finding.en_span is None else list(finding.en_span),
        "zh_span": None if finding.zh_span is None else list(finding.zh_span),
        "en": finding.en,
        "zh": finding.zh,
        "category": finding.category,
        "suggestion": finding.suggestion,
        "source": address_row(finding.source),
        "probability": finding.probability,
        "error_severity": finding.error_severity or None,
        "kind": finding.kind or None,
    }


def _place(item: Pair | TermPair | Finding) -> str:
    return f"record {item.record}, pair {item.bead + 1}"


PAIRS: Layout[Pair] = Layout(
    ("record", "bead", "en_ids", "zh_ids", "en", "zh", "score", "source"), _pair_row, _place
)
UNITS: Layout[Pair] = Layout(
    ("record", "bead", "unit", "en_ids", "zh_ids", "en", "zh", "score", "source"),
    lambda pair: {**_pair_row(pair), "unit": pair.unit},
    _place,
)
OCCURRENCES: Layout[TermPair] = Layout(
    ("record", "bead", "en", "zh", "en_span", "zh_span", "score", "termhood", "found_in"),
    _occurrence_row,
    _place,
)
FINDINGS: Layout[Finding] = Layout(
    (
        *("record", "bead", "check", "severity", "message", "en_span", "zh_span", "en", "zh"),
        *("category", "suggestion", "source", "probability", "error_severity", "kind"),
    ),
    _finding_row,
    _place,
)


def _revision_row(revision: Revision) -> dict[str, Any]:
    row = {name: getattr(revision, name) for name in REVISIONS.columns if name != "source"}
    return {**row, "source": address_row(revision.source)}


REVISIONS: Layout[Revision] = Layout(
    ("record", "bead", "outcome", "check", "message", "en", "before", "after", "source"),
    _revision_row,
    lambda revision: f"record {revision.record}, pair {revision.bead + 1}",
)
