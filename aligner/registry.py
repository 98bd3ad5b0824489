"""Tables of names: what there is, one line each, imported only when asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from aligner.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: where the thing is (``module:attribute``) and one line that says what it is."""

    target: str
    summary: str


@dataclass(frozen=True, slots=True)
class Table:
    """A room's table of names.

    Adding a format, a check or an encoder is one file and one row here.
    """

    kind: str
    rows: Mapping[str, Row]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __contains__(self, name: object) -> bool:
        return name in self.rows

    def load(self, name: str) -> Any:
        """Import and return what ``name`` stands for.

        Raises:
            UnknownNameError: no row has this name; the message lists those there are.
        """
        if name not in self.rows:
            raise UnknownNameError(self.kind, name, self.rows)
        module, _, attribute = self.rows[name].target.partition(":")
        return getattr(import_module(module), attribute)

    def describe(self) -> str:
        """Return the table as text, one line a row."""
        width = max(map(len, self.rows), default=0)
        return "\n".join(f"{name:<{width}}  {row.summary}" for name, row in self.rows.items())
