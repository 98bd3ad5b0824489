"""How many slips are found at which rate of false alarms, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aligner.evaluation.picture import picture


def alarm_curve(points: Sequence[tuple[float, float, float]], path: Path, title: str) -> None:
    """Draw recall against alarms; the format is told by the file's extension.

    Args:
        points: cut, share of correct pairs with an alarm, mean recall over the kinds, by rising cut.
        path: where to write.
        title: said above.

    Raises:
        SettingError: matplotlib is not installed, or cannot write such a file.
    """
    with picture(path) as axes:
        axes.plot(
            [alarms for _, alarms, _ in points], [recall for *_, recall in points], marker="o", markersize=3
        )
        for cut, alarm, recall in points:
            axes.annotate(
                f"{cut:.2f}", (alarm, recall), textcoords="offset points", xytext=(4, -8), fontsize=6
            )
        axes.set(xlabel="correct pairs with a warning or an error", ylabel="slips found, mean over kinds")
        axes.set(xlim=(0, None), ylim=(0, 1.02))
        axes.set_title(title, fontsize=7)
