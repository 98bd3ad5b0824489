"""Errors a user can mend, as one tree.

- AlignerError: whatever stops a job and can be mended by its user.
    - InputError: a file or a record that cannot be read or holds too little.
    - SettingError: an option or a name that does not exist or does not fit.
        - UnknownNameError: a name that is in none of a table's rows.
    - ModelError: an encoder or its weights are missing, damaged or of another version.

The command line's main is the only place that catches them: it prints the one line and exits with 2.
"""

from collections.abc import Iterable


class AlignerError(Exception):
    """Say what happened, where, and what to try, as one line.

    Args:
        what: what happened, in plain English, without a final stop.
        where: the file, line or record it happened in; empty when the question makes no sense.
        hint: what to try next; empty when nothing can be suggested.
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what, self.where, self.hint = what, where, hint
        super().__init__(what, where, hint)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"; {self.hint}" if self.hint else ""
        return " ".join(f"{place}{self.what}{advice}".split())


class InputError(AlignerError):
    """A file or a record cannot be read, or holds too little to work on."""


class SettingError(AlignerError):
    """An option does not exist, or does not fit the others."""


class UnknownNameError(SettingError):
    """A name stands in no row of a table; the message lists the names that do."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown {kind} '{name}'", hint=f"known are: {', '.join(known)}")


class ModelError(AlignerError):
    """An encoder or its weights are missing, damaged or of another version."""
