"""The public functions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from aligner.api.inputs import (
    GlossaryLike,
    PairsLike,
    Text,
    glossary_of,
    only_records,
    record_of,
    records_of,
    sound_text,
)
from aligner.api.results import Findings, Pairs, Records, Sentences, Terms
from aligner.api.working import aligned_record, name_of, parted, told, units_of, warn, work
from aligner.errors import SettingError
from aligner.types import Language, Record

if TYPE_CHECKING:
    from aligner.encoders import Encoder

BUNDLED = "bundled"


@overload
def align(en: Text, zh: Text, *, units: bool = False, encoder: str | Encoder = BUNDLED) -> Pairs: ...
@overload
def align(
    en: Record | Iterable[Record], *, units: bool = False, encoder: str | Encoder = BUNDLED
) -> Pairs: ...
def align(
    en: Text | Record | Iterable[Record],
    zh: Text | None = None,
    *,
    units: bool = False,
    encoder: str | Encoder = BUNDLED,
) -> Pairs:
    """Align the sentences of an English and a Chinese text.

    Args:
        en: the English text, a list of its sentences, or (without ``zh``) records as `read` returns them.
        zh: the Chinese text, or a list of its sentences.
        units: cut beads of several sentences into the smallest parts that translate each other.
        encoder: a name, or what `load_encoder` returns.

    Returns:
        Pairs in the order of the text, with the probability that each is right; a sentence without a
        counterpart is a pair with one empty side. The same as ``aligner align`` writes.

    Raises:
        AlignerError: the texts cannot be aligned. Of several records those that fail are left out, warned of
            and kept in ``failures``.

    Example:
        >>> import aligner
        >>> pairs = aligner.align("It leaked. She recovered.", "骨水泥渗漏。患者康复。")
        >>> [(pair.en, pair.zh) for pair in pairs]
        [('It leaked.', '骨水泥渗漏。'), ('She recovered.', '患者康复。')]
    """
    if isinstance(en, Record):
        records: Iterable[Record] = [en]
    elif zh is None:
        records = only_records(en)
    elif isinstance(en, str) or not isinstance(zh, str):
        records = [record_of(en, zh)]  # type: ignore[arg-type]
    else:
        raise SettingError("one side is a text, the other a list", hint="give two texts or two lists")
    results, failures = work(list(records), encoder, terms=False, checks=False)
    return Pairs(
        (pair for _, result in results for pair in (units_of(result) if units else result.pairs)),
        failures,
        (aligned_record(record, result) for record, result in results),
    )


def extract_terms(
    pairs: PairsLike,
    *,
    topic: str = "",
    base: str | Path | None = None,
    min_score: float = 0.5,
    min_count: int = 1,
    encoder: str | Encoder = BUNDLED,
) -> Terms:
    """Find the terms of sentence pairs and their translations.

    Args:
        pairs: what `align` returns, tuples (English, Chinese), mappings or a data frame with the columns en
            and zh, or records that are still to be aligned.
        topic: phrases, parted by commas; entries close to them are kept, closest first.
        base: a glossary's file to add to; its decided rows stay as they are, and accepted ones help to find
            terms.
        min_score: leave out entries whose score multiplied by their termhood is less.
        min_count: leave out entries seen less often.
        encoder: a name, or what `load_encoder` returns.

    Returns:
        The entries of a glossary, best first, and in ``occurrences`` each place they stand at. The same as
        ``aligner glossary`` writes.

    Raises:
        AlignerError: an item is no pair, the base cannot be read, or nothing could be worked on.

    Example:
        >>> import aligner
        >>> terms = aligner.extract_terms([("Bone cement leaked into the disc.", "骨水泥渗漏至椎间盘。")])
        >>> [(term.en, term.zh) for term in terms if term.zh == "骨水泥"]
        [('bone cement', '骨水泥')]
    """
    from aligner.engine import GlossaryOptions, make_glossary, occurrences
    from aligner.engine.glossary import read_base_file

    name = name_of(encoder)
    known = read_base_file(Path(base)) if base is not None else []
    worked, failures = work(records_of(pairs), encoder, terms=True, checks=False, base=known)
    results = [result for _, result in worked]
    options = GlossaryOptions(topic, known, min_score, min_count, name, tell=warn)
    return Terms(make_glossary(results, options), failures, occurrences(results))


def check(
    pairs: PairsLike, *, glossary: GlossaryLike | None = None, encoder: str | Encoder = BUNDLED
) -> Findings:
    """Find where a translation may have drifted: numbers, units, sides, negation, terms, omissions and more.

    Args:
        pairs: as `extract_terms` takes them.
        glossary: translations to hold the texts against: a file, entries, tuples (English, Chinese) or a
            mapping.
        encoder: a name, or what `load_encoder` returns.

    Returns:
        Possible issues, in the order of the pairs. The same as ``aligner check`` writes.

    Raises:
        AlignerError: an item is no pair, the glossary cannot be read, or nothing could be worked on.

    Example:
        >>> import aligner
        >>> [finding.message for finding in aligner.check([("5 patients had pain.", "25例患者疼痛。")])]
        ['English has 5 patients, Chinese has 25例: the numbers differ']
    """
    results, failures = work(
        records_of(pairs), encoder, terms=False, checks=True, glossary=glossary_of(glossary)
    )
    return Findings((finding for _, result in results for finding in result.findings), failures)


def segment(text: str, language: Language) -> Sentences:
    """Cut a text into sentences; nothing of it is lost or changed.

    Args:
        text: the text.
        language: ``en`` or ``zh``.

    Raises:
        UnknownNameError: another language.
        InputError: the text holds half a character.

    Example:
        >>> import aligner
        >>> [sentence.text for sentence in aligner.segment("术后疼痛缓解。患者出院。", "zh")]
        ['术后疼痛缓解。', '患者出院。']
    """
    from aligner.segmenters import segment as cut

    return Sentences(cut(sound_text(text, "the text"), language))


@overload
def read(
    *paths: str | Path, input_format: str | None = None, lines: bool = False, aligned: Literal[False] = False
) -> Records: ...
@overload
def read(*paths: str | Path, input_format: str | None = None, aligned: Literal[True]) -> Pairs: ...
def read(
    *paths: str | Path, input_format: str | None = None, lines: bool = False, aligned: bool = False
) -> Records | Pairs:
    """Read bilingual records, or pairs that are aligned already, from files.

    Args:
        *paths: files, folders or globs, in any format that ``aligner formats`` lists.
        input_format: one of them; None tells it by content and extension.
        lines: files with one sentence a line, or gold files.
        aligned: each row is a pair already.

    Returns:
        The records, or with ``aligned`` the pairs. What cannot be read is left out, warned of and kept in
        ``failures``.

    Raises:
        InputError: nothing could be read.
        SettingError: no file is named.
        UnknownNameError: there is no such format.
    """
    from aligner.formats import read_pairs, read_records

    if not paths:
        raise SettingError("no file is named", hint="read('abstracts/')")
    names = [str(path) for path in paths]
    if aligned:
        rows, failures = parted(read_pairs(names, input_format=input_format))
        return Pairs(rows, told(failures, alone=not rows))
    records, failures = parted(read_records(names, input_format=input_format, lines=lines))
    return Records(records, told(failures, alone=not records))


def load_encoder(name: str = BUNDLED, device: str = "auto") -> Encoder:
    """Load an encoder to hand to the other functions; each loads the one it names by itself otherwise.

    Args:
        name: ``bundled``, or the name or folder of a sentence-transformers model on this machine.
        device: cpu, cuda, mps or auto; the bundled encoder runs on the processor.

    Raises:
        UnknownNameError: no encoder has this name.
        ModelError: the model is missing or damaged.
    """
    from aligner.encoders import load_encoder as load

    return load(name, device)
