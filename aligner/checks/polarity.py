"""Which end of a concept each side names, and where the two sides name different ends."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import permutations

from aligner.checks.cues import Cue, opposite_form
from aligner.checks.decision import BLIND, Candidate
from aligner.checks.parsed import ParsedPair

_MOST = 24  # cues of one concept that are looked at one by one


def conflicts(parsed: ParsedPair, check: str, saying: str, *, kind: str = "") -> Iterator[Candidate]:
    """Find the concepts of a check of which the English names one end more often, the Chinese the other.

    Args:
        parsed: the pair.
        check: whose concepts to compare.
        saying: the message, with places for ``{en}`` and ``{zh}``.
        kind: which model decides; the check's name by default.
    """
    en, zh = _by_concept(parsed.en_cues, check), _by_concept(parsed.zh_cues, check)
    for concept in en:
        mine, theirs = (Counter(cue.polarity for cue in side) for side in (en[concept], zh.get(concept, ())))
        found = None
        for lost, added in permutations(sorted(mine | theirs), 2):
            if theirs[added] <= mine[added] or not mine[lost]:
                continue
            if mine[lost] > theirs[lost]:
                found = (lost, added)
                break
            if not mine[added] and found is None:
                found = (lost, added)  # an end that the English never names, beside the one it does
        if found:
            yield _candidate(parsed, check, saying, kind, (en[concept], zh[concept]), found)


def _by_concept(cues: Sequence[Cue], check: str) -> dict[str, list[Cue]]:
    found: dict[str, list[Cue]] = {}
    for cue in cues:
        if cue.check == check and cue.polarity != "~" and cue.concept != "negation":
            found.setdefault(cue.concept, []).append(cue)
    return found


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
    features = {
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
        f"concept {one.concept}": 1.0,
    }
    message = saying.format(en=one.text, zh=other.text)
    kind = (kind or check) + ("" if evidence else BLIND)
    return Candidate(check, kind, message, (one.span, other.span), features)
