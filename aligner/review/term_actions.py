"""What a person decides about glossary entries, one or many at once."""

from __future__ import annotations

from typing import Any

from aligner.errors import SettingError
from aligner.review.payload import Payload, number_of, one_of, stale, text_of
from aligner.review.signed import Done, signed
from aligner.store import Change, Workspace, decide
from aligner.store.decisions import read
from aligner.store.entries import StoredEntry, read_entry
from aligner.store.rows import DECIDED_FIELDS as FIELDS

STATUS = ("candidate", "accepted", "rejected")
MAX_CHOSEN = 2000
"""Terms decided at once."""


def decide_term(workspace: Workspace, payload: Payload) -> Done:
    """Accept, reject or edit a glossary entry.

    ``{"id", "seen", "status", "en", "zh", "note", "domain", "part_of_speech", "definition"}``; ``seen`` is
    the version of the entry that the page shows, and what is not given stays.

    Raises:
        StaleError: the entry is no longer what the page shows.
        SettingError: the request makes no sense.
    """
    one_of(payload, "status", STATUS, STATUS[0])
    entry = _entry(workspace, payload)
    status = one_of(payload, "status", STATUS, entry.status)
    names = ("en", "zh", "note", *FIELDS)
    texts = {name: text_of(payload, name, getattr(entry, name)).strip() for name in names}
    if not texts["en"] or not texts["zh"]:
        raise SettingError("a term has an English and a Chinese form")
    edited = any(texts[name] != getattr(entry, name) for name in names)
    kind = {"accepted": "accept", "rejected": "reject", "candidate": "reopen"}[status]
    decide(
        workspace, "edit term" if edited else kind, [_change(workspace, entry, {**texts, "status": status})]
    )
    said = f"{texts['en']} = {texts['zh']}: {'edited, ' if edited else ''}{status}"
    return Done(said)


def decide_terms(workspace: Workspace, payload: Payload) -> Done:
    """Decide about many entries in one step.

    ``{"chosen": [{"id", "seen"}, ...], "status", "domain", "part_of_speech"}``; what is not given stays.

    Raises:
        StaleError: an entry is no longer what the page shows.
        SettingError: the request makes no sense.
    """
    chosen = payload.get("chosen")
    if not isinstance(chosen, list) or not 0 < len(chosen) <= MAX_CHOSEN:
        raise SettingError(f"choose from 1 to {MAX_CHOSEN:,} terms")
    changes = []
    for one in chosen:
        if not isinstance(one, dict):
            raise SettingError("each term is a number and its version")
        entry = _entry(workspace, one)
        value = {name: text_of(payload, name, getattr(entry, name)).strip() for name in FIELDS}
        value["status"] = one_of(payload, "status", STATUS, entry.status)
        changes.append(
            _change(workspace, entry, {"en": entry.en, "zh": entry.zh, "note": entry.note, **value})
        )
    decide(workspace, "decide terms", changes)
    return Done(f"{len(changes)} term{'' if len(changes) == 1 else 's'} decided")


def _entry(workspace: Workspace, payload: Payload) -> StoredEntry:
    entry = read_entry(workspace, number_of(payload, "id"))
    if entry is None or entry.version != payload.get("seen"):
        raise stale("this term")
    return entry


def _change(workspace: Workspace, entry: StoredEntry, value: dict[str, Any]) -> Change:
    """Return the change of an entry; what is as it was found, or as the base has it, is kept empty.

    So it follows later runs and bases.
    """
    before = read(workspace, "term", *entry.key)
    found = {"en": entry.found_en, "zh": entry.found_zh, **entry.base}
    for name in FIELDS:
        if entry.base[name] and not value[name]:
            raise SettingError(
                f"the {name.replace('_', ' ')} comes from the base glossary", hint="change it there"
            )
    kept = {name: "" if value[name] == text else value[name] for name, text in found.items()}
    return Change("term", entry.key, before, {**value, **kept, **signed(workspace)})
