"""Records as people paste them: authors, affiliations, citation, titles, labels and the two abstracts.

The two abstracts are found by their labels, else as the longest run of prose in each language; whatever is
told apart goes to the metadata, and every line that cannot be placed to the notes. No line is dropped.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import regex

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.encodings import refuse_marked
from aligner.formats.line_kinds import Line, classify, find_doi, is_title, language_of, looks_like_title
from aligner.formats.several import split_records
from aligner.formats.source import MAX_LINE, Source
from aligner.formats.unwrap import paragraphs
from aligner.text.han import count_han, has_han
from aligner.types import Language, Record

_SHAPES = {"authors", "affiliations", "citation", "journal", "note"}
_HEADS = {"journal"}
"""Kinds a line is of by its shape; a line of some of these inside a text is a running head."""

_BODY = {"prose", "heading", "introduction", "abstract"}
_WHOLE = {"dates", "classification", "conflict_of_interest", "funding", "correspondence", "copyright"}
_IDENTIFIERS = {"pmid": r"pmid\W*(\d+)", "pmcid": r"(PMC\d+)", "doi": r"(10\.\d{4,9}/[^\s;，。；]+)"}
_OTHERS = {".po"}
"""Extensions of text that is of another format."""

_MAX_TITLE_LINES = 3
_LOOKED_AT = 10  # lines, for text that goes on
_MAX_LINES = 20_000
"""Lines of the longest file that can be one record, an article pasted whole."""

_FAR_LESS = 20
"""A text with a twentieth of the other's words (1.7 Han characters count as one) is no translation of it."""

_TITLE_LESS = 4
"""The same for a text that is one line and may be a title."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A line with the part of the file it stands in.

    Attributes:
        line: what it is.
        part: number of the part; a label or a line of metadata begins a new one.
        label: the language of the part's label, or None where it has none.
        closed: whether the part comes after the abstracts (references, plain language summary).
    """

    line: Line
    part: int
    label: Language | None
    closed: bool


def recognise(source: Source) -> bool:
    """Tell by the extension, or, without a known one, by being text without markup."""
    if source.suffix == ".txt":
        return True
    head = source.head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return source.suffix not in _OTHERS and bool(source.encoding) and not head.startswith(b"<")


def read_records(source: Source) -> Iterator[Record | InputError]:
    """Yield the file's record, or its records where several are pasted one after another.

    Raises:
        InputError: the file is no text, or it is not told where one record ends and the next begins.
    """
    refuse_marked(source.head, where=source.name)
    texts = split_records(source.text(), where=source.place)
    if len(texts) == 1:
        yield parse(texts[0], name=source.stem, where=source.place)
        return
    for number, text in enumerate(texts, 1):
        try:
            yield parse(text, name=f"{source.stem}-{number}", where=f"{source.place}, record {number}")
        except InputError as error:
            yield error


def parse(text: str, *, name: str, where: str) -> Record:
    """Return the record of a pasted text.

    Raises:
        InputError: there are not two abstracts; the message says what there is.
    """
    if not text.strip():
        raise InputError("the file is empty", where=where)
    rows = text.splitlines()
    if len(rows) > _MAX_LINES:
        hint = "give one record a file, or two files NAME.en and NAME.zh with --lines"
        raise InputError(f"holds {len(rows):,} lines, too many for one record", where=where, hint=hint)
    if (longest := max(map(len, rows))) > MAX_LINE:
        raise InputError(
            f"holds a line of {longest:,} characters, too long for an abstract",
            where=where,
            hint="check that the file is text with line ends",
        )
    parts = _parts([classify(paragraph) for paragraph in paragraphs(text)])
    en, zh = _choose(parts, "en"), _choose(parts, "zh")
    en_text, zh_text = _joined(parts, en), _joined(parts, zh)
    _require_both(en_text, zh_text, where)
    metadata, notes = _rest(parts, {*en, *zh})
    return Record(name=name, en=en_text, zh=zh_text, metadata=metadata, notes=notes)


def _parts(lines: list[Line]) -> list[_Part]:
    """Part the file at labels and metadata."""
    parts: list[_Part] = []
    label: Language | None = None
    number, closed, waiting = 0, False, ""
    for i, found in enumerate(lines):
        line = found
        if waiting and line.kind in {"prose", "authors", "affiliations", "citation"}:
            line = replace(line, kind=waiting)
        waiting = ""
        if line.kind == "abstract":
            number, closed = number + 1, False
            label = "zh" if has_han(line.label) else "en"
        elif line.kind == "introduction" and not _has_text(parts, line):
            line = Line("heading", "", line.label, language_of(line.label))
        elif line.kind in {"end", "introduction"}:
            number, label, closed = number + 1, None, True
        elif _is_inside(lines, i, label):
            line = replace(line, kind="note" if line.kind in _HEADS else "prose")
        elif line.kind not in _BODY and line.kind != "note":
            waiting = "" if line.text else line.kind
            number, label = number + 1, None
        parts.append(_Part(line, number, label, closed))
    return parts


def _is_inside(lines: list[Line], i: int, label: Language | None) -> bool:
    """Tell whether a line without a label stands inside an abstract, whose text goes on after it.

    A list of drugs looks like one of authors, a sentence with a year like a citation, and where a page ends
    the journal's name may stand in between.
    """
    line = lines[i]
    if label is None or line.label or line.kind not in _SHAPES or i == 0:
        return False
    for after in islice(lines, i + 1, i + 1 + _LOOKED_AT):
        if after.kind not in _BODY or after.label:
            return False
        if after.kind == "prose":
            same = after.language == lines[i - 1].language
            return same and (line.language == after.language or line.kind in _HEADS)
    return False


def _has_text(parts: list[_Part], line: Line) -> bool:
    """Tell whether there is prose already in the line's language, titles aside."""
    found = [p.line for p in parts if p.line.kind in {"prose", "abstract"}]
    return any(
        f.language == language_of(line.label) and f.text and not looks_like_title(f.text) for f in found
    )


def _choose(parts: list[_Part], language: Language) -> list[int]:
    """Return the numbers of the lines that are this language's abstract."""
    runs: dict[int, list[int]] = {}
    for i, part in enumerate(parts):
        if part.line.kind in _BODY and part.line.text and part.line.language == language:
            runs.setdefault(part.part, []).append(i)
    if not runs:
        return []

    def rank(run: list[int]) -> tuple[bool, bool, bool, int]:
        first = parts[run[0]]
        length = sum(len(parts[i].line.text) for i in run if not looks_like_title(parts[i].line.text))
        return length > 0, not first.closed, first.label == language, length

    run = max(runs.values(), key=rank)
    above = parts[run[0] - 1].line if run[0] else None
    if above is None or above.kind != "abstract":
        run = run[_title_lines(parts, run) :]
    while len(run) > 1 and parts[run[-1]].line.kind == "heading":
        run = run[:-1]
    return run


def _title_lines(parts: list[_Part], run: list[int]) -> int:
    """Count the lines of a title, or of a title and what stands above it, that a text begins with."""
    lines = [parts[i].line for i in run[: min(_MAX_TITLE_LINES, len(run) - 1)]]
    return next(
        (n for n, line in enumerate(lines) if line.kind != "prose" or not is_title(line.text)), len(lines)
    )


def _joined(parts: list[_Part], run: list[int]) -> str:
    """Join an abstract's paragraphs; a heading that stands alone stays with the paragraph after it."""
    text = ""
    for i in run:
        text += parts[i].line.text + (" " if parts[i].line.kind == "heading" else "\n")
    return text.strip()


def _require_both(en: str, zh: str, where: str) -> None:
    words, han = len(regex.findall(r"\p{Latin}+", en)), count_han(zh)
    if han / 1.7 * (_TITLE_LESS if looks_like_title(zh) else _FAR_LESS) < words:
        zh = ""
    elif words * (_TITLE_LESS if looks_like_title(en) else _FAR_LESS) < han / 1.7:
        en = ""
    if en and zh:
        return
    hint = "add the other language's abstract, or give two files NAME.en and NAME.zh"
    if en:
        raise InputError(f"holds English only (words: {words})", where=where, hint=hint)
    if zh:
        raise InputError(f"holds Chinese only (characters: {han})", where=where, hint=hint)
    raise InputError("holds neither an English nor a Chinese abstract", where=where, hint="check the file")


def _rest(parts: list[_Part], used: set[int]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return metadata and notes: all lines, and all labels, that are not in an abstract."""
    metadata: dict[str, list[str]] = {}
    notes: list[str] = []
    titles = _titles(parts, used)
    for i, part in enumerate(parts):
        line = part.line
        whole = f"{line.label} {line.text}".strip()
        if i in titles:
            metadata.setdefault(f"title_{line.language}", []).append(line.text)
        elif line.kind == "abstract" and line.label:
            metadata.setdefault("labels", []).append(line.label)
            notes += [line.text] if line.text and i not in used else []
        elif i in used:
            continue
        elif line.kind in _BODY or line.kind in {"note", "end"}:
            notes.append(whole)
        elif line.kind == "title" and line.language:
            metadata.setdefault(f"title_{line.language}", []).append(line.text)
        elif line.kind == "keywords":
            metadata.setdefault(f"keywords_{line.language or 'en'}", []).append(line.text or whole)
        elif line.kind in _IDENTIFIERS:
            match = regex.search(_IDENTIFIERS[line.kind], whole, regex.I)
            metadata.setdefault(line.kind, []).extend([match[1].rstrip(".,)]")] if match else [])
            notes += [] if match and not whole[match.end() :].strip(" .") and "http" not in whole else [whole]
        else:
            metadata.setdefault(line.kind, []).append(whole if line.kind in _WHOLE else line.text or whole)
    found = {key: "\n".join(dict.fromkeys(values)) for key, values in metadata.items() if values}
    return _with_derived(found, notes), tuple(notes)


def _titles(parts: list[_Part], used: set[int]) -> set[int]:
    """Return the number of the line that is most likely the title, for each language."""
    titles, first = set(), min(used, default=0)
    for language, least in (("en", 3), ("zh", 5)):
        fitting = [
            i
            for i, part in enumerate(parts)
            if i not in used
            and not part.closed
            and part.line.kind == "prose"
            and part.line.language == language
            and (looks_like_title(part.line.text) or _may_head(part.line.text, before=i < first))
            and len(regex.findall(r"\p{Han}" if language == "zh" else r"\p{Latin}+", part.line.text)) >= least
        ]
        if fitting:
            titles.add(max(fitting, key=lambda i: len(parts[i].line.text)))
    return titles


def _may_head(text: str, *, before: bool) -> bool:
    """Tell whether a line that stands before the abstract is one sentence, as titles sometimes are."""
    return before and len(text) <= 300 and not regex.search(r"[.!?] |[。！？].", text)


def _with_derived(metadata: dict[str, str], notes: list[str]) -> dict[str, str]:
    """Add journal, DOI and PMID where other lines hold them."""
    citation = metadata.get("citation", "")
    everything = "\n".join([*metadata.values(), *notes])
    if "doi" not in metadata and (doi := find_doi(everything)):
        metadata["doi"] = doi
    if (match := regex.search(r"\bPMID\s*[:：]?\s*(\d+)", everything)) and "pmid" not in metadata:
        metadata["pmid"] = match[1]
    if (
        match := regex.match(r"(?:\d+\.\s+)?([^.;:]{2,80}?)\.\s+(?:19|20)\d\d\b", citation)
    ) and "journal" not in metadata:
        metadata["journal"] = match[1]
    return metadata


FORMAT = Format(name="pasted", suffixes=(".txt",), recognises=recognise, read_records=read_records)
