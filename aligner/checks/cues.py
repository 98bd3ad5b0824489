"""Cue words that turn a meaning round: negation, more and less, left and right, front and back.

They are read from cues.tsv: check, concept, polarity, English forms, Chinese forms. Polarity ``+`` and
``-`` are the two ends of a concept, ``~`` is a form that may render either end, and ``.`` marks forms that
only look like cues (不良 is no negation, a lower limb is not lower). The longest form wins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aligner.text import background
from aligner.text.han import simplify
from aligner.types import Language, Span


@dataclass(frozen=True, slots=True)
class Cue:
    """One such word: where it is, what it is about, and which end of it."""

    check: str
    concept: str
    polarity: str
    span: Span
    text: str


_Sense = tuple[str, str, str]
_WORD = re.compile(r"[a-zà-ÿ']+")

_LONGEST_STEM = 24  # letters
_DENIAL, _MAYBE_DENIAL = ("negation", "negation", "+"), ("negation", "negation", "~")
# unable, useless, symptom-free: words that deny by their prefix or suffix
_NEGATIVE = re.compile(
    r"un(?!der|i|til|cle)[a-zà-ÿ]{4,}|(?!unless|nevertheless|regardless|bless)[a-zà-ÿ]{3,}less(?:ly|ness)?"
)
# No. 1, No 1: a number of something; but not: no 30-day deaths
_NUMERO = re.compile(r"no(?:\. ?[0-9]| [0-9]+\b(?!-| (?:hour|day|week|month|year)))")
_BEFORE_AFTER = {"前": ("direction", "timing", "+"), "后": ("direction", "timing", "-")}
_NO_EVENT = frozenset(
    "的在于於中内是为，。；：（、( ,"
)  # what a word before or after an event does not follow
_FORBIDS = frozenset("，。；：！？、（(“ 请您你们就也可都千万")  # what 别 follows where it says do not
_JOINED = re.compile(r"[a-zà-ÿ' -]+")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Forms by their first word (English) or first character (Chinese), longest first."""

    starts: dict[str, list[tuple[tuple[str, ...] | str, tuple[_Sense, ...]]]]
    stems: dict[str, tuple[_Sense, ...]]


@cache
def _lexicon(language: Language) -> _Lexicon:
    senses: dict[str, list[_Sense]] = {}
    for line in files("aligner.checks").joinpath("cues.tsv").read_text(encoding="utf-8").splitlines():
        check, concept, polarity, english, chinese = line.split("\t")
        for form in (english if language == "en" else chinese).split("|"):
            if form != "-":
                form = form.replace("-", " ") if language == "en" else form
                senses.setdefault(form, []).append((check, concept, polarity))
    starts: dict[str, list[tuple[tuple[str, ...] | str, tuple[_Sense, ...]]]] = {}
    stems: dict[str, tuple[_Sense, ...]] = {}
    for form, meanings in sorted(senses.items(), key=lambda row: (-len(row[0]), row[0])):
        if language == "zh":
            starts.setdefault(form[0], []).append((form, tuple(meanings)))
        elif form.endswith("*") and " " not in form:
            stems[form[:-1]] = tuple(meanings)
        else:
            words = tuple(form.split(" "))
            starts.setdefault(words[0].rstrip("*"), []).append((words, tuple(meanings)))
    return _Lexicon(starts, stems)


@cache
def _chinese_forms() -> dict[tuple[str, str, str], list[str]]:
    forms: dict[tuple[str, str, str], list[str]] = {}
    for rows in _lexicon("zh").starts.values():
        for form, senses in rows:
            for sense in senses:
                forms.setdefault(sense, []).append(str(form))
    return forms


def opposite_form(cue: Cue, polarity: str) -> str:
    """Return the Chinese form that names another end of a Chinese cue's concept and is most like the cue."""
    forms = _chinese_forms().get((cue.check, cue.concept, polarity), [])

    def unlike(form: str) -> tuple[int, int, str]:
        shared = sum(a == b for a, b in zip(form, cue.text, strict=False))
        return (-shared, abs(len(form) - len(cue.text)), form)

    return min(forms, key=unlike, default="")


def cues(text: str, language: Language) -> list[Cue]:
    """Find the cues of a text, in order.

    A form hides the shorter forms inside it for the concepts of its own row only.
    """
    return _english(text) if language == "en" else _chinese(text)


def _english(text: str) -> list[Cue]:
    lexicon, low = _lexicon("en"), text.lower().replace("’", "'")
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(low)]
    found: list[Cue] = []
    until: dict[str, int] = {}
    for at, (word, start, end) in enumerate(words):
        if word == "no" and (_NUMERO.match(low, start) or _is_name(text, start, end)):
            continue
        for form, senses in lexicon.starts.get(word, ()):
            last = at + len(form) - 1
            if last < len(words) and _is_phrase(form, words[at : last + 1], low):
                _add(found, until, senses, (start, words[last][2]), text)
        for senses in _stems(lexicon, word):
            _add(found, until, senses, (start, end), text)
        if word.endswith("n't"):
            _add(found, until, (_DENIAL,), (start, end), text)
        elif _NEGATIVE.fullmatch(word):
            _add(found, until, (_MAYBE_DENIAL,), (start, end), text)
    return found


def _is_phrase(form: tuple[str, ...] | str, words: list[tuple[str, int, int]], low: str) -> bool:
    for expected, (word, _, _) in zip(form, words, strict=True):
        if expected != word and not (expected.endswith("*") and word.startswith(expected[:-1])):
            return False
    return len(words) == 1 or _JOINED.fullmatch(low, words[0][1], words[-1][2]) is not None


def _stems(lexicon: _Lexicon, word: str) -> Iterator[tuple[_Sense, ...]]:
    for length in range(min(len(word), _LONGEST_STEM), 1, -1):
        senses = lexicon.stems.get(word[:length])
        if senses is not None:
            yield senses


def _chinese(text: str) -> list[Cue]:
    lexicon = _lexicon("zh")
    plain = simplify(text)
    plain = plain if len(plain) == len(text) else text
    found: list[Cue] = []
    until: dict[str, int] = {}
    for at, char in enumerate(plain):
        for form, senses in lexicon.starts.get(char, ()) if not _denies_nothing(plain, at) else ():
            if isinstance(form, str) and plain.startswith(form, at):
                _add(found, until, senses, (at, at + len(form)), plain)
        if char in _BEFORE_AFTER and until.get("timing", 0) <= at and _stands_alone(plain, at):
            found.append(Cue(*_BEFORE_AFTER[char], (at, at + 1), char))
    return found


def _is_name(text: str, start: int, end: int) -> bool:
    """Tell NO, nitric oxide, from a denial in a text of capitals."""
    around = text[max(0, start - 12) : start] + text[end : end + 12]
    return text[start:end] == "NO" and (any(map(str.islower, around)) or not any(map(str.isalpha, around)))


def _denies_nothing(text: str, at: int) -> bool:
    """Tell a question (能不能, 投不投降) and 别 behind what it does not forbid (年龄别) from a denial."""
    char, before = text[at], text[at - 1 : at]
    if char in "不没":
        return bool(before) and before == text[at + 1 : at + 2]
    return char == "别" and bool(before) and before not in _FORBIDS


def _stands_alone(text: str, at: int) -> bool:
    """Tell whether a character is a word of its own: 洗手后, but not 预后; 前后 are two."""
    if not at or text[at - 1] in _NO_EVENT:  # 的前24个月
        return False
    if text[at : at + 2] == "前后" or text[at - 1 : at + 1] == "前后":
        return True
    words = (
        text[start : start + size] for size in (2, 3) for start in range(at - size + 1, at + 1) if start >= 0
    )
    return not any(background.known(word) for word in words if len(word) > 1)


def _add(found: list[Cue], until: dict[str, int], senses: tuple[_Sense, ...], span: Span, text: str) -> None:
    for check, concept, polarity in senses:
        if until.get(concept, 0) > span[0]:
            continue
        until[concept] = span[1]
        if polarity != ".":
            found.append(Cue(check, concept, polarity, span, text[span[0] : span[1]]))
