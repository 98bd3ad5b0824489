"""Negations lost or added: "was not observed" against 可见, irreversible against 可逆."""

from collections.abc import Iterator

from aligner.checks.base import Check, of_pair
from aligner.checks.cues import Cue
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.checks.polarity import conflicts
from aligner.types import Finding


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Compare what is denied.

    A plain negation (not, no, never; 未, 不, 无) asks for any word of denial on the other side; words such as
    absence, only or 除外 answer for one but ask for none.
    """
    del context
    if not parsed.pair.en.strip() or not parsed.pair.zh.strip():
        return
    mine, theirs = _denials(parsed.en_cues), _denials(parsed.zh_cues)
    for conflict in conflicts(parsed.en_cues, parsed.zh_cues, "negation"):
        if conflict.en.concept != "negation" and not mine["+"]:  # "not complete" is 未完全
            message = f"English says '{conflict.en.text}', Chinese says {conflict.zh.text}: the opposite"
            yield parsed.finding("negation", "warning", message, (conflict.en.span, conflict.zh.span))
    if mine["+"] and not theirs["+"] and not theirs["~"]:
        cue = mine["+"][0]
        message = f"English denies ('{cue.text}'), nothing in the Chinese does"
        yield parsed.finding("negation", "warning", message, (cue.span, None))
    elif theirs["+"] and not mine["+"] and not mine["~"]:
        cue = theirs["+"][0]
        message = f"Chinese denies ({cue.text}), nothing in the English does"
        yield parsed.finding("negation", "warning", message, (None, cue.span))
    else:
        yield from _fewer(parsed, mine, theirs)


def _fewer(parsed: ParsedPair, mine: dict[str, list[Cue]], theirs: dict[str, list[Cue]]) -> Iterator[Finding]:
    """Both sides deny, and one of them more often than the other has words for."""
    plain = [cue for cue in mine["+"] if cue.text.lower() not in ("neither", "nor")]
    there, here = len(theirs["+"]) + len(theirs["~"]), len(mine["+"]) + len(mine["~"])
    if len(plain) >= 2 and there < len(plain):
        message = f"English denies {len(plain)} times, the Chinese only {there}"
        yield parsed.finding("negation", "warning", message, (plain[-1].span, None))
    elif len(theirs["+"]) >= 2 and here < len(theirs["+"]):
        message = f"Chinese denies {len(theirs['+'])} times, the English only {here}"
        yield parsed.finding("negation", "warning", message, (None, theirs["+"][-1].span))


def _denials(cues: list[Cue]) -> dict[str, list[Cue]]:
    of = [cue for cue in cues if cue.check == "negation" and cue.concept == "negation"]
    return {polarity: [cue for cue in of if cue.polarity == polarity] for polarity in "+~"}


CHECK = Check(
    check,
    wrong=of_pair("No leakage was seen.", "可见渗漏。"),
    right=of_pair("No leakage was seen.", "未见渗漏。"),
)
