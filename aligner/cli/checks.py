"""``aligner checks``."""


def checks() -> int:
    """List the checks.

    Example: aligner checks
    """
    from aligner.checks import CHECKS

    print(CHECKS.describe())
    return 0
