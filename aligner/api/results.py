"""What the public functions return: sequences that show themselves as tables and become data frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar, overload

from aligner.errors import AlignerError
from aligner.text.han import screen_width
from aligner.types import Entry, Finding, Pair, Record, Sentence, TermPair

if TYPE_CHECKING:
    from pandas import DataFrame

T = TypeVar("T")

ROWS_SHOWN = 20
"""Rows that a notebook or an interpreter shows; the data frame has all."""
WIDTH_SHOWN = 60
"""Characters of a cell that an interpreter shows."""


class Results(Sequence[T], Generic[T]):
    """An unchanging sequence of results.

    Attributes:
        failures: what could not be worked on, an error a record; each was warned of.
    """

    noun: ClassVar[str]
    shown: ClassVar[tuple[str, ...]]
    layout: str = ""

    def __init__(self, items: Iterable[T] = (), failures: Iterable[AlignerError] = ()) -> None:
        self._items = tuple(items)
        self.failures = tuple(failures)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> T | Self:
        return type(self)(self._items[index]) if isinstance(index, slice) else self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and tuple(other) == self._items

    __hash__ = None  # type: ignore[assignment]

    def to_frame(self) -> DataFrame:
        """Return a pandas DataFrame, one row an item, with the columns that the command line writes."""
        from pandas import DataFrame

        columns, rows = self._table()
        return DataFrame(list(rows), columns=list(columns))

    def __repr__(self) -> str:
        rows = [[_shortened(row[name]) for name in self.shown] for row in self[:ROWS_SHOWN]._table()[1]]
        return "\n".join([self._title(), *_lines([list(self.shown), *rows] if rows else [])])

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        frame = self[:ROWS_SHOWN].to_frame()[list(self.shown)]
        return f"<p>{self._title()}</p>{frame.to_html(notebook=True)}"

    def _title(self) -> str:
        failed = f", {len(self.failures)} failed" if self.failures else ""
        part = f", the first {ROWS_SHOWN}:" if len(self) > ROWS_SHOWN else ""
        return f"{len(self):,} {self.noun if len(self) != 1 else self.noun.removesuffix('s')}{failed}{part}"

    def _table(self) -> tuple[Sequence[str], Iterable[Mapping[str, Any]]]:
        """Return the columns and the rows of the data frame: those of JSONL."""
        module, _, name = self.layout.partition(":")
        layout = getattr(import_module(module), name)
        return layout.columns, map(layout.row, self)


class Records(Results[Record]):
    """Bilingual documents."""

    noun = "records"
    shown = ("name", "en", "zh")

    def _table(self) -> tuple[Sequence[str], Iterable[Mapping[str, Any]]]:
        columns = dict.fromkeys((*self.shown, *(key for record in self for key in record.metadata)))
        return tuple(columns), ({"name": r.name, "en": r.en, "zh": r.zh, **r.metadata} for r in self)


class Sentences(Results[Sentence]):
    """Sentences of one text, with their character offsets in it."""

    noun = "sentences"
    shown = ("text", "start", "end")

    def _table(self) -> tuple[Sequence[str], Iterable[Mapping[str, Any]]]:
        return self.shown, (asdict(sentence) for sentence in self)


class Pairs(Results[Pair]):
    """Sentence pairs, one a bead.

    Attributes:
        records: the records they come from, with their sentences and beads; `extract_terms` and `check` read
            them, so that a text's context is known to them. A slice has none.
    """

    noun = "pairs"
    shown = ("en", "zh", "score")
    layout = "aligner.formats.layouts:PAIRS"

    def __init__(
        self,
        items: Iterable[Pair] = (),
        failures: Iterable[AlignerError] = (),
        records: Iterable[Record] = (),
    ) -> None:
        super().__init__(items, failures)
        self.records = tuple(records)
        if any(pair.unit is not None for pair in self):
            self.layout = "aligner.formats.layouts:UNITS"


class Occurrences(Results[TermPair]):
    """Terms and their translations where they stand."""

    noun = "occurrences"
    shown = ("en", "zh", "score", "record", "bead")
    layout = "aligner.formats.layouts:OCCURRENCES"


class Terms(Results[Entry]):
    """A glossary's concept entries, best first.

    Attributes:
        occurrences: each place they were found in; empty for a slice.
    """

    noun = "terms"
    shown = ("en", "zh", "score", "count", "records", "abbreviation")

    def __init__(
        self,
        items: Iterable[Entry] = (),
        failures: Iterable[AlignerError] = (),
        occurrences: Iterable[TermPair] = (),
    ) -> None:
        super().__init__(items, failures)
        self.occurrences = Occurrences(occurrences)

    def _table(self) -> tuple[Sequence[str], Iterable[Mapping[str, Any]]]:
        from aligner.formats.glossary_rows import layout_of

        layout = layout_of(self, flat=False)
        return layout.columns, map(layout.row, self)


class Findings(Results[Finding]):
    """Possible issues of a translation."""

    noun = "findings"
    shown = ("check", "severity", "message", "en", "zh")
    layout = "aligner.formats.layouts:FINDINGS"


def _shortened(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= WIDTH_SHOWN else text[: WIDTH_SHOWN - 1] + "…"


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows of cells as lines with columns, where a Chinese character takes two places."""
    widths = [max(map(screen_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - screen_width(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
