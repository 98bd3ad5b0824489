"""Rows as every table format (TSV, CSV, JSONL, XLSX) writes them: which columns, from which noun."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from aligner.formats.list_cells import join
from aligner.types import Finding, Pair, TermPair

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Layout(Generic[T]):
    """How a noun becomes rows.

    Attributes:
        columns: the header, in order.
        row: one item's cells by column: text, number, None, or a list of texts, numbers or mappings.
            JSONL writes them as JSON has them; the others write None as an empty cell and lists joined
            by `` | `` (`list_cells`).
        name: one item's name in a message (``record 02, bead 3``).
    """

    columns: tuple[str, ...]
    row: Callable[[T], Mapping[str, Any]]
    name: Callable[[T], str]


def flat(value: object) -> str | int | float:
    """Return a cell's value as a table without lists holds it."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return join(list(value))
    return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _pair_row(pair: Pair) -> dict[str, Any]:
    return {
        "record": pair.record,
        "bead": pair.bead,
        "en_ids": list(pair.en_ids),
        "zh_ids": list(pair.zh_ids),
        "en": pair.en,
        "zh": pair.zh,
        "score": round(pair.score, 4),
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
    }


def _place(item: Pair | TermPair | Finding) -> str:
    return f"record {item.record}, bead {item.bead}"


PAIRS: Layout[Pair] = Layout(("record", "bead", "en_ids", "zh_ids", "en", "zh", "score"), _pair_row, _place)
OCCURRENCES: Layout[TermPair] = Layout(
    ("record", "bead", "en", "zh", "en_span", "zh_span", "score"), _occurrence_row, _place
)
FINDINGS: Layout[Finding] = Layout(
    (
        *("record", "bead", "check", "severity", "message", "en_span", "zh_span", "en", "zh"),
        *("category", "suggestion"),
    ),
    _finding_row,
    _place,
)
