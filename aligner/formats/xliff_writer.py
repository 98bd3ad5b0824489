"""Write XLIFF 2.1: one file a record, one unit a pair; score and bead type stand in the metadata module."""

import shutil
from collections.abc import Iterable
from itertools import groupby
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

import regex

from aligner.errors import InputError
from aligner.formats.direction import Direction
from aligner.formats.xml import REFUSED, escape, refused
from aligner.types import Pair

CATEGORY = "aligner"
OUR_STATES = ("initial", "translated")
"""States of a pair that came without one: a side is empty, or none is."""

_IN_MEMORY = 8 << 20
_NAMESPACES = (
    'xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"'
)


def write_pairs(pairs: Iterable[Pair], out: BinaryIO) -> list[InputError]:
    """Write one unit a pair, from English into Chinese; see `write_directed`."""
    return write_directed(pairs, out, Direction())


def write_directed(pairs: Iterable[Pair], out: BinaryIO, direction: Direction) -> list[InputError]:
    """Write one unit a pair; a control character is written as XLIFF has it (``cp``).

    The tag of Chinese in the whole document is zh-CN or zh-TW, or zh where records differ; it stands before
    the first record, so units wait in a temporary file. A record whose name holds a character that XML
    refuses is left out and returned as errors.
    """
    errors = []
    tags = set()
    with SpooledTemporaryFile(_IN_MEMORY) as body:
        for number, (record, group) in enumerate(groupby(pairs, key=lambda pair: pair.record), 1):
            members = list(group)
            if bad := refused(record + "".join(pair.state for pair in members)):
                errors += [_left_out(pair, bad) for pair in members]
                continue
            tags.add(tuple(direction.tags(pair.zh for pair in members)[side] for side in direction.languages))
            body.write(
                f'<file id="f{number}" original="{_attribute(record)}" xml:space="preserve">\n'.encode()
            )
            body.writelines(_unit(place, pair, direction).encode() for place, pair in enumerate(members, 1))
            body.write(b"</file>\n")
        source, target = tags.pop() if len(tags) == 1 else direction.languages
        head = f'<xliff {_NAMESPACES} version="2.1" srcLang="{source}" trgLang="{target}">'
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n'.encode())
        body.seek(0)
        shutil.copyfileobj(body, out)
    out.write(b"</xliff>\n")
    return errors


def _left_out(pair: Pair, bad: str) -> InputError:
    what = f"left out: the record's name or state holds the character {bad}, which XML cannot hold"
    return InputError(what, where=f"record {pair.record}, pair {pair.bead + 1}", hint="write TSV or JSONL")


def _unit(number: int, pair: Pair, direction: Direction) -> str:
    meta = {
        "bead": pair.bead,
        "unit": "" if pair.unit is None else pair.unit,
        "bead_type": f"{len(pair.en_ids)}-{len(pair.zh_ids)}" if pair.en_ids or pair.zh_ids else "",
        "en_ids": " ".join(map(str, pair.en_ids)),
        "zh_ids": " ".join(map(str, pair.zh_ids)),
        "score": round(pair.score, 4),
    }
    entries = "".join(
        f'<mda:meta type="{name}">{value}</mda:meta>' for name, value in meta.items() if value != ""
    )
    state = OUR_STATES[bool(pair.en and pair.zh)]
    if pair.state:
        state += f'" subState="{CATEGORY}:{_attribute(pair.state)}'
    first, second = (pair.en, pair.zh) if direction.source == "en" else (pair.zh, pair.en)
    target = f"<target>{_content(second)}</target>" if second else ""
    return (
        f'<unit id="u{number}">\n<mda:metadata><mda:metaGroup category="{CATEGORY}">{entries}</mda:metaGroup>'
        f'</mda:metadata>\n<segment state="{state}"><source>{_content(first)}</source>{target}</segment>\n'
        "</unit>\n"
    )


def _content(text: str) -> str:
    parts = regex.split(f"({REFUSED.pattern})", text)
    return "".join(
        f'<cp hex="{ord(part):04X}"/>' if REFUSED.fullmatch(part) else escape(part) for part in parts
    )


def _attribute(text: str) -> str:
    return escape(text).replace("\n", "&#10;").replace("\t", "&#9;")
