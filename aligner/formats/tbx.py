"""TBX, the exchange format of termbases: version 3 (ISO 30042:2019, TBX-Basic, style DCA) and version 2.

One concept entry a glossary entry, with language sections en and zh-CN (zh-TW for Traditional ones). The
first term of each is the entry's, the others are its variants, short form and long form. An accepted entry's
first terms are preferred and its others admitted. A candidate that was rejected is left out, for deprecated
says that a term was in use; what a glossary calls deprecated or forbidden (`Entry.usage`) stays so. Contexts
stand with the first terms, the record as their source. Score and counts, for which TBX-Basic has no data
category, stand in notes whose identifiers end in ``-figures``. Not carried: competing translations, which
are told again from the entries, and counts of forms where there are not as many counts as forms; columns of
its own that a glossary has become notes. Terms are read without white space around them. In a file of another
origin with several Chinese terms the preferred or first is the entry's, and deprecated ones are rejected
entries of their own. The standard wants at least one concept entry, so a file without any is read here and
may be refused elsewhere.

References:
    ISO 30042:2019, Management of terminology resources: TermBase eXchange (TBX); ISO 30042:2008; TBX-Basic
    1.2, its data categories and their levels (www.tbxinfo.net).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import BinaryIO

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.source import Source
from aligner.formats.statuses import status_of
from aligner.formats.termbase_reading import read_glossary
from aligner.formats.xml import escape, refused
from aligner.text.han import chinese_tag
from aligner.types import Entry

_LOOKED_AT = 1000  # entries, to tell Traditional from Simplified
_SOURCE = "Bilingual glossary written by aligner"


@dataclass(frozen=True, slots=True)
class _Version:
    """The names that differ between the versions."""

    head: str
    tail: str
    entry: str
    language: str
    term: str


_V3 = _Version(
    head=f"""<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader>
<fileDesc><sourceDesc><p>{_SOURCE}</p></sourceDesc></fileDesc>
</tbxHeader>
<text>
<body>
""",
    tail="</body>\n</text>\n</tbx>\n",
    entry="conceptEntry",
    language="langSec",
    term="termSec",
)
_V2 = _Version(
    head=f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en">
<martifHeader>
<fileDesc><sourceDesc><p>{_SOURCE}</p></sourceDesc></fileDesc>
<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc>
</martifHeader>
<text>
<body>
""",
    tail="</body>\n</text>\n</martif>\n",
    entry="termEntry",
    language="langSet",
    term="tig",
)
_STATUS = {  # of the first term, of the others
    "accepted": ("preferredTerm-admn-sts", "admittedTerm-admn-sts"),
    "rejected": ("deprecatedTerm-admn-sts", "deprecatedTerm-admn-sts"),
}
_WORD_CLASSES = {"noun", "verb", "adjective", "adverb", "properNoun", "other"}
"""Values of partOfSpeech in TBX-Basic; others are written as a note."""

_USAGE = {"admitted": "admittedTerm-admn-sts", "superseded": "supersededTerm-admn-sts"}
"""Statuses that a glossary says in more detail than accepted and rejected."""


def recognise(source: Source) -> bool:
    """Tell by the extension, or by the root element."""
    head = source.head[:2048].replace(b"\0", b"")
    return source.suffix == ".tbx" or any(root in head for root in (b"<tbx", b"<TBX", b"<martif"))


def recognise_v2(source: Source) -> bool:
    """Tell by the root element of version 2."""
    return b"<martif" in source.head[:2048]


def write_glossary(version: _Version, entries: Iterable[Entry], out: BinaryIO) -> list[InputError]:
    """Write one concept entry an entry; one with a character that XML refuses is returned as an error."""
    errors = []
    stream = iter(entries)
    first = list(islice(stream, _LOOKED_AT))
    tag = chinese_tag(entry.zh for entry in first)
    out.write(version.head.encode())
    for number, entry in enumerate(chain(first, stream), 1):
        if entry.status == "rejected" and not entry.usage:
            continue
        if bad := refused("".join(_texts(entry))):
            what = f"left out: it holds the character {bad}, which TBX cannot hold"
            where = f"entry {entry.en} = {entry.zh}"
            errors.append(InputError(what, where=where, hint="write TSV or JSONL, or mend the text"))
        else:
            if any(form != form.strip() for form in _forms(entry)):
                what = "is written without the white space around its forms, which TBX does not keep"
                errors.append(
                    InputError(what, where=f"entry {entry.en} = {entry.zh}", hint="write TSV or JSONL")
                )
            out.write(_concept(version, entry, f"c{number}", tag).encode())
    out.write(version.tail.encode())
    return errors


def _forms(entry: Entry) -> Iterator[str]:
    yield from (
        entry.en,
        entry.zh,
        *entry.en_variants,
        *entry.zh_variants,
        entry.abbreviation,
        entry.expansion,
    )


def _texts(entry: Entry) -> Iterator[str]:
    yield from (entry.en, entry.zh, *entry.en_variants, *entry.zh_variants)
    yield from (entry.abbreviation, entry.expansion, entry.note, entry.domain, entry.part_of_speech)
    yield from (entry.definition, *(text for pair in entry.other for text in pair))
    for context in entry.contexts:
        yield from (context.record, context.en, context.zh)


def _concept(version: _Version, entry: Entry, name: str, tag: str) -> str:
    figures = f"score {round(entry.score, 4)}, occurrences {entry.count}, records {entry.records}"
    lines = [f'<{version.entry} id="{name}">', f'<note id="{name}-figures">{figures}</note>']
    for category, text in (("subjectField", entry.domain), ("definition", entry.definition)):
        if text:
            lines.append(f'<descrip type="{category}">{escape(text)}</descrip>')
    other_class = entry.part_of_speech if entry.part_of_speech not in _WORD_CLASSES else ""
    notes = [
        entry.note,
        f"part of speech: {other_class}" if other_class else "",
        *(f"{column}: {text}" for column, text in entry.other),
    ]
    lines += [f"<note>{escape(text)}</note>" for text in notes if text]
    others = [(entry.abbreviation, "abbreviation"), (entry.expansion, "fullForm")]
    english = [
        (entry.en, "abbreviation" if entry.expansion else ""),
        *((text, "variant") for text in entry.en_variants),
        *others,
    ]
    chinese = [(entry.zh, ""), *((text, "variant") for text in entry.zh_variants)]
    en_contexts = [(context.record, context.en) for context in entry.contexts]
    zh_contexts = [(context.record, context.zh) for context in entry.contexts]
    en_counts = _figures(entry.en_counts, 1 + len(entry.en_variants), len(english))
    zh_counts = _figures(entry.zh_counts, 1 + len(entry.zh_variants), len(chinese))
    sides = (("en", english, en_counts, en_contexts), (tag, chinese, zh_counts, zh_contexts))
    for language, terms, counts, contexts in sides:
        lines.append(f'<{version.language} xml:lang="{language}">')
        for place, ((text, kind), count) in enumerate(zip(terms, counts, strict=True), 1):
            if text:
                status = _status(entry, first=place == 1)
                identifier = f"{name}-{language}-{place}-figures"
                noted = [("termType", kind), ("partOfSpeech", _part_of_speech(entry, language, place))]
                notes_of_term = [*noted, ("administrativeStatus", status)]
                lines += _term(
                    version, text, notes_of_term, (identifier, count), [] if place > 1 else contexts
                )
        lines.append(f"</{version.language}>")
    return "\n".join([*lines, f"</{version.entry}>"]) + "\n"


def _status(entry: Entry, *, first: bool) -> str:
    """Return the administrative status of a term, the first of its language or another one."""
    stated = next((code for word, code in _USAGE.items() if entry.usage.lower().startswith(word)), "")
    usual = _STATUS.get(entry.status, ("", ""))[0 if first else 1]
    return stated if first and stated and status_of(stated) == entry.status else usual


def _part_of_speech(entry: Entry, language: str, place: int) -> str:
    """Return the part of speech for the first English term, if it is one of TBX's."""
    return (
        entry.part_of_speech
        if (language, place) == ("en", 1) and entry.part_of_speech in _WORD_CLASSES
        else ""
    )


def _figures(counts: tuple[int, ...], forms: int, terms: int) -> list[str]:
    """Return one text a term: its count, or nothing where it is not known whose the counts are."""
    known = list(map(str, counts)) if len(counts) == forms else []
    return known + [""] * (terms - len(known))


def _term(
    version: _Version,
    text: str,
    notes: list[tuple[str, str]],
    figure: tuple[str, str],
    contexts: list[tuple[str, str]],
) -> Iterator[str]:
    yield f"<{version.term}>"
    yield f"<term>{escape(text)}</term>"
    for category, note in notes:
        if note:
            yield f'<termNote type="{category}">{note}</termNote>'
    if figure[1]:
        yield f'<note id="{figure[0]}">occurrences {figure[1]}</note>'
    for record, context in contexts:
        yield (
            f'<descripGrp><descrip type="context">{escape(context)}</descrip>'
            f'<admin type="source">{escape(record)}</admin></descripGrp>'
        )
    yield f"</{version.term}>"


def _format(name: str, version: _Version, tell: Callable[[Source], bool]) -> Format:
    return Format(
        name=name,
        suffixes=(".tbx",),
        recognises=tell,
        read_glossary=read_glossary,
        write_glossary=partial(write_glossary, version),
    )


FORMAT = _format("tbx", _V3, recognise)
FORMAT_V2 = _format("tbx2", _V2, recognise_v2)
