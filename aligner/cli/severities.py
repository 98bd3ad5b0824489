"""How many findings of each severity went by."""

from collections import Counter
from collections.abc import Iterable, Iterator

from aligner.types import Finding

_FROM = {"error": ("error",), "warning": ("error", "warning"), "never": ()}


class Severities:
    """Counts findings by severity while they pass."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def pass_on(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings and count them."""
        for finding in findings:
            self._counts[finding.severity] += 1
            yield finding

    def describe(self) -> str:
        """Say how many there were: ``3 error, 5 warning, 2 info``."""
        return ", ".join(f"{self._counts[name]:,} {name}" for name in ("error", "warning", "info"))

    def reach(self, fail_on: str) -> bool:
        """Tell whether any was as severe as ``fail_on`` (error, warning, never)."""
        return any(self._counts[severity] for severity in _FROM[fail_on])
