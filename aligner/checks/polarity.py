"""Which end of a concept each side names, and where the two sides name different ends."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from aligner.checks.cues import Cue, opposite_form
from aligner.checks.decision import BLIND, Candidate
from aligner.checks.parsed import ParsedPair
from aligner.types import Language

_SOFT = {"timing": "-"}  # what a form that may render either end says as a rule: at 6 months, later, then
_TIMED = re.compile("[ 第约]{0,2}[0-9一二三四五六两]{1,3} ?(?:d|h|min|周|天|个月|月|年|小时|分钟|日)")
_SAYS_WHEN = frozenset(("at", "within", "first", "for", "later", "followed"))
_LATER = re.compile(
    r"(?: the)?(?: first| least)? (?:[0-9]+|one|two|three|four|six|eight|twelve)\b",
    re.IGNORECASE,
)
_BEHIND: dict[Language, int] = {"en": 7, "zh": 1}  # characters between a denial and what it denies
_LESS = frozenset(("less", "hardly", "rarely", "seldom", "scarcely", "barely"))
_MOST = 24  # cues of one concept that are looked at one by one


def conflicts(parsed: ParsedPair, check: str, saying: str, *, kind: str = "") -> Iterator[Candidate]:
    """Find the concepts of a check of which the English names one end more often, the Chinese the other.

    Args:
        parsed: the pair.
        check: whose concepts to compare.
        saying: the message, with places for ``{en}`` and ``{zh}``.
        kind: which model decides; the check's name by default.
    """
    en, zh = _by_concept(parsed.en_cues, check, "en"), _by_concept(parsed.zh_cues, check, "zh")
    soft = [replace(cue, polarity=_SOFT[cue.concept]) for cue in parsed.en_cues if _is_soft(parsed, cue)]
    en |= {concept: found for concept, found in _by_concept(soft, check, "en").items() if concept not in en}
    for concept in en:
        mine, theirs = (Counter(cue.polarity for cue in side) for side in (en[concept], zh.get(concept, ())))
        found = None
        for lost, added in permutations(sorted(mine | theirs), 2):
            if theirs[added] <= mine[added] or not mine[lost]:
                continue
            if mine[lost] > theirs[lost]:
                found = (lost, added)
                break
            is_answered = any((cue.concept, cue.polarity) == (concept, added) for cue in soft)
            if not mine[added] and not is_answered and found is None:
                found = (lost, added)  # an end that the English never names, beside the one it does
        if found and (not _is_soft(parsed, en[concept][0]) or _timed(parsed, zh[concept], found[1])):
            yield _candidate(parsed, check, saying, kind, (en[concept], zh[concept]), found)


def _is_soft(parsed: ParsedPair, cue: Cue) -> bool:
    """Tell a form that says when, not whether before or after, and has a length of time behind it."""
    return (
        cue.concept in _SOFT
        and cue.text.lower() in _SAYS_WHEN
        and _LATER.match(parsed.pair.en, cue.span[1]) is not None
    )


def _timed(parsed: ParsedPair, cues: Sequence[Cue], polarity: str) -> bool:
    return any(cue.polarity == polarity and _TIMED.match(parsed.pair.zh, cue.span[1]) for cue in cues)


def _by_concept(cues: Sequence[Cue], check: str, language: Language) -> dict[str, list[Cue]]:
    found: dict[str, list[Cue]] = {}
    for cue in cues:
        if cue.check == check and cue.polarity != "~" and cue.concept != "negation":
            found.setdefault(cue.concept, []).append(cue)
    denials = [cue.span[1] for cue in cues if cue.concept == "negation" and _denies(cue)]
    for concept, own in found.items():
        if denials and (check == "negation" or (concept == "bound" and language == "en")):
            found[concept] = [_denied(cue, denials, language) for cue in own]
    return found


def _denies(cue: Cue) -> bool:
    """Tell what denies the word behind it: not complete, and less common, which is 不太常见."""
    return cue.polarity == "+" or cue.text.lower() in _LESS


def _denied(cue: Cue, denials: Sequence[int], language: Language) -> Cue:
    """Turn a word round right behind a denial: not complete is incomplete, not more than is at most."""
    if any(0 <= cue.span[0] - end <= _BEHIND[language] for end in denials):
        return replace(cue, polarity="-" if cue.polarity == "+" else "+")
    return cue


def _candidate(
    parsed: ParsedPair,
    check: str,
    saying: str,
    kind: str,
    sides: tuple[list[Cue], list[Cue]],
    ends: tuple[str, str],
) -> Candidate:
    lost = [cue for cue in sides[0] if cue.polarity == ends[0]][:_MOST]
    added = [cue for cue in sides[1] if cue.polarity == ends[1]][:_MOST]
    evidence = parsed.evidence
    if evidence is None:
        one, other, link, gain = lost[0], added[0], 0.0, 0.0
    else:
        links = [
            (evidence.link(a.span, b.span), -i, -j) for i, a in enumerate(lost) for j, b in enumerate(added)
        ]
        link, i, j = max(links)
        one, other = lost[-i], added[-j]
        new = opposite_form(other, ends[0])
        zh = parsed.pair.zh
        gain = evidence.gain(zh=zh[: other.span[0]] + new + zh[other.span[1] :])
    mine, theirs = (Counter(cue.polarity for cue in side) for side in sides)
    kept = [cue for cue in sides[1] if cue.polarity == ends[0]][:_MOST]
    shared = parsed.affinity.shared
    opposite = max(shared(a.span, b.span) for a in lost for b in added)
    same = max((shared(a.span, b.span) for a in lost for b in kept), default=0.0)
    features = {
        "shared": min(4.0, opposite),
        "shared beyond": max(-4.0, min(4.0, opposite - same)),
        "pure": float(not theirs[ends[0]] and not mine[ends[1]]),
        "equal": float(mine.total() == theirs.total()),
        "beside": float(mine[ends[0]] <= theirs[ends[0]]),
        "surplus": float(theirs.total() - mine.total()),
        "one": float(mine.total() == theirs.total() == 1),
        "many": math.log(mine.total() + theirs.total()),
        "link": link,
        "gain": gain,
        "likelier": float(gain > 0.0),
        "denials": float(abs(parsed.denials["en"] - parsed.denials["zh"])),
        "soft": float(_is_soft(parsed, one)),
        "timed": float(_TIMED.match(parsed.pair.zh, other.span[1]) is not None),
        f"concept {one.concept}": 1.0,
    }
    message = saying.format(en=one.text, zh=other.text)
    kind = (kind or ("timing" if one.concept == "timing" else check)) + ("" if evidence else BLIND)
    return Candidate(check, kind, message, (one.span, other.span), features)
