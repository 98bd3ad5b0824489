"""Pairs beside those of sentences, on wish: headings by themselves, titles, keywords."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

import regex

from aligner.errors import InputError
from aligner.store import Result
from aligner.text.headings import opens_section, section_of
from aligner.text.keywords import keyword_spans
from aligner.types import Address, Pair, Record

_HEADING = regex.compile(
    r"\s*((?:【[^】]{1,20}】|\[[^\]]{1,40}\]|［[^］]{1,20}］)[:：]?|[^:：.。]{1,60}[:：]|[^\s:：]{1,12}(?=\s)"
    r"|\p{Lu}[\p{Lu}&/ ]{2,50}(?=\s\p{Lu}\p{Ll}))\s*"
)
"""What may be the heading a text begins with: bracketed, before a colon or a blank, or in capitals."""


def split_headings(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield the heading that both sides of a pair begin with as a pair of its own, before the rest.

    Pairs are numbered anew in their record; the two parts of one keep its sentence numbers.
    """
    record, number = None, 0
    for pair in pairs:
        record, number = pair.record, 0 if pair.record != record else number
        for part in _parts(pair):
            yield replace(part, bead=number)
            number += 1


def _parts(pair: Pair) -> Iterator[Pair]:
    en, zh = _split(pair.en), _split(pair.zh)
    if en is None or zh is None or section_of(en[0]) != section_of(zh[0]):
        yield pair
        return
    yield replace(pair, en=en[0], zh=zh[0])
    if en[1] or zh[1]:
        yield replace(pair, en=en[1], zh=zh[1])


def _split(text: str) -> tuple[str, str] | None:
    if opens_section(text):
        return text.strip(), ""
    for match in [_HEADING.match(text)]:
        if match and opens_section(match[1]):
            return match[1].strip(), text[match.end() :]
    return None


class WithMetadata:
    """Passes records on, and remembers the titles and keywords of those that are not done yet."""

    def __init__(self, items: Iterable[Record | InputError], *, titles: bool, keywords: bool) -> None:
        self._items, self._titles, self._keywords = items, titles, keywords
        self._metadata: dict[int, Mapping[str, str]] = {}

    def __iter__(self) -> Iterator[Record | InputError]:
        for number, item in enumerate(self._items):
            if isinstance(item, Record) and (self._titles or self._keywords):
                names = ("title_en", "title_zh", "keywords_en", "keywords_zh")
                self._metadata[number] = {name: item.metadata.get(name, "") for name in names}
            yield item

    def after(self, result: Result, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """Yield the pairs of a result, then those of its record's titles and keywords."""
        last, source = -1, None
        for pair in pairs:
            last, source = pair.bead, pair.source
            yield pair
        metadata = self._metadata.pop(result.id, None)
        if metadata and result.pairs:
            name = result.pairs[0].record
            yield from _placed(name, metadata, last + 1, source, titles=self._titles, keywords=self._keywords)


def with_metadata(
    pairs: Iterable[Pair], metadata: Callable[[str], Mapping[str, str]], *, titles: bool, keywords: bool
) -> Iterator[Pair]:
    """Yield pairs, and behind those of each record its titles and keywords, given by its name."""
    for record, group in groupby(pairs, key=lambda pair: pair.record):
        last, source = -1, None
        for pair in group:
            last, source = pair.bead, pair.source
            yield pair
        yield from _placed(record, metadata(record), last + 1, source, titles=titles, keywords=keywords)


def _placed(
    record: str,
    metadata: Mapping[str, str],
    first: int,
    source: Address | None,
    *,
    titles: bool,
    keywords: bool,
) -> Iterator[Pair]:
    for pair in pairs_of_metadata(record, metadata, first=first, titles=titles, keywords=keywords):
        yield replace(pair, source=source and Address(source.file))


def pairs_of_metadata(
    record: str, metadata: Mapping[str, str], *, first: int, titles: bool, keywords: bool
) -> Iterator[Pair]:
    """Yield the titles and keywords of a record as pairs.

    Args:
        record: its name.
        metadata: as it was read.
        first: the number of the first of them.
        titles: yield the titles, where there is one in each language.
        keywords: yield the keywords one by one, or as one pair where their numbers differ.
    """
    found = []
    if titles:
        found.append((metadata.get("title_en", ""), metadata.get("title_zh", "")))
    if keywords:
        lines = [metadata.get(f"keywords_{side}", "") for side in ("en", "zh")]
        lists = [[line[a:b] for a, b in keyword_spans(line)] for line in lines]
        if len(lists[0]) == len(lists[1]):
            found += list(zip(*lists, strict=True))
        else:
            found.append(("; ".join(lists[0]), "；".join(lists[1])))
    whole = [(en, zh) for en, zh in found if en.strip() and zh.strip()]
    for number, (en, zh) in enumerate(whole, first):
        yield Pair(record, number, en, zh)
