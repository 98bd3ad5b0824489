"""Results on a terminal: a table made for reading, as wide as the window."""

from collections.abc import Callable, Iterable
from typing import Any

from aligner.errors import InputError

SHOWN = 20
"""Rows of a table; a file has them all."""

Columns = dict[str, Callable[[Any], object]]

_PAIRS: Columns = {
    "record": lambda row: row.record,
    "pair": lambda row: row.bead + 1,
    "English": lambda row: row.en,
    "Chinese": lambda row: row.zh,
    "score": lambda row: f"{row.score:.2f}",
}
COLUMNS: dict[str, Columns] = {
    "pairs": _PAIRS,
    "units": _PAIRS,
    "glossary": {
        "English": lambda row: row.en,
        "Chinese": lambda row: row.zh,
        "score": lambda row: f"{row.score:.2f}",
        "count": lambda row: row.count,
        "records": lambda row: row.records,
        "status": lambda row: row.status,
    },
    "occurrences": _PAIRS,
    "findings": {
        "record": lambda row: row.record,
        "pair": lambda row: row.bead + 1,
        "severity": lambda row: row.severity,
        "check": lambda row: row.check,
        "message": lambda row: row.message,
        "Chinese": lambda row: row.zh,
    },
}
_NARROW = {"pair", "score", "count", "records", "status", "severity", "check"}
_EXAMPLE = {
    "pairs": "pairs.tsv",
    "units": "units.tsv",
    "glossary": "glossary.tsv",
    "occurrences": "terms.tsv",
    "findings": "findings.html",
}


def print_table(rows: Iterable[Any], what: str) -> list[InputError]:
    """Print the first rows and how many more there are; nothing is left out for its format."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = COLUMNS[what]
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    for name in columns:
        number = name in ("pair", "score", "count", "records")
        table.add_column(
            name,
            justify="right" if number else "left",
            no_wrap=name in _NARROW,
            overflow="fold",
            ratio=None if name in _NARROW or name == "record" else 1,
        )
    total = 0
    for total, row in enumerate(rows, 1):
        if total <= SHOWN:
            table.add_row(*(Text(str(value(row))) for value in columns.values()))
    console = Console()
    if total:
        console.print(table)
    if total > SHOWN:
        console.print(f"… {total - SHOWN:,} more: --out {_EXAMPLE[what]}", highlight=False)
    return []
