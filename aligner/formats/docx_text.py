"""The text of a Word document's tables and paragraphs, from nodes, and where each character stands.

Tracked insertions are text, tracked deletions are not; scripts are written as characters where plain ones
would mislead. A table in a cell is one by itself, and a content control is looked through.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from aligner.formats.inline import write_script
from aligner.formats.nodes import Node, Place, Text

_SKIPPED = frozenset({"del", "moveFrom", "delText", "instrText", "Fallback", "pPr", "rPr", "sectPr", "tbl"})
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
"""Elements around rows and cells that are no content of their own: content controls, tracked insertions."""

MAX_COLUMNS: Final = 63
"""Columns of a Word table, at most (Word's own limit)."""


@dataclass(slots=True)
class Line:
    """Text of a document.

    Attributes:
        text: as a person reads it.
        places: where each character stands in the file; empty where that is not known.
        holders: the run and the text element (or other) of each character; None: a line end of ours.
    """

    text: str = ""
    places: list[Place] = field(default_factory=list)
    holders: list[tuple[Node, Node] | None] = field(default_factory=list)

    def add(self, other: "Line", before: str = "") -> None:
        """Put another text behind this one, with characters of ours between them."""
        if before:
            at = self.places[-1][1] if self.places else 0
            self.places += [(at, at)] * len(before)
            self.holders += [None] * len(before)
        self.text += before + other.text
        self.places += other.places
        self.holders += other.holders

    def strip(self) -> "Line":
        """Return the text without white space around it."""
        start = len(self.text) - len(self.text.lstrip())
        end = max(start, len(self.text.rstrip()))
        return Line(self.text[start:end], self.places[start:end], self.holders[start:end])


def unwrapped(node: Node, name: str) -> Iterator[Node]:
    """Yield the rows of a table, the cells of a row, the paragraphs of a cell, through wrappers."""
    for child in node.elements():
        if child.name == name:
            yield child
        elif child.name in _WRAPPERS:
            yield from unwrapped(child, name)


def rows_of(table: Node) -> Iterator[tuple[int, Node]]:
    """Yield the rows of a table with their numbers from 1; one whose deletion is tracked is no text."""
    for number, row in enumerate(unwrapped(table, "tr"), 1):
        if not any(True for properties in row.elements("trPr") for _ in properties.elements("del")):
            yield number, row


def cells_of(row: Node) -> list[Node | None]:
    """Return the cells of a row by column; one that spans several stands in the first of them."""
    cells: list[Node | None] = [None] * _number(row, "trPr", "gridBefore", 0)
    for cell in unwrapped(row, "tc"):
        cells.append(cell)
        cells += [None] * (_number(cell, "tcPr", "gridSpan", 1) - 1)
    return cells[:MAX_COLUMNS]


def cell_line(cell: Node | None) -> Line:
    """Return the text of a cell, its paragraphs a line each, without that of tables in it."""
    line = Line()
    if cell is not None:
        for number, paragraph in enumerate(unwrapped(cell, "p")):
            line.add(line_of(paragraph), before="\n" if number else "")
    return line.strip()


def line_of(node: Node) -> Line:
    """Return the text of a paragraph, or of anything that holds some."""
    reader = _Reader()
    reader.read(node, node)
    characters = list(reader.line.text)
    for name, start, end in reader.scripts:
        write_script(characters, name, start, end)
    reader.line.text = "".join(characters)
    return reader.line


def _number(node: Node, properties: str, name: str, default: int) -> int:
    for group in node.elements(properties):
        for found in group.elements(name):
            value = found.attributes.get("val", "")
            return min(int(value), MAX_COLUMNS) if value.isascii() and value.isdigit() else default
    return default


class _Reader:
    def __init__(self) -> None:
        self.line = Line()
        self.parts: list[str] = []
        self.scripts: list[tuple[str, int, int]] = []

    def read(self, node: Node, run: Node) -> None:
        for child in node.elements():
            if child.name in _SKIPPED:
                continue
            if child.name == "t":
                for text in child.children:
                    if isinstance(text, Text):
                        self.add(text.text, list(text.places), (run, child))
            elif child.name == "sym":
                self.add(_symbol(child.attributes.get("char", "")), _place(child), (run, child))
            elif child.name in _CHARACTERS:
                self.add(_CHARACTERS[child.name], _place(child), (run, child))
            elif child.name == "r":
                self.run(child)
            else:
                if child.name == "p" and self.line.text:
                    self.line.add(Line(), before="\n")
                self.read(child, run)

    def add(self, text: str, places: list[Place], holder: tuple[Node, Node]) -> None:
        self.line.text += text
        self.line.places += places
        self.line.holders += [holder] * len(text)

    def run(self, run: Node) -> None:
        kinds = [
            found.attributes.get("val", "")
            for properties in run.elements("rPr")
            for found in properties.elements("vertAlign")
        ]
        start = len(self.line.text)
        self.read(run, run)
        if kinds and kinds[0] in {"superscript", "subscript"}:
            self.scripts.append((kinds[0][:3], start, len(self.line.text)))


def _place(node: Node) -> list[Place]:
    return [(node.opening[0], node.closing[1])] if node.closing[1] else []


def _symbol(code: str) -> str:
    """Return the character of a symbol; U+FFFD, which anyone sees, where its code is none."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
