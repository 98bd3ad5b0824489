"""What one line of a pasted record is: a label, a keyword line, a name list, prose of which language.

The patterns stand in ``line_kinds.tsv`` (kind, pattern of the label) and the headings of structured
abstracts in `aligner.text.headings`.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from aligner.text.han import count_han, simplify
from aligner.text.headings import opens_section
from aligner.types import Language

_OPEN, _CLOSE = r"[\[［【〔〖「（(<《]", r"[\]］】〕〗」）)>》]"
_AFTER = {
    "abstract": r"(?<=abstract|[要])\s+(?=\p{Lu}|\p{Han}|[【［]|\[(?:objective|background|aim|目的|背景))|"
    r"(?<=要)(?=\p{Han}|【)",
    "keywords": r"\s+(?=\S)|(?<=[词字詞])(?=\p{Han})",
    "pmid": r"\s*(?=\d)",
    "pmcid": r"\s*(?=PMC)",
    "doi": r"\s*(?=10\.)",
}
"""What may follow a label beside a colon, a dash or the end of the line."""
_DOI = regex.compile(r"10\.\d{4,9}/[^\s;，。；]+")
_ENDS_CHINESE = regex.compile(r"[\p{Han}。！？；，：）】”][。！？；”]?\s*$")
_WORD = regex.compile(r"\p{Latin}[\p{Latin}'’-]*")
_TERMINAL = regex.compile(r"[.!?。！？…][\"'”’」』)）\]】\d,]*$")
_FINITE = regex.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|we|may|can|could|should|will|would|to|that|than|which|did|does|"
    r"this|these|our)\b",
    regex.I,
)
_LONER = regex.compile(
    r"in english(?:, chinese)?|in chinese|\[?article in (?:chinese|english).*|full text links?|cite|format|"
    r"free (?:pmc )?article|display options|(?:no )?abstract available .*|expand|collapse|show (?:more|less)|"
    r"pubmed(?: disclaimer)?|case reports?|review|randomized controlled trial|meta-analysis|"
    r"\W*contributed equally.*|publisher:?|save|email|share|permalink|copy|actions|page navigation|"
    r"erratum in|comment in|author information:?|copyright and license.*",
    regex.I,
)
_RIGHTS = regex.compile(
    r"(?:copyright\b|©|ⓒ|\(c\)\s*(?:19|20)\d\d|版权)|^published by\b|^this is an open.access article|"
    r"all rights reserved\W*$",
    regex.I,
)
_STATEMENT = regex.compile(
    r"^(?:the )?(?:(?:all |both )?authors?(?:\(s\))?)\s+(?:have |has )?(?:declare|report|disclose|state|no )"
    r"|^(?:所有|全体|本文)?作者(?:均)?(?:声明|承诺)|^no (?:potential )?conflicts? of interest",
    regex.I,
)
_SUPPORT = regex.compile(
    r"^(?:this (?:work|study|research) was )?(?:supported|funded|sponsored) (?:by|in part)\b",
    regex.I,
)
_REFERENCE = regex.compile(
    r"\b(?:19|20)\d\d\b[^.;]{0,25};\s*\w{0,6}\d+|\b(?:19|20)\d\d\s*[,，;；]\s*\d+\s*[(（]\d+|[\[［]J[\]］]|"
    r"\beCollection\b|\bdoi:\s*10\.|\bEpub (?:19|20)\d\d|(?:19|20)\d\d\s*年[^。]{0,12}?第?\s*\d+\s*[卷期]|"
    r"\bVol(?:\.|ume)\s*\d+,\s*(?:No\.|Number|Issue)\s*\d",
    regex.I,
)
_PLACE_EN = regex.compile(
    r"\b(?:Departments?|Dept|University|Hospital|Institute|School|College|Centre|Center|Clinic|Laboratory|Division|"
    r"Academy|Faculty|Ministry)\b"
)
_PAST = regex.compile(
    r"\b(?!(?:affiliated|united|applied|integrated|allied)\b)\p{Ll}+ed\b|\b(?:I|met|fell|went|saw)\b"
)
_PLACE_ZH = regex.compile(
    r"大学|医院|学院|研究所|研究院|实验室|医学中心|\p{Han}科[，,、\s]|疾控中心|疾病预防"
)
_NOT_PLACE_ZH = regex.compile(r"目的|方法|结果|结论|患者|探讨|本研究|我们|例|。.")
_MARKS = regex.compile(r"\([^()]{0,12}\)|[\d#*†‡§¶△▲☆★＊✉]+|\b(?:MD|M\.D\.|PhD|Ph\.D\.|MSc|BSc|MBBS)\b\.?")
_NAME = regex.compile(r"(?:(?:\p{Lu}[\p{L}'’.-]*|de|da|van|von|der|den|el|al|bin|la)(?:\s+|$)){1,5}")
_ZH_NAME = regex.compile(r"\p{Han}{2,4}|\p{Han}+(?:[·•]\p{Han}+)+")


_ENDS_NO_TITLE = regex.compile(r"(?<![\]］])[.．。:：;；,，、][\"'”’」』)）]*$")
_ITEM = regex.compile(r"\s*(?:[(（]\d{1,2}[)）]|\d{1,2}(?:[)）、]|[.．]\s)|[①-⑳]|[•·●▪◦*–—-]\s)\s*\S")


@dataclass(frozen=True, slots=True)
class Line:
    """One line (or unwrapped paragraph) of a pasted record.

    Attributes:
        kind: abstract, keywords, introduction, end, note, heading, prose, or a metadata key.
        label: the label that stood at its beginning, as written; empty where none did.
        text: what follows the label.
        language: of the text, by its letters; None where it has none.
    """

    kind: str
    label: str
    text: str
    language: Language | None


def classify(line: str) -> Line:
    """Tell what a line is."""
    language = language_of(line)
    if opens_section(line):
        return Line("heading", "", line, language)
    simplified = simplify(line)
    for kind, pattern in _labels():
        if match := pattern.match(simplified):
            text = line[match.end() :].strip()
            if kind == "introduction" and text:
                break
            return Line(kind, line[: match.end()].strip(), text, language_of(text))
    return Line(_kind_by_shape(line), "", line, language)


def language_of(text: str) -> Language | None:
    """Return zh when the text has more Han characters than Latin words, en when it has any Latin word.

    A text that ends in Chinese is Chinese already with a Han character for four words: full names of what it
    abbreviates.
    """
    han, words = count_han(text), len(_WORD.findall(text))
    if not han and not words:
        return None
    return "zh" if han > words or (4 * han > words and _ENDS_CHINESE.search(text)) else "en"


def is_terminated(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    return bool(_TERMINAL.search(text))


def is_list_item(text: str) -> bool:
    """Tell whether a line is an item of a list: ``(1) ...``, ``2. ...``, ``- ...``, ``①...``."""
    return bool(_ITEM.match(text))


def begins_with_heading(text: str) -> bool:
    """Tell whether a text begins with a heading of a structured abstract, alone or before its sentence."""
    match = regex.match(
        rf"{_OPEN}?\s*([\p{{L}},&/ ]{{2,40}}?)\s*(?:{_CLOSE}|[:：.—–-]|\s+(?=\p{{Lu}}|\p{{Han}}|\d)|$)", text
    )
    return bool(match and opens_section(match[1]))


def looks_like_title(text: str) -> bool:
    """Tell whether a line can be a title: short, and no sentence."""
    if begins_with_heading(text):
        return False
    if language_of(text) == "zh":
        return len(text) <= 120 and not regex.search(r"[。；;！!]|[\p{Han})）][.．]$", text)
    words = len(_WORD.findall(text))
    return 0 < words <= 45 and (
        not is_terminated(text) or (not _FINITE.search(text) and text.count(". ") == 0)
    )


def is_title(text: str) -> bool:
    """Tell whether a line above a text without a label is its title: it can be one, and ends as none ends."""
    return looks_like_title(text) and not _ENDS_NO_TITLE.search(text)


def find_doi(text: str) -> str:
    """Return the first DOI in a text, or nothing."""
    match = _DOI.search(text)
    return match[0].rstrip(".,)]") if match else ""


@cache
def _labels() -> list[tuple[str, regex.Pattern[str]]]:
    """Return (kind, pattern of a line that begins with its label), in the file's order.

    A label is alone on its line, in brackets, or followed by a colon or dash; Abstract and Keywords also by a
    space, where nothing else can be meant.
    """
    table = files("aligner.formats").joinpath("line_kinds.tsv").read_text(encoding="utf-8")
    patterns = []
    for row in table.splitlines()[1:]:
        kind, label = row.split("\t")
        bracketed = rf"{_OPEN}\s*(?:{label})\s*[:：]?\s*{_CLOSE}\s*[:：]?\s*"
        after = _AFTER.get(kind, r"(?!)") + r"|\s*$|\s*[:：]\s*|\s*[—–-]{1,2}\s*(?=\S)"
        source = rf"[*＊#•·]*+\s*(?:{bracketed}|{_OPEN}?(?:{label})(?:\*\*)?(?:{after})(?:\*\*\s*)?)"
        patterns.append((kind, regex.compile(source, regex.I)))
    return patterns


def _kind_by_shape(line: str) -> str:
    """Tell what a line without a label is."""
    words = len(_WORD.findall(line))
    for kind, found in (
        ("note", _LONER.fullmatch(line.strip(" .:"))),
        ("copyright", len(line) < 400 and _RIGHTS.search(line) and (words < 40)),
        ("conflict_of_interest", _STATEMENT.search(line)),
        ("funding", _SUPPORT.search(line)),
        ("doi", regex.fullmatch(r"(?:https?://)?(?:dx\.)?doi\.org/\S+|10\.\d{4,9}/\S+", line)),
        ("citation", len(line) < 500 and words < 70 and _REFERENCE.search(line)),
        ("affiliations", _is_place(line)),
        ("authors", not is_list_item(line) and _is_names(line)),
        ("journal", regex.fullmatch(r"\p{Han}{2,18}(?:杂志|学报)", line)),
    ):
        if found:
            return kind
    return "prose"


def _is_place(line: str) -> bool:
    if language_of(line) == "zh":
        found = _PLACE_ZH.search(line + " ") and len(line) < 200 and not _NOT_PLACE_ZH.search(line)
        return bool(found and not is_terminated(line))
    return bool(
        _PLACE_EN.search(line)
        and len(line) < 600
        and not _FINITE.search(line)
        and regex.search("[,，;]", line)
    )


def _is_names(line: str) -> bool:
    bare = _MARKS.sub(" ", line).strip(" .,;，；、")
    if language_of(line) == "zh":
        names = [name for name in regex.split(r"[\s,，;；、]+", bare) if name]
        return (
            len(names) >= 2
            and len(line) < 300
            and not is_terminated(line)
            and all(_ZH_NAME.fullmatch(name) for name in names)
        )
    names = [name.strip(" .") for name in regex.split(r"[,;，；、&]|\band\b", bare) if name.strip(" .")]
    if len(names) < 2 or len(line) > 3000 or not all(_NAME.fullmatch(name) for name in names):
        return False
    return sum(" " in name for name in names) > len(names) / 2
