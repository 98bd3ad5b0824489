"""Articles of databases, whatever their format: fields in, bilingual records out, the rest counted."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import regex

from aligner.errors import InputError
from aligner.formats.line_kinds import language_of
from aligner.text.han import count_han, has_han
from aligner.types import Record

_log = logging.getLogger(__name__)

_PLACEHOLDER = regex.compile(r"\W*abstracts? available .{0,60}publisher\W*", regex.I)
_CHINESE = {"chi", "zho", "zh"}
_MAX_ABSTRACT_CHARS = 1_000_000

NO_CHINESE, NO_ENGLISH, BOOK = "without a Chinese abstract", "without an English abstract", "of books"


@dataclass(slots=True)
class Article:
    """An article's fields.

    Attributes:
        name: its PMID, or another name of its own.
        en: its English abstract.
        others: its other abstracts as (language, kind, text).
        metadata: makes the rest, when the article is bilingual.
        notes: texts of it that are neither.
    """

    name: str
    en: str
    others: list[tuple[str, str, str]]
    metadata: Callable[[], dict[str, str]]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """What was passed over in one file, and why."""

    where: str
    read: int = 0
    passed: Counter[str] = field(default_factory=Counter)

    def record(self, article: Article) -> Iterator[Record | InputError]:
        """Yield the article's record, if it is bilingual; else count it."""
        en = article.en or next((t for lang, _, t in _abstracts(article) if lang == "eng"), "")
        chinese = [text for lang, _, text in _abstracts(article) if lang in _CHINESE and has_han(text)]
        if not chinese or not en:
            self.passed[NO_ENGLISH if chinese else NO_CHINESE] += 1
            return
        zh = max(chinese, key=count_han)
        if max(len(en), len(zh)) > _MAX_ABSTRACT_CHARS:
            yield InputError(
                f"record {article.name} has an abstract of more than {_MAX_ABSTRACT_CHARS:,} characters",
                where=self.where,
            )
            return
        self.read += 1
        metadata = {k: v for k, v in article.metadata().items() if v}
        rest = (text for _, _, text in article.others if text and not _PLACEHOLDER.fullmatch(text))
        notes = (*article.notes, *(text for text in rest if text not in (en, zh)))
        yield Record(article.name, en, zh, metadata=metadata, notes=notes)

    def close(self) -> Iterator[InputError]:
        """Log what was passed over; a file without any bilingual record is an error."""
        counts = ", ".join(f"{n:,} {why}" for why, n in sorted(self.passed.items()))
        if not self.read:
            what = f"holds no record in both languages ({counts or 'no record at all'})"
            yield InputError(what, where=self.where, hint="records need an abstract in each language")
        elif counts:
            _log.warning("%s: bilingual records: %s; passed over: %s", self.where, f"{self.read:,}", counts)


def _abstracts(article: Article) -> list[tuple[str, str, str]]:
    """Return the other abstracts that are one: no summary for laymen, no placeholder."""
    return [
        (language.lower(), kind, text)
        for language, kind, text in article.others
        if kind != "plain-language-summary" and text and not _PLACEHOLDER.fullmatch(text)
    ]


def by_language(texts: Iterable[str], separator: str = "\n") -> dict[str, str]:
    """Join texts by their language; a text in neither counts as English."""
    found: dict[str, list[str]] = {}
    for text in dict.fromkeys(filter(None, map(str.strip, texts))):
        found.setdefault(language_of(text) or "en", []).append(text)
    return {language: separator.join(parts) for language, parts in found.items()}


def bare_title(text: str) -> str:
    """Return a title without the brackets that mark it as a translation."""
    match = regex.fullmatch(r"\[(.*)\](\.?)", text)
    return match[1] + match[2] if match else text
