"""English sentences: where a stop is an end and where it belongs to an abbreviation, a number or a name."""

from collections.abc import Iterator
from functools import cache

import regex

from aligner.languages import groups, words
from aligner.segmenters import scan
from aligner.segmenters.scan import Rules, Stop
from aligner.text.headings import is_heading

MARKS = r"[.?!…。？！]+(?:[ \u00a0]\.){0,8}"
REFERENCES = r"\[\d{1,3}(?:[,–-]\s?\d{1,3}){0,9}\]|[⁰¹²³⁴-⁹⁻]{1,9}"
_FOOTNOTES = r"(?<=[\p{L}\p{M})\]%\"”’]\.[\"”’)]?)\d{1,3}(?:[,–-]\d{1,3}){0,9}(?=\s|$)"
TAIL = rf"[\"'”’»)\]）】」』]|{REFERENCES}|{_FOOTNOTES}"

_WORD = regex.compile(r"(?<!['’])(?:[\p{L}--\p{Han}]+\.)*[[\p{L}\p{M}]--\p{Han}]++$", regex.V1)
_NEXT = regex.compile(r"[\p{P}\p{S}\s]*(?P<word>[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’.-]*)?")
# mTOR, miR-21, p53, α-synuclein, p
_NAME = regex.compile(r"\p{Ll}[\p{L}-]*[\p{Lu}\d]|\p{Greek}|\p{Ll}(?:-|$)")
_LABEL = regex.compile(r"\d|[IVXivx]+\b|\p{Lu}\d|[B-HJ-Zb-z]\b")  # after Fig., No.: 3, IV, S1, b
_UNIT = regex.compile(r"[\d°/·µμ%]\s?\p{L}$")  # 5 L, 37 °C, mg/L
_ITEM = regex.compile(
    r"[(（\[]?(?:(?:Fig|Figure|Table)?\.?\s?\d{1,2}(?:\.\d{1,2})*|\p{Lu}|[a-z]|[ivxIVX]{1,4})[)）\]]?$"
)
# aims: 1. to assess pain; 2. to assess leakage
_INNER_ITEM = regex.compile(r"(?:(?::\s+|：\s*)1|(?:;\s+|；\s*)\d{1,2})$")
_HOST = regex.compile(r"\s?(?:com|edu|gov|int|io|net|org|cn|uk)\b", regex.I)
_GLUED = regex.compile(r"\"?(?:\p{Lu}\p{L}+|[AI])(?=[\s:,])")
_GLUABLE = regex.compile(r"(?:(?:^|[^\p{L}.@/:])[\p{L}-]*\p{L}{2}|[\d)\]%])$")
_TORN = regex.compile(r"(?<![\d.])0$")  # 0. 05, as scanned text has it
_CONSTRUCT = regex.compile(r"(?<![\p{L}\d])(?:[\p{Lu}\d-]{2,}|(?=\p{Ll}?\p{Lu})\p{L}{2,3})$")  # DN in DN.CREB
_CAPITALS = regex.compile(r"[\p{Lu}\d]{2,}(?![\p{L}\d])")
_LETTERS = regex.compile(r"\p{L}[\p{L}\p{M}\p{N}-]*")
_BLANKS = regex.compile(r"[\s\p{P}]+")


def cuts(text: str) -> Iterator[int]:
    """Yield the offsets at which English sentences end, ascending; the last is the text's end."""
    return scan.cuts(text, Rules(MARKS, TAIL, ends, is_heading, opens))


def opens(so_far: str) -> bool:
    """Return whether the sentence is a heading (``METHODS``) or a list mark (``1``, ``(a)``) so far."""
    return is_heading(so_far) or bool(_ITEM.match(so_far))


def ends(stop: Stop) -> bool:
    """Return whether a sentence ends at a stop."""
    if not stop.after():
        return True
    if stop.glued:
        return _ends_glued(stop)
    following = _NEXT.match(stop.after())
    word = (following and following["word"]) or ""
    if stop.marks != ".":
        return _may_open(stop, word)
    if _INNER_ITEM.search(stop.before(8)):
        return False
    if _TORN.search(stop.before(8)) and stop.after(1).isdigit():
        return False
    if stop.before(1).isspace() and _HOST.match(stop.after()):
        return False
    return _ends_after_word(stop, word)


def kind(before: str) -> str:
    """Return the group of the abbreviation a text ends with (without its last stop), or an empty string."""
    before = before.rstrip()
    found = _WORD.search(before)
    if found is None:
        return ""
    word = found[0]
    group = _abbreviations().get(word) or _abbreviations().get(word.lower(), "")
    if group == "number" or (group and not (word.isupper() and word.isalpha() and len(word) > 1)):
        return group  # capitals are an acronym of its own: CA, IE, WT
    if "." in word and all(len(part) == 1 for part in word.split(".")):
        return "name" if word.isupper() else "capital"
    if len(word) == 1 and not _UNIT.search(before):
        labelled = _BLANKS.split(before[:-1].lower().rstrip())
        return "" if labelled[-1] in words("en", "labelled") else "name"
    return ""


@cache
def _abbreviations() -> dict[str, str]:
    return {word: group for group, members in groups("en", "abbreviations").items() for word in members}


def _ends_after_word(stop: Stop, word: str) -> bool:
    group = kind(stop.before())
    tail = stop.text[stop.tail : stop.end]
    if group and (set(")）]】") & set(tail) or (group == "number" and tail[:1].isdigit())):  # No.1 People's
        return False
    match group:
        case "inside":
            return False
        case "number":
            return not _LABEL.match(word) and (word[:1].isupper() or _in_small_letters(stop))
        case "name":
            return word[:1].isupper() and word.lower() in words("en", "starters")
        case "capital":
            return word[:1].isupper()
        case "unit":
            return not word[:1].islower()
    return stop.breaks_line or _may_open(stop, word)


def _may_open(stop: Stop, word: str) -> bool:
    """Return whether a sentence may open with this word; with a small letter where the last one did."""
    if not word[:1].islower() or _in_small_letters(stop):
        return True
    if stop.marks != "." or stop.end > stop.tail:
        return False
    return bool(_NAME.match(word)) or word in words("en", "starters")


def _in_small_letters(stop: Stop) -> bool:
    opening = _LETTERS.search(stop.text, stop.start, min(stop.start + 40, stop.mark))
    return opening is not None and opening[0].islower()


def _ends_glued(stop: Stop) -> bool:
    """Return whether a sentence ends where the next follows without a blank: ``pain.The``, ``P<.05).We``."""
    after = stop.text[stop.end : min(stop.end + 40, stop.limit)]
    if stop.marks == "." and (kind(stop.before()) or _HOST.match(after)):
        return False
    if _CAPITALS.match(after) and _CONSTRUCT.search(stop.before()):
        return False
    return bool(_GLUED.match(after)) and bool(_GLUABLE.search(stop.before()))
