"""``aligner evaluate topic``."""

from typing import Annotated

import typer


def evaluate_topic(
    field: Annotated[list[str], typer.Argument(metavar="FIELD...", help="Records of one field.")],
    among: Annotated[list[str], typer.Option(metavar="INPUT", help="Records of others; may be repeated.")],
    topic: Annotated[str, typer.Option(metavar="TEXT", help="What is asked for: the field's name.")],
    share: Annotated[
        float, typer.Option(min=0.01, max=0.99, help="Share of the field's records in a mixture.")
    ] = 0.2,
    draws: Annotated[int, typer.Option(min=1, help="Mixtures that are drawn.")] = 5,
) -> None:
    """Mix records of a field with others, and see how much of the field its topic finds again.

    Example: aligner evaluate topic corpora/constructed/records --among other-fields/ --topic "spine surgery"
    """
    from aligner.evaluation.topic import Plan, evaluate, report

    plan = Plan(field, among, topic, share, draws)
    print("\n".join(report(plan, evaluate(plan))))
