"""``aligner review``."""

from pathlib import Path
from typing import Annotated

import typer


def review(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="File that 'aligner run' made.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve on; 0 takes a free one.")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
) -> None:
    """Open a page to go through pairs, findings and terms; it is for this machine alone.

    Example: aligner review review.db
    """
    from aligner.review.server import serve

    serve(workspace, port=port, browser=not no_browser)
