"""How the program ends, as a script sees it."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of all commands."""

    DONE = 0
    FOUND = 1
    """Done, and something was found, or a record failed, or a row could not be written."""

    FAILED = 2
    """It could not run, or nothing could be done."""

    INTERRUPTED = 130
    """Ctrl-C, as a shell tells it: 128 and the signal's number."""
