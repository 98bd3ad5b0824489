"""Where a Word text can be parted: between its runs, or inside one that is split."""

from collections.abc import Sequence
from dataclasses import dataclass

from aligner.formats.docx_text import Line
from aligner.formats.nodes import Node, Place


@dataclass(frozen=True, slots=True)
class Boundary:
    """Before or after a character: outside its run (``outside``), or at ``place`` inside it."""

    run: Node
    element: Node
    place: int
    outside: int | None


def boundary_of(line: Line, at: int, *, end: bool) -> Boundary:
    """Return the boundary before a character, or with ``end`` behind it."""
    holder = line.holders[at]
    assert holder is not None
    run, element = holder
    place = line.places[at][1 if end else 0]
    content = [child for child in run.elements() if child.name != "rPr"]
    edge = content[-1] if end else content[0]
    inner = edge.closing[0] if end else edge.opening[1]
    if element is edge and (element.name != "t" or place == inner):
        return Boundary(run, element, place, run.closing[1] if end else run.opening[0])
    return Boundary(run, element, place, None)


def pieces_of(line: Line, start: int, end: int) -> list[tuple[Node, Node, int, int]]:
    """Return run, text element and place of characters (or of a place between two), one text element a piece.

    Empty where they are not all characters of text elements.
    """
    places: Sequence[tuple[tuple[Node, Node] | None, Place]] = list(
        zip(line.holders, line.places, strict=True)
    )
    if start == end:
        beside = [(places[at], at < start) for at in (start - 1, start) if 0 <= at < len(places)]
        edges = [(holder, place[1 if behind else 0]) for (holder, place), behind in beside]
        places = [(holder, (edge, edge)) for holder, edge in edges if holder is not None][:1]
    else:
        places = places[start:end]
    pieces: list[tuple[Node, Node, int, int]] = []
    for holder, (a, b) in places:
        if holder is None or holder[1].name != "t" or any(isinstance(c, Node) for c in holder[1].children):
            return []
        run, element = holder
        if pieces and pieces[-1][1] is element:
            pieces[-1] = (run, element, pieces[-1][2], b)
        else:
            pieces.append((run, element, a, b))
    return pieces
