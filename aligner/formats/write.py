"""Find the writer for what a command has to write."""

from collections.abc import Callable
from typing import Any

from aligner.errors import SettingError
from aligner.formats.table import FORMATS


def writer(name: str, what: str) -> Callable[..., Any]:
    """Return the function of format ``name`` that writes ``what``.

    Args:
        name: a name of the table of formats.
        what: pairs, units, glossary, occurrences or findings.

    Raises:
        UnknownNameError: there is no such format.
        SettingError: that format does not write this; the message lists those that do.
    """
    function: Callable[..., Any] | None = getattr(FORMATS.load(name), f"write_{what}")
    if function is None:
        able = [other for other in FORMATS if getattr(FORMATS.load(other), f"write_{what}")]
        raise SettingError(f"format '{name}' cannot hold {what}", hint=f"use --format {', '.join(able)}")
    return function
