"""Texts in sentences: ``NAME.en`` and ``NAME.zh``, one a line, or gold ``NAME.json`` with two lists."""

import json
from collections.abc import Iterator

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.sentences import from_sentences
from aligner.formats.source import Source
from aligner.types import Record


def recognise(source: Source) -> bool:
    """Tell gold files by their extension; pairs of plain files are read so only when asked (``--lines``)."""
    return source.suffix == ".json"


def read_records(source: Source) -> Iterator[Record]:
    """Yield the file's (or the two files') one record.

    A blank line stays as an empty sentence, and the two sides need not be equally long.

    Raises:
        InputError: a file is missing, damaged, or holds no sentence.
    """
    if source.suffix == ".json":
        yield _gold(source)
    elif source.twin is not None:
        yield from_sentences(source.stem, _lines(source), _lines(source.twin), where=source.name)
    else:
        raise InputError(
            "is not one of NAME.en, NAME.zh and NAME.json",
            where=source.name,
            hint="give one sentence a line in two files NAME.en and NAME.zh",
        )


def _gold(source: Source) -> Record:
    try:
        value = json.loads(source.text())
    except (ValueError, RecursionError):
        raise InputError("is not JSON", where=source.name) from None
    en, zh = _list(value, "en", source.name), _list(value, "zh", source.name)
    return from_sentences(source.stem, en, zh, where=source.name)


def _list(value: object, key: str, where: str) -> list[str]:
    texts = value.get(key) if isinstance(value, dict) else None
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        hint = 'it should be {"en": ["…"], "zh": ["…"]}'
        raise InputError(f'has no list of sentences "{key}"', where=where, hint=hint)
    if any("\ud800" <= c <= "\udfff" for text in texts for c in text):
        raise InputError("holds half a character", where=where, hint="save it as UTF-8")
    return texts


def _lines(source: Source) -> list[str]:
    texts = []
    for line in source.lines():
        if isinstance(line, InputError):
            raise line
        texts.append(line[1])
    return texts


FORMAT = Format(
    name="lines", suffixes=(".json", ".en", ".zh"), recognises=recognise, read_records=read_records
)
