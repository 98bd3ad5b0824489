"""Which form of a term a glossary shows: the commonest, without the capital of a sentence's start."""

import re
from collections import Counter
from functools import cache
from importlib.resources import files

from aligner.text.headings import is_heading
from aligner.text.keywords import keyword_spans

_BEFORE_START = re.compile(r"(?:^|[.!?:;\u3002][\"'\u201d\u2019)\]]*\s+)[\"'\u201c\u2018(\[\s]*$")
_HEADING = re.compile(r"(?:^|[.!?]\s+)([A-Z][^.!?]*)\s+$")
_LOOK_BACK = 48  # characters
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN_IN_TITLE = 0.4  # share of a title's longer words without a capital, from which on it is a sentence
_SMALL_WORD = 3  # letters; title case leaves such words alone
_ONLY_FIRST_CAPITAL = re.compile(r"[A-Z][a-z\u00df-\u00f6\u00f8-\u00ff]+(?=\W|$)")


@cache
def _eponyms() -> frozenset[str]:
    lines = files("aligner.glossary").joinpath("eponyms.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def starts_sentence(text: str, start: int) -> bool:
    """Tell whether a sentence of ``text`` begins at ``start``, but for quotes, brackets and headings."""
    first = max(0, start - _LOOK_BACK)
    if _BEFORE_START.search(text, first, start):
        return True
    heading = _HEADING.search(text, first, start)
    return heading is not None and is_heading(heading[1])


def lists_in_capitals(keywords: str) -> bool:
    """Tell whether every item of a list of keywords begins with a capital, which says nothing of any then.

    Example:
        >>> lists_in_capitals("Hip fracture; Time to surgery; 5-HT"), lists_in_capitals("Barthel index; fall")
        (True, False)
    """
    return not any(keywords[start].islower() for start, _ in keyword_spans(keywords))


def loses_capital(form: str) -> bool:
    """Tell whether ``form`` has a first capital that it would not have inside a sentence.

    Names keep it, and so do forms in title case, whose other words have capitals too.
    """
    word = _ONLY_FIRST_CAPITAL.match(form)
    if word is None or word[0].casefold() in _eponyms():
        return False
    others = [other for other in form.split()[1:] if len(other) > _SMALL_WORD]
    return not others or not all(other[0].isupper() for other in others)


def without_title_case(form: str, title: str) -> str:
    """Return a form without the capitals that only a title gives its words; names keep theirs."""
    words = [word for word in _WORD.findall(title) if len(word) > _SMALL_WORD]
    plain = [word for word in words[1:] if word.islower()]
    if len(plain) > _PLAIN_IN_TITLE * len(words):
        return form
    return _WORD.sub(lambda m: m[0] if _keeps_capital(m[0]) else m[0].lower(), form)


def _keeps_capital(word: str) -> bool:
    return _ONLY_FIRST_CAPITAL.fullmatch(word) is None or word.casefold() in _eponyms()


def settle_capitals(inside: Counter[str], initial: Counter[str]) -> Counter[str]:
    """Count the forms seen at the start of a sentence among those seen inside one.

    Args:
        inside: forms seen inside a sentence, with counts.
        initial: forms seen at its start, with a capital that may only stand for that.

    Returns:
        Counts of all forms. ``Vertebroplasty`` at the start counts as ``vertebroplasty`` unless the term is
        only ever written with a capital inside a sentence, or its first word is a name (``Cobb angle``);
        a capital inside a sentence counts for nothing either where small letters are used too.
    """
    result: Counter[str] = Counter()
    for forms, at_start in ((inside, False), (initial, True)):
        for form, count in forms.items():
            lower = form[0].lower() + form[1:]
            placed = inside[lower] or (at_start and not inside[form])
            result[lower if placed and loses_capital(form) else form] += count
    return result


def rank_forms(forms: Counter[str]) -> list[tuple[str, int]]:
    """Sort forms, commonest first; of equally common ones the shorter, then the one in small letters."""
    return sorted(forms.items(), key=lambda item: (-item[1], len(item[0]), item[0].swapcase()))
