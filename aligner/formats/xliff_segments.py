"""The segments of XLIFF 1.2 (Trados' SDLXLIFF, memoQ's MQXLIFF, Heartsome) and 2.x, from nodes.

Reading a file and writing into it go the same way, so what is read at a place is written to at that place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from aligner.errors import InputError
from aligner.formats.inline import Inline, read_inline, script_of
from aligner.formats.language_tags import language_of_tag
from aligner.formats.nodes import Node
from aligner.formats.xliff_writer import CATEGORY
from aligner.types import Language

UNITS: Final = frozenset({"trans-unit", "unit", "tag-defs"})
"""Elements that `segments` takes: units, and the header in which SDLXLIFF says what its codes are."""


@dataclass(slots=True)
class Segment:
    """One segment with both sides.

    Attributes:
        unit: the unit it is in.
        name: the unit's id, with the segment's after a slash where the unit has several.
        number: in the file, from 1, as translation tools count their rows.
        source: the element whose text it is; None where there is none.
        target: likewise.
        state: what the file says of it.
        languages: of source and target.
        scripts: which codes are superscript or subscript, by id.
    """

    unit: Node
    name: str
    number: int
    source: Node | None
    target: Node | None
    state: str
    languages: tuple[Language, Language]
    scripts: Mapping[str, str] = field(default_factory=dict)

    def side(self, language: Language) -> Inline:
        """Return the text of one language."""
        node = self.source if self.languages[0] == language else self.target
        return read_inline(node, self.scripts, written=not self.ours())

    def ours(self) -> dict[str, str]:
        """Return what our own writer noted of the pair; nothing in a file of another tool."""
        groups = (node for node in self.unit.descendants() if node.name == "metaGroup")
        return {
            meta.attributes.get("type", ""): meta.text()
            for group in groups
            if group.attributes.get("category") == CATEGORY
            for meta in group.elements()
        }


def segments(nodes: Iterator[Node], where: str) -> Iterator[Segment | InputError]:
    """Yield the segments of the units, in order; files in other languages are one error each pair of them.

    A unit that is not to be translated and has no target is passed over, but counted.
    """
    scripts: dict[str, str] = {}
    refused: set[tuple[str, str]] = set()
    file, number = "", 0
    for node in nodes:
        if node.name == "tag-defs":
            defined = {tag.attributes.get("id", ""): _of_tag(tag) for tag in node.elements()}
            scripts = {name: script for name, script in defined.items() if script}
            continue
        file = file or _file(node)
        languages = _languages(node)
        found = list(_segments_2(node) if node.name == "unit" else _segments_1(node))
        if languages is None:
            others = _tags(node)
            if others not in refused:
                refused.add(others)
                shown = " and ".join(language_of_tag(tag) or "unknown" for tag in others)
                what = f"its languages are {shown}, not en and zh"
                yield InputError(what, where=f"{where}, unit {node.attributes.get('id', '')}")
            number += len(found)
            continue
        known = {**scripts, **_original_data(node)}
        prefix = "" if _file(node) == file else f"{_file(node)}#"
        for part, source, target, state in found:
            number += 1
            name = f"{prefix}{node.attributes.get('id', '')}" + (f"/{part}" if part else "")
            yield Segment(node, name, number, source, target, state, languages, known)


def _of_tag(tag: Node) -> str:
    """Return the script that a tag of SDLXLIFF's header makes."""
    return script_of(" ".join(child.text() for child in tag.elements("bpt", "ph", "st")))


def _original_data(unit: Node) -> dict[str, str]:
    data = (child for group in unit.elements("originalData") for child in group.elements("data"))
    return {child.attributes.get("id", ""): found for child in data if (found := script_of(child.text()))}


def _file(unit: Node) -> str:
    attributes = next((a for name, a in reversed(unit.parents) if name == "file"), {})
    return attributes.get("original") or attributes.get("id") or ""


def _tags(unit: Node) -> tuple[str, str]:
    return unit.inherited("source-language", "srcLang"), unit.inherited("target-language", "trgLang")


def _languages(unit: Node) -> tuple[Language, Language] | None:
    """Return the languages of source and target; None where they are not English and Chinese."""
    source, target = map(language_of_tag, _tags(unit))
    if source in {"en", ""} and target in {"zh", ""}:
        return "en", "zh"
    return ("zh", "en") if source in {"zh", ""} and target in {"en", ""} else None


Found = tuple[str, Node | None, Node | None, str]
"""Id of the segment within its unit, source, target, state."""


def _segments_2(unit: Node) -> Iterator[Found]:
    all_segments = list(unit.elements("segment"))
    for place, segment in enumerate(all_segments, 1):
        sides = {side.name: side for side in segment.elements("source", "target")}
        state = segment.attributes.get("subState", "").removeprefix(f"{CATEGORY}:")
        state = state or segment.attributes.get("state", "")
        name = segment.attributes.get("id") or (str(place) if len(all_segments) > 1 else "")
        yield name, sides.get("source"), sides.get("target"), state


def _segments_1(unit: Node) -> Iterator[Found]:
    sides = {child.name: child for child in reversed(list(unit.elements()))}
    source, target, parts = (sides.get(name) for name in ("source", "target", "seg-source"))
    state = "" if target is None else target.attributes.get("state", "")
    state = state or unit.attributes.get("status", "")
    states = {s.attributes.get("id", ""): _level(s) for d in unit.elements("seg-defs") for s in d.elements()}
    marks = {} if parts is None else _marks(parts)
    targets = {} if target is None else _marks(target)
    if not marks or (target is not None and not targets and target.text().strip()):
        yield "", source if source is not None else parts, target, next(filter(None, states.values()), state)
        return
    for name in (*marks, *(name for name in targets if name not in marks)):
        yield name, marks.get(name), targets.get(name), states.get(name) or state


def _level(definition: Node) -> str:
    """Return a segment's confirmation level, and how well the memory it came from matched: ``Draft 85%``."""
    percent = definition.attributes.get("percent")
    return " ".join(filter(None, [definition.attributes.get("conf"), percent and f"{percent}%"]))


def _marks(side: Node) -> dict[str, Node]:
    """Return the segments of a side by id, in order."""
    found = (node for node in side.descendants() if node.name == "mrk")
    return {node.attributes.get("mid", ""): node for node in found if node.attributes.get("mtype") == "seg"}
