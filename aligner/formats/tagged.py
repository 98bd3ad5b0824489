"""Exports of reference databases in lines of a tag and a value: what their dialects have in common."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import regex

from aligner.errors import InputError
from aligner.formats.articles import Article, Tally, bare_title, by_language
from aligner.formats.base import RecordReader
from aligner.formats.line_kinds import find_doi, language_of
from aligner.formats.source import Source
from aligner.formats.unwrap import part_languages
from aligner.types import Record

_MAX_RECORD_CHARS = 8_000_000
_KEYWORDS = regex.compile(r"\s*[;；,，、\n]\s*|\s{2,}")


@dataclass(frozen=True, slots=True)
class Dialect:
    """A way to write references in tagged lines.

    Attributes:
        field: a line that begins a field; groups are its tag and its value.
        first: the tag of a record's first field.
        roles: what tags hold: title, abstract, keywords, or a key of the metadata. Fields of other tags
            become metadata under their tag.
        last: the tag of a field that ends a record and holds nothing.
    """

    field: "regex.Pattern[str]"
    first: str
    roles: Mapping[str, str]
    last: str = ""


@dataclass(slots=True)
class Fields:
    """The fields of one reference by role, in order."""

    values: list[tuple[str, list[str]]] = field(default_factory=list)
    size: int = 0

    def of(self, role: str) -> list[str]:
        """Return the values of all fields with a role."""
        return ["\n".join(lines).strip() for name, lines in self.values if name == role]


def recognises(dialect: Dialect) -> Callable[[Source], bool]:
    """Return a function that tells a file by its first line."""

    def recognise(source: Source) -> bool:
        head = source.head
        if b"\0" not in head and dialect.first.encode() not in head[:400]:
            return False
        lines = (line[1].strip() for line in source.lines() if isinstance(line, tuple))
        match = dialect.field.match(next((line for line in lines if line), "").lstrip("\ufeff"))
        return bool(match and match[1] == dialect.first)

    return recognise


def reader(dialect: Dialect) -> RecordReader:
    """Return a reader of the records of a file; references in one language are counted and passed over."""

    def read(source: Source) -> Iterator[Record | InputError]:
        tally = Tally(source.place)
        count = 0
        for item in _references(source, dialect):
            if isinstance(item, InputError):
                yield item
                continue
            count += 1
            yield from tally.record(article_of(item, f"{source.stem}-{count}"))
        yield from tally.close()

    return read


def _references(source: Source, dialect: Dialect) -> Iterator[Fields | InputError]:
    fields = Fields()
    for line in source.lines():
        if isinstance(line, InputError):
            yield line
            continue
        number, text = line
        match = dialect.field.match(text.lstrip("\ufeff"))
        if match and match[1] in (dialect.first, dialect.last) and fields.values:
            yield fields
            fields = Fields()
        fields.size += len(text)
        if fields.size > _MAX_RECORD_CHARS:
            yield InputError("holds a record of more than 8 million characters", where=source.at(number))
            return
        if match and match[1] not in ("", dialect.last):
            role = dialect.roles.get(match[1], match[1].lower())
            fields.values.append((role, [match[2]]))
        elif not match and text.strip():
            (fields.values[-1][1] if fields.values else _begin(fields)).append(text.strip())
    if fields.values:
        yield fields


def _begin(fields: Fields) -> list[str]:
    """Open a field for lines that stand before the first tag."""
    fields.values.append(("note", []))
    return fields.values[-1][1]


def article_of(fields: Fields, name: str) -> Article:
    """Return the article that fields tell of; the language of each text is told by its characters."""
    parts = [part for text in fields.of("abstract") for part in part_languages(text)]
    texts: dict[str, list[str]] = {}
    for part in parts:
        texts.setdefault(language_of(part) or "en", []).append(part)
    en = max(texts.get("en", [""]), key=len)
    zh = max(texts.get("zh", [""]), key=len)
    rest = tuple(part for part in parts if part not in (en, zh))
    return Article(name, en, [("chi", "", zh)], lambda: _metadata(fields), rest)


def _metadata(fields: Fields) -> dict[str, str]:
    """Return all fields but the abstracts, titles and keywords by language."""
    keywords = [word for text in fields.of("keywords") for word in _KEYWORDS.split(text)]
    found = {
        **{
            f"title_{language}": text
            for language, text in by_language(map(bare_title, fields.of("title"))).items()
        },
        **{f"keywords_{language}": text for language, text in by_language(keywords, "; ").items()},
    }
    for role in dict.fromkeys(
        role for role, _ in fields.values if role not in ("abstract", "title", "keywords")
    ):
        found[role] = ("; " if role == "authors" else "\n").join(dict.fromkeys(filter(None, fields.of(role))))
    if "doi" in found:
        found["doi"] = find_doi(found["doi"]) or found["doi"]
    return found
