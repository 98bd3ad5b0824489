"""Lines of a pasted text as paragraphs: lines that were broken to fit a width are joined again."""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

import regex

from aligner.formats import hyphens
from aligner.formats.line_kinds import (
    Line,
    begins_with_heading,
    classify,
    is_list_item,
    is_terminated,
    language_of,
)
from aligner.text.han import WIDE, screen_width

_WIDTHS = (50, 120)
"""Columns between which text is broken to fit a page, a mail or PubMed's text view (80)."""

_NARROW = 24
"""Columns of the narrowest column of a journal's page; under 50 most lines must also break a sentence."""

_OUTLIERS = 0.2
"""Share of lines that may be wider than the column: heads and titles above it."""

_SPACES = " \t\u3000\xa0\ufeff\u200b\u200c\u200d\u2060"
_MAY_GO_ON = {"prose", "citation", "affiliations", "authors"}
"""What a broken line of prose may look like by itself."""

_MAY_BE_BROKEN = {"abstract", "keywords"}
_LEAST_WORDS = 25
"""English words in a row that no Chinese sentence holds."""

_LEAST_HAN = 20
_LATIN = regex.compile(r"[^\p{Han}，。、；：？！（）【】《》]+")
_WIDE = regex.compile(f"[{WIDE}]")
_WORD_END, _WORD_START = regex.compile(r"[\p{Latin}\d,;:.)%]$"), regex.compile(r"[\p{Latin}(]")
_NUMBER = regex.compile(r"\d+")
_PAGE = regex.compile(
    r"[-–—·•\s]*\d{1,4}[-–—·•\s]*|(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|第?\s*\d{1,4}\s*页",
    regex.I,
)
_INLINE_LABEL = regex.compile(
    r"(?<=[.。．])\s*(?=[\[［【]?(?:key\s?-?words?|(?:中文|英文)?关键词|關鍵詞)[\]］】]?\s*[:：])|"
    r"\s+(?=[\[［【]?(?:中图分类号|文献标[识志]码|文章编号)[\]］】]?\s*[:：])",
    regex.I,
)


@dataclass(frozen=True, slots=True)
class _Column:
    """What a full line holds: columns of half a Han character's width, and characters."""

    width: int
    characters: int

    def is_full(self, line: str) -> bool:
        """Tell whether a line fills the column, so that its break need not be one of the text."""
        return screen_width(line) >= 0.75 * self.width or len(line) >= 0.9 * self.characters


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text; blank lines part them and are left out.

    Running heads and page numbers, which part a sentence where a page ends, come after all others.
    """
    rows, heads = _without_heads(text.splitlines())
    lines = [line.strip(_SPACES) for row in rows for line in _columns(row)]
    words = hyphens.words_of(text) if any(line.endswith("-") for line in lines) else frozenset()
    blocks = (list(block) for filled, block in groupby(lines, key=bool) if filled)
    found = [
        labelled
        for block in blocks
        for paragraph in _unwrap(block, words)
        for part in part_languages(paragraph)
        for labelled in _part_labels(part)
    ]
    return found + heads


def _without_heads(rows: list[str]) -> tuple[list[str], list[str]]:
    """Part the rows from running heads: page numbers, and lines that recur with other numbers."""
    keys = [_NUMBER.sub("0", row.strip(_SPACES)) for row in rows]
    counts = Counter(keys)
    heads = {
        i
        for i, (row, key) in enumerate(zip(rows, keys, strict=True))
        if _PAGE.fullmatch(row.strip(_SPACES)) or (counts[key] > 1 and _is_head(row.strip(_SPACES), key))
    }
    kept = [row for i, row in enumerate(rows) if i not in heads]
    return kept, [rows[i].strip(_SPACES) for i in sorted(heads)]


def _is_head(row: str, key: str) -> bool:
    """Tell whether a line that stands in a text twice is a running head: with a number, and no sentence."""
    return "0" in key and 8 <= len(row) <= _WIDTHS[1] and not is_terminated(row) and classify(row).label == ""


def _part_labels(paragraph: str) -> list[str]:
    """Part a paragraph before the keywords that go on in its last line."""
    return [part for part in map(str.strip, _INLINE_LABEL.split(paragraph)) if part]


def _columns(row: str) -> list[str]:
    """Part a row at its tabs where these part the two languages."""
    cells = row.split("\t")
    return cells if {"en", "zh"} <= set(map(language_of, cells)) else [row]


def part_languages(paragraph: str) -> list[str]:
    """Part a paragraph that holds a text in both languages, one after the other, where they meet."""
    if len(_WIDE.findall(paragraph)) < _LEAST_HAN:
        return [paragraph]
    cuts = set()
    for stretch in _LATIN.finditer(paragraph):
        if len(regex.findall(r"\p{Latin}{2,}", stretch[0])) >= _LEAST_WORDS:
            last = max(
                (m.end() for m in regex.finditer(r"[.!?][\"')\]]*(?:\s+|$)", stretch[0])),
                default=len(stretch[0]),
            )
            cuts |= {stretch.start(), stretch.start() + last}
    edges = [0, *sorted(cuts - {0, len(paragraph)}), len(paragraph)]
    parts = [paragraph[a:b].strip(_SPACES) for a, b in pairwise(edges)]
    return [part for part in parts if part]


def _unwrap(block: list[str], words: Container[str]) -> list[str]:
    """Join the broken lines of a block, a run of lines without a blank one."""
    kinds = [classify(line) for line in block]
    columns = _columns_of(block, kinds)
    found = [[block[0]]]
    for i in range(1, len(block)):
        before, line = block[i - 1], block[i]
        if _may_join(kinds[i - 1], kinds[i]) and _goes_on(before, line, columns[i - 1]):
            if hyphens.is_of_the_line(before, line, words):
                found[-1][-1] = found[-1][-1][:-1]
            found[-1] += [_gap(before, line), line]
        else:
            found.append([line])
    return ["".join(parts) for parts in found]


def _gap(before: str, after: str) -> str:
    """Return what stands between two lines of one text: a blank, but not in Chinese or behind a hyphen."""
    if before.endswith("-"):
        return ""
    if language_of(before) == "zh":
        return " " if _WORD_END.search(before) and _WORD_START.match(after) else ""
    return "" if _WIDE.match(before[-1]) and _WIDE.match(after[0]) else " "


def _columns_of(block: list[str], kinds: list[Line]) -> list[_Column | None]:
    """Return for each line the column its text was broken to fit, None where it was not.

    Lines between two labels, and of one language, stand in one column: columns of Chinese hold other numbers
    of characters. Keywords are too few lines to show theirs; they stand in that of the text above them.
    """
    columns: list[_Column | None] = []
    last: dict[str | None, _Column | None] = {}
    starts = [0, *(i for i in range(1, len(block)) if kinds[i].label or _changes(kinds, i)), len(block)]
    for start, end in pairwise(starts):
        language = kinds[start].language
        column = _column(block[start:end])
        if column is None and kinds[start].kind == "keywords":
            column = last.get(language)
        last[language] = column or last.get(language)
        columns += [column] * (end - start)
    return columns


def _changes(kinds: list[Line], i: int) -> bool:
    return kinds[i].language is not None and kinds[i].language != kinds[i - 1].language


def _column(lines: list[str]) -> _Column | None:
    """Return the column that most lines fill; None where they fill none."""
    if len(lines) < 3:
        return None
    inner = lines[:-1]
    column = _Column(_upper(map(screen_width, inner)), _upper(map(len, inner)))
    if not _NARROW <= column.width <= _WIDTHS[1] or sum(map(column.is_full, inner)) < 0.6 * len(inner):
        return None
    broken = sum(not is_terminated(line) for line in inner) / len(inner)
    return column if column.width >= _WIDTHS[0] or (broken >= 0.5 and len(lines) > 3) else None


def _upper(sizes: Iterable[int]) -> int:
    """Return the largest size, outliers aside."""
    found = sorted(sizes)
    return found[max(0, len(found) - 1 - int(_OUTLIERS * len(found)))]


def _may_join(before: Line, line: Line) -> bool:
    """Tell whether, for what they are, a line may go on with the text of the one before."""
    open_end = before.kind == "prose" or (before.text and before.label and before.kind in _MAY_BE_BROKEN)
    if before.kind == "keywords" and line.language not in {before.language, None}:
        return False
    return bool(open_end and not line.label and line.kind in _MAY_GO_ON)


def _goes_on(before: str, line: str, column: _Column | None) -> bool:
    """Tell whether ``line`` goes on with the text of ``before``, which may stand in a column."""
    if begins_with_heading(line) or is_list_item(line):
        return False
    other = language_of(line) not in {language_of(before), None}
    if other and (is_terminated(before) or not column):
        return False
    if regex.search(r"\p{L}-$", before) and regex.match(r"\p{Ll}", line):
        return True
    if column:
        return column.is_full(before)
    if is_terminated(before) or screen_width(before) < _WIDTHS[0]:
        return False
    return bool(regex.search(r"[,，、;；(（]$", before) or regex.match(r"\p{Ll}", line))
