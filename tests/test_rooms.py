"""The rooms of the house import downwards only."""

import ast
from pathlib import Path

import pytest

import aligner

ROOT = Path(aligner.__file__).parent
FLOORS = [
    {"errors", "types", "registry"},
    {"languages"},
    {"text"},
    {"quantities", "formats", "segmenters", "encoders", "store"},
    {"alignment", "terms", "checks"},
    {"glossary"},
    {"engine", "evaluation"},
    {"review"},
    {"cli"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
KNOW_TYPES_ALONE = {"formats", "store"}
FILES = sorted(path for path in ROOT.rglob("*.py") if path.parent != ROOT or path.stem in FLOOR)


def room_of(path: Path) -> str:
    """Return the room a file is in: the folder below the package, or the file's own name."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Return the rooms that a file imports from, wherever in the file the import stands."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("aligner."):
            names.add(node.module.split(".")[1])
        elif isinstance(node, ast.ImportFrom) and node.module == "aligner":
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {a.name.split(".")[1] for a in node.names if a.name.startswith("aligner.")}
    return names & set(FLOOR)


def test_every_room_has_its_floor():
    rooms = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - {"__init__", "__main__"} <= set(FLOOR)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_go_down(path):
    room = room_of(path)
    below = {other for other in imports_of(path) if other != room}
    assert all(FLOOR[other] < FLOOR[room] or FLOOR[room] == 0 for other in below), (room, below)
    if room in KNOW_TYPES_ALONE:
        assert below <= FLOORS[0] | {"languages", "text"}, (room, below)
