"""``aligner merge``."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def merge(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="File that 'aligner run' made.")],
    glossary: Annotated[str, typer.Argument(metavar="GLOSSARY", help="Edited glossary, in any format.")],
) -> int:
    """Take over what was decided in an edited glossary file: status, wording, notes and fields.

    What 'aligner export WORKSPACE glossary' wrote can be edited in a spreadsheet and merged back. One undo on
    the page takes it back.

    Example: aligner merge abstracts.db glossary.xlsx
    """
    from aligner.cli.exit_codes import ExitCode
    from aligner.cli.messages import say
    from aligner.engine.decided_glossary import merge_decisions
    from aligner.errors import InputError
    from aligner.formats import read_glossary
    from aligner.store import open_workspace
    from aligner.types import Entry

    rows: list[Entry] = []
    with open_workspace(workspace) as opened:
        for item in read_glossary([glossary]):
            if isinstance(item, InputError):
                raise item  # no half of a glossary is merged
            rows.append(item)
        counts = merge_decisions(opened, rows)
    for name in ("changed", "same"):
        print(f"{name:<12}{counts[name]:,}", file=sys.stderr)
    if counts["unknown"]:
        say(f"{counts['unknown']:,} rows are about no entry of the workspace; they were left out")
    return ExitCode.FOUND if counts["unknown"] else ExitCode.DONE
