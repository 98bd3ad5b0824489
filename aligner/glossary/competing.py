"""Competing translations: the same term rendered in two ways, or two terms rendered alike."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from aligner.glossary.keys import chinese_key, english_key
from aligner.types import CompetingTranslation, Entry

E = TypeVar("E", bound=Entry)

_PROBABLE = 0.5
_COMMON = 0.1  # of the occurrences of the commonest of those that compete


def add_competing(entries: Sequence[E]) -> Iterator[E]:
    """Show in each entry the others with its English or its Chinese term, same English first, then by count.

    A short form and its long form do not compete, nor does a short form left untranslated with its
    translation, nor do short forms of different terms, nor two forms of one pair. What is
    improbable and rare beside the commonest is most often a slip of the extraction and is not named.
    """
    by_en: defaultdict[str, list[Entry]] = defaultdict(list)
    by_zh: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_en[english_key(entry.en)].append(entry)
        by_zh[chinese_key(entry.zh)].append(entry)
    for entry in entries:
        same_en = _worthy(by_en[english_key(entry.en)], entry)
        named = {id(other) for other in same_en}
        same_zh = [o for o in _worthy(by_zh[chinese_key(entry.zh)], entry) if id(o) not in named]
        others = _ranked(same_en) + _ranked(same_zh)
        yield replace(entry, competing=tuple(CompetingTranslation(o.en, o.zh, o.count) for o in others))


def _worthy(group: list[Entry], entry: Entry) -> list[Entry]:
    most = max(other.count for other in group)
    return [
        other
        for other in group
        if other is not entry
        and (other.status == "accepted" or other.score >= _PROBABLE or other.count >= _COMMON * most)
        and _compete(entry, other)
    ]


def _ranked(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (-entry.count, entry.en, entry.zh))


def _compete(one: Entry, other: Entry) -> bool:
    if _keys(one) == _keys(other):  # two rows of one term in a person's glossary
        return False
    if one.expansion and other.expansion and english_key(one.expansion) != english_key(other.expansion):
        return False
    if _untranslated(one) != _untranslated(other):
        return False
    return not (_shortens(one, other) or _shortens(other, one))


def _keys(entry: Entry) -> tuple[str, str]:
    return english_key(entry.en), chinese_key(entry.zh)


def _untranslated(entry: Entry) -> bool:
    return entry.en.casefold() == entry.zh.casefold()


def _shortens(one: Entry, other: Entry) -> bool:
    key = english_key(one.en)
    return bool(
        (other.abbreviation and key == english_key(other.abbreviation))
        or (one.expansion and english_key(one.expansion) == english_key(other.en))
    )
