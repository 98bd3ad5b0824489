"""Competing translations: the same term rendered in two ways, or two terms rendered alike."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from aligner.glossary.keys import chinese_key, english_key
from aligner.types import Entry, Rival


def add_rivals(entries: Sequence[Entry]) -> list[Entry]:
    """Show in each entry the others with its English or its Chinese term, same English first, then by count.

    A short form and its long form do not compete, nor does a short form left untranslated with its
    translation, nor do short forms of different terms.
    """
    by_en: defaultdict[str, list[Entry]] = defaultdict(list)
    by_zh: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_en[english_key(entry.en)].append(entry)
        by_zh[chinese_key(entry.zh)].append(entry)
    result = []
    for entry in entries:
        same_en = [o for o in by_en[english_key(entry.en)] if o is not entry and _compete(entry, o)]
        same_zh = [o for o in by_zh[chinese_key(entry.zh)] if o not in same_en and _compete(entry, o)]
        others = _ranked(same_en) + _ranked([o for o in same_zh if o is not entry])
        result.append(replace(entry, competing=tuple(Rival(o.en, o.zh, o.count) for o in others)))
    return result


def _ranked(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (-entry.count, entry.en, entry.zh))


def _compete(one: Entry, other: Entry) -> bool:
    if one.expansion and other.expansion and english_key(one.expansion) != english_key(other.expansion):
        return False
    if _untranslated(one) != _untranslated(other):
        return False
    return not (_shortens(one, other) or _shortens(other, one))


def _untranslated(entry: Entry) -> bool:
    return entry.en.casefold() == entry.zh.casefold()


def _shortens(one: Entry, other: Entry) -> bool:
    key = english_key(one.en)
    return bool(
        (other.abbreviation and key == english_key(other.abbreviation))
        or (one.expansion and english_key(one.expansion) == english_key(other.en))
    )
