"""``aligner checks``."""

from typing import Annotated

import typer


def checks(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A check to show by example.")] = None,
) -> int:
    """List the checks, or show what one reports and what it passes.

    Example: aligner checks laterality
    """
    from aligner.checks import CHECKS
    from aligner.checks.table import describe

    print(describe(name) if name else CHECKS.describe())
    return 0
