"""Texts that come as lists of sentences: joined by line feeds, the sentences slices of them."""

from collections.abc import Mapping, Sequence

from aligner.errors import InputError
from aligner.types import Record, Sentence


def from_sentences(
    name: str, en: Sequence[str], zh: Sequence[str], *, metadata: Mapping[str, str] | None = None, where: str
) -> Record:
    """Return a record whose sentences are given; empty ones stay, so that numbers hold.

    Raises:
        InputError: one side holds no text at all.
    """
    for texts, language in ((en, "English"), (zh, "Chinese")):
        if not any(text.strip() for text in texts):
            raise InputError(f"there is no {language} sentence", where=where)
    return Record(
        name=name,
        en="\n".join(en),
        zh="\n".join(zh),
        en_sentences=_slices(en),
        zh_sentences=_slices(zh),
        metadata=metadata or {},
    )


def _slices(texts: Sequence[str]) -> tuple[Sentence, ...]:
    sentences, start = [], 0
    for text in texts:
        sentences.append(Sentence(text, start, start + len(text)))
        start += len(text) + 1
    return tuple(sentences)
