"""The work on one block of records: sentences, beads, terms, findings. Every engine calls this.

A record is encoded by itself, so its vectors do not depend on who is in its block; terms are extracted over
the whole block, whose members are fixed when records come into the workspace. A record that fails is a
Failure among the results and never costs the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from aligner.batch.alignment import align_task
from aligner.encoders import DEFAULT, EncodedPair, Encoder, load_encoder
from aligner.errors import AlignerError
from aligner.pipeline import AlignedRecord
from aligner.store import Failure, Found, Result, Task
from aligner.types import Finding

if TYPE_CHECKING:
    from aligner.checks import Glossary

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """How records are worked on.

    Attributes:
        encoder: a name from the table of encoders.
        device: where a sentence-transformers model runs.
        terms: whether to go on from alignment to terms and findings.
        glossary: what the checks hold translations against; None: nothing.
    """

    encoder: str = DEFAULT
    device: str = "auto"
    terms: bool = True
    glossary: Glossary | None = None

    @property
    def checked_by(self) -> str:
        """The glossary as text: what a workspace keeps to see whether it is another one."""
        return self.glossary.dumps() if self.glossary else ""


@dataclass(frozen=True, slots=True)
class _Done:
    task: Task
    aligned: AlignedRecord
    pairs: list[EncodedPair]

    def result(self, terms: tuple[Found, ...] | None, findings: tuple[Finding, ...] = ()) -> Result:
        pairs = tuple(one.pair for one in self.pairs)
        en, zh = self.aligned.en.sentences, self.aligned.zh.sentences
        return Result(self.task.id, self.task.revision, en, zh, pairs, terms, findings)


def work(tasks: Sequence[Task], settings: Settings) -> list[Result | Failure]:
    """Do everything for a block of records; a Result or a Failure a record, or both if a later stage failed.

    Raises:
        UnknownNameError: there is no such encoder.
        ModelError: its weights are missing or damaged.
    """
    encoder = load_encoder(settings.encoder, settings.device)
    outcomes: list[Result | Failure] = []
    done = []
    for task in tasks:
        one = _try(task, "align", lambda task=task: _align(task, encoder))  # type: ignore[misc]
        if isinstance(one, Failure):
            outcomes.append(one)
        else:
            done.append(one)
    if not settings.terms:
        return [*outcomes, *(one.result(None) for one in done)]
    terms, failures = _known(tasks) or _terms(done)
    for one in done:
        findings = _try(one.task, "checks", lambda one=one: _findings(one, settings.glossary))  # type: ignore[misc]
        failed = failures.get(one.task.id)
        found = None if failed else tuple(terms.get(one.task.record.name, ()))
        outcomes.append(one.result(found, () if isinstance(findings, Failure) else findings))
        outcomes += [trouble for trouble in (failed, findings) if isinstance(trouble, Failure)]
    return outcomes


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
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = (
        f" ({trace.tb_frame.f_code.co_filename.rpartition('aligner/')[2]}:{trace.tb_lineno})" if trace else ""
    )
    return f"unforeseen {type(error).__name__}: {' '.join(str(error).split())[:200]}{place}"


def _align(task: Task, encoder: Encoder) -> _Done:
    aligned = align_task(task, encoder)
    return _Done(task, aligned, aligned.pairs())


def _known(tasks: Sequence[Task]) -> tuple[dict[str, list[Found]], dict[int, Failure]] | None:
    """Return the terms of a block that is only to be checked; None where they are still to be found."""
    if any(task.terms is None for task in tasks):
        return None
    return {task.record.name: list(task.terms or ()) for task in tasks}, {}


def _terms(done: Sequence[_Done]) -> tuple[dict[str, list[Found]], dict[int, Failure]]:
    """Extract terms over the block; if that fails, without the records that fail by themselves."""
    failures: dict[int, Failure] = {}
    found = _extract(done)
    if isinstance(found, Failure):
        for one in done:
            alone = _extract([one])
            if isinstance(alone, Failure):
                failures[one.task.id] = alone
        rest = [one for one in done if one.task.id not in failures]
        found = _extract(rest)
        if isinstance(found, Failure):
            failures |= {one.task.id: _try_again(one, found) for one in rest}
            found = {}
    return found, failures


def _try_again(one: _Done, failure: Failure) -> Failure:
    return Failure(
        one.task.record.name, failure.stage, failure.reason, failure.hint, one.task.id, one.task.revision
    )


def _extract(done: Sequence[_Done]) -> dict[str, list[Found]] | Failure:
    if not done:
        return {}
    return _try(done[0].task, "terms", lambda: _extracted(done))


def _extracted(done: Sequence[_Done]) -> dict[str, list[Found]]:
    from aligner.glossary.keys import chinese_key, english_key
    from aligner.terms import extract

    found: dict[str, list[Found]] = {}
    for term in extract([pair for one in done for pair in one.pairs]):
        found.setdefault(term.record, []).append((term, f"{english_key(term.en)}={chinese_key(term.zh)}"))
    return found


def _findings(done: _Done, glossary: Glossary | None) -> tuple[Finding, ...]:
    from aligner.checks import check_pairs

    texts = {one.pair.bead: (one.en, one.zh) for one in done.pairs}
    pairs = [one.pair for one in done.pairs]
    return tuple(check_pairs(pairs, glossary=glossary, encoded=lambda pair: texts[pair.bead]))
