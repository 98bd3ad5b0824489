"""TMX 1.4b, the exchange format of translation memories.

One unit a pair, languages en and zh-CN or zh-TW; record, bead, sentence numbers, score and bead type stand in
props. A pair with an empty side has one variant only, so that no memory takes it for a translation.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

from aligner import __version__
from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.source import Source
from aligner.formats.xml import LANG, escape, flat_text, iterate, local, refused
from aligner.text.han import chinese_tag
from aligner.types import Pair

if TYPE_CHECKING:
    from lxml.etree import _Element

_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Inline elements whose content is markup of the original, not text."""

_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="aligner" creationtoolversion="{__version__}" segtype="sentence" o-tmf="aligner" \
adminlang="en" srclang="en" datatype="plaintext"/>
<body>
"""
_TAIL = "</body>\n</tmx>\n"


def recognise(source: Source) -> bool:
    """Tell by the extension, or by the root element."""
    return source.suffix == ".tmx" or b"<tmx" in source.head[:2048]


def read_pairs(source: Source) -> Iterator[Pair | InputError]:
    """Yield one pair a unit (one for each Chinese variant, where there are several)."""
    with source.open() as stream:
        for number, unit in enumerate(iterate(stream, ["tu"], where=source.name), 1):
            where = f"{source.name}, unit {number}"
            try:
                yield from _pairs(unit, f"{source.stem}-{number}", where)
            except InputError as error:
                yield InputError(error.what, where=where, hint=error.hint)
            except (ValueError, OverflowError):
                yield InputError("a prop (bead, sentence numbers or score) is not a number", where=where)


def _pairs(unit: "_Element", name: str, where: str) -> Iterator[Pair]:
    props = {p.get("type", ""): p.text or "" for p in unit if local(p) == "prop"}
    texts: dict[str, list[str]] = {"en": [], "zh": []}
    for variant in unit:
        language = (variant.get(LANG) or variant.get("lang") or "").lower()[:2]
        if local(variant) == "tuv" and language in texts:
            texts[language] += [flat_text(seg, skip=_CODES) for seg in variant if local(seg) == "seg"]
    if not any(text.strip() for side in texts.values() for text in side):
        raise InputError("has neither an English nor a Chinese segment", where=where)
    for zh in texts["zh"] or [""]:
        yield Pair(
            record=props.get("x-record") or unit.get("tuid") or name,
            bead=int(props.get("x-bead") or 0),
            en=texts["en"][0] if texts["en"] else "",
            zh=zh,
            en_ids=tuple(map(int, props.get("x-en-ids", "").split())),
            zh_ids=tuple(map(int, props.get("x-zh-ids", "").split())),
            score=float(props.get("x-score") or 1.0),
            state=props.get("x-state", ""),
        )


def write_pairs(pairs: Iterable[Pair], out: BinaryIO) -> list[InputError]:
    """Write one unit a pair; one with a character that XML refuses is left out and returned as an error."""
    errors = []
    out.write(_HEAD.encode())
    for _, record in groupby(pairs, key=lambda pair: pair.record):
        members = list(record)
        tag = chinese_tag(pair.zh for pair in members)
        for pair in members:
            if bad := refused(pair.record + pair.state + pair.en + pair.zh):
                errors.append(
                    InputError(
                        f"left out: it holds the character {bad}, which TMX cannot hold",
                        where=f"record {pair.record}, bead {pair.bead}",
                        hint="write TSV or JSONL, or mend the text",
                    )
                )
            else:
                out.write(_unit(pair, tag).encode())
    out.write(_TAIL.encode())
    return errors


def _unit(pair: Pair, tag: str) -> str:
    props = {
        "x-record": pair.record,
        "x-bead": pair.bead,
        "x-bead-type": f"{len(pair.en_ids)}-{len(pair.zh_ids)}" if pair.en_ids or pair.zh_ids else "",
        "x-en-ids": " ".join(map(str, pair.en_ids)),
        "x-zh-ids": " ".join(map(str, pair.zh_ids)),
        "x-score": round(pair.score, 4),
        "x-state": pair.state,
    }
    lines = [
        f'<prop type="{name}">{escape(str(value))}</prop>' for name, value in props.items() if value != ""
    ]
    for language, text in (("en", pair.en), (tag, pair.zh)):
        if text:
            lines.append(f'<tuv xml:lang="{language}"><seg>{escape(text)}</seg></tuv>')
    return "<tu>\n" + "\n".join(lines) + "\n</tu>\n"


FORMAT = Format(
    name="tmx", suffixes=(".tmx",), recognises=recognise, read_pairs=read_pairs, write_pairs=write_pairs
)
