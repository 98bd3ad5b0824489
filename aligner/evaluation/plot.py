"""The reliability diagram: how often beads of a score are right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aligner.errors import SettingError
from aligner.evaluation.alignment import calibration, calibration_error


def reliability_diagram(scored: Sequence[tuple[float, bool]], path: Path, signature: str) -> None:
    """Draw it into a picture file; the format is told by the file's extension.

    Raises:
        SettingError: matplotlib is not installed, or cannot write such a file.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise SettingError(
            "drawing needs matplotlib", where="--plot", hint="pip install 'aligner[plot]'"
        ) from error
    rows = calibration(scored)
    figure = Figure(figsize=(5, 5), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    axes.plot([mean for _, mean, _ in rows], [right for _, _, right in rows], marker="o")
    for count, mean, right in rows:
        axes.annotate(str(count), (mean, right), textcoords="offset points", xytext=(4, -10), fontsize=7)
    axes.set(xlabel="score", ylabel="share of beads that are right", xlim=(0, 1.02), ylim=(0, 1.02))
    axes.set_title(
        f"{len(scored)} beads, calibration error {calibration_error(scored):.4f}\n{signature}", fontsize=7
    )
    try:
        figure.savefig(path, dpi=150)
    except ValueError as error:
        raise SettingError(
            f"cannot draw a '{path.suffix}' file", where=str(path), hint="use .png, .svg or .pdf"
        ) from error
