"""The text of a segment without its inline codes: what they were, and where each character stands.

Codes are elements (XLIFF ``g x bx ex bpt ept ph it pc sc ec``, TMX ``bpt ept ph it ut hi``) or, in memories
of tools that know none, plain text (``<t0>``, ``{1}``, ``<sup>``). A script (10<sup>6</sup>) becomes the
characters that write it; tracked deletions of Trados are no text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import regex

from aligner.formats.markup import LOWERED, RAISED, is_script
from aligner.formats.nodes import Node, Place, Text

_CONTENT_CODES: Final = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Elements that hold the original's markup, not text."""
_EMPTY_CODES: Final = frozenset({"x", "bx", "ex", "sc", "ec"})
_PAIRED_CODES: Final = frozenset({"g", "pc"})
_DELETED: Final = frozenset({"x-sdl-deleted", "x-sdl-feedback-deleted"})
_HTML = "a|b|big|br|em|font|i|img|p|s|small|span|strike|strong|sub|sup|u"
_WRITTEN_CODE = regex.compile(
    rf"</?(?:{_HTML}|[a-zA-Z]{{1,3}}\d{{1,4}})(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>"
    r"|\{\d{1,4}[>}\]]|[<\[]\d{1,4}\}",
    regex.IGNORECASE,
)
"""A tag written as text: HTML's inline tags, and ``<t0>`` ``{1}`` ``{1>`` ``[1}`` of translation tools."""

_MAX_SCRIPT_CHARS = 200
"""Characters between ``<sup>`` and ``</sup>`` written as text."""

_CLOSING = {name: regex.compile(f"</{name}>", regex.IGNORECASE) for name in ("sup", "sub")}
_SCRIPT = regex.compile(
    r"(?:superscript|subscript|\bsup\b|\bsub\b)(?!\s*=\s*[\"']?(?:off|false|0|none))", regex.IGNORECASE
)
Script = tuple[str, int, int]
"""``sup`` or ``sub``, and the characters it is about."""


@dataclass(slots=True)
class Inline:
    """A segment's text.

    Attributes:
        text: without codes.
        places: where each character stands in the file; empty where that is not known.
        codes: the codes as they are written, in order.
    """

    text: str = ""
    places: list[Place] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


def read_inline(
    node: Node | None, scripts: Mapping[str, str] | None = None, *, written: bool = True
) -> Inline:
    """Return the text in an element.

    Args:
        node: source, target or segment; None has no text.
        scripts: ``sup`` or ``sub`` by the id of the codes that a header or the unit's data says are such.
        written: take what looks like a tag in the text for a code.
    """
    if node is None:
        return Inline()
    reader = _Reader(scripts or {}, written=written)
    reader.read(node)
    return reader.finish()


class _Reader:
    def __init__(self, scripts: Mapping[str, str], *, written: bool) -> None:
        self.found = Inline()
        self.parts: list[str] = []
        self.length = 0
        self.known, self.written = scripts, written
        self.open: list[tuple[str, str, int]] = []
        self.scripts: list[Script] = []

    def read(self, node: Node) -> None:
        for child in node.children:
            if isinstance(child, Text):
                self.add(child.text, child.places)
            elif child.name == "cp":
                character = chr(int(child.attributes.get("hex", ""), 16))
                self.add(character, [child.opening] if child.opening[1] else ())
            elif child.name == "ph" and child.attributes.get("type") == "lb" and not child.children:
                self.add("\n", [child.opening] if child.opening[1] else ())
            elif child.name in _CONTENT_CODES:
                self.code(child, child.text())
            elif child.name in _EMPTY_CODES:
                self.code(child, "")
            elif child.name in _PAIRED_CODES:
                self.paired(child)
            elif not (child.name == "mrk" and child.attributes.get("mtype") in _DELETED):
                self.read(child)

    def add(self, text: str, places: Sequence[Place]) -> None:
        self.parts.append(text)
        self.length += len(text)
        self.found.places += places

    def code(self, node: Node, content: str) -> None:
        """Note a code without text of its own; see whether it opens or closes a script."""
        number = node.attributes.get("id") or node.attributes.get("x") or node.attributes.get("i") or ""
        self.found.codes.append(content.strip() or f"<{node.name} {number}>".replace(" >", ">"))
        script = script_of(" ".join((content, *_kinds(node)))) or self.known.get(
            node.attributes.get("dataRef") or number, ""
        )
        match = next((node.attributes[n] for n in ("startRef", "rid", "i") if n in node.attributes), number)
        if node.name in {"ept", "ex", "ec"} or content.lstrip().startswith("</") or _is_end(node):
            opened = [o for o in self.open if o[1] == match or (node.name in {"ph", "it"} and o[0] == script)]
            if opened:
                self.open.remove(opened[-1])
                self.scripts.append((opened[-1][0], opened[-1][2], self.length))
        elif script:
            self.open.append((script, match, self.length))

    def paired(self, node: Node) -> None:
        number = node.attributes.get("id", "")
        self.found.codes.append(f"<{node.name} {number}>".replace(" >", ">"))
        keys = (number, node.attributes.get("dataRefStart", ""))
        known = next((self.known[key] for key in keys if key in self.known), "")
        script = script_of(" ".join(_kinds(node))) or known
        start = self.length
        self.read(node)
        if script:
            self.scripts.append((script, start, self.length))

    def finish(self) -> Inline:
        """Write scripts as characters, and take out the codes that are written as text."""
        text = "".join(self.parts)
        found = self.found
        matches = list(_WRITTEN_CODE.finditer(text)) if self.written else []
        if not matches and not self.scripts:
            found.text = text
            return found
        kept = [True] * len(text)
        for match in matches:
            tag = match[0]
            found.codes.append(tag)
            kept[match.start() : match.end()] = [False] * len(tag)
            name = "" if tag.startswith("</") else tag.strip("<>").lower()
            limit = match.end() + _MAX_SCRIPT_CHARS
            if name in _CLOSING and (closing := _CLOSING[name].search(text, match.end(), limit)):
                self.scripts.append((name, match.end(), closing.start()))
        characters = list(text)
        for name, start, end in self.scripts:
            write_script(characters, name, start, end, kept)
        found.text = "".join(c for c, keep in zip(characters, kept, strict=True) if keep)
        if found.places and not all(kept):
            found.places = [p for p, keep in zip(found.places, kept, strict=True) if keep]
        return found


def write_script(
    characters: list[str], name: str, start: int, end: int, kept: Sequence[bool] | None = None
) -> None:
    """Write characters ``start`` to ``end`` raised or lowered, one for one, where plain ones would mislead.

    Args:
        characters: of the whole text; changed.
        name: ``sup`` or ``sub``.
        start: of the script.
        end: of the script.
        kept: which characters are text; None: all.
    """

    def is_text(i: int) -> bool:
        return kept is None or kept[i]

    inside = [i for i in range(start, end) if is_text(i)]
    while inside and characters[inside[0]].isspace():
        inside.pop(0)
    while inside and characters[inside[-1]].isspace():
        inside.pop()
    if not inside:
        return
    before = next((characters[i] for i in range(inside[0] - 1, -1, -1) if is_text(i)), "")
    after = next((characters[i] for i in range(inside[-1] + 1, len(characters)) if is_text(i)), "")
    if is_script("".join(characters[i] for i in inside), name, before=before, after=after):
        table = RAISED if name == "sup" else LOWERED
        for i in inside:
            characters[i] = characters[i].translate(table)


def script_of(markup: str) -> str:
    """Return ``sup`` or ``sub`` where markup of any kind says that it makes a script; nothing otherwise."""
    match = _SCRIPT.search(markup)
    return "" if match is None else "sup" if "sup" in match[0].lower() else "sub"


def _is_end(node: Node) -> bool:
    return node.attributes.get("pos") in {"close", "end"}


def _kinds(node: Node) -> list[str]:
    names = ("ctype", "type", "subType", "equiv-text", "equiv", "equivStart", "dispStart")
    return [node.attributes.get(name, "") for name in names]
