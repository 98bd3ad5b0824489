"""The walk that both segmenters share: paragraph by paragraph, from one possible end to the next."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

import regex

from aligner.segmenters.lines import parted, widest_line

_OPEN, _CLOSED, _PLAIN = r"[(（\[［]", r"[)）\]］]", r"[^(（\[［)）\]］]"
BRACKETED = rf"{_OPEN}(?:{_PLAIN}|{_OPEN}{_PLAIN}{{0,200}}+{_CLOSED}){{0,400}}+{_CLOSED}"
"""Text in brackets, one level of brackets inside; no sentence ends in there. Bounded, as time must be."""

_PARAGRAPH = regex.compile(r"\n(?:[^\S\n]*\n)+")
_SPACE = regex.compile(r"\s*")
_OPENED = regex.compile(r"[\p{L}\p{N}(（\[［]")
_VISIBLE = regex.compile(r"[\p{L}\p{N}]")


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where a sentence may end.

    Attributes:
        text: the whole text.
        start: where the sentence begins.
        mark: where its mark of punctuation is.
        tail: where the marks end and closing quotes, brackets or reference numbers may follow.
        end: where those end.
        limit: where the paragraph ends.
    """

    text: str
    start: int
    mark: int
    tail: int
    end: int
    limit: int

    @property
    def marks(self) -> str:
        """The marks of punctuation, ``.`` or ``?!``."""
        return self.text[self.mark : self.tail]

    def before(self, length: int = 40) -> str:
        """What the sentence holds before the mark, at most ``length`` characters of it."""
        return self.text[max(self.start, self.mark - length) : self.mark]

    def after(self, length: int = 40) -> str:
        """What the paragraph holds after the stop, from the next visible character."""
        begin = _skip(self.text, self.end, self.limit)
        return self.text[begin : min(begin + length, self.limit)]

    @property
    def breaks_line(self) -> bool:
        """Whether the line ends after the stop."""
        return "\n" in self.text[self.end : _skip(self.text, self.end, self.limit)]

    @property
    def glued(self) -> bool:
        """Whether the next character follows without white space."""
        return self.end < self.limit and not self.text[self.end].isspace()


@dataclass(frozen=True, slots=True)
class Rules:
    """What a language knows of its sentences.

    Attributes:
        marks: pattern of the marks of punctuation a sentence may end with.
        tail: pattern of what belongs to the sentence after them; may be empty.
        ends: whether a sentence ends here.
        is_heading: whether this is the heading of a part of an abstract, whatever its brackets.
        opens: whether a sentence is only a heading or a list mark so far, which stays with what follows.
    """

    marks: str
    tail: str
    ends: Callable[[Stop], bool]
    is_heading: Callable[[str], bool]
    opens: Callable[[str], bool]


def cuts(text: str, rules: Rules) -> Iterator[int]:
    """Yield the offsets at which sentences end, ascending; the last is the text's end."""
    scan = regex.compile(
        rf"(?P<line>\n)|(?:(?P<inside>{BRACKETED})|(?P<marks>{rules.marks}))(?P<tail>(?:{rules.tail})*+)",
        regex.V1,
    )
    begin = 0
    for blank in _PARAGRAPH.finditer(text):
        yield from _paragraph(text, begin, blank.start(), scan, rules)
        begin = blank.end()
    yield from _paragraph(text, begin, len(text), scan, rules)


def _paragraph(text: str, begin: int, limit: int, scan: regex.Pattern[str], rules: Rules) -> Iterator[int]:
    """Yield the ends in one paragraph; what has no letter or digit is no sentence and stays with the last."""
    widest = widest_line(text, begin, limit)
    start, last = _skip(text, begin, limit), None
    quotes, counted = 0, start
    for match in scan.finditer(text, start, limit):
        if match.start() < start:
            continue
        tail = match.end() if match["line"] is not None else match.start("tail")
        quotes, counted = quotes + text.count('"', counted, tail), tail
        end = match.end() if quotes % 2 else _before_opening_quote(text, tail, match.end(), limit)
        if not _ends(text, start, limit, match, end, widest, rules):
            continue
        if _VISIBLE.search(text, start, end):
            if last is not None:
                yield last
            last = end
        elif last is not None:
            last = end
        start = _skip(text, end, limit)
    if last is not None and _VISIBLE.search(text, start, limit):
        yield last
    yield limit


def _before_opening_quote(text: str, tail: int, end: int, limit: int) -> int:
    """Return where what follows the marks ends: before a straight quote that opens the next sentence."""
    opening = text.find('"', tail, end)
    return opening if 0 <= opening < limit - 1 and _OPENED.match(text, opening + 1, limit) else end


def _ends(
    text: str, start: int, limit: int, match: regex.Match[str], end: int, widest: int, rules: Rules
) -> bool:
    if match["line"] is not None:
        at = match.start()
        return not _opens(text, start, at, rules) and parted(text, at, limit, widest, rules.is_heading)
    mark, tail = match.span("marks")
    if match["inside"] is not None:
        mark, tail = match.end("inside") - 2, match.end("inside") - 1
        if text[mark] not in (".?!。？！" if match.start() == start else ".。"):
            return False
    if _opens(text, start, mark, rules):
        return False
    return rules.ends(Stop(text, start, mark, tail, end, limit))


def _opens(text: str, start: int, end: int, rules: Rules) -> bool:
    return end - start < 60 and rules.opens(text[start:end])


def _skip(text: str, position: int, limit: int) -> int:
    return cast("regex.Match[str]", _SPACE.match(text, position, limit)).end()
