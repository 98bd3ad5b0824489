"""Where a Chinese text renders a glossary term in other words: alike in writing, or by another term's."""

from collections import Counter
from collections.abc import Iterable, Iterator

from aligner.checks.glossary import Glossary
from aligner.text import background
from aligner.text.han import simplify
from aligner.text.lemma import lemma
from aligner.types import Span

_PARTICLES = str.maketrans("", "", "性的之型术症及与和以跟或 　-–/、,，·")
_ALIKE = 0.6  # likeness from which on a stretch may be meant to render a term
_RIVAL = 0.5  # the same for another term's translation
_NO_EDGE = frozenset(" 　，。；：、（）()的了于以在后前和与及或为是等而其并且对将被把从到–-—/“”\"'")
_COMMON = 4.5  # Zipf scale; words from here on are no names that could be taken for another
_LONGEST_WORD = 8  # characters


def bare(text: str) -> str:
    """Write Chinese in Simplified characters without the particles and marks that a term may do without."""
    return simplify(text).translate(_PARTICLES)


def target_counts(zh: str, glossary: Glossary) -> Counter[str]:
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


def alike_rival(spare: Iterable[str], targets: list[str]) -> str | None:
    """Return another term's translation that is like this one's, but neither a part of it nor the whole."""
    for rival in spare:
        if len(rival) < 3 or any(rival in own or own in rival for own in targets):
            continue
        if max(len(own) >= 3 and likeness(rival, own) for own in targets) >= _RIVAL:
            return rival
    return None


def only_rival(zh: str, en: str, spare: set[str], targets: list[str]) -> str | None:
    """Return the only translation no English term asks for, where nothing of this term's own is in sight.

    A term rendered in other words (硬脊膜切开术 as 切开硬脊膜) leaves its characters. Common words of either
    language are no names that one could take for another.
    """
    present = max(sum(char in zh for char in target) / len(target) for target in targets)
    whole = {one for one in spare if not any(one in other for other in spare - {one})}
    if len(whole) != 1 or present >= 0.5 or background.zipf(en.lower(), "en") >= _COMMON:
        return None
    rival = min(whole)
    return rival if len(rival) > 2 and background.zipf(rival, "zh") < _COMMON else None


def is_fitting(zh: str, en: str) -> bool:
    """Tell whether a dictionary gives a word of the Chinese as a translation of the English term."""
    wanted = _plain(en)
    words = {
        zh[at : at + length] for length in range(2, _LONGEST_WORD + 1) for at in range(len(zh) - length + 1)
    }
    return any(wanted == _plain(gloss) for word in words for gloss in background.glosses(word))


def _plain(english: str) -> tuple[str, ...]:
    words = "".join(char if char.isalnum() else " " for char in english).split()
    return tuple(lemma(word) for word in words if word not in ("a", "an", "the"))


def nearest(zh: str, targets: list[str]) -> Span | None:
    """Find the stretch of the Chinese that looks most like a translation of the term, if any does.

    Where it only has a term's beginning, what stands in the place of the rest belongs to it.
    """
    best: tuple[float, Span] | None = None
    for target in targets:
        for length in range(max(2, len(target) - 2), len(target) + 3):
            for start in range(len(zh) - length + 1):
                if zh[start] in _NO_EDGE or zh[start + length - 1] in _NO_EDGE:
                    continue
                score = likeness(zh[start : start + length], target)
                if score >= _ALIKE and (best is None or score > best[0]):
                    whole = start + len(target)
                    is_begun = target.startswith(zh[start : start + length]) and whole <= len(zh)
                    is_begun = is_begun and not _NO_EDGE & set(zh[start + length : whole])
                    best = (score, (start, whole if is_begun else start + length))
    return best[1] if best else None


def likeness(one: str, other: str) -> float:
    """Return the share of characters in the longest common subsequence."""
    if len(set(one) & set(other)) * 2 < min(len(set(one)), len(set(other))):
        return 0.0
    row = [0] * (len(other) + 1)
    for a in one:
        before = 0
        for at, b in enumerate(other, 1):
            before, row[at] = row[at], before + 1 if a == b else max(row[at], row[at - 1])
    return 2 * row[-1] / (len(one) + len(other))


def is_shorter(one: str, form: str) -> bool:
    """Tell whether a rendering and a form differ by one character left out, and end alike: 咽痛, 咽喉痛.

    The head ends a Chinese term.
    """
    short, long = sorted((one, form), key=len)
    rest: Iterator[str] = iter(long)
    return len(long) - len(short) <= 1 and one[-1:] == form[-1:] and all(char in rest for char in short)
