"""What the comparison of quantities finds."""

from dataclasses import dataclass
from typing import Literal

from aligner.quantities import Quantity
from aligner.types import Severity

Reason = Literal["value", "unit", "sign", "missing", "added"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two quantities that stand for each other and do not agree, or one without a counterpart.

    Attributes:
        check: the check it belongs to.
        reason: what differs; ``missing`` has no Chinese quantity, ``added`` no English one.
        severity: how sure it is an error.
        en: the English quantity, if any.
        zh: the Chinese one, if any.
    """

    check: str
    reason: Reason
    severity: Severity
    en: Quantity | None
    zh: Quantity | None
