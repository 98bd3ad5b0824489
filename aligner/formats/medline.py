"""MEDLINE text, as PubMed saves it (``.nbib`` or ``.txt``): fields of a tag and a text in wrapped lines.

The Chinese abstract is a field OAB whose language OABL is ``chi``; a field PMID begins a record.
"""

from collections.abc import Iterator

import regex

from aligner.errors import InputError
from aligner.formats.articles import Article, Tally, bare_title, by_language
from aligner.formats.base import Format
from aligner.formats.source import Source
from aligner.formats.xml import MAX_ELEMENT_BYTES
from aligner.text.han import WIDE, has_han
from aligner.types import Record

_FIELD = regex.compile(r"([A-Z][A-Z0-9]{1,3}) *- ?(.*)")
_KIND = regex.compile(r"(AAMC|AIDS|KIE|PIP|NASA|Publisher|plain-language-summary)\s*:\s*", regex.I)
_WIDE = f"[{WIDE}]"
_READ = {"PMID", "TI", "TT", "AB", "OAB", "OABL", "AD", "SO", "LID", "AID", "OT", "CI"}
"""Tags of fields that have a place of their own; others are metadata under their tag."""

Fields = list[tuple[str, str]]
"""An article's (tag, value), in order."""


def recognise(source: Source) -> bool:
    """Tell by a first line that is a PMID field, or by the extension."""
    if source.suffix == ".nbib":
        return True
    head = source.head[:200].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe\r\n ")
    return head.startswith(b"PMID- ")


def read_records(source: Source) -> Iterator[Record | InputError]:
    """Yield the bilingual records, one by one, as the file is read."""
    tally = Tally(source.place)
    fields: list[tuple[str, list[str]]] = []
    size = 0
    for line in source.lines():
        if isinstance(line, InputError):
            yield line
            continue
        number, text = line
        match = _FIELD.fullmatch(text.rstrip())
        if match and match[1] == "PMID" and fields:
            yield from tally.record(_article(fields, source.stem))
            fields, size = [], 0
        size += len(text)
        if size > MAX_ELEMENT_BYTES:
            yield InputError("holds a record of more than 8 million characters", where=source.at(number))
            return
        if match:
            fields.append((match[1], [match[2]]))
        elif text.strip() and fields:
            fields[-1][1].append(text.strip())
        elif text.strip():
            yield InputError(
                "is no field of a record", where=source.at(number), hint="it should be TAG - text"
            )
    if fields:
        yield from tally.record(_article(fields, source.stem))
    yield from tally.close()


def _article(parts: list[tuple[str, list[str]]], stem: str) -> Article:
    fields = [(tag, "\n".join(lines)) for tag, lines in parts]
    pmid = _all(fields, "PMID")
    return Article(pmid or stem, _all(fields, "AB"), _others(fields), lambda: _metadata(fields, pmid))


def _metadata(fields: Fields, pmid: str) -> dict[str, str]:
    title = bare_title(_all(fields, "TT"))
    doi = next((value.split()[0] for tag, value in fields if tag in {"LID", "AID"} and "[doi]" in value), "")
    used = {*_READ, "FAU" if _all(fields, "FAU") else "AU", "TA" if _all(fields, "TA") else "JT"}
    others = dict.fromkeys(tag for tag, _ in fields if tag not in used)
    return {
        **{tag.lower(): _all(fields, tag, "; ") for tag in others},
        "pmid": pmid,
        "title_en": bare_title(_all(fields, "TI")),
        "title_zh" if has_han(title) else "title_other": title,
        "authors": _all(fields, "FAU", "; ") or _all(fields, "AU", "; "),
        "affiliations": _all(fields, "AD"),
        "journal": _all(fields, "TA") or _all(fields, "JT"),
        "citation": _all(fields, "SO"),
        "doi": doi,
        **{f"keywords_{language}": words for language, words in _keywords(fields).items()},
        "copyright": _all(fields, "CI"),
    }


def _keywords(fields: Fields) -> dict[str, str]:
    return by_language((_unwrapped(value).lstrip("*") for tag, value in fields if tag == "OT"), "; ")


def _all(fields: Fields, tag: str, separator: str = "\n") -> str:
    return separator.join(dict.fromkeys(filter(None, (_unwrapped(v) for name, v in fields if name == tag))))


def _others(fields: Fields) -> list[tuple[str, str, str]]:
    """Return the other abstracts; a language belongs to the abstract before it, else to the one after."""
    found: list[tuple[str, str, str]] = []
    waiting = ""
    for tag, value in fields:
        if tag == "OAB":
            kind = _KIND.match(value)
            text = _unwrapped(value[kind.end() :] if kind else value)
            found.append((waiting, kind[1].lower() if kind else "", text))
            waiting = ""
        elif tag == "OABL" and found and not found[-1][0]:
            found[-1] = (value.strip(), *found[-1][1:])
        elif tag == "OABL":
            waiting = value.strip()
    return found


def _unwrapped(value: str) -> str:
    """Join wrapped lines: no space between Han characters; between Han and Latin as the text has it."""
    spaced = len(regex.findall(r"\p{Han} [\p{Latin}\d]|[\p{Latin}\d] \p{Han}", value))
    tight = len(regex.findall(r"\p{Han}[\p{Latin}\d]|[\p{Latin}\d]\p{Han}", value))
    text = regex.sub(rf"(?<={_WIDE})\n(?={_WIDE})", "", value)
    if spaced <= tight:
        text = regex.sub(rf"(?<={_WIDE})\n|\n(?={_WIDE})", "", text)
    return " ".join(text.split())


FORMAT = Format(name="medline", suffixes=(".nbib", ".txt"), recognises=recognise, read_records=read_records)
