"""What goes back into a file that a person gave: comments at words, term marks, corrected texts.

Changes are made in the characters of the file, at the places the reader found; all else stays as it is.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from aligner.formats.nodes import Node, Place
from aligner.types import Address, Language, Severity, Span

AUTHOR = "aligner"
"""Who writes comments and tracked changes."""

_MAX_COMPARED = 4_000
"""Characters of texts that are compared one by one; longer ones are by their beginnings and ends."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A comment, or a term mark, at words of a pair.

    Attributes:
        kind: ``comment``, or ``term``: the words translate an accepted term.
        text: what it says.
        severity: of a comment.
        language: the side the words are on.
        span: the words, in the pair's text; None: the whole of it.
    """

    kind: Literal["comment", "term"]
    text: str
    severity: Severity = "info"
    language: Language = "zh"
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PairEdit:
    """What is to be written at one pair.

    Attributes:
        source: where the pair stands in its file.
        en: its English text as it was read; the file must still hold it.
        zh: likewise.
        corrected: how the side that is the translation should read; None: as it does.
        annotations: comments and term marks.
    """

    source: Address
    en: str
    zh: str
    corrected: dict[Language, str] | None = None
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Characters to stand at a place of the file; ``rank`` orders those that begin at the same place."""

    start: int
    end: int
    text: str
    rank: tuple[int, int] = (0, 0)


def apply(characters: str, changes: Iterable[Change]) -> str:
    """Return the characters of a file with changes, none of which may overlap another.

    Raises:
        ValueError: two changes overlap.
    """
    parts, last = [], 0
    for change in sorted(changes, key=lambda c: (c.start, c.end > c.start, c.rank)):
        if change.start < last:
            raise ValueError(f"two changes overlap at {change.start}")
        parts += [characters[last : change.start], change.text]
        last = change.end
    return "".join([*parts, characters[last:]])


def replacements(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, new text) of what differs between two texts, in order."""
    if len(before) + len(after) > _MAX_COMPARED:
        start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), -1)
        start = min(len(before), len(after)) if start < 0 else start
        end = 0
        while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
            end += 1
        if before != after:
            yield start, len(before) - end, after[start : len(after) - end]
        return
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield a, b, after[c:d]


def runs(places: Sequence[Place], start: int, end: int) -> Iterator[Place]:
    """Yield the places of characters ``start`` to ``end``, those that touch each other as one."""
    first = last = None
    for a, b in places[start:end]:
        if first is None:
            first, last = a, b
        elif a == last:
            last = b
        else:
            yield first, last or 0
            first, last = a, b
    if first is not None:
        yield first, last or 0


class Sections:
    """Stretches of a file that are left alone, and whether a place is in one."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = sorted(places)
        self._starts = [start for start, _ in self._places]

    def hold(self, place: int) -> bool:
        """Tell whether a place is inside one."""
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._places[at][1]


def insert_into(node: Node, text: str, characters: str, *, first: bool = False) -> Change:
    """Return a change that puts text at the end (or the beginning) of an element."""
    if node.opening == node.closing:
        opened = characters[slice(*node.opening)].removesuffix("/>").rstrip()
        return Change(*node.opening, f"{opened}>{text}</{node.written}>")
    at = node.opening[1] if first else node.closing[0]
    return Change(at, at, text)
