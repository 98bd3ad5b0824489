"""Findings, corrections and term marks back into XLIFF 1.2, SDLXLIFF, MQXLIFF and XLIFF 2.x.

Words that inline codes cut so that no element can hold them have ``sm`` and ``em`` in 2.x, the note alone in
1.2, and the comment on the whole segment in SDLXLIFF. Only characters of the translation change; codes stay.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import BinaryIO, Final

from aligner.errors import InputError
from aligner.formats.edits import Annotation, Change, PairEdit, Sections, apply, replacements, runs
from aligner.formats.inline import Inline, read_inline
from aligner.formats.nodes import Node, Place, from_characters, from_element
from aligner.formats.source import Source
from aligner.formats.xliff_comments import Comments, EditedUnit
from aligner.formats.xliff_segments import UNITS, Segment, segments
from aligner.formats.xml import escape, iterate, refused
from aligner.types import Language, Span

_MAX_CHARS = 256 << 20
_SDL: Final = "http://sdl.com/FileTypes/SdlXliff/1.0"
_MAX_MARKS = 1000
"""Marks of a unit whose order is kept where they begin or end at one place."""

_PRIORITY = {"error": 1, "warning": 4, "info": 7}
_SDL_SEVERITY = {"error": "High", "warning": "Medium", "info": "Low"}
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_TAG = re.compile(r"<(/?)([^\s>/!?]+)(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(/?)>")
_ROOT = re.compile(r"<(?:[\w.-]+:)?xliff\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def write_back(source: Source, edits: Sequence[PairEdit], out: BinaryIO, *, when: str) -> list[InputError]:
    """Write the file with edits at its segments; return what could not be written.

    Args:
        source: the file as it was read.
        edits: by the segment's number in the file (``Address.row``).
        out: where the changed file goes.
        when: the time that comments get, ISO 8601 in UTC.

    Raises:
        InputError: the file cannot be read, or would be harmed.
    """
    with source.open() as stream:
        data = stream.read()
    for _ in iterate(BytesIO(data), sorted(UNITS), where=source.name):
        pass  # well formed, and declares no entity
    encoding = _encoding(data, source.name)
    characters = data.decode(encoding)
    if len(characters) > _MAX_CHARS or characters.encode(encoding) != data:
        raise InputError("cannot be changed at a place without changing others", where=source.name)
    writer = _Writer(characters, source.name, when)
    for edit in edits:
        writer.plan.setdefault(edit.source.row or 0, []).append(edit)
    changed = apply(characters, writer.changes()).encode(encoding)
    _compare(data, changed, writer.corrected, source.name)
    out.write(changed)
    return writer.errors


def _encoding(data: bytes, where: str) -> str:
    """Return the encoding whose characters give the same bytes again, marks of byte order as a character."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return name
    declared = _DECLARED.match(data[:200])
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        data.decode(name)
    except (LookupError, ValueError):
        raise InputError(f"is no text of its encoding {name}", where=where) from None
    return name


class _Writer:
    def __init__(self, characters: str, where: str, when: str) -> None:
        self.characters, self.where = characters, where
        self.plan: dict[int, list[PairEdit]] = {}
        self.errors: list[InputError] = []
        self.corrected: dict[int, str] = {}
        self.comments = Comments(characters, when)
        self.left_alone = Sections(match.span() for match in _CDATA.finditer(characters))

    def changes(self) -> Iterator[Change]:
        """Yield all changes of the file."""
        units: dict[int, EditedUnit] = {}
        nodes = from_characters(self.characters, UNITS)
        for segment in segments(nodes, self.where):
            if isinstance(segment, InputError):
                continue
            for edit in self.plan.pop(segment.number, ()):
                unit = units.setdefault(segment.unit.opening[0], EditedUnit(segment.unit))
                yield from self.segment(segment, edit, unit)
        for unit in units.values():
            yield from self.comments.notes(unit)
        yield from self.comments.definitions()
        for edits in self.plan.values():
            self.errors += [self.error(edit, "is not in the file any more") for edit in edits]

    def error(self, edit: PairEdit, what: str) -> InputError:
        return InputError(what, where=f"{self.where}, segment {edit.source.row}, unit {edit.source.unit}")

    def segment(self, segment: Segment, edit: PairEdit, unit: EditedUnit) -> Iterator[Change]:
        """Yield the changes in one segment."""
        language = segment.languages[1]
        sides = {"en": segment.side("en").text, "zh": segment.side("zh").text}
        target = segment.side(language)
        texts: dict[Language, str] = {"en": edit.en, "zh": edit.zh}
        starts = {side: sides[side].find(text) for side, text in texts.items()}
        if min(starts.values()) < 0:
            self.errors.append(self.error(edit, "holds another text than the one that was checked"))
            return
        offset = starts[language]
        touched: list[Span] = []
        corrected = (edit.corrected or {}).get(language)
        if corrected is not None and corrected != texts[language]:
            yield from self.correction(segment, edit, target, offset, corrected, touched)
        marks: list[tuple[Annotation, Span | None]] = []
        for annotation in edit.annotations:
            if bad := refused(annotation.text):
                what = f"a comment holds the character {bad}, which XML cannot hold"
                self.errors.append(self.error(edit, what))
                continue
            span = annotation.span if annotation.language == language else None
            if span and span[0] < span[1]:
                span = span[0] + offset, span[1] + offset
                untouched = all(span[1] <= a or b <= span[0] for a, b in touched)
                marks.append((annotation, span if untouched else None))
            else:
                marks.append((annotation, None))
        yield from self.annotate(segment, marks, unit)

    def correction(
        self,
        segment: Segment,
        edit: PairEdit,
        target: Inline,
        offset: int,
        corrected: str,
        touched: list[Span],
    ) -> Iterator[Change]:
        """Yield the changes that make the target read as corrected, its codes where they stand."""
        before = target.text[offset : offset + len(edit.zh if segment.languages[1] == "zh" else edit.en)]
        changes: list[Change] = []
        for start, end, text in replacements(before, corrected):
            start, end = start + offset, end + offset
            touched.append((start, max(end, start + 1)))
            at = self.place_of(segment, target, start)
            if at is None or refused(text):
                self.errors.append(self.error(edit, "has no place for the correction, or XML cannot hold it"))
                return
            first = True
            for a, b in runs(target.places, start, end):
                changes.append(Change(a, b, escape(text) if first else ""))
                first = False
            if first:
                changes.append(Change(at.start, at.end, at.text.replace("\0", escape(text)), (2, 0)))
        if any(self.left_alone.hold(change.start) for change in changes):
            self.errors.append(self.error(edit, "its text is a CDATA section, and is not corrected"))
            return
        text = target.text
        self.corrected[segment.number] = text[:offset] + corrected + text[offset + len(before) :]
        yield from changes

    def place_of(self, segment: Segment, target: Inline, start: int) -> Change | None:
        """Return where new characters go before character ``start``; NUL in its text stands for them."""
        if target.places:
            at = target.places[start - 1][1] if start else target.places[0][0]
            return Change(at, at, "\0")
        node = segment.target
        if node is not None and node.opening == node.closing:
            opened = self.characters[slice(*node.opening)].removesuffix("/>").rstrip()
            return Change(*node.opening, f"{opened}>\0</{node.written}>")
        if node is not None:
            return Change(node.opening[1], node.opening[1], "\0")
        source = segment.source
        if source is None or source.name != "source":
            return None
        after = [child for child in segment.unit.elements("seg-source") if segment.unit.name == "trans-unit"]
        at = (after[0] if after else source).closing[1]
        name = source.written.replace("source", "target")
        return Change(at, at, f"<{name}>\0</{name}>")

    def annotate(
        self, segment: Segment, marks: Sequence[tuple[Annotation, Span | None]], unit: EditedUnit
    ) -> Iterator[Change]:
        """Yield the tags around words; what no tag can stand around is a note of the unit alone."""
        target = segment.side(segment.languages[1])
        accepted: list[Place] = []
        for annotation, span in sorted(marks, key=lambda m: (m[1] is None, m[1] and (m[1][0], -m[1][1]))):
            if self.comments.is_memoq:
                unit.notes.append(annotation)
                continue
            place = self.words(target, span, accepted)
            balanced = place is not None and _is_balanced(self.characters[slice(*place)])
            if self.comments.sdl is not None and not balanced:
                place, balanced = self.whole(segment), True
            elif annotation.kind == "comment" and self.comments.sdl is None:
                unit.notes.append(annotation)
            if place is None or not (balanced or segment.unit.name == "unit"):
                continue
            accepted.append(place)
            unit.marks += 1
            opening, closing = self.comments.tags(segment, annotation, unit, balanced=balanced)
            width = place[1] - place[0]
            yield Change(place[0], place[0], opening, (1, -width * _MAX_MARKS + unit.marks))
            yield Change(place[1], place[1], closing, (0, width * _MAX_MARKS - unit.marks))

    def words(self, target: Inline, span: Span | None, accepted: Sequence[Place]) -> Place | None:
        """Return the place of words, unless they cross others that have a mark, or stand in CDATA."""
        if span is None or span[1] > len(target.places):
            return None
        place = target.places[span[0]][0], target.places[span[1] - 1][1]
        for a, b in accepted:
            if (a < place[0] < b < place[1]) or (place[0] < a < place[1] < b):
                return None
        if self.left_alone.hold(place[0]) or self.left_alone.hold(place[1] - 1):
            return None
        return place

    def whole(self, segment: Segment) -> Place:
        """Return the place of all that is in the target, or in the source where the target is empty."""
        for node in (segment.target, segment.source):
            if node is not None and node.opening[1] < node.closing[0]:
                return node.opening[1], node.closing[0]
        raise InputError("holds an empty segment", where=self.where)


def _is_balanced(characters: str) -> bool:
    """Tell whether an element may stand around characters: each tag in them has its other one there."""
    opened: list[str] = []
    for match in _TAG.finditer(characters):
        if match[3]:
            continue
        if not match[1]:
            opened.append(match[2])
        elif not opened or opened.pop() != match[2]:
            return False
    return not opened


def _compare(before: bytes, after: bytes, corrected: Mapping[int, str], where: str) -> None:
    """Refuse a file in which anything reads otherwise than intended.

    Raises:
        InputError: it does.
    """
    try:
        first, second = (list(_readable(data, where)) for data in (before, after))
    except InputError:
        first, second = [], [(0, "", "", "", ())]
    for one, two in zip(first, second, strict=False):
        number, name, source, target, codes = one
        if two != (number, name, source, corrected.get(number, target), codes):
            second = []
            break
    if len(first) != len(second):
        raise InputError("would not read the same, and is left as it is", where=where)


def _readable(data: bytes, where: str) -> Iterator[tuple[int, str, str, str, tuple[str, ...]]]:
    """Yield number, name, texts and codes of all segments."""
    nodes = map(from_element, iterate(BytesIO(data), sorted(UNITS), where=where))
    for segment in segments(nodes, where):
        if not isinstance(segment, InputError):
            read: Callable[[Node | None], Inline] = lambda node, s=segment: read_inline(node, s.scripts)  # type: ignore[misc] # noqa: E731
            source, target = read(segment.source), read(segment.target)
            yield segment.number, segment.name, source.text, target.text, (*source.codes, "|", *target.codes)
