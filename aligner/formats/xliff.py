"""XLIFF, the exchange format of translation tools: 1.2, 2.x, SDLXLIFF and MQXLIFF are read, 2.1 is written.

Segments stand where a unit has them (``mrk`` of type seg in 1.2, ``segment`` in 2.x); inline codes leave no
text behind. The state of a segment (SDLXLIFF: its confirmation level) is kept.
"""

import logging
from collections.abc import Iterator

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.nodes import from_element
from aligner.formats.source import Source
from aligner.formats.xliff_segments import UNITS, Segment, segments
from aligner.formats.xliff_write_back import write_back
from aligner.formats.xliff_writer import OUR_STATES, write_directed, write_pairs
from aligner.formats.xml import iterate
from aligner.types import Address, Pair

_log = logging.getLogger(__name__)


def recognise(source: Source) -> bool:
    """Tell by the root element, or by the extension."""
    return b"<xliff" in source.head[:4096].replace(b"\0", b"") or source.suffix in FORMAT.suffixes


def read_pairs(source: Source) -> Iterator[Pair | InputError]:
    """Yield one pair a segment, whichever of the two languages is the source."""
    number, locked = 0, 0
    with source.open() as stream:
        nodes = map(from_element, iterate(stream, sorted(UNITS), where=source.name))
        for segment in segments(nodes, source.name):
            if isinstance(segment, InputError):
                yield segment
                continue
            where = f"{source.name}, unit {segment.name or segment.number}"
            try:
                pair = _pair(segment, number, source)
            except InputError as error:
                yield InputError(error.what, where=where, hint=error.hint)
                continue
            except (ValueError, OverflowError):
                yield InputError(
                    "its metadata (bead, unit, sentence numbers or score) are no numbers", where=where
                )
                continue
            if segment.unit.attributes.get("translate") == "no" and not (pair.en.strip() and pair.zh.strip()):
                locked += 1
            elif pair.en.strip() or pair.zh.strip():
                yield pair
                number += 1
    if locked:
        _log.warning("%s: segments passed over that are not to be translated: %d", source.name, locked)


def _pair(segment: Segment, number: int, source: Source) -> Pair:
    en, zh, ours = segment.side("en"), segment.side("zh"), segment.ours()
    original = segment.unit.inherited("original")
    return Pair(
        record=original if ours and original else source.stem,
        bead=int(ours.get("bead") or number),
        en=en.text,
        zh=zh.text,
        en_ids=tuple(map(int, ours.get("en_ids", "").split())),
        zh_ids=tuple(map(int, ours.get("zh_ids", "").split())),
        score=float(ours.get("score") or 1.0),
        unit=int(ours["unit"]) if ours.get("unit") else None,
        state="" if ours and segment.state in OUR_STATES else segment.state,
        source=Address(
            source.name, segment.name, segment.number, en_codes=tuple(en.codes), zh_codes=tuple(zh.codes)
        ),
    )


FORMAT = Format(
    name="xliff",
    suffixes=(".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".hsxliff"),
    recognises=recognise,
    read_pairs=read_pairs,
    write_pairs=write_pairs,
    write_directed=write_directed,
    write_units=write_pairs,
    write_back=write_back,
)
