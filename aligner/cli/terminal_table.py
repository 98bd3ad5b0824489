"""Results on a terminal: a table made for reading, as wide as the window."""

from collections.abc import Callable, Iterable
from typing import Any

from aligner.errors import InputError
from aligner.text.surrogates import shown

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
_NUMBERS = {"pair", "score", "count", "records"}
_NARROW = _NUMBERS | {"status", "severity", "check"}
_SPACED = {"pairs", "units", "findings"}
"""What has texts of several lines: a blank line stands between its rows."""
_EXAMPLE = {
    "pairs": "pairs.tsv",
    "units": "units.tsv",
    "glossary": "glossary.tsv",
    "occurrences": "terms.tsv",
    "findings": "findings.html",
}


def print_table(rows: Iterable[Any], what: str) -> list[InputError]:
    """Print the first rows and how many more there are; nothing is left out for its format.

    The name of a record stands above the table where it is the only one, else at the first of its rows.
    """
    from rich.console import Console

    first, total = [], 0
    for total, row in enumerate(rows, 1):
        if total <= SHOWN:
            first.append(row)
    console = Console(highlight=False)
    columns = COLUMNS[what]
    records = {row.record for row in first} if "record" in columns else set()
    if len(records) == 1:
        console.print(f"[bold]{_plain(*records)}[/bold]", soft_wrap=True)
        columns = {name: value for name, value in columns.items() if name != "record"}
    if first:
        console.print(_table(first, columns, spaced=what in _SPACED))
    if total > SHOWN:
        console.print(f"… {total - SHOWN:,} more: --out {_EXAMPLE[what]}")
    return []


def _table(rows: list[Any], columns: Columns, *, spaced: bool) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False, leading=int(spaced))
    for name in columns:
        table.add_column(
            name,
            justify="right" if name in _NUMBERS else "left",
            no_wrap=name in _NARROW,
            overflow="fold",
            ratio=None if name in _NARROW or name == "record" else 1,
        )
    last = None
    for row in rows:
        cells = {name: shown(str(value(row))) for name, value in columns.items()}
        if "record" in cells:
            cells["record"], last = ("" if cells["record"] == last else cells["record"]), cells["record"]
        table.add_row(*map(Text, cells.values()))
    return table


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(shown(text))
