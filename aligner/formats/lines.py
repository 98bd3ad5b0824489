"""Texts in sentences: ``NAME.en`` and ``NAME.zh``, one a line, or gold ``NAME.json`` with two lists."""

import json
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.new_file import new_file
from aligner.formats.sentences import from_sentences
from aligner.formats.source import Source
from aligner.types import Pair, Record


def recognise(source: Source) -> bool:
    """Tell gold files by their extension, and pairs of plain files by their names.

    As records such pairs are read as `parallel` unless ``--lines`` asks for this format.
    """
    return source.suffix == ".json" or source.counterpart is not None


def read_records(source: Source) -> Iterator[Record]:
    """Yield the file's (or the two files') one record.

    A blank line stays as an empty sentence, and the two sides need not be equally long.

    Raises:
        InputError: a file is missing, damaged, or holds no sentence.
    """
    if source.suffix == ".json":
        yield _gold(source)
    elif source.counterpart is not None:
        yield from_sentences(source.stem, _lines(source), _lines(source.counterpart), where=source.name)
    else:
        raise InputError(
            "is not one of NAME.en, NAME.zh and NAME.json",
            where=source.name,
            hint="give one sentence a line in two files NAME.en and NAME.zh",
        )


def read_pairs(source: Source) -> Iterator[Pair | InputError]:
    """Yield line by line the pairs of two files that are aligned by line; a pair's bead is its line, from 0.

    U+2028 in a line is read as the line feed that `write_files` wrote it for.
    """
    if source.counterpart is None:
        raise InputError("is no pair of files", where=source.name, hint="give NAME.en and NAME.zh")
    for number, (en, zh) in enumerate(zip_longest(source.lines(), source.counterpart.lines())):
        bad = [line for line in (en, zh) if isinstance(line, InputError)]
        if en is None or zh is None:
            short = source.name if en is None else source.counterpart.name
            raise InputError(
                f"ends before line {number + 1} of its counterpart", where=short, hint="align them first"
            )
        if bad:
            yield from bad
        elif isinstance(en, tuple) and isinstance(zh, tuple) and (en[1].strip() or zh[1].strip()):
            yield Pair(source.stem, number, _with_breaks(en[1]), _with_breaks(zh[1]))


def write_files(pairs: Iterable[Pair], base: Path) -> list[InputError]:
    """Write ``base.en`` and ``base.zh``, one pair a line; a line feed inside a text is written as U+2028.

    Both files appear under their names only when they are whole. A text whose carriage return or U+2028
    cannot come back is left out and reported.
    """
    errors = []
    with (
        new_file(base.with_name(f"{base.name}.en")) as en,
        new_file(base.with_name(f"{base.name}.zh")) as zh,
    ):
        for pair in pairs:
            if problem := _problem(pair):
                where = f"record {pair.record}, pair {pair.bead + 1}"
                errors.append(InputError(f"left out: {problem}", where=where, hint="write TSV or JSONL"))
            else:
                en.write((pair.en.replace("\n", "\u2028") + "\n").encode())
                zh.write((pair.zh.replace("\n", "\u2028") + "\n").encode())
    return errors


def _problem(pair: Pair) -> str:
    """Say what a line of plain text cannot hold of a pair; nothing where all is well."""
    if "\u2028" in pair.en + pair.zh:
        return "it holds the character U+2028, which stands for a line feed in this format"
    if "\r" in pair.en + pair.zh:
        return "it holds a carriage return, which ends a line in this format"
    return ""


def _with_breaks(text: str) -> str:
    return text.replace("\u2028", "\n")


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
    return texts


def _lines(source: Source) -> list[str]:
    texts = []
    for line in source.lines():
        if isinstance(line, InputError):
            raise line
        texts.append(line[1])
    return texts


FORMAT = Format(
    name="lines",
    suffixes=(".json", ".en", ".zh"),
    recognises=recognise,
    read_records=read_records,
    read_pairs=read_pairs,
    write_files=write_files,
)
