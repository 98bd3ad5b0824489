"""Two text files, one a language: ``NAME.en`` and ``NAME.zh``, or ``NAME_en.txt`` and ``NAME_zh.txt``."""

from collections.abc import Iterator

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.line_kinds import classify, language_of
from aligner.formats.source import Source
from aligner.formats.unwrap import paragraphs
from aligner.types import Record


def recognise(source: Source) -> bool:
    """Tell by the names of the two files."""
    return source.counterpart is not None


def read_records(source: Source) -> Iterator[Record]:
    """Yield the one record of the two files.

    Raises:
        InputError: a file is no text, empty, or not in the language its name says.
    """
    if source.counterpart is None:
        raise InputError("has no counterpart", where=source.name, hint="give two files NAME.en and NAME.zh")
    (en, en_labels), (zh, zh_labels) = _text(source, "en"), _text(source.counterpart, "zh")
    labels = en_labels + zh_labels
    yield Record(source.stem, en, zh, metadata={"labels": "\n".join(labels)} if labels else {})


def _text(source: Source, language: str) -> tuple[str, list[str]]:
    """Return a file's paragraphs, and the labels (Abstract, 摘要) that stood before them."""
    text = source.text()
    if not text.strip():
        raise InputError("the file is empty", where=source.name)
    if language_of(text) != language:
        name = {"en": "English", "zh": "Chinese"}[language]
        raise InputError(f"holds no {name} text", where=source.place, hint="check which file is which")
    found, labels = [], []
    for line in map(classify, paragraphs(text)):
        if line.kind == "abstract":
            labels.append(line.label)
            found.append(line.text)
        else:
            found.append(f"{line.label} {line.text}".strip())
    return "\n".join(filter(None, found)), labels


FORMAT = Format(name="parallel", suffixes=(".en", ".zh"), recognises=recognise, read_records=read_records)
