"""TMX 1.4b, the exchange format of translation memories.

One unit a pair, languages en and zh-CN or zh-TW unless others are named; record, bead, sentence numbers,
score and bead type stand in props. A pair with an empty side has one variant only, so that no memory takes
it for a translation.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import BinaryIO

from aligner import __version__
from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.dates import made_at
from aligner.formats.direction import Direction
from aligner.formats.inline import Inline, read_inline
from aligner.formats.language_tags import language_of_tag
from aligner.formats.nodes import Node, from_element
from aligner.formats.source import Source
from aligner.formats.xml import escape, iterate, refused
from aligner.types import Address, Language, Pair

_log = logging.getLogger(__name__)

_OURS = {"en", "zh"}
CREATOR = "aligner"
LINE_BREAK = '<ph type="lb"/>'
"""A line feed in a segment, as TMX 1.4b has it (type ``lb``)."""

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="aligner" creationtoolversion="{version}" segtype="sentence" o-tmf="aligner" \
adminlang="en" srclang="{source}" datatype="plaintext"{date}/>
<body>
"""
_TAIL = "</body>\n</tmx>\n"


def recognise(source: Source) -> bool:
    """Tell by the extension, or by the root element."""
    return source.suffix == ".tmx" or b"<tmx" in source.head[:2048]


def read_pairs(source: Source) -> Iterator[Pair | InputError]:
    """Yield one pair a unit, or one for each English and each Chinese variant where there are several.

    Units of other languages are passed over and counted; a file that holds nothing else says so.
    """
    passed: Counter[str] = Counter()
    several = found = 0
    with source.open() as stream:
        for number, element in enumerate(iterate(stream, ["tu"], where=source.name), 1):
            where = f"{source.name}, unit {number}"
            try:
                unit = from_element(element)
                variants = _variants(unit)
                if set(variants) - _OURS and len(variants.keys() & _OURS) < 2:
                    passed[" and ".join(name or "unknown" for name in variants)] += 1
                    continue
                pairs = list(_pairs(unit, variants, number, source))
            except InputError as error:
                yield InputError(error.what, where=where, hint=error.hint)
            except (ValueError, OverflowError):
                yield InputError(
                    "a prop (bead, unit, sentence numbers or score) is not a number", where=where
                )
            else:
                several += len(pairs) > 1
                found += bool(pairs)
                yield from pairs
                if not pairs:
                    yield InputError("has neither an English nor a Chinese segment", where=where)
    others = ", ".join(f"{names} ({count:,})" for names, count in sorted(passed.items()))
    if passed and not found:
        yield InputError(f"holds no English-Chinese unit; languages and units: {others}", where=source.name)
    elif passed:
        _log.warning("%s: units passed over, of other languages: %s", source.name, others)
    if several:
        text = "%s: units with several variants of a language, each a pair of its own: %d"
        _log.warning(text, source.name, several)


def _variants(unit: Node) -> dict[str, list[Inline]]:
    """Return the texts of a unit by language, each once."""
    texts: dict[str, list[Inline]] = {}
    written = all(prop.attributes.get("type") != "x-record" for prop in unit.elements("prop"))
    for variant in unit.elements("tuv"):
        known = texts.setdefault(language_of_tag(variant.attributes.get("lang")), [])
        for inline in (read_inline(seg, written=written) for seg in variant.elements("seg")):
            if inline.text.strip() and all(inline.text != other.text for other in known):
                known.append(inline)
    return texts


def _pairs(unit: Node, variants: dict[str, list[Inline]], number: int, source: Source) -> Iterator[Pair]:
    props = {prop.attributes.get("type", ""): prop.text() for prop in unit.elements("prop")}
    name = unit.attributes.get("tuid", "")
    english, chinese = (variants.get(language) or [Inline()] for language in ("en", "zh"))
    if not english[0].text and not chinese[0].text:
        return
    for en, zh in [(english[0], one) for one in chinese] + [(one, chinese[0]) for one in english[1:]]:
        yield Pair(
            record=props.get("x-record") or name or f"{source.stem}-{number}",
            bead=int(props.get("x-bead") or 0),
            en=en.text,
            zh=zh.text,
            en_ids=tuple(map(int, props.get("x-en-ids", "").split())),
            zh_ids=tuple(map(int, props.get("x-zh-ids", "").split())),
            score=float(props.get("x-score") or 1.0),
            state=props.get("x-state", ""),
            unit=int(props["x-unit"]) if props.get("x-unit") else None,
            source=Address(source.name, name, number, en_codes=tuple(en.codes), zh_codes=tuple(zh.codes)),
        )


def write_pairs(pairs: Iterable[Pair], out: BinaryIO) -> list[InputError]:
    """Write one unit a pair; one with a character that XML refuses is left out and returned as an error."""
    return write_directed(pairs, out, Direction())


def write_directed(pairs: Iterable[Pair], out: BinaryIO, direction: Direction) -> list[InputError]:
    """Write units in a direction: the source's variant first, its tag in ``srclang``.

    Dates are those of `dates.made_at`. A line feed in a text is the code ``<ph type="lb"/>``.
    """
    errors = []
    head = ""
    for _, record in groupby(pairs, key=lambda pair: pair.record):
        members = list(record)
        tags = direction.tags(pair.zh for pair in members)
        for pair in members:
            if not head:
                head = tags[direction.source]
                out.write(_head(head, pair).encode())
            if bad := refused(pair.record + pair.state + pair.en + pair.zh):
                errors.append(
                    InputError(
                        f"left out: it holds the character {bad}, which TMX cannot hold",
                        where=f"record {pair.record}, pair {pair.bead + 1}",
                        hint="write TSV or JSONL, or mend the text",
                    )
                )
            else:
                out.write(_unit(pair, tags, direction, head).encode())
    if not head:
        out.write(_head(direction.tags(())[direction.source], None).encode())
    out.write(_TAIL.encode())
    return errors


def _head(source: str, pair: Pair | None) -> str:
    date = "" if pair is None else _dates(pair, ("creationdate",))
    return _HEAD.format(version=__version__, source=source, date=date)


def _dates(pair: Pair, names: tuple[str, ...]) -> str:
    date = made_at(pair)
    return "" if date is None else "".join(f' {name}="{date:%Y%m%dT%H%M%SZ}"' for name in names)


def _unit(pair: Pair, tags: Mapping[Language, str], direction: Direction, head: str) -> str:
    props = {
        "x-record": pair.record,
        "x-bead": pair.bead,
        "x-unit": "" if pair.unit is None else pair.unit,
        "x-bead-type": f"{len(pair.en_ids)}-{len(pair.zh_ids)}" if pair.en_ids or pair.zh_ids else "",
        "x-en-ids": " ".join(map(str, pair.en_ids)),
        "x-zh-ids": " ".join(map(str, pair.zh_ids)),
        "x-score": round(pair.score, 4),
        "x-state": pair.state,
    }
    lines = [
        f'<prop type="{name}">{escape(str(value))}</prop>' for name, value in props.items() if value != ""
    ]
    texts: dict[Language, str] = {"en": pair.en, "zh": pair.zh}
    for language in direction.languages:
        if text := texts[language]:
            lines.append(f'<tuv xml:lang="{tags[language]}"><seg>{_segment(text)}</seg></tuv>')
    attributes = f'{_dates(pair, ("creationdate", "changedate"))} creationid="{CREATOR}"'
    if tags[direction.source] != head:
        attributes += f' srclang="{tags[direction.source]}"'
    return f"<tu{attributes}>\n" + "\n".join(lines) + "\n</tu>\n"


def _segment(text: str) -> str:
    return LINE_BREAK.join(map(escape, text.split("\n")))


FORMAT = Format(
    name="tmx",
    suffixes=(".tmx",),
    recognises=recognise,
    read_pairs=read_pairs,
    write_pairs=write_pairs,
    write_directed=write_directed,
    write_units=write_pairs,
)
