"""Run the engine for the public functions, and tell what failed."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from aligner.errors import AlignerError, InputError, SettingError
from aligner.types import Bead, Entry, Pair, Record

if TYPE_CHECKING:
    from aligner.checks import Glossary
    from aligner.encoders import Encoder
    from aligner.store import Result

T = TypeVar("T")


class AlignerWarning(UserWarning):
    """One record of several could not be worked on; the others were."""


def work(
    records: list[Record],
    encoder: str | Encoder,
    *,
    terms: bool,
    checks: bool,
    glossary: Glossary | None = None,
    base: Sequence[Entry] = (),
) -> tuple[list[tuple[Record, Result]], tuple[AlignerError, ...]]:
    """Run the engine over records; what failed is told, and raised where it is all there was."""
    from aligner.engine import Settings, stream_records
    from aligner.store import Failure
    from aligner.terms import Termbase

    termbase = Termbase.of(base) if base else None
    settings = Settings(name_of(encoder), "auto", terms, checks, glossary, termbase=termbase)
    results: list[tuple[Record, Result]] = []
    failures: list[AlignerError] = []
    for outcome in stream_records(records, settings):
        if isinstance(outcome, Failure):
            failures.append(AlignerError(outcome.reason, where=outcome.record, hint=outcome.hint))
        else:
            results.append((records[outcome.id], outcome))
    return results, told(failures, alone=not results)


def aligned_record(record: Record, result: Result) -> Record:
    """Return a record with its sentences and beads as they were found."""
    beads = tuple(
        Bead(pair.en_ids, pair.zh_ids, pair.score, pair.source, pair.units) for pair in result.pairs
    )
    name = result.pairs[0].record if result.pairs else record.name  # the second of a name has another
    return replace(
        record, name=name, en_sentences=tuple(result.en), zh_sentences=tuple(result.zh), beads=beads
    )


def units_of(result: Result) -> Iterator[Pair]:
    """Yield the translation units of a record's beads, in order."""
    from aligner.text.units import unit_pairs

    return (unit for pair in result.pairs for unit in unit_pairs(pair, result.en, result.zh))


def parted(items: Iterable[T | InputError]) -> tuple[list[T], list[AlignerError]]:
    """Part what could be read from what could not."""
    sound: list[T] = []
    failures: list[AlignerError] = []
    for item in items:
        if isinstance(item, InputError):
            failures.append(item)
        else:
            sound.append(item)
    return sound, failures


def told(failures: list[AlignerError], *, alone: bool) -> tuple[AlignerError, ...]:
    """Raise the first failure where there is nothing else, or warn of each."""
    if failures and alone:
        raise failures[0]
    for failure in failures:
        warn(failure)
    return tuple(failures)


def warn(error: AlignerError) -> None:
    """Warn of something that cost no other."""
    warnings.warn(str(error), AlignerWarning, stacklevel=5)


def name_of(encoder: str | Encoder) -> str:
    """Return the name under which `load_encoder` knows an encoder.

    Raises:
        SettingError: it is none.
    """
    from aligner.encoders import keep_encoder

    if isinstance(encoder, str):
        return encoder
    if not hasattr(encoder, "encode") or not hasattr(encoder, "compose"):
        raise SettingError(
            f"{type(encoder).__name__} is no encoder", hint="give a name, or load_encoder(name)"
        )
    return keep_encoder(encoder)
