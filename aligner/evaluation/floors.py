"""Floors under measured quality: pinned in a file, lowered only on request."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from aligner.errors import InputError, SettingError

DIGITS = 4


@dataclass(frozen=True)
class Measured:
    """One figure to hold against its floor.

    Attributes:
        name: what it is the quality of.
        value: F1 or another share; higher is better.
        signature: what it was measured with.
    """

    name: str
    value: float
    signature: str


def read_floors(path: Path) -> dict[str, dict[str, float | str]]:
    """Read pinned floors; a missing file holds none.

    Raises:
        InputError: the file is not JSON of the right form.
    """
    try:
        floors: dict[str, dict[str, float | str]] = json.loads(path.read_text(encoding="utf-8"))
        for floor in floors.values():
            float(floor["value"])
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError("not a file of floors", where=str(path), hint="pin it anew with --pin") from error
    return floors


def check(path: Path | None, figure: Measured, *, pin: bool = False, lower: bool = False) -> int:
    """Hold a figure against its floor and say so on stderr where it is lower.

    Args:
        path: the file of floors; None for no check.
        figure: what was measured.
        pin: make the figure the new floor, if it is not lower than the old one.
        lower: with ``pin``, also if it is.

    Returns:
        Exit code: 1 where the figure is below its floor, 0 otherwise.

    Raises:
        InputError: the file is not one of floors, or has none for this figure.
        SettingError: there is no file to pin to.
    """
    if path is None:
        if pin or lower:
            raise SettingError("no file of floors is named", where="--pin", hint="add --floor FILE")
        return 0
    floors = read_floors(path)
    floor, value = floors.get(figure.name), round(figure.value, DIGITS)
    sinks = floor is not None and value < float(floor["value"])
    if pin and (lower or not sinks):
        floors[figure.name] = {"value": value, "signature": figure.signature}
        path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
        return 0
    if floor is None:
        raise InputError(f"no floor for '{figure.name}'", where=str(path), hint="pin it with --pin")
    if sinks:
        print(f"{figure.name}: {value:.4f} is below its floor {float(floor['value']):.4f}", file=sys.stderr)
    return int(sinks)
