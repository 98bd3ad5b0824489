"""What a number in a text says."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from aligner.types import Span

Kind = Literal[
    "number",
    "percent",
    "p-value",
    "level",
    "date",
    "duration",
    "age",
    "measure",
    "ratio",
    "frequency",
    "code",
    "citation",
]
Comparator = Literal["", "<", "<=", "=", ">", ">=", "~"]
Counted = Literal["", "case", "time"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number, range, date or level of a text as a typed value.

    Attributes:
        kind: what sort of value it is. ``code`` is a name with digits in it (HER2, IL-6), ``citation``
            a reference number.
        values: exact values. One for a plain number; low and high for a range; the parts of a ratio;
            year, month, day for a date, cut after the last one known, year 0 where it is not said;
            for a level its place in the spine (C1 is 1, T1 is 8, L1 is 20, S1 is 25); for a
            frequency how many times a period.
        span: character offsets in the text.
        text: the slice itself.
        unit: canonical unit, empty where there is none: ``mg``, ``mo``, ``%``, ``mg/kg``; a frequency's is
            its period.
        comparator: ``<``, ``<=``, ``=``, ``>``, ``>=``, ``~`` (about), or empty.
        is_range: values are the low and the high end of a range.
        role: what the number stands for where the text says: ``n``, ``CI``, ``OR``, ``grade``, ``stage``,
            ``type``, ``ordinal``, ``reference`` (a table or a figure), ``every``, ``sd``, ``before`` (ago);
            empty otherwise.
        is_word: written as a word (three, 三), which a free translation may leave out.
        counts: what it counts where the word right behind it says so: ``case`` for persons and events
            (patients, deaths; 例, 名), ``time`` for repetitions (times; 次); empty otherwise.
    """

    kind: Kind
    values: tuple[Decimal, ...]
    span: Span
    text: str
    unit: str = ""
    comparator: Comparator = ""
    is_range: bool = False
    role: str = ""
    is_word: bool = False
    counts: Counted = ""

    @property
    def low(self) -> Decimal:
        """The low end of a range, or the value itself."""
        return self.values[0]

    @property
    def high(self) -> Decimal:
        """The high end of a range, or the value itself."""
        return self.values[-1]
