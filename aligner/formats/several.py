"""Several records pasted into one file: where one ends and the next begins."""

from collections.abc import Iterator
from itertools import pairwise

import regex

from aligner.errors import InputError
from aligner.formats.line_kinds import classify, is_title, language_of
from aligner.text.han import count_han
from aligner.types import Language

_LEAST = {"en": 12, "zh": 12}
"""English words and Chinese characters of the shortest abstract."""

_RULE = regex.compile(r"\s*(?:[-=_*#~—]{3,}|\d{1,3}\s*[.、．]?)\s*")
_AFTER = {
    *("keywords", "doi", "pmid", "pmcid", "copyright", "funding", "conflict_of_interest", "classification"),
    *("dates", "correspondence", "mesh", "end"),
}
"""Kinds of lines that stand below an abstract."""


def split_records(text: str, *, where: str) -> list[str]:
    """Return the texts of the records; a text that holds one comes back as it is.

    Two abstracts of one language, each under its label, are two records if the other language has two too.

    Raises:
        InputError: there are several records, and it is not told which abstract belongs to which.
    """
    rows = text.splitlines(keepends=True)
    labels = list(_labelled(rows))
    languages = [language for _, language in labels]
    count = min(languages.count("en"), languages.count("zh"))
    if count < 2:
        return [text]
    pairs = [labels[i : i + 2] for i in range(0, len(labels), 2)]
    if len(labels) != 2 * count or any(len({language for _, language in pair}) != 2 for pair in pairs):
        what = f"holds {count} records, and it is not told which abstracts belong together"
        raise InputError(what, where=where, hint="give one record a file")
    starts = [0, *(_start(rows, before[1][0], after[0][0]) for before, after in pairwise(pairs)), len(rows)]
    return ["".join(rows[start:end]) for start, end in pairwise(starts)]


def _labelled(rows: list[str]) -> Iterator[tuple[int, Language]]:
    """Yield the row and the language of each abstract that has a label and is as long as one."""
    found = [(i, classify(row.strip())) for i, row in enumerate(rows) if row.strip() and len(row) < 1_000_000]
    places = [i for i, line in found if line.kind == "abstract" and line.label]
    for start, end in pairwise([*places, len(rows)]):
        texts: list[str] = []
        for line in (line for i, line in found if start <= i < end):
            if line.kind in _AFTER:
                break
            if line.text and line.kind != "heading":
                texts.append(line.text)
        language = language_of(texts[0]) if texts else None
        if language and _size("\n".join(texts), language) >= _LEAST[language]:
            yield start, language


def _size(text: str, language: Language) -> int:
    """Return the number of English words, or of Han characters."""
    return count_han(text) if language == "zh" else len(regex.findall(r"\p{Latin}+", text))


def _start(rows: list[str], before: int, after: int) -> int:
    """Return the row between two abstracts with which the next record begins.

    That is the row behind the widest gap or a rule, else the first that may head a record behind those that
    stand below an abstract, else the label itself.
    """
    blank = [i for i in range(before + 1, after) if not rows[i].strip()]
    rules = [i for i in range(before + 1, after) if rows[i].strip() and _RULE.fullmatch(rows[i])]
    if rules:
        return rules[-1]
    wide = [i + 1 for i in blank if i - 1 in blank]
    if wide:
        return wide[-1]
    last = next((i for i in range(after - 1, before, -1) if classify(rows[i].strip()).kind in _AFTER), None)
    if last is not None:
        return last + 1
    start = after
    for i in range(after - 1, before + 1, -1):
        line = classify(rows[i].strip())
        if rows[i].strip() and (line.kind == "prose" and not is_title(line.text)):
            break
        start = i
    return start
