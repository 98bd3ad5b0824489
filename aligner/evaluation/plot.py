"""The reliability diagram: how often beads of a score are right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aligner.evaluation.alignment import calibration, calibration_error
from aligner.evaluation.picture import picture


def reliability_diagram(scored: Sequence[tuple[float, bool]], path: Path, signature: str) -> None:
    """Draw it into a picture file; the format is told by the file's extension.

    Raises:
        SettingError: matplotlib is not installed, or cannot write such a file.
    """
    rows = calibration(scored)
    with picture(path) as axes:
        axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
        axes.plot([mean for _, mean, _ in rows], [right for _, _, right in rows], marker="o")
        for count, mean, right in rows:
            axes.annotate(str(count), (mean, right), textcoords="offset points", xytext=(4, -10), fontsize=7)
        axes.set(xlabel="score", ylabel="share of beads that are right", xlim=(0, 1.02), ylim=(0, 1.02))
        axes.set_title(
            f"{len(scored)} beads, calibration error {calibration_error(scored):.4f}\n{signature}", fontsize=7
        )
