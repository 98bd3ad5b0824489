"""Chinese sentences: full-width stops, their half-width twins, and Latin text inside."""

from collections.abc import Iterator

import regex

from aligner.languages import words
from aligner.segmenters import english, scan
from aligner.segmenters.scan import Rules, Stop
from aligner.text.headings import is_heading

MARKS = r"[。！？｡．.?!…]+|(?=【)"  # 【方法】 begins a sentence even where the one before has no stop
_NUMBERS = r"\d{1,3}(?:[,，、~～–-]\s?\d{1,3}){0,9}"
_OPENERS = "|".join(sorted(words("zh", "openers")))
# A number that a word of grammar follows counts nothing: it is a reference. 20 世纪, 12 周 open a sentence.
_FOOTNOTES = rf"(?<=[。｡][”’」』)）]?){_NUMBERS}\s+(?={_OPENERS})"
TAIL = "|".join(
    [
        r"[ \u3000]?[”’」』]",
        r"[\"'»)\]）］】》〉〕]",
        rf"[\[［【]{_NUMBERS}[\]］】]",
        r"[⁰¹²³⁴-⁹⁻]{1,9}",
        _FOOTNOTES,
    ]
)

_FULL = frozenset("。！？｡")
_GOES_ON = regex.compile(r"[，、；：,;:)）]")
_HAN = regex.compile(r"[\p{Han})）\]］】》”」』%％]$")
_NOT_A_QUESTION = regex.compile(r"[\w=<>&/~+-]", regex.ASCII)  # P?0.05, page?id=3
_ITEM = regex.compile(r"(?:^[图圖表]?\s?\d{1,2}|(?<!\d)[：:]\s*[1１]|[；;]\s*\d{1,2})$")
_WHOLE = regex.compile(r"(?<![\d.．])\d{1,4}$")
_COUNTED = regex.compile(r"\d{1,4}\s?(?!版|软件|軟體)\p{Han}")
# 介于.82至.94, as some journals write what cannot be more than one
_FRACTION = regex.compile(r"\d{2,3}(?:\s?[至到和與与及~～–-]\s?[.．]\d|[，,；;)）。．])")


def cuts(text: str) -> Iterator[int]:
    """Yield the offsets at which Chinese sentences end, ascending; the last is the text's end."""
    return scan.cuts(text, Rules(MARKS, TAIL, ends, is_heading, opens))


def opens(so_far: str) -> bool:
    """Return whether the sentence is a heading (``【目的】``) or a list mark (``1``) so far."""
    return is_heading(so_far) or english.opens(so_far) or bool(_ITEM.match(so_far))


def ends(stop: Stop) -> bool:
    """Return whether a sentence ends at a stop."""
    after = stop.after()
    if not after:
        return True
    if not stop.marks:
        return stop.mark > stop.start and is_heading(after.partition("】")[0])
    if _GOES_ON.match(after) or (stop.end > stop.tail and after[0] in "等的"):
        return False
    if _FULL & set(stop.marks):
        return True
    if {"?", "!"} & set(stop.marks):
        return not (stop.glued and _NOT_A_QUESTION.match(after))
    if stop.marks not in {".", "．"}:  # an ellipsis
        return stop.end > stop.tail or stop.breaks_line
    return _ends_at_dot(stop, after)


def _ends_at_dot(stop: Stop, after: str) -> bool:
    before = stop.before()
    if _ITEM.search(before[-5:]):
        return False
    if before[-1:].isdigit() and after[0].isdigit() and (stop.glued or _WHOLE.search(before)):
        return not _WHOLE.search(before) and bool(_COUNTED.match(after))  # P<0.05.3例, but 0. 05 and 4.1.2
    if stop.glued and _FRACTION.match(after) and stop.text[stop.mark - 1 : stop.mark] not in "%％)）":
        return False
    if _HAN.search(before):
        return True
    if stop.marks == "．" and before[-1:].isalpha() and after[0].isalpha():
        return english.kind(before) in {"", "unit"}
    if stop.glued and not after[0].isascii():
        return english.kind(before) in {"", "unit"}
    return english.ends(stop)
