"""The work on one block of records: sentences, beads, terms, findings. Every command and executor calls this.

A record is encoded by itself, so its vectors do not depend on who is in its block; terms are extracted over
the whole block, whose members are fixed when records are read. A record that fails is a Failure among the
results and never costs the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from aligner.encoders import EncodedPair, Encoder, load_encoder
from aligner.engine.alignment import AlignedRecord, align_task
from aligner.engine.front import encoded_title, front_pairs, keyword_terms
from aligner.engine.glossary import concept_key
from aligner.engine.options import Settings
from aligner.errors import AlignerError
from aligner.store import Failure, Found, Result, Task
from aligner.types import Finding, Pair, TermPair

if TYPE_CHECKING:
    from aligner.checks import Glossary

T = TypeVar("T")
Terms = dict[int, tuple[Found, ...] | Failure]
"""The terms of a block by the ids of its tasks."""


@dataclass(frozen=True, slots=True)
class _Aligned:
    task: Task
    record: AlignedRecord
    result: Result


def work(tasks: Sequence[Task], settings: Settings) -> list[Result | Failure]:
    """Do everything for a block of records; a Result or a Failure a record, or both if a later stage failed.

    Raises:
        UnknownNameError: there is no such encoder.
        ModelError: its weights are missing or damaged.
    """
    encoder = load_encoder(settings.encoder, settings.device)
    outcomes: list[Result | Failure] = []
    done: list[_Aligned] = []
    for task in tasks:
        one = _try(task, "align", lambda task=task: _align(task, encoder, settings))  # type: ignore[misc]
        if isinstance(one, Failure):
            outcomes.append(one)
        elif settings.terms or settings.checks:
            done.append(one)
        else:
            outcomes.append(one.result)  # its encoded texts are let go
    terms = _terms(done, settings) if settings.terms else {}
    for one in done:
        found = terms.get(one.task.id)
        findings = _check(one, settings, found) if settings.checks else ()
        result = replace(
            one.result,
            terms=None if isinstance(found, Failure) else found,
            findings=() if isinstance(findings, Failure) else findings,
        )
        outcomes += [result, *(trouble for trouble in (found, findings) if isinstance(trouble, Failure))]
    return outcomes


def check_again(
    record: Sequence[Pair], beads: Collection[int], *, encoder: Encoder | None, glossary: Glossary | None
) -> list[Finding]:
    """Check those pairs of a record that a person changed; the others tell how the record is written."""
    from aligner.checks import check_pairs

    return list(check_pairs(record, glossary=glossary, encoder=encoder, only=beads))


def _align(task: Task, encoder: Encoder, settings: Settings) -> _Aligned:
    record = align_task(task, encoder, split=settings.split)
    sides = record.en.sentences, record.zh.sentences
    pairs = tuple(record.pairs())
    front = front_pairs(task.record, len(pairs)) if settings.terms and task.terms is None else None
    return _Aligned(task, record, Result(task.id, task.revision, *sides, pairs, front=front))


def _try(task: Task, stage: str, function: Callable[[], T]) -> T | Failure:
    """Call a function; whatever it raises is the record's failure, for a batch must go on."""
    try:
        return function()
    except AlignerError as error:
        return Failure(task.record.name, stage, error.what, error.hint, task.id, task.revision)
    except Exception as error:  # noqa: BLE001 - a mistake of ours on one record must not cost the others
        return Failure(task.record.name, stage, _unforeseen(error), "", task.id, task.revision)


def _unforeseen(error: Exception) -> str:
    """Say what happened and in which line of the program."""
    if isinstance(error, MemoryError):
        return "there is not enough memory for it"
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = (
        f" ({trace.tb_frame.f_code.co_filename.rpartition('aligner/')[2]}:{trace.tb_lineno})" if trace else ""
    )
    return f"unforeseen {type(error).__name__}: {' '.join(str(error).split())[:200]}{place}"


def _terms(done: Sequence[_Aligned], settings: Settings) -> Terms:
    """Extract terms over the block; if that fails, without the records that fail by themselves.

    The terms of a block that is only to be checked are known.
    """
    if all(one.task.terms is not None for one in done):
        return {one.task.id: one.task.terms or () for one in done}
    found = _extract(done, settings)
    if isinstance(found, dict):
        return found
    alone = {
        one.task.id: trouble for one in done if isinstance(trouble := _extract([one], settings), Failure)
    }
    rest = [one for one in done if one.task.id not in alone]
    found = _extract(rest, settings)
    if isinstance(found, Failure):
        found = {
            one.task.id: replace(
                found, record=one.task.record.name, id=one.task.id, revision=one.task.revision
            )
            for one in rest
        }
    return found | alone


def _extract(done: Sequence[_Aligned], settings: Settings) -> Terms | Failure:
    return _try(done[0].task, "terms", lambda: _extracted(done, settings)) if done else {}


def _extracted(done: Sequence[_Aligned], settings: Settings) -> Terms:
    from aligner.terms import Termbase, extract

    termbase = settings.termbase or Termbase.of(())
    found: dict[str, list[TermPair]] = {one.task.record.name: [] for one in done}
    for term in extract((pair for one in done for pair in _to_search(one)), termbase=termbase):
        found[term.record].append(term)
    return {one.task.id: tuple(_with_keywords(one, found[one.task.record.name])) for one in done}


def _to_search(one: _Aligned) -> Iterator[EncodedPair]:
    """Yield the pairs of a record in which terms are looked for: its beads, and its titles."""
    yield from one.record.encoded_pairs()
    yield from encoded_title(one.task.record, one.result.front or (), one.record.encoder)


def _with_keywords(one: _Aligned, terms: Sequence[TermPair]) -> Iterator[Found]:
    beads = len(one.result.pairs)
    for term in terms:
        marked = term if term.bead < beads else replace(term, found_in="title")
        yield marked, concept_key(term.en, term.zh)
    for term in keyword_terms(one.task.record, one.result.front or (), terms, one.record.encoder):
        yield term, concept_key(term.en, term.zh)


def _check(
    one: _Aligned, settings: Settings, found: tuple[Found, ...] | Failure | None
) -> tuple[Finding, ...] | Failure:
    from aligner.checks import check_pairs

    terms = [term for term, _ in found] if isinstance(found, tuple) else []
    return _try(
        one.task,
        "checks",
        lambda: tuple(
            check_pairs(one.result.pairs, glossary=settings.glossary, encoded=one.record.encoded, terms=terms)
        ),
    )
