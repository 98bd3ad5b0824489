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
from aligner.formats.line_kinds import Line, begins_with_heading, classify, is_title, language_of
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

_MAX_ROWS = 200_000
"""Lines of the longest file that is looked through for records (8 seconds)."""

_FULL_LINE = 0.8
"""Share of the widest line of a text that a title above it does not fill."""

_RULE = regex.compile(
    r"\s*(?:[-=_*#~—]{3,}|(?:record|no\.?|第)?\s*\d{1,3}\s*[条篇]?\s*[.、．:：]?)\s*", regex.I
)
_SENTENCE = regex.compile(r"[.!?](?=[\s\"”’)\]]|$)|[。！？]")
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
    text: str

    def is_abstract(self) -> bool:
        """Tell whether it is as long as an abstract."""
        size = _size(self.text, self.language)
        if self.labelled:
            return size >= _LEAST[self.language]
        return size >= _LEAST_BARE[self.language] and len(_SENTENCE.findall(self.text)) > 1


def split_records(text: str, *, where: str) -> list[str]:
    """Return the texts of the records; a text that holds one comes back as it is.

    Raises:
        InputError: there are several records, and it is not told which abstract belongs to which.
    """
    rows = text.splitlines(keepends=True)
    if len(rows) > _MAX_ROWS or any(len(row) > MAX_LINE for row in rows):
        return [text]  # a record cannot hold it, and says so
    lines = [classify(row.strip()) for row in rows]
    found = _abstracts(rows, lines)
    counts = _counts(found)
    if min(counts) < (1 if found and all(block.labelled for block in found) else 2) or max(counts) < 2:
        return [text]
    if not _is_paired(found):
        what = f"holds {counts[0]} English and {counts[1]} Chinese abstracts"
        hint = "give one record a file"
        raise InputError(f"{what}, and it is not told which belong together", where=where, hint=hint)
    starts, pairs = [0], _pairs(found)
    for before, after in pairwise(pairs):
        if after[0].labelled or _begins_anew(rows, lines, pairs[0], before, after):
            starts.append(_start(rows, lines, pairs[0][0].start, before[1].end, after[0].start))
    if len(starts) < len(pairs) and not any(begins_with_heading(pair[0].text) for pair in pairs):
        text_ = "%s: paragraphs of both languages alternate and are read as one record; part records by ---"
        _log.warning(text_, where)
    return ["".join(rows[start:end]) for start, end in pairwise([*starts, len(rows)])]


def _abstracts(rows: list[str], lines: list[Line]) -> list[_Block]:
    """Return the abstracts of a file: those with a label, where there are several, else all."""
    blocks = [block for block in _blocks(rows, lines, wide=True) if block.is_abstract()]
    if not _is_paired(blocks):
        blocks = [block for block in _blocks(rows, lines, wide=False) if block.is_abstract()]
    labelled = [block for block in blocks if block.labelled]
    few = min(_counts(labelled)) < 1 or max(_counts(labelled)) < 2
    return blocks if few or (_is_paired(blocks) and not _is_paired(labelled)) else labelled


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

    What stands below references and the like is none.
    """
    block: _Block | None = None
    closed = label = False
    for i, (row, line) in enumerate(zip(rows, lines, strict=True)):
        is_rule = bool(_RULE.fullmatch(row)) and bool(row.strip())
        is_gap = wide and i > 0 and not row.strip() and not rows[i - 1].strip()
        if block and (is_rule or is_gap or _parts(line)):
            yield block
            block = None
        if _parts(line):
            label = line.kind == "abstract"
            closed = line.kind in ("end", "introduction") or (closed and not label)
        closed = closed and not is_rule
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
                block.end, block.text = i, f"{block.text}\n{part}"
            elif language:
                if block:
                    yield block
                block, label = _Block(language, i, i, label, part), False
    if block:
        yield block


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
    title, *rest = block.text.split("\n")
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

    That is the row of a rule, the one behind the widest gap, or the first behind those that stand below an
    abstract. Identifiers stand above one where the first record has them there.
    """
    between = range(before + 1, after)
    if rules := [i for i in between if rows[i].strip() and _RULE.fullmatch(rows[i])]:
        return rules[-1]
    if wide := [
        i + 1 for i in between if not rows[i].strip() and i - 1 in between and not rows[i - 1].strip()
    ]:
        return wide[-1]
    above = {line.kind for line in lines[:top]} & _IDENTIFIERS
    below = [i for i in between if lines[i].kind in _AFTER - above]
    return below[-1] + 1 if below else before + 1
