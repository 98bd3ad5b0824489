"""One language of a record: its sentences, each encoded when it is first needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.encoders import EncodedText, Encoder
from aligner.text.joining import SENTENCE_JOINERS, join_sentences
from aligner.types import Language, Sentence

CHUNK = 256
"""Sentences encoded together."""

HELD = 16
"""Chunks kept: 4,096 sentences, a side of which is some 150 MB of token states; abstracts have one chunk."""


class EncodedSentences(Sequence[EncodedText]):
    """The sentences of one side as encoded texts, by their numbers.

    Chunks begin at the first, so that vectors do not depend on which sentences are asked for.
    """

    def __init__(self, sentences: Sequence[Sentence], encoder: Encoder) -> None:
        self._sentences, self._encoder = sentences, encoder
        self._chunks: OrderedDict[int, list[EncodedText]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._sentences)

    def __getitem__(self, number: int) -> EncodedText:  # type: ignore[override]
        chunk, place = divmod(number, CHUNK)
        if chunk not in self._chunks:
            some = self._sentences[chunk * CHUNK : (chunk + 1) * CHUNK]
            self._chunks[chunk] = self._encoder.encode(sentence.text for sentence in some)
            if len(self._chunks) > HELD:
                self._chunks.popitem(last=False)
        return self._chunks[chunk][place]


@dataclass(frozen=True, slots=True)
class RecordSide:
    """One language of a record: its sentences and, by the same numbers, their encoded texts."""

    language: Language
    sentences: tuple[Sentence, ...]
    encoded: Sequence[EncodedText]

    @classmethod
    def of(
        cls, text: str, sentences: tuple[Sentence, ...] | None, language: Language, encoder: Encoder
    ) -> RecordSide:
        """Take the sentences a text came with, or find them."""
        from aligner.segmenters import segment

        found = tuple(segment(text, language)) if sentences is None else sentences
        return cls(language, found, EncodedSentences(found, encoder))

    def filled(self) -> list[int]:
        """Return the numbers of the sentences that are not blank lines."""
        return [number for number, sentence in enumerate(self.sentences) if sentence.text.strip()]

    def text(self, numbers: Sequence[int]) -> str:
        """Set the sentences with these numbers one after another."""
        return join_sentences((self.sentences[i].text for i in numbers), self.language)

    def join(self, numbers: Sequence[int]) -> EncodedText:
        """Set the sentences with these numbers one after another, as one encoded text."""
        return EncodedText.join([self.encoded[i] for i in numbers], SENTENCE_JOINERS[self.language])
