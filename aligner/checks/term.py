"""Glossary terms rendered otherwise, and anatomy that one character turns into another."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from aligner.checks.base import Check, decide, of_pair
from aligner.checks.direction import SAYING
from aligner.checks.glossary import Glossary, Term
from aligner.checks.names import exchanged_names
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.checks.polarity import conflicts
from aligner.checks.term_rendering import (
    alike_rival,
    bare,
    is_fitting,
    is_shorter,
    nearest,
    only_rival,
    target_counts,
)
from aligner.text.han import simplify
from aligner.text.lemma import lemma
from aligner.types import Finding, Severity, Span

_LEAST = 3  # characters of a translation that a rendering alike may be a slip of
_DEFINED = re.compile(r"\s*\(([A-Z][A-Za-z0-9-]{1,9}?)s?\)")
_LETTER = frozenset("abcdefghijklmnopqrstuvwxyz0123456789'")


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Compare the glossary's terms with the forms it accepts.

    A form that differs by a particle only (压缩骨折, 压缩性骨折) is a note; a forbidden one is an error.
    """
    yield from decide(parsed, conflicts(parsed, "term", SAYING["term"]))
    yield from exchanged_names(parsed)
    if not context.glossary.terms or not parsed.pair.en.strip() or not parsed.pair.zh.strip():
        return
    found = occurrences(parsed.pair.en, context.glossary)
    forbidden = dict(_forbidden(parsed, found))
    yield from forbidden.values()
    yield from _missing(parsed, context.glossary, [row for row in found if row[0].en not in forbidden])


def occurrences(en: str, glossary: Glossary) -> list[tuple[Term, Span]]:
    """Find glossary terms in an English text; the longest wins, number and hyphens do not matter."""
    words = _words(en)
    forms = [lemma(word) for word, _, _ in words]
    found: list[tuple[Term, Span]] = []
    at = 0
    while at < len(words):
        for form, term in glossary.by_first_word.get(forms[at], ()):
            if tuple(forms[at : at + len(form)]) == form and (len(term.en) > 3 or term.en in en):
                found.append((term, (words[at][1], words[at + len(form) - 1][2])))
                at += len(form) - 1
                break
        at += 1
    return found


def _words(text: str) -> list[tuple[str, int, int]]:
    words, start = [], -1
    low = text.lower()
    for at, char in enumerate(low[: len(text)]):
        if char in _LETTER or char.isalpha():
            start = at if start < 0 else start
        elif start >= 0:
            words.append((text[start:at], start, at))
            start = -1
    if start >= 0:
        words.append((text[start:], start, len(text)))
    return words


def _forbidden(parsed: ParsedPair, found: list[tuple[Term, Span]]) -> Iterator[tuple[str, Finding]]:
    zh = _plain(parsed.pair.zh)
    for term, span in found:
        for form in map(simplify, term.forbidden):
            at = zh.find(form)
            if at >= 0 and not any(form in simplify(target) for target in term.targets):
                written = parsed.pair.zh[at : at + len(form)]
                wanted = f" and has {term.zh}" if term.zh else ""
                message = f"'{term.en}' is {written} here; the glossary forbids it{wanted}"
                yield term.en, _finding(parsed, "error", message, term, (span, (at, at + len(form))))


def _missing(parsed: ParsedPair, glossary: Glossary, found: list[tuple[Term, Span]]) -> Iterator[Finding]:
    zh = _plain(parsed.pair.zh)
    wanted = Counter(term.en.lower() for term, _ in found)
    counted = target_counts(zh, glossary)
    lacking: dict[str, _Lacking] = {}
    for term, span in found:
        targets = [simplify(target) for target in term.targets]
        if targets and sum(counted[target] for target in targets) < wanted[term.en.lower()]:
            lacking.setdefault(term.en.lower(), _Lacking(term, span, targets, zh))
    lost = [one for one in lacking.values() if one.is_absent]
    spare = {
        target: other
        for target, other in glossary.by_target
        if counted[target] > wanted[other.en.lower()] and other.en.lower() not in lacking
    }
    unasked = {target for target, other in spare.items() if not wanted[other.en.lower()]}
    for one in lacking.values():
        rival = alike_rival(spare, one.targets)
        if rival is None and one.is_absent and len(lost) == 1:
            rival = only_rival(zh, one.term.en, unasked, one.targets)
        if rival is not None and not is_fitting(zh, one.term.en):
            at = zh.find(rival)
            yield _rendered(parsed, one, "warning", (at, at + len(rival)))
        elif one.is_absent:
            yield from _unlike(parsed, one)


@dataclass(frozen=True)
class _Lacking:
    """A term with fewer renderings in the Chinese than occurrences in the English."""

    term: Term
    span: Span
    targets: list[str]
    zh: str

    @cached_property
    def is_absent(self) -> bool:
        """Whether no form of it is there."""
        if self.term.stays:
            return self.term.en.casefold() not in self.zh.casefold()
        return not any(target in self.zh for target in self.targets)


def _plain(zh: str) -> str:
    """Write Chinese in Simplified characters; as it stands where that would shift what follows."""
    plain = simplify(zh)
    return plain if len(plain) == len(zh) else zh


def _is_short_form(parsed: ParsedPair, term: Term, span: Span) -> bool:
    """Tell whether the Chinese has the term's short form, as the glossary or the English text gives it."""
    defined = _DEFINED.match(parsed.pair.en, span[1])
    return any(
        short in parsed.pair.zh for short in (term.abbreviation, defined[1] if defined else "") if short
    )


def _unlike(parsed: ParsedPair, one: _Lacking) -> Iterator[Finding]:
    """Report a term of which no form is there, beside what is written in its place, if that can be told."""
    near = None if one.term.stays else nearest(one.zh, one.targets)
    if near is not None:
        written = bare(one.zh[slice(*near)])
        forms = [bare(target) for target in one.targets]
        is_part = any(form.endswith(written) or is_shorter(written, form) for form in forms)
        is_part = is_part or any(form in bare(one.zh) for form in forms)
        is_short = max(map(len, one.targets)) < _LEAST
        if not is_part and not is_short and not is_fitting(one.zh, one.term.en):
            yield _rendered(parsed, one, "warning", near)
            return
    if _is_short_form(parsed, one.term, one.span):
        return
    if near is not None:
        yield _rendered(parsed, one, "info", near)
        return
    wanted = "is to stay as it is" if one.term.stays else f"should be {one.term.zh}"
    message = f"'{one.term.en}' {wanted}; no form of it is in the Chinese"
    yield _finding(parsed, "warning" if one.term.stays else "info", message, one.term, (one.span, None))


def _rendered(parsed: ParsedPair, one: _Lacking, severity: Severity, near: Span) -> Finding:
    message = f"'{one.term.en}' is {parsed.pair.zh[slice(*near)]} here; the glossary has {one.term.zh}"
    return _finding(parsed, severity, message, one.term, (one.span, near))


def _finding(
    parsed: ParsedPair, severity: Severity, message: str, term: Term, spans: tuple[Span, Span | None]
) -> Finding:
    return parsed.finding("term", severity, message, spans, category="terminology", suggestion=term.zh)


CHECK = Check(
    check,
    wrong=of_pair("Cement leakage was seen.", "可见骨水泥溢出。"),
    right=of_pair("Cement leakage was seen.", "可见骨水泥渗漏。"),
    terms=(Term("cement leakage", "骨水泥渗漏", (), ("骨水泥溢出",)),),
)
