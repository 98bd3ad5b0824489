"""JSON files: a list of objects, or an object of terms and their translations."""

import json
from collections.abc import Iterator
from typing import Any

import regex

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.glossary_rows import glossary
from aligner.formats.rows import pairs, records
from aligner.formats.source import Source
from aligner.formats.tables import TableRow, columns_of
from aligner.text.surrogates import find_surrogate

_SENTENCES = regex.compile(rb'"(?:en|zh)"\s*:\s*\[')


def recognise(source: Source) -> bool:
    """Tell by the extension; gold files with two lists of sentences are of another format."""
    if source.suffix != ".json":
        return False
    head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    lines = regex.search(rb"\}\s*\n\s*\{", head)
    return head.startswith(b"[") or (head.startswith(b"{") and not lines and not _SENTENCES.search(head))


def read_table(source: Source) -> Iterator[TableRow | InputError]:
    """Yield the objects of a list, or one row a key and its text.

    Raises:
        InputError: it is not JSON, or holds neither.
    """
    try:
        value = json.loads(source.text())
    except (ValueError, RecursionError):
        hint = "check it, or name it .jsonl if it has an object a line"
        raise InputError("is not JSON", where=source.name, hint=hint) from None
    for number, cells in enumerate(_objects(value, source), 1):
        where = f"{source.name}, item {number}"
        if not isinstance(cells, dict):
            yield InputError(
                "is not an object", where=where, hint='each item must be one, like {"en": "..."}'
            )
        elif find_surrogate(json.dumps(cells, ensure_ascii=False)) is not None:
            yield InputError("holds half a character", where=where, hint="save it as UTF-8")
        else:
            try:
                yield TableRow(cells, where, number, columns_of(cells, source, where))
            except InputError as error:
                yield error


def _objects(value: Any, source: Source) -> Iterator[Any]:
    if isinstance(value, list):
        yield from value
    elif isinstance(value, dict) and value and all(isinstance(text, str) for text in value.values()):
        if {"en", "zh"} <= set(value):
            yield value
        else:
            yield from ({"source": key, "target": text} for key, text in value.items())
    else:
        hint = "write a list of objects with the keys en and zh"
        raise InputError(
            "is neither a list of objects nor terms with translations", where=source.name, hint=hint
        )


FORMAT = Format(
    name="json",
    suffixes=(".json",),
    recognises=recognise,
    read_records=records(read_table),
    read_pairs=pairs(read_table),
    read_glossary=glossary(read_table),
)
