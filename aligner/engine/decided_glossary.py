"""Decisions of an edited glossary file into a workspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from aligner.engine.glossary import concept_key
from aligner.errors import SettingError
from aligner.store import Change, Workspace, decide
from aligner.store.decisions import read
from aligner.store.entries import EntryFilter, StoredEntry, find_entries
from aligner.types import Entry

FIELDS = ("note", "domain", "part_of_speech", "definition")
MAX_ENTRIES = 10_000_000


def merge_decisions(workspace: Workspace, rows: Iterable[Entry]) -> Counter[str]:
    """Take over what a person decided in a glossary file, as one decision that undo takes back.

    A row is about the entry with its concept; where its translation was edited, about the entry that has the
    row's English term and no row of its own. Status, wording, note, domain, part of speech and definition are
    taken over where they differ; an empty field leaves what is there.

    Args:
        workspace: where.
        rows: of the file, as `aligner.formats.read_glossary` yields them.

    Returns:
        How many entries were changed, were the same, and how many rows are about no entry (unknown).

    Raises:
        SettingError: the workspace has no glossary.
    """
    entries = find_entries(workspace, EntryFilter(), limit=MAX_ENTRIES)
    if not entries:
        raise SettingError("the workspace has no glossary", hint="run it without --no-terms first")
    by_concept = {concept_key(entry.found_en, entry.found_zh): entry for entry in reversed(entries)}
    by_wording = {(entry.en, entry.zh): entry for entry in reversed(entries)}
    found, left, counts = [], [], Counter[str]()
    taken: set[int] = set()
    for row in rows:
        entry = by_wording.get((row.en, row.zh)) or by_concept.get(concept_key(row.en, row.zh))
        if entry is None or entry.id in taken:
            left.append(row)
            continue
        taken.add(entry.id)
        found.append((entry, row))
    by_english: dict[str, list[StoredEntry]] = {}
    for entry in entries:
        if entry.id not in taken:
            by_english.setdefault(entry.found_en.casefold(), []).append(entry)
    for row in left:
        free = by_english.get(row.en.casefold(), [])
        if len(free) == 1:
            found.append((free.pop(), row))
        else:
            counts["unknown"] += 1
    changes = [change for entry, row in found if (change := _change(workspace, entry, row))]
    if changes:
        decide(workspace, "merge glossary", changes)
    counts["changed"], counts["same"] = len(changes), len(found) - len(changes)
    return counts


def _change(workspace: Workspace, entry: StoredEntry, row: Entry) -> Change | None:
    values = {name: getattr(row, name) or getattr(entry, name) for name in FIELDS}
    wanted = {"status": row.status, "en": row.en, "zh": row.zh, **values}
    if all(wanted[name] == getattr(entry, name) for name in wanted):
        return None
    for side in ("en", "zh"):  # a form as it was found is kept empty, so that it follows later runs
        if wanted[side] == getattr(entry, f"found_{side}"):
            wanted[side] = ""
    before = read(workspace, "term", *entry.key)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return Change("term", entry.key, before, {**wanted, "who": "glossary file", "at": at})
