"""One line to the person at the terminal."""

import sys

from aligner.errors import AlignerError
from aligner.text.surrogates import shown


class InterruptedJobError(Exception):
    """Ctrl-C, with what a person should know; no error of theirs."""


class NothingDoneError(AlignerError):
    """No record could be worked on; every failure has been printed."""

    def __init__(self) -> None:
        super().__init__("nothing could be done")


def say(message: str) -> None:
    """Print one line on stderr; what cannot be printed is escaped."""
    print(f"aligner: {shown(message)}", file=sys.stderr)
