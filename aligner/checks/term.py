"""Glossary terms rendered otherwise, and anatomy that one character turns into another."""

from collections import Counter
from collections.abc import Iterable, Iterator

from aligner.checks.base import Check, decide, of_pair
from aligner.checks.direction import SAYING
from aligner.checks.glossary import Glossary, Term
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.checks.polarity import conflicts
from aligner.text.han import simplify
from aligner.text.lemma import lemma
from aligner.types import Finding, Severity, Span

_PARTICLES = str.maketrans("", "", "性的之型术症 　-")
_ALIKE = 0.6
_NO_EDGE = frozenset(" 　，。；：、（）()的了于以在后前和与及或为是等而其并且对将被把从到–-—/“”\"'")
_LETTER = frozenset("abcdefghijklmnopqrstuvwxyz0123456789'")


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Compare the glossary's terms with the forms it accepts.

    A form that differs by a particle only (压缩骨折, 压缩性骨折) is a note; a forbidden one is an error.
    """
    yield from decide(parsed, conflicts(parsed, "term", SAYING["term"]))
    if not context.glossary.terms or not parsed.pair.en.strip() or not parsed.pair.zh.strip():
        return
    found = occurrences(parsed.pair.en, context.glossary)
    yield from _forbidden(parsed, found)
    yield from _missing(parsed, context.glossary, found)


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


def _forbidden(parsed: ParsedPair, found: list[tuple[Term, Span]]) -> Iterator[Finding]:
    for term, span in found:
        for form in term.forbidden:
            at = parsed.pair.zh.find(form)
            if at >= 0 and not any(form in target for target in term.targets):
                message = f"'{term.en}' is {form} here; the glossary forbids it and has {term.zh}"
                yield parsed.finding(
                    "term",
                    "error",
                    message,
                    (span, (at, at + len(form))),
                    category="terminology",
                    suggestion=term.zh,
                )


def _missing(parsed: ParsedPair, glossary: Glossary, found: list[tuple[Term, Span]]) -> Iterator[Finding]:
    zh = _plain(parsed.pair.zh)
    wanted = Counter(term.en.lower() for term, _ in found)
    counted = _target_counts(zh, glossary)
    lacking: dict[str, tuple[Term, Span, list[str]]] = {}
    for term, span in found:
        targets = [simplify(target) for target in term.targets]
        if sum(counted[target] for target in targets) < wanted[term.en.lower()]:
            lacking.setdefault(term.en.lower(), (term, span, targets))
    lost = [row for row in lacking.values() if not any(target in zh for target in row[2])]
    spare = {
        target: other
        for target, other in glossary.by_target
        if counted[target] > wanted[other.en.lower()] and other.en.lower() not in lacking
    }
    for term, span, targets in lacking.values():
        absent = all(target not in zh for target in targets)
        rival = _alike_rival(spare, targets)
        if rival is None and absent and len(lost) == 1:
            rival = _only_rival(
                zh, {t for t, other in spare.items() if not wanted[other.en.lower()]}, targets
            )
        if rival is None and (not absent or (term.abbreviation and term.abbreviation in zh)):
            continue
        at = zh.find(rival) if rival else -1
        if rival:
            yield _finding(parsed, term, span, (at, at + len(rival)), is_rival=True)
        else:
            yield _finding(parsed, term, span, _nearest(zh, targets), is_rival=False)


def _plain(zh: str) -> str:
    """Write Chinese in Simplified characters; as it stands where that would shift what follows."""
    plain = simplify(zh)
    return plain if len(plain) == len(zh) else zh


def _target_counts(zh: str, glossary: Glossary) -> Counter[str]:
    """Count the glossary's Chinese forms in a text, each place for the longest form only."""
    counts: Counter[str] = Counter()
    taken = [False] * len(zh)
    for target, _ in glossary.by_target:
        if counts[target]:
            continue
        at = zh.find(target)
        while at >= 0:
            if not any(taken[at : at + len(target)]):
                counts[target] += 1
                taken[at : at + len(target)] = [True] * len(target)
            at = zh.find(target, at + 1)
    return counts


def _alike_rival(spare: Iterable[str], targets: list[str]) -> str | None:
    """Return another term's translation that is like this one's, but neither a part of it nor the whole."""
    for target in spare:
        if not any(target in own or own in target for own in targets) and _alike(target, targets[0]):
            return target
    return None


def _only_rival(zh: str, spare: set[str], targets: list[str]) -> str | None:
    """Return the only translation no English term asks for, where nothing of this term's own is in sight.

    A term rendered in other words (硬脊膜切开术 as 切开硬脊膜) leaves its characters.
    """
    present = max(sum(char in zh for char in target) / len(target) for target in targets)
    whole = {one for one in spare if not any(one in other for other in spare - {one})}
    return min(whole) if len(whole) == 1 and present < 0.5 else None


def _alike(one: str, other: str) -> bool:
    return len(set(one) & set(other)) * 2 >= min(len(set(one)), len(set(other)))


def _finding(parsed: ParsedPair, term: Term, span: Span, near: Span | None, *, is_rival: bool) -> Finding:
    severity: Severity = "info"
    if near is None:
        message = f"'{term.en}' should be {term.zh}; no form of it is in the Chinese"
    else:
        written = parsed.pair.zh[near[0] : near[1]]
        bare = simplify(written).translate(_PARTICLES)
        forms = [simplify(target).translate(_PARTICLES) for target in term.targets]
        is_part = any(form.endswith(bare) or form in bare for form in forms)  # the head ends a Chinese term
        if bare not in forms and (is_rival or not is_part):
            severity = "warning"
        message = f"'{term.en}' is {written} here; the glossary has {term.zh}"
    return parsed.finding("term", severity, message, (span, near), category="terminology", suggestion=term.zh)


def _nearest(zh: str, targets: list[str]) -> Span | None:
    """Find the stretch of the Chinese that looks most like a translation of the term, if any does."""
    best: tuple[float, Span] | None = None
    for target in targets:
        for length in range(max(2, len(target) - 2), len(target) + 3):
            for start in range(len(zh) - length + 1):
                if zh[start] in _NO_EDGE or zh[start + length - 1] in _NO_EDGE:
                    continue
                score = _likeness(zh[start : start + length], target)
                if score >= _ALIKE and (best is None or score > best[0]):
                    best = (score, (start, start + length))
    return best[1] if best else None


def _likeness(one: str, other: str) -> float:
    """Share of characters in the longest common subsequence."""
    if len(set(one) & set(other)) * 2 < min(len(set(one)), len(set(other))):
        return 0.0
    row = [0] * (len(other) + 1)
    for a in one:
        before = 0
        for at, b in enumerate(other, 1):
            before, row[at] = row[at], before + 1 if a == b else max(row[at], row[at - 1])
    return 2 * row[-1] / (len(one) + len(other))


CHECK = Check(
    check,
    wrong=of_pair("Cement leakage was seen.", "可见骨水泥溢出。"),
    right=of_pair("Cement leakage was seen.", "可见骨水泥渗漏。"),
    terms=(Term("cement leakage", "骨水泥渗漏", (), ("骨水泥溢出",)),),
)
