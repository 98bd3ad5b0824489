"""The whole story: inputs to records, records to aligned records, those to terms and glossary entries.

Everything streams: a record is read, segmented, encoded once, aligned and handed on. One that fails is an
AlignerError among the results and never costs the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from pathlib import Path

from aligner.encoders import DEFAULT, EncodedPair, EncodedText, Encoder, load_encoder
from aligner.errors import AlignerError, InputError, SettingError
from aligner.types import Bead, Entry, Language, Pair, Record, Sentence, TermPair

SEPARATORS: dict[Language, str] = {"en": " ", "zh": ""}
ROWS_AT_ONCE = 1024  # of one record; a longer one is handed on in parts


@dataclass(frozen=True, slots=True)
class Inputs:
    """What to read, and how.

    Attributes:
        paths: files, folders, globs, or ``-`` for stdin.
        input_format: a name from the table of formats; None to tell it by content and extension.
        lines: files with one sentence a line, or gold files: segmented already.
        aligned: each row is a pair already.
        encoder: a name from the table of encoders.
        device: where a sentence-transformers model runs.
        columns: names of a table's columns id, en and zh; None to find them by their header.
    """

    paths: Sequence[str]
    input_format: str | None = None
    lines: bool = False
    aligned: bool = False
    encoder: str = DEFAULT
    device: str = "auto"
    columns: tuple[str, str, str] | None = None


def columns_of(text: str | None) -> tuple[str, str, str] | None:
    """Read what ``--columns`` says; ``,english,chinese`` is a table without ids.

    Raises:
        SettingError: it is not three names.
    """
    if text is None:
        return None
    names = [name.strip() for name in text.split(",")]
    if len(names) != 3 or not (names[1] and names[2]):
        raise SettingError(f"--columns '{text}' is not three names", hint="write --columns id,en,zh")
    return names[0], names[1], names[2]


@dataclass(frozen=True, slots=True)
class GlossaryWishes:
    """What a glossary is to be.

    Attributes:
        topic: phrases to keep what is close to, closest first; empty for no such cut.
        base: a glossary to add to; None to start a new one.
        min_score: leave out entries less probable than this.
        min_count: leave out entries seen less often.
        encoder: measures closeness to the topic.
        device: where it runs.
        tell: is called with what a person should know of the base, one message a row that stands there twice.
    """

    topic: str = ""
    base: Path | None = None
    min_score: float = 0.0
    min_count: int = 1
    encoder: str = DEFAULT
    device: str = "auto"
    tell: Callable[[AlignerError], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a record: its sentences and, by the same numbers, their encoded texts."""

    language: Language
    sentences: tuple[Sentence, ...]
    encoded: tuple[EncodedText, ...]

    def filled(self) -> list[int]:
        """Return the numbers of the sentences that are not blank lines."""
        return [number for number, sentence in enumerate(self.sentences) if sentence.text.strip()]

    def join(self, numbers: Sequence[int]) -> EncodedText:
        """Set the sentences with these numbers one after another, as one encoded text."""
        return EncodedText.join([self.encoded[i] for i in numbers], SEPARATORS[self.language])


@dataclass(frozen=True, slots=True)
class AlignedRecord:
    """A record with its sentences and beads.

    Attributes:
        record: what was read.
        en: the English side.
        zh: the Chinese side.
        beads: in order; every sentence that is not blank is in exactly one.
        blank: the encoded empty text, the other side of a sentence without a counterpart.
    """

    record: Record
    en: Side
    zh: Side
    beads: tuple[Bead, ...]
    blank: EncodedText

    def pairs(self) -> list[EncodedPair]:
        """Return one pair a bead, in order, with encoded texts."""
        result = []
        for number, bead in enumerate(self.beads):
            en = self.en.join(bead.en) if bead.en else self.blank
            zh = self.zh.join(bead.zh) if bead.zh else self.blank
            source = bead.source or self.record.source
            pair = Pair(
                self.record.name, number, en.text, zh.text, bead.en, bead.zh, bead.score, source=source
            )
            result.append(EncodedPair(pair, en, zh))
        return result


def align_record(record: Record, encoder: Encoder) -> AlignedRecord:
    """Find the sentences of both sides, encode each once, and align them."""
    from aligner.alignment import align

    en = _side(record.en, record.en_sentences, "en", encoder)
    zh = _side(record.zh, record.zh_sentences, "zh", encoder)
    en_numbers, zh_numbers = en.filled(), zh.filled()
    beads = align([en.encoded[i] for i in en_numbers], [zh.encoded[i] for i in zh_numbers])
    beads = [
        replace(bead, en=tuple(en_numbers[i] for i in bead.en), zh=tuple(zh_numbers[i] for i in bead.zh))
        for bead in beads
    ]
    return AlignedRecord(record, en, zh, tuple(beads), encoder.encode([""])[0])


def align_inputs(inputs: Inputs) -> Iterator[AlignedRecord | AlignerError]:
    """Read and align records one by one.

    Raises:
        UnknownNameError: there is no such format or encoder.
        ModelError: the encoder's weights are missing or damaged.
    """
    from aligner.formats import read_records

    items = read_records(
        inputs.paths, input_format=inputs.input_format, lines=inputs.lines, columns=inputs.columns
    )
    encoder = load_encoder(inputs.encoder, inputs.device)
    for item in items:
        yield item if isinstance(item, InputError) else align_record(item, encoder)


def pairs_of_inputs(inputs: Inputs) -> Iterator[list[EncodedPair] | AlignerError]:
    """Read records and align them, or read aligned rows; the pairs of one record are one item."""
    if not inputs.aligned:
        for item in align_inputs(inputs):
            yield item if isinstance(item, AlignerError) else item.pairs()
        return
    from aligner.formats import read_pairs

    items = read_pairs(inputs.paths, input_format=inputs.input_format, columns=inputs.columns)
    encoder = load_encoder(inputs.encoder, inputs.device)
    for _, group in groupby(items, key=lambda item: item.record if isinstance(item, Pair) else item):
        while batch := list(islice(group, ROWS_AT_ONCE)):
            yield from (item for item in batch if isinstance(item, InputError))
            rows = [item for item in batch if isinstance(item, Pair)]
            if rows:
                yield encode_pairs(rows, encoder)


def encode_pairs(pairs: Sequence[Pair], encoder: Encoder) -> list[EncodedPair]:
    """Encode both texts of pairs that came aligned."""
    texts = encoder.encode(text for pair in pairs for text in (pair.en, pair.zh))
    return list(map(EncodedPair, pairs, texts[::2], texts[1::2]))


def term_pairs(
    groups: Iterable[Sequence[EncodedPair]], pairs: dict[tuple[str, int], Pair]
) -> Iterator[TermPair]:
    """Yield the terms of all groups; put each pair into ``pairs``, by record and bead, before its terms."""
    from aligner.terms import stream

    def passing() -> Iterator[EncodedPair]:
        for group in groups:
            pairs.update(((one.pair.record, one.pair.bead), one.pair) for one in group)
            yield from group

    return stream(passing())


def make_glossary(groups: Iterable[Sequence[EncodedPair]], wishes: GlossaryWishes) -> list[Entry]:
    """Extract the terms of all groups and gather them into the entries of a glossary.

    Raises:
        InputError: a row of the base cannot be read; nothing is merged then, so that no row is lost.
        SettingError: the topic holds no word.
    """
    from aligner.glossary import build, merge, rank_by_topic
    from aligner.terms import Abbreviation, abbreviations

    base = list(_base(wishes.base)) if wishes.base else []
    pairs: dict[tuple[str, int], Pair] = {}
    short_forms: list[Abbreviation] = []

    def noting() -> Iterator[Sequence[EncodedPair]]:
        for group in groups:
            short_forms.extend(abbreviations(group))
            yield group

    entries = build(
        term_pairs(noting(), pairs),
        pairs,
        abbreviations=short_forms,
        min_score=wishes.min_score,
        min_count=wishes.min_count,
    )
    if wishes.topic:
        entries = rank_by_topic(entries, wishes.topic, load_encoder(wishes.encoder, wishes.device))
    if not base:
        return entries
    merged, messages = merge(entries, base)
    for message in messages:
        wishes.tell(message)
    return merged


def _base(path: Path) -> Iterator[Entry]:
    from aligner.formats import read_glossary

    for item in read_glossary([str(path)]):
        if isinstance(item, InputError):
            raise item
        yield item


def _side(text: str, sentences: tuple[Sentence, ...] | None, language: Language, encoder: Encoder) -> Side:
    from aligner.segmenters import segment

    found = tuple(segment(text, language)) if sentences is None else sentences
    return Side(language, found, tuple(encoder.encode(sentence.text for sentence in found)))
