"""What all actions have in common: who decides and when, and what is said afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from aligner.store import Workspace
from aligner.store.decided import read_review


@dataclass(frozen=True, slots=True)
class Done:
    """What happened.

    Attributes:
        said: in words, for the person.
        record: number of the record it was about; None if about none.
        bead: number of the bead to go to.
    """

    said: str
    record: int | None = None
    bead: int | None = None


def signed(workspace: Workspace) -> dict[str, str]:
    """Return who decides, and when."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return {"who": str(read_review(workspace)["reviewer"]), "at": at}
