"""How each kind of XLIFF holds comments and term marks.

========= ================================================================= ===========================
kind      at the words                                                      beside them
========= ================================================================= ===========================
XLIFF 1.2 ``<mrk mtype="x-aligner" comment="...">``, ``<mrk mtype="term">`` ``<note>`` of the unit
SDLXLIFF  ``<mrk mtype="x-sdl-comment">`` with a comment in ``doc-info``    -
MQXLIFF   -                                                                 ``<mq:comment>`` of the unit
XLIFF 2.x ``<mrk type="comment" ref="#n=...">`` and ``type="term"``         ``<note>`` of the unit
========= ================================================================= ===========================
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from aligner.formats.edits import AUTHOR, Annotation, Change, insert_into
from aligner.formats.nodes import Node, from_characters
from aligner.formats.xliff_segments import Segment
from aligner.formats.xml import escape

_SDL: Final = "http://sdl.com/FileTypes/SdlXliff/1.0"
_MEMOQ: Final = "MQXliff"
_PRIORITY = {"error": 1, "warning": 4, "info": 7}
_SDL_SEVERITY = {"error": "High", "warning": "Medium", "info": "Low"}
_ROOT = re.compile(r"<(?:[\w.-]+:)?xliff\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


@dataclass(slots=True)
class EditedUnit:
    """A unit that is written into: notes to add, and how many marks it has."""

    node: Node
    notes: list[Annotation] = field(default_factory=list)
    marks: int = 0


class Comments:
    """Writes comments and term marks in the way of one file.

    Attributes:
        sdl: the prefix of Trados' namespace; None in other files.
        is_memoq: whether the file is memoQ's, which has comments on units alone.
    """

    def __init__(self, characters: str, when: str) -> None:
        self._characters, self._when = characters, when
        root = _ROOT.search(characters)
        self.sdl = _prefix(root[0] if root else "", _SDL)
        self._memoq = _prefix(root[0] if root else "", _MEMOQ)
        self.is_memoq = self._memoq is not None and self.sdl is None
        self._definitions: list[tuple[str, Annotation]] = []

    def tags(
        self, segment: Segment, annotation: Annotation, unit: EditedUnit, *, balanced: bool
    ) -> tuple[str, str]:
        """Return the tags before and after words."""
        prefix = unit.node.written.rpartition(":")[0]
        mrk = f"{prefix}:mrk" if prefix else "mrk"
        text = escape(annotation.text)
        if self.sdl is not None:
            key = self._guid(segment, unit.marks, annotation)
            self._definitions.append((key, annotation))
            return f'<{mrk} mtype="x-sdl-comment" {self.sdl}:cid="{key}">', f"</{mrk}>"
        if segment.unit.name == "trans-unit":
            if annotation.kind == "term":
                return f'<{mrk} mtype="term">', f"</{mrk}>"
            return f'<{mrk} mtype="x-{AUTHOR}" comment="{text}">', f"</{mrk}>"
        name = f"{AUTHOR}-m{unit.marks}"
        kind = f'type="comment" ref="#n={_note_id(len(unit.notes))}"'
        if annotation.kind == "term":
            kind = f'type="term" value="{text}"'
        if balanced:
            return f'<{mrk} id="{name}" {kind}>', f"</{mrk}>"
        sm, em = (mrk.replace("mrk", tag) for tag in ("sm", "em"))
        return f'<{sm} id="{name}" {kind}/>', f'<{em} startRef="{name}"/>'

    @staticmethod
    def _guid(segment: Segment, number: int, annotation: Annotation) -> str:
        """Return an identifier that is the same for the same comment at the same place."""
        key = f"{segment.number}\n{number}\n{annotation.text}"
        return str(uuid.uuid5(uuid.NAMESPACE_OID, key))

    def notes(self, unit: EditedUnit) -> Iterator[Change]:
        """Yield the notes of a unit."""
        if not unit.notes:
            return
        if self.is_memoq:
            yield self._memoq_comments(unit)
        elif unit.node.name == "unit":
            yield self._notes_2(unit)
        else:
            prefix = unit.node.written.rpartition(":")[0]
            name = f"{prefix}:note" if prefix else "note"
            sides = list(unit.node.elements("source", "seg-source", "target"))
            at = max(side.closing[1] for side in sides)
            text = "".join(
                f'<{name} from="{AUTHOR}" annotates="target" priority="{_PRIORITY[note.severity]}">'
                f"{escape(note.text)}</{name}>"
                for note in unit.notes
            )
            yield Change(at, at, text, (3, 0))

    def _notes_2(self, unit: EditedUnit) -> Change:
        prefix = unit.node.written.rpartition(":")[0]
        note, notes = (f"{prefix}:{name}" if prefix else name for name in ("note", "notes"))
        text = "".join(
            f'<{note} id="{_note_id(number)}" category="{AUTHOR}" appliesTo="target"'
            f' priority="{_PRIORITY[one.severity]}">{escape(one.text)}</{note}>'
            for number, one in enumerate(unit.notes, 1)
        )
        for child in unit.node.elements("notes"):
            return insert_into(child, text, self._characters)
        first = next(unit.node.elements("originalData", "segment", "ignorable"))
        at = first.opening[0]
        return Change(at, at, f"<{notes}>{text}</{notes}>")

    def _memoq_comments(self, unit: EditedUnit) -> Change:
        name = f"{self._memoq}:comment"
        text = "".join(
            f'<{name} id="{uuid.uuid5(uuid.NAMESPACE_OID, f"{unit.node.opening[0]}-{number}-{note.text}")}"'
            f' creatoruser="{AUTHOR}" time="{self._when}" deleted="false" category="0" appliesto="Target">'
            f"{escape(note.text)}</{name}>"
            for number, note in enumerate(unit.notes, 1)
        )
        for child in unit.node.elements("comments"):
            return insert_into(child, text, self._characters)
        at = unit.node.closing[0]
        return Change(at, at, f"<{name}s>{text}</{name}s>")

    def definitions(self) -> Iterator[Change]:
        """Yield what SDLXLIFF's ``doc-info`` says of the comments."""
        if not self._definitions:
            return
        info = next(from_characters(self._characters, frozenset({"doc-info", "file"})), None)
        found = info if info is not None and info.name == "doc-info" else None
        prefix = "" if found is None else found.written.rpartition(":")[0]
        definition, group = (f"{prefix}:{n}" if prefix else n for n in ("cmt-def", "cmt-defs"))
        text = "".join(
            f'<{definition} id="{key}"><Comments xmlns=""><Comment severity="{_SDL_SEVERITY[note.severity]}"'
            f' user="{AUTHOR}" date="{self._when}" version="1.0">{escape(note.text)}</Comment></Comments>'
            f"</{definition}>"
            for key, note in self._definitions
        )
        whole = f"<{group}>{text}</{group}>"
        if found is None:
            at = info.opening[0] if info is not None else self._characters.find("<file")
            yield Change(at, at, f'<doc-info xmlns="{_SDL}">{whole}</doc-info>')
            return
        for child in found.elements("cmt-defs"):
            yield insert_into(child, text, self._characters)
            return
        yield insert_into(found, whole, self._characters, first=True)


def _note_id(number: int) -> str:
    return f"{AUTHOR}-n{number}"


def _prefix(root: str, namespace: str) -> str | None:
    """Return the prefix that the root element binds to a namespace."""
    match = re.search(rf"xmlns:([\w.-]+)\s*=\s*[\"']{re.escape(namespace)}[\"']", root)
    return match[1] if match else None
