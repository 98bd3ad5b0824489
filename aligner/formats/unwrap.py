"""Lines of a pasted text as paragraphs: lines that were broken to fit a width are joined again."""

from collections.abc import Iterator
from itertools import groupby, pairwise

import regex

from aligner.formats.line_kinds import Line, begins_with_heading, classify, is_terminated, language_of
from aligner.text.han import WIDE

_WIDTHS = (50, 120)
"""Columns between which text is broken to fit a page, a mail or PubMed's text view (80)."""

_SPACES = " \t\u3000\xa0\ufeff\u200b\u200c\u200d\u2060"
_MAY_GO_ON = {"prose", "citation", "affiliations", "authors"}
"""What a broken line of prose may look like by itself."""

_MAY_BE_BROKEN = {"abstract", "keywords"}
_LEAST_WORDS = 25
"""English words in a row that no Chinese sentence holds."""

_LEAST_HAN = 20
_LATIN = regex.compile(r"[^\p{Han}，。、；：？！（）【】《》]+")
_WIDE = regex.compile(f"[{WIDE}]")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text; blank lines part them and are left out."""
    lines = [line.strip(_SPACES) for row in text.splitlines() for line in _columns(row)]
    blocks = (list(block) for filled, block in groupby(lines, key=bool) if filled)
    return [part for block in blocks for paragraph in _unwrap(block) for part in part_languages(paragraph)]


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


def _unwrap(block: list[str]) -> list[str]:
    """Join the broken lines of a block, a run of lines without a blank one."""
    fitted = _is_fitted(block)
    widest = max(map(_width, block))
    kinds = [classify(line) for line in block]
    paragraphs = [[block[0]]]
    for (before, line), found in zip(pairwise(block), pairwise(kinds), strict=True):
        if _may_join(*found) and _goes_on(before, line, fitted=fitted, widest=widest):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return ["".join(_with_gaps(lines)) for lines in paragraphs]


def _with_gaps(lines: list[str]) -> Iterator[str]:
    """Yield the parts with a space between, unless Han characters meet or a hyphen ends the first."""
    yield lines[0]
    for first, second in pairwise(lines):
        together = _WIDE.match(first[-1]) and _WIDE.match(second[0])
        yield second if together or regex.search(r"\p{L}-$", first[-2:]) else f" {second}"


def _may_join(before: Line, line: Line) -> bool:
    """Tell whether, for what they are, a line may go on with the text of the one before."""
    open_end = before.kind == "prose" or (before.text and before.label and before.kind in _MAY_BE_BROKEN)
    return bool(open_end and not line.label and line.kind in _MAY_GO_ON)


def _goes_on(before: str, line: str, *, fitted: bool, widest: int) -> bool:
    """Tell whether ``line`` goes on with the text of ``before``."""
    if begins_with_heading(line):
        return False
    other = language_of(line) not in {language_of(before), None}
    if other and (is_terminated(before) or not fitted):
        return False
    if regex.search(r"\p{L}-$", before) and regex.match(r"\p{Ll}", line):
        return True
    if fitted:
        return _width(before) >= 0.75 * widest
    if is_terminated(before) or _width(before) < _WIDTHS[0]:
        return False
    return bool(regex.search(r"[,，、;；(（]$", before) or regex.match(r"\p{Ll}", line))


def _is_fitted(block: list[str]) -> bool:
    """Tell whether most lines of a block are about as wide as the widest, and that is a page's width."""
    widths = [_width(line) for line in block]
    widest = max(widths)
    if len(block) < 3 or not _WIDTHS[0] <= widest <= _WIDTHS[1]:
        return False
    return sum(width >= 0.75 * widest for width in widths[:-1]) >= 0.6 * (len(block) - 1)


def _width(line: str) -> int:
    return len(line) + len(_WIDE.findall(line))
