"""How well a topic finds its field again in a glossary of mixed records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

from aligner.engine import GlossaryOptions, Inputs, Settings, make_glossary, stream_results
from aligner.engine.glossary import concept_key
from aligner.errors import InputError
from aligner.store import Failure, Result
from aligner.types import Entry

FIRST = 10  # entries named, so that their order can be judged


@dataclass(frozen=True)
class Plan:
    """What to mix, and what to ask.

    Attributes:
        field: files or folders of records of one field.
        others: likewise of other fields.
        topic: what is asked for, such as the field's name.
        share: of the mixture's records that are the field's.
        draws: mixtures that are drawn; the seed of each is its number.
    """

    field: Sequence[str]
    others: Sequence[str]
    topic: str
    share: float = 0.2
    draws: int = 5


@dataclass(frozen=True)
class Kept:
    """What one mixture gave. An entry of both the field and the others counts neither way.

    Attributes:
        right: entries kept that are the field's.
        found: entries kept.
        wanted: entries of the field in the whole glossary.
        first: English terms of the first entries.
    """

    right: int
    found: int
    wanted: int
    first: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Share of what was kept that is the field's."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the field's entries that were kept."""
        return self.right / self.wanted if self.wanted else 0.0


def evaluate(plan: Plan) -> list[Kept]:
    """Extract from all records once, mix them, and ask each mixture for the topic.

    Raises:
        InputError: a record cannot be worked on, or there are too few for such a share.
        SettingError: the topic holds no word.
    """
    return list(mix(plan, _results(plan.field), _results(plan.others)))


def _results(paths: Sequence[str]) -> list[Result]:
    results = []
    for result in stream_results(Inputs(list(paths)), Settings(checks=False)):
        if isinstance(result, Failure):
            raise InputError(result.reason, where=result.record, hint=result.hint)
        results.append(result)
    return results


def mix(plan: Plan, field: Sequence[Result], others: Sequence[Result]) -> Iterator[Kept]:
    """Draw mixtures of what was found in records, and ask each for the topic.

    Raises:
        InputError: there are too few records for such a share.
        SettingError: the topic holds no word.
    """
    some = min(len(field), int(len(others) * plan.share / (1 - plan.share)))
    if not some:
        raise InputError(
            f"{len(field)} records of the field and {len(others)} others make no mixture of {plan.share:.0%}",
            hint="give more records",
        )
    for seed in range(plan.draws):
        draw = Random(seed)
        own = draw.sample(field, some)
        rest = draw.sample(others, min(len(others), round(some * (1 - plan.share) / plan.share)))
        inside, outside = (_keys(make_glossary(side, GlossaryOptions())) for side in (own, rest))
        kept = make_glossary([*own, *rest], GlossaryOptions(topic=plan.topic))
        told = [key for entry in kept if (key := _key(entry)) in inside ^ outside]
        right = sum(key in inside for key in told)
        yield Kept(right, len(told), len(inside - outside), tuple(entry.en for entry in kept[:FIRST]))


def _keys(entries: Sequence[Entry]) -> set[str]:
    return set(map(_key, entries))


def _key(entry: Entry) -> str:
    return concept_key(entry.en, entry.zh)


def report(plan: Plan, kept: Sequence[Kept]) -> Iterator[str]:
    """Yield what was measured as lines of text."""
    for seed, one in enumerate(kept):
        rates = f"P={one.precision:.3f} R={one.recall:.3f} ({one.found})"
        yield f"mixture {seed}  {rates}  {'; '.join(one.first)}"
    precision, recall = fmean(one.precision for one in kept), fmean(one.recall for one in kept)
    mixed = f"{plan.share:.0%} of the records are the field's, topic '{plan.topic}'"
    yield f"mean       P={precision:.3f} R={recall:.3f}  {mixed}"
