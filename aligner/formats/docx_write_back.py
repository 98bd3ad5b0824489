"""Findings, corrections and term marks back into Word documents.

Findings and terms become comments at their words, corrections tracked changes, which Word can accept or
refuse one by one. Runs are split where that is needed, with their properties; every other part of the package
is copied as it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from aligner.errors import InputError
from aligner.formats.docx_package import (
    COMMENTS,
    RELATIONS,
    TYPES,
    comment_parts,
    pack,
    prefix_of,
    read_part,
)
from aligner.formats.docx_runs import Boundary, boundary_of, pieces_of
from aligner.formats.docx_tables import DOCUMENT, MAX_BYTES, Row, bilingual_rows
from aligner.formats.docx_text import Line
from aligner.formats.edits import AUTHOR, Annotation, Change, PairEdit, apply, replacements
from aligner.formats.nodes import Node, Place, from_characters, from_element
from aligner.formats.package import open_package
from aligner.formats.source import Source
from aligner.formats.xml import escape, iterate, refused
from aligner.types import Language, Span

Key = tuple[str, int]
"""Table and row."""


@dataclass(slots=True)
class _Edits:
    """Changes of one file, and the comments they refer to."""

    changes: list[Change] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    preserved: set[int] = field(default_factory=set)
    corrected: dict[Key, tuple[Language, str]] = field(default_factory=dict)
    errors: list[InputError] = field(default_factory=list)


def write_back(source: Source, edits: Sequence[PairEdit], out: BinaryIO, *, when: str) -> list[InputError]:
    """Write the document with edits at its rows; return what could not be written.

    Args:
        source: the document as it was read.
        edits: by table and row (``Address.sheet`` and ``Address.row``).
        out: where the changed document goes.
        when: the time that comments and changes get, ISO 8601 in UTC.

    Raises:
        InputError: the document cannot be read, or would be harmed.
    """
    with open_package(source) as package:
        names = package.namelist()
        parts = {
            name: read_part(package, name, source.name)
            for name in (DOCUMENT, COMMENTS, RELATIONS, TYPES)
            if name in names
        }
        writer = _Writer(parts, source.name, when)
        new = writer.write(edits)
        _compare(parts[DOCUMENT], new.get(DOCUMENT, parts[DOCUMENT]), writer.edits.corrected, source.name)
        pack(package, new, out, source.name)
    return writer.edits.errors


class _Writer:
    def __init__(self, parts: Mapping[str, str], where: str, when: str) -> None:
        self.parts, self.where, self.when = parts, where, when
        self.edits = _Edits()
        self.document = parts[DOCUMENT]
        self.prefix = prefix_of(self.document)
        known = re.findall(r"<(?:[\w.-]+:)?comment\s[^>]*?\bid=[\"'](\d{1,9})[\"']", parts.get(COMMENTS, ""))
        known = known or re.findall(r":comment\s[^>]*?:id=[\"'](\d{1,9})[\"']", parts.get(COMMENTS, ""))
        marks = re.findall(r":id=[\"'](\d{1,9})[\"']", self.document)
        self.next = max(map(int, [*known, *marks]), default=-1) + 1

    def write(self, edits: Iterable[PairEdit]) -> dict[str, str]:
        """Return the parts that change."""
        (body,) = from_characters(self.document, frozenset({"body"}))
        rows = {(f"table {row.table}", row.number): row for row in bilingual_rows(body)[0]}
        for edit in edits:
            row = rows.get((edit.source.sheet, edit.source.row or 0))
            if row is None:
                self.error(edit, "is not in the file any more")
            else:
                self.row(row, edit)
        if not self.edits.changes:
            return {}
        new = {DOCUMENT: apply(self.document, [*self.edits.changes, *self.preserving(body)])}
        if self.edits.comments:
            new |= comment_parts(self.parts, self.edits.comments, self.when)
        return new

    def error(self, edit: PairEdit, what: str) -> None:
        where = f"{self.where}, {edit.source.sheet}, row {edit.source.row}"
        self.edits.errors.append(InputError(what, where=where))

    def row(self, row: Row, edit: PairEdit) -> None:
        """Plan the changes in one row."""
        lines: dict[Language, Line] = {"en": row.en, "zh": row.zh}
        texts: dict[Language, str] = {"en": edit.en, "zh": edit.zh}
        offsets = {side: lines[side].text.find(text) for side, text in texts.items()}
        if min(offsets.values()) < 0:
            self.error(edit, "holds another text than the one that was checked")
            return
        touched: dict[Language, list[Span]] = {"en": [], "zh": []}
        for language, after in (edit.corrected or {}).items():
            if after != texts[language]:
                self.correct(edit, language, lines[language], offsets[language], after, touched[language])
        for annotation in edit.annotations:
            if bad := refused(annotation.text):
                self.error(edit, f"a comment holds the character {bad}, which XML cannot hold")
                continue
            self.comment(edit, annotation, lines, offsets[annotation.language], touched[annotation.language])

    def correct(
        self, edit: PairEdit, language: Language, line: Line, offset: int, after: str, touched: list[Span]
    ) -> None:
        """Plan tracked changes that make a text read as corrected."""
        before = edit.en if language == "en" else edit.zh
        changes: list[Change] = []
        for start, end, text in replacements(before, after):
            start, end = start + offset, end + offset
            pieces = pieces_of(line, start, end)
            if not pieces or refused(text) or "\n" in text:
                self.error(edit, "a correction crosses a line break, or has no place; it is not made")
                return
            touched.append((start, max(end, start + 1)))
            for run, element, a, b in pieces:
                changes.append(self.tracked(run, element, (a, b), text))
                text = ""
        self.edits.changes += changes
        key = (edit.source.sheet, edit.source.row or 0)
        self.edits.corrected[key] = (
            language,
            line.text[:offset] + after + line.text[offset + len(before) :],
        )

    def tracked(self, run: Node, element: Node, place: Place, text: str) -> Change:
        """Return a change that marks characters of one text element as deleted, and text as inserted."""
        p, (opening, properties) = self.prefix, self.run_head(run)
        who = f'{p}author="{AUTHOR}" {p}date="{self.when}"'
        made = f'<{p}r>{properties}<{p}%s xml:space="preserve">%s</{p}%s></{p}r>'
        parts = ""
        for kind, name, content in (
            ("del", "delText", self.document[slice(*place)]),
            ("ins", "t", escape(text)),
        ):
            if content:
                parts += (
                    f'<{p}{kind} {p}id="{self.number()}" {who}>{made % (name, content, name)}</{p}{kind}>'
                )
        close = f"</{element.written}></{run.written}>"
        reopen = f'{opening}{properties}<{element.written} xml:space="preserve">'
        self.edits.preserved.add(element.opening[0])
        return Change(*place, f"{close}{parts}{reopen}", (2, 0))

    def comment(
        self,
        edit: PairEdit,
        annotation: Annotation,
        lines: Mapping[Language, Line],
        offset: int,
        touched: Sequence[Span],
    ) -> None:
        """Plan a comment at words, or at the whole cell where the words have changed or there are none."""
        line = lines[annotation.language]
        span = annotation.span
        if span and span[0] < span[1]:
            span = span[0] + offset, span[1] + offset
        if not span or any(span[0] < b and a < span[1] for a, b in touched):
            span = None
        if span is None:
            line = line if line.text else lines["en" if annotation.language == "zh" else "zh"]
            span = 0, len(line.text)
        place = self.range_of(line, span)
        if place is None:
            self.error(edit, "has no words that a comment can stand at")
            return
        number = self.number()
        p = self.prefix
        start = f'<{p}commentRangeStart {p}id="{number}"/>'
        end = f'<{p}commentRangeEnd {p}id="{number}"/><{p}r><{p}commentReference {p}id="{number}"/></{p}r>'
        self.edits.changes += [self.split(place[0], start, end=False), self.split(place[1], end, end=True)]
        self.edits.comments.append((number, annotation.text))

    def range_of(self, line: Line, span: Span) -> tuple[Boundary, Boundary] | None:
        """Return the boundaries of words: where a run begins or ends, or has to be split."""
        inside = [i for i in range(*span) if line.holders[i] is not None]
        if not inside:
            return None
        return boundary_of(line, inside[0], end=False), boundary_of(line, inside[-1], end=True)

    def split(self, boundary: "Boundary", text: str, *, end: bool) -> Change:
        """Return a change that puts text between two runs, one run being split where it must."""
        rank = (0 if end else 1, self.next if not end else -self.next)
        if boundary.outside is not None:
            return Change(boundary.outside, boundary.outside, text, rank)
        run, element = boundary.run, boundary.element
        opening, properties = self.run_head(run)
        if element.name == "t" and element.opening[1] <= boundary.place <= element.closing[0]:
            self.edits.preserved.add(element.opening[0])
            around = (
                f"</{element.written}></{run.written}>",
                f'{opening}{properties}<{element.written} xml:space="preserve">',
            )
        else:
            around = f"</{run.written}>", f"{opening}{properties}"
        return Change(boundary.place, boundary.place, f"{around[0]}{text}{around[1]}", rank)

    def run_head(self, run: Node) -> tuple[str, str]:
        """Return the start tag of a run, and its properties, as they are written."""
        properties = next(run.elements("rPr"), None)
        written = "" if properties is None else self.document[properties.opening[0] : properties.closing[1]]
        return self.document[slice(*run.opening)], written

    def number(self) -> int:
        self.next += 1
        return self.next - 1

    def preserving(self, body: Node) -> Iterator[Change]:
        """Yield what keeps the white space at the ends of texts that are split."""
        for node in body.descendants():
            if (
                node.name == "t"
                and node.opening[0] in self.edits.preserved
                and "space" not in node.attributes
            ):
                at = node.opening[1] - 1
                yield Change(at, at, ' xml:space="preserve"')


def _compare(before: str, after: str, corrected: Mapping[Key, tuple[Language, str]], where: str) -> None:
    """Refuse a document in which any row reads otherwise than intended.

    Raises:
        InputError: it does.
    """
    expected, found = _texts(before, where), _texts(after, where)
    for key, (language, text) in corrected.items():
        expected[key] = (
            (text.strip(), expected[key][1]) if language == "en" else (expected[key][0], text.strip())
        )
    if expected != found:
        raise InputError("would not read the same, and is left as it is", where=where)


def _texts(document: str, where: str) -> dict[Key, tuple[str, str]]:
    """Return the texts of all rows as the parser reads them."""
    stream = BytesIO(document.encode())
    body = next(
        map(from_element, iterate(stream, ["body"], where=where, max_bytes=MAX_BYTES << 1, doctype=False))
    )
    return {(f"table {row.table}", row.number): (row.en.text, row.zh.text) for row in bilingual_rows(body)[0]}
