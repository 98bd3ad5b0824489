"""XLIFF, the exchange format of translation tools: 1.2, 2.x and Trados' SDLXLIFF are read, 2.1 is written.

Segments stand where a unit has them (``mrk`` of type seg in 1.2, ``segment`` in 2.x); inline codes leave no
text behind. The state of a segment (SDLXLIFF: its confirmation level) is kept.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.source import Source
from aligner.formats.xliff_writer import CATEGORY, OUR_STATES, write_pairs
from aligner.formats.xml import flat_text, iterate, local
from aligner.types import Pair

if TYPE_CHECKING:
    from lxml.etree import _Element

_CODES = frozenset({"ph", "it", "bpt", "ept", "x", "bx", "ex", "sc", "ec", "sm", "em"})
_SOURCES, _TARGETS = ("source-language", "srcLang"), ("target-language", "trgLang")
Segment = tuple[str, str, str]
"""Source, target, state."""


def recognise(source: Source) -> bool:
    """Tell by the root element, or by the extension."""
    return b"<xliff" in source.head[:4096].replace(b"\0", b"") or source.suffix in FORMAT.suffixes


def read_pairs(source: Source) -> Iterator[Pair | InputError]:
    """Yield one pair a segment, whichever of the two languages is the source."""
    number = 0
    with source.open() as stream:
        for unit in iterate(stream, ["trans-unit", "unit"], where=source.name):
            where = f"{source.name}, unit {unit.get('id') or unit.sourceline}"
            try:
                turned = _is_turned(unit, where)
                for segment in _segments_2(unit) if local(unit) == "unit" else _segments_1(unit):
                    if segment[0].strip() or segment[1].strip():
                        yield _pair(unit, segment, number, source.stem, turned=turned)
                        number += 1
            except InputError as error:
                yield InputError(error.what, where=where, hint=error.hint)
            except (ValueError, OverflowError):
                yield InputError("its metadata (bead, sentence numbers or score) are no numbers", where=where)


def _is_turned(unit: "_Element", where: str) -> bool:
    """Tell whether Chinese is the source.

    Raises:
        InputError: the languages are not English and Chinese.
    """
    found = []
    for names in (_SOURCES, _TARGETS):
        values = (node.get(name) for node in unit.iterancestors() for name in names)
        found.append(next((value[:2].lower() for value in values if value), ""))
    if found[0] == "zh" or (found[1] == "en" and not found[0]):
        found.reverse()
        turned = True
    else:
        turned = False
    if found[0] not in {"en", ""} or found[1] not in {"zh", ""}:
        what = f"its languages are {found[0] or 'unknown'} and {found[1] or 'unknown'}, not en and zh"
        raise InputError(what, where=where)
    return turned


def _segments_2(unit: "_Element") -> Iterator[Segment]:
    for segment in unit:
        if local(segment) != "segment":
            continue
        sides = {local(side): _text_2(side) for side in segment}
        state = segment.get("subState", "").removeprefix(f"{CATEGORY}:") or segment.get("state") or ""
        yield sides.get("source", ""), sides.get("target", ""), state


def _text_2(side: "_Element") -> str:
    """Return the text of a side; ``cp`` stands for a character XML cannot hold."""
    text = side.text or ""
    for child in side:
        name = local(child)
        if not name:
            raise InputError(f"uses the entity {child.text}, which is not read")
        if name == "cp":
            text += chr(int(child.get("hex", ""), 16))
        elif name not in _CODES:
            text += _text_2(child)
        text += child.tail or ""
    return text


def _segments_1(unit: "_Element") -> Iterator[Segment]:
    sides = {local(child): child for child in reversed(unit)}
    source, target, parts = (sides.get(name) for name in ("source", "target", "seg-source"))
    states = {node.get("id", ""): _level(node) for defs in unit if local(defs) == "seg-defs" for node in defs}
    state = "" if target is None else target.get("state", "")
    marks = [] if parts is None else _marks(parts)
    targets = {} if target is None else dict(_marks(target))
    if not marks or (target is not None and not targets and flat_text(target, skip=_CODES).strip()):
        whole = [source if source is not None else parts, target]
        texts = ["" if side is None else flat_text(side, skip=_CODES) for side in whole]
        yield texts[0], texts[1], next(filter(None, states.values()), state)
        return
    for name, text in marks:
        yield text, targets.pop(name, ""), states.get(name) or state
    for name, text in targets.items():
        yield "", text, states.get(name) or state


def _level(definition: "_Element") -> str:
    """Return a segment's confirmation level, and how well the memory it came from matched: ``Draft 85%``."""
    percent = definition.get("percent")
    return " ".join(filter(None, [definition.get("conf"), percent and f"{percent}%"]))


def _marks(side: "_Element") -> list[tuple[str, str]]:
    """Return (id, text) of the segments of a side, in order."""
    found = (mark for mark in side.iter("{*}mrk") if mark.get("mtype") == "seg")
    return [(mark.get("mid", ""), flat_text(mark, skip=_CODES)) for mark in found]


def _pair(unit: "_Element", segment: Segment, number: int, stem: str, *, turned: bool) -> Pair:
    source, target, state = segment
    en, zh = (target, source) if turned else (source, target)
    file = next((node for node in unit.iterancestors() if local(node) == "file"), None)
    ours = {
        meta.get("type", ""): meta.text or ""
        for group in unit.iter("{*}metaGroup")
        if group.get("category") == CATEGORY
        for meta in group
    }
    original = "" if file is None else file.get("original", "")
    return Pair(
        record=original if ours and original else stem,
        bead=int(ours.get("bead") or number),
        en=en,
        zh=zh,
        en_ids=tuple(map(int, ours.get("en_ids", "").split())),
        zh_ids=tuple(map(int, ours.get("zh_ids", "").split())),
        score=float(ours.get("score") or 1.0),
        state="" if ours and state in OUR_STATES else state,
    )


FORMAT = Format(
    name="xliff",
    suffixes=(".xlf", ".xliff", ".sdlxliff"),
    recognises=recognise,
    read_pairs=read_pairs,
    write_pairs=write_pairs,
)
