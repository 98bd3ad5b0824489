"""Several records pasted into one file: where one ends and the next begins.

Abstracts are told by their labels, else as blocks of prose in one language. Where pairs of blocks alternate,
a new record begins behind a rule, a wider gap, or lines that stand above or below an abstract (a title,
authors, keywords, identifiers), or where the headings begin anew; without any of these the blocks are
paragraphs of one record, and that is said.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import regex

from aligner.errors import InputError
from aligner.formats.line_kinds import (
    Line,
    begins_with_heading,
    classify,
    is_terminated,
    is_title,
    language_of,
)
from aligner.formats.source import MAX_LINE
from aligner.formats.unwrap import part_languages
from aligner.text.han import count_han, screen_width
from aligner.types import Language

_log = logging.getLogger(__name__)

_LEAST = {"en": 12, "zh": 12}
"""English words and Chinese characters of the shortest abstract below a label."""

_LEAST_BARE = {"en": 25, "zh": 35}
"""The same for one without a label, which has two sentences at least."""

_LEAST_TITLE = {"en": 5, "zh": 8}
"""The same for a title that begins a record."""

_MAX_ROWS = 100_000
"""Lines of the longest file that is looked through for records: some thousands of them, and 10 seconds."""

_FULL_LINE = 0.8
"""Share of the widest line of a text that a title above it does not fill."""

_RULE = regex.compile(
    r"\s*(?:[-=_*#~—]{3,}|(?:record|no\.?|第)?\s*\d{1,3}\s*[条篇]?\s*[.、．:：]?)\s*", regex.I
)
_LINE = regex.compile(r"[-=_*#~—]{3,}")
_LETTER = regex.compile(r"\p{L}")
_SENTENCES = {
    "en": regex.compile(r"[.!?](?=[\s\"”’)\]]|$)"),
    "zh": regex.compile(r"[。！？]|(?<=[\p{Han})）])[.．]"),
}
_WORD = regex.compile(r"\p{Latin}+")
_AFTER = {
    *("keywords", "doi", "pmid", "pmcid", "copyright", "funding", "conflict_of_interest", "classification"),
    *("dates", "correspondence", "mesh", "end"),
}
"""Kinds of lines that stand below an abstract."""

_IDENTIFIERS = {"doi", "pmid", "pmcid"}
_ABOVE = {"authors", "affiliations", "citation", "journal", "title", "note"}
_PROSE = {"prose", "heading"}


@dataclass(slots=True)
class _Block:
    """A text in one language: its first and last row, and whether a label stands above it."""

    language: Language
    start: int
    end: int
    labelled: bool
    lines: list[str]

    @property
    def text(self) -> str:
        """Return its lines as one text."""
        return "\n".join(self.lines)

    def is_abstract(self, *, short: bool = False) -> bool:
        """Tell whether it is as long as an abstract, or as one with a label."""
        text = self.text
        size = _size(text, self.language)
        if self.labelled or short:
            return size >= _LEAST[self.language]
        return size >= _LEAST_BARE[self.language] and len(_SENTENCES[self.language].findall(text)) > 1


def split_records(text: str, *, where: str) -> list[str]:
    """Return the texts of the records; a text that holds one comes back as it is.

    Raises:
        InputError: there are several records, and it is not told which abstract belongs to which.
    """
    rows = text.splitlines(keepends=True)
    if len(rows) > _MAX_ROWS or any(len(row) > MAX_LINE for row in rows):
        return [text]  # a record cannot hold it, and says so
    lines = [classify(row.strip()) for row in rows]
    starts = _starts(rows, lines, where)
    return ["".join(rows[start:end]) for start, end in pairwise([*starts, len(rows)])]


def _starts(rows: list[str], lines: list[Line], where: str) -> list[int]:
    """Return the rows that records begin with, the first of all among them."""
    for is_mark in (_is_rule, _is_gap):
        edges = [0, *(i + 1 for i in range(len(rows) - 1) if is_mark(rows, i)), len(rows)]
        parts = [(a, b) for a, b in pairwise(edges) if any(_LETTER.search(row) for row in rows[a:b])]
        ruled = is_mark is _is_rule
        if len(parts) > 1 and all(_has_both(rows[a:b], lines[a:b], short=ruled) for a, b in parts):
            return [0, *(a + start for a, b in parts for start in _starts(rows[a:b], lines[a:b], where))][1:]
    found = _abstracts(rows, lines)
    counts = _counts(found)
    if max(counts) < 2 or min(counts) < (1 if min(_counts(_labelled(found))) else 2):
        return [0]
    if not _is_paired(found):
        what = f"holds {counts[0]} English and {counts[1]} Chinese abstracts"
        hint = "give one record a file"
        raise InputError(f"{what}, and it is not told which belong together", where=where, hint=hint)
    starts, pairs = [0], _pairs(found)
    for before, after in pairwise(pairs):
        if after[0].labelled or _begins_anew(rows, lines, pairs[0], before, after):
            starts.append(_start(rows, lines, pairs[0][0].start, before[1].end, after[0].start))
    if len(starts) < len(pairs) and not any(begins_with_heading(pair[0].text) for pair in pairs):
        text = "%s: paragraphs of both languages alternate and are read as one record; part records by ---"
        _log.warning(text, where)
    return starts


def _is_rule(rows: list[str], i: int) -> bool:
    return bool(_LINE.fullmatch(rows[i].strip()))


def _is_gap(rows: list[str], i: int) -> bool:
    return i > 0 and not rows[i].strip() and not rows[i - 1].strip()


def _has_both(rows: list[str], lines: list[Line], *, short: bool) -> bool:
    """Tell whether there is an abstract in each language, which may be as short as one with a label."""
    blocks = _blocks(rows, lines, wide=False)
    return min(_counts([block for block in blocks if block.is_abstract(short=short)])) > 0


def _abstracts(rows: list[str], lines: list[Line]) -> list[_Block]:
    """Return the abstracts of a file: all, or those with a label where others stand in one language alone."""
    for wide in (True, False):
        blocks = [block for block in _blocks(rows, lines, wide=wide) if block.is_abstract()]
        if _is_paired(blocks):
            return blocks
    labelled = _labelled(blocks)
    rest = [block for block in blocks if not block.labelled]
    return labelled if _is_paired(labelled) and min(_counts(rest)) == 0 else blocks


def _labelled(blocks: Sequence[_Block]) -> list[_Block]:
    return [block for block in blocks if block.labelled]


def _size(text: str, language: Language) -> int:
    """Return the number of English words, or of Han characters."""
    return count_han(text) if language == "zh" else len(_WORD.findall(text))


def _counts(blocks: Sequence[_Block]) -> tuple[int, int]:
    """Return the number of English and of Chinese blocks."""
    english = sum(block.language == "en" for block in blocks)
    return english, len(blocks) - english


def _pairs(blocks: Sequence[_Block]) -> list[Sequence[_Block]]:
    return [blocks[i : i + 2] for i in range(0, len(blocks), 2)]


def _is_paired(blocks: Sequence[_Block]) -> bool:
    """Tell whether each two texts that follow one another are in two languages."""
    return all({block.language for block in pair} == {"en", "zh"} for pair in _pairs(blocks))


def _blocks(rows: list[str], lines: list[Line], *, wide: bool) -> Iterator[_Block]:
    """Yield the texts of a file, parted where the language changes, at rules and, if asked, at wide gaps.

    What stands below references and the like is none, until a text begins with a heading again.
    """
    block: _Block | None = None
    closed = label = body = False
    for i, (row, line) in enumerate(zip(rows, lines, strict=True)):
        is_rule = bool(_RULE.fullmatch(row)) and bool(row.strip())
        is_gap = wide and i > 0 and not row.strip() and not rows[i - 1].strip()
        if block and (is_rule or is_gap or _parts(line) or _heads(rows, i, block)):
            yield block
            block = None
        if _parts(line):
            label = line.kind == "abstract"
            body = line.kind == "introduction" or (body and not label)
            closed = body or line.kind == "end" or (closed and not label)
        closed = closed and not is_rule and (body or not begins_with_heading(row))
        if (
            closed
            or is_rule
            or not row.strip()
            or not (line.kind in _PROSE or (line.kind == "abstract" and line.text))
        ):
            continue
        for part in part_languages(line.text if line.kind == "abstract" else row.strip() or ""):
            language = language_of(part)
            if block and language in (block.language, None):
                block.end = i
                block.lines.append(part)
            elif language:
                if block:
                    yield block
                block, label = _Block(language, i, i, label, [part]), False
    if block:
        yield block


def _heads(rows: list[str], i: int, block: _Block) -> bool:
    """Tell whether a row behind an abstract is the title of the next text in its language."""
    row, last = rows[i].strip(), rows[block.end].strip()
    if not _is_long_title(row) or not is_terminated(last) or not block.is_abstract():
        return False
    after = next((rows[j].strip() for j in range(i + 1, len(rows)) if rows[j].strip()), "")
    widest = max(screen_width(last), screen_width(after))
    return screen_width(row) < _FULL_LINE * widest and not regex.match(r"\p{Ll}", after)


def _parts(line: Line) -> bool:
    """Tell whether a line is a label that ends the text above it."""
    return bool(line.label) and line.kind in _AFTER | {"abstract", "introduction"}


def _begins_anew(
    rows: list[str],
    lines: list[Line],
    first: Sequence[_Block],
    before: Sequence[_Block],
    after: Sequence[_Block],
) -> bool:
    """Tell whether a pair of texts begins a record, and does not go on with the one before it."""
    one, two = before[1], after[0]
    between = range(one.end + 1, two.start)
    if any(_RULE.fullmatch(rows[i]) and rows[i].strip() for i in between):
        return True
    if any(lines[i].kind in _AFTER | _ABOVE or _is_long_title(rows[i].strip()) for i in between):
        return True
    if _gap(rows, one.end, two.start) > _gap(rows, before[0].end, one.start):
        return True
    return _has_title(two) or (begins_with_heading(two.text) and _heading(two) == _heading(first[0]))


def _gap(rows: list[str], start: int, end: int) -> int:
    """Return the number of blank rows in the widest gap between two rows."""
    blank = (not row.strip() for row in rows[start + 1 : end])
    return max((len(list(run)) for is_blank, run in groupby(blank) if is_blank), default=0)


def _has_title(block: _Block) -> bool:
    """Tell whether a text begins with a line that is a title, and none of its broken lines."""
    title, *rest = block.lines
    if not rest or screen_width(title) > _FULL_LINE * max(map(screen_width, rest)):
        return False
    return _is_long_title(title) and not regex.match(r"\p{Ll}", rest[0])


def _is_long_title(text: str) -> bool:
    """Tell whether a line can be the title of a record, and is longer than those of sections."""
    language = language_of(text)
    return language is not None and is_title(text) and _size(text, language) >= _LEAST_TITLE[language]


def _heading(block: _Block) -> str:
    return (regex.match(r"\W*([\p{L}&/ ]*?)\s*(?:[^\p{L}&/ ]|$)", block.text) or [""])[0].lower()


def _start(rows: list[str], lines: list[Line], top: int, before: int, after: int) -> int:
    """Return the row between two texts with which the next record begins.

    That is the row of a rule, the one behind the widest gap, or the first behind the run of those that stand
    below an abstract. Identifiers stand above one where the first record has them there.
    """
    between = range(before + 1, after)
    if rules := [i for i in between if rows[i].strip() and _RULE.fullmatch(rows[i])]:
        return rules[-1]
    if wide := [
        i + 1 for i in between if not rows[i].strip() and i - 1 in between and not rows[i - 1].strip()
    ]:
        return wide[-1]
    below = _AFTER - ({line.kind for line in lines[:top]} & _IDENTIFIERS)
    start, ended, waiting = before + 1, False, False
    for i in (i for i in between if rows[i].strip()):
        if lines[i].kind in below or waiting:
            start, ended = i + 1, ended or lines[i].kind == "end"
            waiting = lines[i].kind in below and not lines[i].text
        elif not ended:
            break
    return start
