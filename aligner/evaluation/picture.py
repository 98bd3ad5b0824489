"""One picture of axes, written to a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aligner.errors import SettingError


@contextmanager
def picture(path: Path) -> Iterator[Any]:
    """Yield axes to draw on, and write them when the block ends; the format is told by the extension.

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
    figure = Figure(figsize=(5, 5), layout="constrained")
    FigureCanvasAgg(figure)
    yield figure.subplots()
    try:
        figure.savefig(path, dpi=150)
    except ValueError as error:
        raise SettingError(
            f"cannot draw a '{path.suffix}' file", where=str(path), hint="use .png, .svg or .pdf"
        ) from error
