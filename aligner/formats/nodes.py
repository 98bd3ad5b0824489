"""XML elements as plain nodes, from the parser or from the characters of a file.

A node read from the characters knows where it stands in them, so that a file can be changed at a place and
stays as it is everywhere else. Only text that `aligner.formats.xml` has parsed may be read this way: it is
well formed then and declares no entity.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from aligner.errors import InputError
from aligner.formats.xml import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_TOKEN = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|<!\[CDATA\[(?P<data>.*?)\]\]>"
    r"|</(?P<close>[^\s>]+)\s*>|<(?P<open>[^\s/>!?]+)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*?)"
    r"(?P<empty>/?)>|(?P<text>[^<]+)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CHARACTER = re.compile(r"&[^;]+;|\r\n?|.", re.DOTALL)

Place = tuple[int, int]
"""Start and end of something in the characters of a file."""
Head = tuple[str, dict[str, str]]
"""An element's local name and attributes."""


@dataclass(slots=True)
class Text:
    """Characters between two tags; ``places`` has where each stands, where that is known."""

    text: str
    places: Sequence[Place] = ()


@dataclass(slots=True)
class Node:
    """An element.

    Attributes:
        name: its name without prefix.
        attributes: by name without prefix.
        children: elements and texts, in order.
        parents: the elements it stands in, from the root on.
        opening: where its start tag stands; an empty element's is the whole element.
        closing: where its end tag stands.
        written: its name with its prefix.
    """

    name: str
    attributes: dict[str, str]
    children: list["Node | Text"] = field(default_factory=list)
    parents: tuple[Head, ...] = ()
    opening: Place = (0, 0)
    closing: Place = (0, 0)
    written: str = ""

    def elements(self, *names: str) -> Iterator["Node"]:
        """Yield the child elements with one of these names, or all."""
        for child in self.children:
            if isinstance(child, Node) and (not names or child.name in names):
                yield child

    def descendants(self) -> Iterator["Node"]:
        """Yield all elements below, in the order of the document."""
        for child in self.elements():
            yield child
            yield from child.descendants()

    def text(self) -> str:
        """Return all text in it."""
        return "".join(child.text if isinstance(child, Text) else child.text() for child in self.children)

    def inherited(self, *names: str) -> str:
        """Return the value of an attribute of the nearest element around it that has one of these."""
        for _, attributes in reversed(self.parents):
            for name in names:
                if value := attributes.get(name):
                    return value
        return ""


def from_element(element: "_Element") -> Node:
    """Return an element of the parser, and all below, as a node.

    Raises:
        InputError: there is an entity reference in it, whose text is not known.
    """
    parents = tuple((local(e), _attributes(e)) for e in reversed(list(element.iterancestors())))
    return _from_element(element, parents)


def _from_element(element: "_Element", parents: tuple[Head, ...]) -> Node:
    node = Node(local(element), _attributes(element), parents=parents)
    if element.text:
        node.children.append(Text(element.text))
    for child in element:
        if not isinstance(child.tag, str):
            where = f"line {child.sourceline}"
            raise InputError(f"uses the entity {child.text}, which is not read", where=where)
        node.children.append(_from_element(child, ()))
        if child.tail:
            node.children.append(Text(child.tail))
    return node


def _attributes(element: "_Element") -> dict[str, str]:
    return {str(name).rpartition("}")[2]: str(value) for name, value in element.attrib.items()}


def from_characters(characters: str, names: frozenset[str]) -> Iterator[Node]:
    """Yield each outermost element with one of these names from the characters of a document."""
    heads: list[Head] = []
    open_nodes: list[Node] = []
    for token in _TOKEN.finditer(characters):
        if name := token["open"]:
            attributes = _attributes_of(token["attributes"])
            plain = name.rpartition(":")[2]
            inside = bool(open_nodes)
            if inside or plain in names:
                node = Node(plain, attributes, parents=() if inside else tuple(heads), written=name)
                node.opening = node.closing = token.span()
                if inside:
                    open_nodes[-1].children.append(node)
                if not token["empty"]:
                    open_nodes.append(node)
                elif not inside:
                    yield node
            elif not token["empty"]:
                heads.append((plain, attributes))
        elif token["close"]:
            if not open_nodes:
                heads.pop()
            else:
                node = open_nodes.pop()
                node.closing = token.span()
                if not open_nodes:
                    yield node
        elif open_nodes and (token["text"] or token["data"]):
            group = "text" if token["text"] else "data"
            open_nodes[-1].children.append(_text(token[group], token.start(group), data=group == "data"))


def _text(characters: str, start: int, *, data: bool) -> Text:
    """Return text with the place of each character; line ends are read as XML has them."""
    pieces = [(m[0], start + m.start(), start + m.end()) for m in _CHARACTER.finditer(characters)]
    if data and "&" in characters:
        pieces = [(c, start + i, start + i + 1) for i, c in enumerate(characters) if c != "\r"]
    texts = [p if len(p) == 1 and p != "\r" else "\n" if p[0] == "\r" else unescape(p) for p, _, _ in pieces]
    return Text("".join(texts), [(a, b) for _, a, b in pieces])


def _attributes_of(written: str) -> dict[str, str]:
    return {
        name.rpartition(":")[2]: unescape(first or second)
        for name, first, second in _ATTRIBUTE.findall(written)
        if not name.startswith("xmlns")
    }
