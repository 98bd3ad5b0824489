"""A text that comes back: its records are matched by content and unit, and what was found is followed up.

A finding of the text before is *fixed* or *still there*, one of the changed text is *new*, and a changed pair
in which nothing was found and that nobody corrected is *changed unasked*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from aligner.engine.options import Inputs, Settings
from aligner.engine.records import read
from aligner.engine.run import Summary, Watch, run
from aligner.errors import InputError, SettingError
from aligner.store import Workspace
from aligner.store.revisions import (
    Found,
    Version,
    changed_records,
    earlier_version,
    find_record,
    index_units,
    present_version,
    records_of_input,
    save_revisions,
    sentences_of,
    unit_keys,
)
from aligner.types import Address, Outcome, Record, Revision


def run_revision(
    workspace: Workspace, inputs: Inputs, settings: Settings, *, jobs: int, watch: Watch
) -> tuple[Summary, list[Revision]]:
    """Take a text that comes back into the workspace, and say what became of what was found in it.

    Raises:
        SettingError: the workspace holds no records.
        AlignerError: the run cannot go on; what was committed stays, and the same command goes on.
    """
    if not workspace.db.execute("SELECT 1 FROM beads").fetchone():
        hint = "run it first without --revision on the text as it was"
        raise SettingError("--revision: the workspace holds no pairs to compare with", hint=hint)
    known: set[int] = set()
    items = matched(workspace, read(inputs), known)
    summary = run(workspace, items, settings, jobs=jobs, watch=watch, inputs=inputs.paths, revision=True)
    changed = changed_records(workspace)
    revisions = [
        revision
        for number, name in records_of_input(workspace)
        if number in known or number in changed
        for revision in _follow_up(workspace, number, name, changed=number in changed)
    ]
    save_revisions(workspace, revisions, run=summary.run)
    return summary, revisions


def matched(
    workspace: Workspace, items: Iterable[Record | InputError], known: set[int]
) -> Iterator[Record | InputError]:
    """Give each record the name and origin of the one in the workspace that it is a version of.

    Args:
        workspace: where.
        items: what was read.
        known: the numbers of the records found are added to it.
    """
    index_units(workspace)
    for item in items:
        if isinstance(item, InputError):
            yield item
            continue
        pairs = _units(item)
        keys = [key for en, zh, source in pairs for key in unit_keys(en, zh, source)]
        found = find_record(workspace, keys, len(pairs), known)
        if found is not None:
            known.add(found[0])
            yield replace(item, name=found[1], origin=found[2])
            continue
        number = sentences_of(workspace, item.name, item.origin)
        if number is not None and number not in known:
            known.add(number)
        yield item


def _units(record: Record) -> list[tuple[str, str, Address | None]]:
    """Return the pairs of a record that came aligned, or its paragraphs and sentences."""
    if record.beads is not None and record.en_sentences is not None and record.zh_sentences is not None:
        en, zh = record.en_sentences, record.zh_sentences
        return [
            (" ".join(en[i].text for i in b.en), "".join(zh[i].text for i in b.zh), b.source)
            for b in record.beads
        ]
    from aligner.segmenters import segment

    return [
        *((sentence.text, "", None) for sentence in segment(record.en, "en")),
        *(("", sentence.text, None) for sentence in segment(record.zh, "zh")),
    ]


def _follow_up(workspace: Workspace, number: int, name: str, *, changed: bool) -> Iterator[Revision]:
    after = present_version(workspace, number)
    before = earlier_version(workspace, number) if changed else after
    yield from compare(name, before, after)


def compare(record: str, before: Sequence[Version], after: Sequence[Version]) -> Iterator[Revision]:
    """Yield what became of each finding and pair of a record.

    Args:
        record: its name.
        before: the pairs of the text before, with what was found in them.
        after: the pairs now.
    """
    earlier = _counterparts(before, after)
    gone = set(range(len(before))) - set(earlier.values())
    for place, now in enumerate(after):
        was = before[earlier[place]] if place in earlier else None
        yield from _compare_pair(record, was, now)
    for place in sorted(gone):
        was = before[place]
        for finding in was.findings:
            yield _row(record, "fixed", was, None, finding)
        if not was.findings:
            yield _row(record, "changed unasked", was, None)


def _compare_pair(record: str, was: Version | None, now: Version) -> Iterator[Revision]:
    left = list(now.findings)
    changed = was is None or (was.en, was.zh) != (now.en, now.zh)
    for finding in was.findings if was else ():
        same = next((other for other in left if finding.says_the_same(other)), None)
        if same is not None:
            left.remove(same)
        yield _row(record, "fixed" if same is None else "still there", was, now, finding)
    if was is not None and was.correction and now.zh == was.zh != was.correction:
        missing = Found("correction", f"should read: {was.correction}", "", "")
        yield _row(record, "still there", was, now, missing)
    for finding in left if changed else ():
        yield _row(record, "new", was, now, finding)
    asked = was is not None and (was.findings or was.correction)
    if changed and not asked and not left:
        yield _row(record, "changed unasked", was, now)


def _counterparts(before: Sequence[Version], after: Sequence[Version]) -> dict[int, int]:
    """Return which earlier pair each present one is: by unit and side, unit, side, and then by its place."""
    found: dict[int, int] = {}

    def match(key: Callable[[Version], object]) -> None:
        taken = set(found.values())
        places: dict[object, list[int]] = defaultdict(list)
        for place in reversed(range(len(before))):
            if place not in taken and (value := key(before[place])):
                places[value].append(place)
        for place, version in enumerate(after):
            if place not in found and (value := key(version)) and places[value]:
                found[place] = places[value].pop()

    match(lambda v: (_unit(v), v.en, v.zh))
    match(lambda v: v.en and (_unit(v), v.en))
    match(lambda v: v.zh and (_unit(v), v.zh))
    match(lambda v: v.en)
    match(lambda v: v.zh)
    match(_unit)
    match(lambda v: v.number + 1)
    return found


def _unit(version: Version) -> str:
    return version.source.unit if version.source else ""


def _row(
    record: str, outcome: Outcome, was: Version | None, now: Version | None, finding: Found | None = None
) -> Revision:
    shown = now or was
    assert shown is not None
    return Revision(
        record=record,
        bead=shown.number,
        outcome=outcome,
        check=finding.check if finding else "",
        message=finding.message if finding else "",
        en=shown.en,
        before=was.zh if was else "",
        after=now.zh if now else "",
        source=shown.source,
    )
