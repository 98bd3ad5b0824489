"""``aligner encoders``."""


def encoders() -> None:
    """List the encoders, one line each.

    Example: aligner encoders
    """
    from aligner.encoders import ENCODERS

    print(ENCODERS.describe())
