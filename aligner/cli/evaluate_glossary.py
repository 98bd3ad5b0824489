"""``aligner evaluate glossary``."""

from pathlib import Path
from typing import Annotated

import typer


def evaluate_glossary(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="Records, each input for a glossary of its own.")
    ],
    verdicts: Annotated[
        Path, typer.Option(metavar="FILE", help="English, Chinese and a grade from 0 to 3 a line.")
    ],
) -> None:
    """Hold the rows of glossaries against verdicts: how useful they are, and those that stand first.

    Grades are 0 for no term, 1 for a word that every medical translator knows by heart, 2 for a term worth a
    row, and 3 for one of its field where a wrong rendering would hurt.

    Example: aligner evaluate glossary records/ --verdicts verdicts.tsv
    """
    from aligner.evaluation.usefulness import evaluate, report

    print("\n".join(report(evaluate(inputs, verdicts))))
