"""New entries into a glossary people have worked on, without touching what they did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from operator import add

from aligner.errors import InputError
from aligner.glossary.competing import add_competing
from aligner.glossary.keys import chinese_key, english_key
from aligner.types import Context, Entry

MOST_CONTEXTS = 12
"""Contexts an entry gathers over all merges; a glossary that lives for years stays readable."""

NEW_CONTEXTS = 3
"""Contexts one merge adds to an entry."""

_Index = dict[tuple[str, str], list[tuple[int, int]]]


def merge(new: Iterable[Entry], base: Sequence[Entry]) -> tuple[list[Entry], list[InputError]]:
    """Add candidates to an existing glossary.

    The base comes first, in its own order and wording: terms, status and notes of its rows never change. What
    is found again adds its counts and up to three contexts; an undecided row without a note also gains
    variants, a better score and an abbreviation. A pair that the base rejected does not come back, neither in
    another form. A row that stands twice in the base is folded into the first, unless one is accepted and
    the other rejected: then both stay, and a message says so. What a person reworded comes back in its old
    wording, as a candidate that competes, until that is rejected.

    Texts may be read again, by a newer version or with others beside them. What was found in a text that any
    row of the base shows as its context is therefore not added to the counts: the larger count stays.

    Args:
        new: entries as `build` returns them.
        base: the rows of the glossary, in its order.

    Returns:
        The entries, and one message a row of the base that stands there twice.
    """
    rows, messages = _fold_duplicates(base)
    index = _index(rows)
    texts = {_texts(context) for row in rows for context in row.contexts}
    added: list[Entry] = []
    for entry in new:
        place = _find(entry, rows, index)
        if place is None:
            added.append(entry)
        else:
            again = any(_texts(context) in texts for context in entry.contexts)
            rows[place] = _updated(rows[place], entry, again=again)
    return _with_competing([*rows, *added]), messages


def _fold_duplicates(base: Sequence[Entry]) -> tuple[list[Entry], list[InputError]]:
    rows: list[Entry] = []
    first: dict[tuple[str, str, str], tuple[int, int]] = {}
    messages = []
    for number, entry in enumerate(base, 1):
        key = (entry.en, entry.zh, entry.expansion)
        if key not in first:
            first[key] = (number, len(rows))
            rows.append(entry)
            continue
        earlier, place = first[key]
        at = f"base glossary, entry {number} ({entry.en} = {entry.zh})"
        if {rows[place].status, entry.status} == {"accepted", "rejected"}:
            rows.append(entry)
            what = f"is {entry.status}, but entry {earlier}, the same pair, is {rows[place].status}"
            messages.append(InputError(what, where=at, hint="both are kept; delete one of them"))
        else:
            rows[place] = _folded(rows[place], entry)
            messages.append(InputError(f"repeats entry {earlier} and was folded into it", where=at))
    return rows, messages


def _folded(one: Entry, other: Entry) -> Entry:
    """Join two rows of one pair; a decision outweighs none, and the notes of both stay."""
    decided, open_ = (other, one) if one.status == "candidate" else (one, other)
    notes = [one.note, *([other.note] if other.note not in one.note else [])]
    return replace(
        decided,
        note="; ".join(filter(None, notes)),
        score=max(one.score, other.score),
        termhood=max(one.termhood, other.termhood),
        count=max(one.count, other.count),
        records=max(one.records, other.records),
        abbreviation=decided.abbreviation or open_.abbreviation,
        contexts=_contexts(one.contexts, other.contexts, len(other.contexts)),
    )


def _index(rows: Sequence[Entry]) -> _Index:
    """Return, by the keys of all forms, the rows that have them: (0 for its first forms or 1, place)."""
    index: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for place, row in enumerate(rows):
        en = dict.fromkeys(map(english_key, (row.en, *row.en_variants)))
        zh = dict.fromkeys(map(chinese_key, (row.zh, *row.zh_variants)))
        for number, key in enumerate(product(en, zh)):
            index[key].append((min(number, 1), place))
    return dict(index)


def _find(entry: Entry, rows: Sequence[Entry], index: _Index) -> int | None:
    """Return the place of the row that is the same concept: the same wording first, then the same form."""
    found = [
        (
            english_key(row.expansion) != english_key(entry.expansion),
            (row.en, row.zh) != (entry.en, entry.zh),
            *hit,
        )
        for hit in index.get((english_key(entry.en), chinese_key(entry.zh)), [])
        for row in [rows[hit[1]]]
        if not _other_meaning(row, entry)
    ]
    return min(found)[-1] if found else None


def _other_meaning(row: Entry, entry: Entry) -> bool:
    both = row.expansion and entry.expansion
    return bool(both) and english_key(row.expansion) != english_key(entry.expansion)


def _texts(context: Context) -> tuple[str, str]:
    return context.en, context.zh


def _updated(row: Entry, new: Entry, *, again: bool) -> Entry:
    """Add what is new about a row: to a decided or annotated one counts and contexts, to others forms too.

    Where the texts are read again nothing is counted twice: the larger of the two counts is all of them, and
    a row whose count is that has its contexts already.
    """
    open_ = row.status == "candidate" and not row.note
    known = again and new.count <= row.count
    if not known or not row.contexts:
        row = replace(row, contexts=_contexts(row.contexts, new.contexts, NEW_CONTEXTS))
    if open_:
        row = replace(
            row,
            score=max(row.score, new.score),
            termhood=max(row.termhood, new.termhood),
            abbreviation=row.abbreviation or new.abbreviation,
            expansion=row.expansion or new.expansion,
        )
    if new.found_in == "keywords" or not row.found_in:
        row = replace(row, found_in=new.found_in)
    if known:
        return row
    combine = _later if again else add
    en = _forms((row.en, *row.en_variants), row.en_counts, _counted(new, "en"), combine, grow=open_)
    zh = _forms((row.zh, *row.zh_variants), row.zh_counts, _counted(new, "zh"), combine, grow=open_)
    return replace(
        row,
        count=combine(row.count, new.count),
        records=max(row.records, new.records) if again else row.records + new.records,
        en_variants=en[0][1:],
        zh_variants=zh[0][1:],
        en_counts=en[1],
        zh_counts=zh[1],
    )


def _later(_: int, new: int) -> int:
    return new


def _counted(entry: Entry, side: str) -> list[tuple[str, int]]:
    forms = (entry.en, *entry.en_variants) if side == "en" else (entry.zh, *entry.zh_variants)
    counts = entry.en_counts if side == "en" else entry.zh_counts
    return list(zip(forms, counts if len(counts) == len(forms) else [0] * len(forms), strict=True))


def _forms(
    forms: tuple[str, ...],
    counts: tuple[int, ...],
    new: list[tuple[str, int]],
    combine: Callable[[int, int], int],
    *,
    grow: bool,
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Add counts to known forms, and new forms if they may grow; the first stays, the rest are ranked."""
    known = len(counts) == len(forms)
    total = dict(zip(forms, counts if known else [0] * len(forms), strict=True))
    more = dict(new)
    for form in dict.fromkeys([*forms, *(more if grow else ())]):
        total[form] = combine(total.get(form, 0), more.get(form, 0))
    first, *rest = total.items()
    if grow and known:
        rest.sort(key=lambda item: -item[1])
    ranked = [first, *rest]
    return tuple(form for form, _ in ranked), tuple(count for _, count in ranked) if known else ()


def _contexts(old: Sequence[Context], new: Sequence[Context], limit: int) -> tuple[Context, ...]:
    """Append contexts with new texts, at most ``limit`` and at most twelve in all; none is taken away."""
    seen = set(map(_texts, old))
    fresh = [context for context in new if _texts(context) not in seen]
    return (*old, *fresh[: max(0, min(limit, MOST_CONTEXTS - len(old)))])


def _with_competing(entries: list[Entry]) -> list[Entry]:
    """Tell competing translations again; rejected ones compete with none."""
    alive: Iterator[Entry] = add_competing([entry for entry in entries if entry.status != "rejected"])
    return [entry if entry.status == "rejected" else next(alive) for entry in entries]
