"""Negations lost or added: "was not observed" against 可见, irreversible against 可逆."""

import re
from collections.abc import Iterator, Sequence

from aligner.checks.base import Check, decide, of_pair
from aligner.checks.cues import Cue
from aligner.checks.decision import BLIND, Candidate
from aligner.checks.lexical import part_of_word, renders_any
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.checks.polarity import conflicts
from aligner.types import Finding, Pair, Span

_TURNED = "English says '{en}', Chinese says {zh}: the opposite"
# no fracture and no injury: Chinese says 无 once
_UNTIL, _THEN = re.compile(r"[^.;:]{0,80}\b(?:until|till|before)\b", re.IGNORECASE), re.compile("才|直[到至]")
_GOES_ON = re.compile(r"\b(?:no|not|without|neither)\b[^.;:]*\b(?:and|or|nor) $", re.IGNORECASE)
# What may deny without being counted as a word of denial: 避免, 拒绝, 未知; unknown, harmless, refuse.
_HINT = {
    "zh": re.compile(
        "[不无無未没沒非否勿免拒缺禁]|[难難]以|[丧喪]失|失[败敗]|排除|除[外了非]|[之以]外|停止|防止|中止|[终終]止|[阴陰]性|[罕少][见見]"
        "|停[药藥用]|[异異]常|(?<![0-9.])0 ?[例个處处次人]"
    ),
    "en": re.compile(
        r"n['’]t\b|\b(?:not?|never|without|none|neither|nor|cannot)\b|\b(?:un|in|im|ir|il|dis|non)[a-z]{4}|less\b|free\b|\b(?:fail|lack|avoid|refus|reject|prevent"
        r"|rather|instead|only|few|little|hardly|rare|seldom|unless|poor|absen|neg|exclu|stop|ban|rul"
        r"|left out|contra)",
        re.IGNORECASE,
    ),
}
_DENYING_PART = (
    re.compile(
        r"^(?:un|in|im|ir|il|dis|non|asympt)(?=.{4})|less(?=$|ly|ness)|free$|^(?:absen|lack|fail|without)"
    ),
    re.compile("^[不无未没非]"),
)
_SAYS_ENOUGH = 3.0  # of the weight of links; more says no more
_BARE = 1.0  # weight of what is denied here and not there, from which on a denial nearby may be another's
_MOST = 12  # denials of a side that are looked at one by one
_WITHOUT = {
    "没有": "有",
    "没": "",
    "无": "有",
    "不会": "会",
    "不能": "能",
    "不是": "是",
    "未能": "能",
    "无法": "能",
}
_ENGLISH_WITHOUT = {"cannot": "can", "without": "with", "never": "always", "nor": "and", "neither": "either"}


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Compare what is denied, clause by clause where an encoder was run.

    A plain negation (not, no, never; 未, 不, 无) asks for any word of denial on the other side; words such as
    absence, only or 除外 answer for one but ask for none.
    """
    del context
    yield from decide(parsed, candidates(parsed))


def candidates(parsed: ParsedPair) -> Iterator[Candidate]:
    """Find the denials that may be lost or added, and words such as stable and unstable exchanged."""
    if not parsed.pair.en.strip() or not parsed.pair.zh.strip():
        return
    mine, theirs = _denials(parsed.en_cues), _denials(parsed.zh_cues)
    yield from conflicts(parsed, "negation", _TURNED, kind="negation word")
    for side, (own, others) in enumerate(((mine, theirs), (theirs, mine))):
        if own["+"]:
            yield from _one_sided(parsed, side, own, others)
        elif own["~"] and not others["+"]:
            words = _words(parsed, own["~"], side)
            yield from _one_sided(parsed, side, {"+": words, "~": []}, others, kind=" word")


def _denials(cues: Sequence[Cue]) -> dict[str, list[Cue]]:
    of = [cue for cue in cues if cue.check == "negation" and cue.concept == "negation"]
    return {polarity: [cue for cue in of if cue.polarity == polarity] for polarity in "+~"}


def _words(parsed: ParsedPair, cues: Sequence[Cue], side: int) -> list[Cue]:
    """Keep the words that deny by a part of them, unable, useless, 无效, if something is left to deny.

    A Chinese word denies what the English says where it would render that without its denying part: 无力
    denies strong, but is just the word for weak.
    """
    denying = [cue for cue in cues if _DENYING_PART[side].search(cue.text.lower())]
    if side == 0:
        return denying
    return [
        cue
        for cue in denying
        if renders_any((_affirmed(cue), _DENYING_PART[1].sub("", cue.text)), parsed.pair.en)
    ]


def _affirmed(cue: Cue) -> str:
    """Return a Chinese word without its denying part: 有效 for 无效, 规则 for 不规则."""
    return "有" * (cue.text[0] in "无無") + _DENYING_PART[1].sub("", cue.text)


def _one_sided(
    parsed: ParsedPair,
    side: int,
    own: dict[str, list[Cue]],
    others: dict[str, list[Cue]],
    *,
    kind: str = "",
) -> Iterator[Candidate]:
    """Yield the denial of one side that the other is likeliest to lack, if it may lack one."""
    answers = others["+"] + others["~"]
    hinted = [*(cue.span for cue in answers), *_hints(parsed, side)]
    best: tuple[tuple[float, ...], Cue] | None = None
    for cue in own["+"][:_MOST]:
        if side == 0 and _is_said_once(parsed.pair, cue):
            continue
        plain_near, any_near = _answers_near(parsed, cue, side, others)
        rendered, denied = parsed.affinity.scope(cue.span, side, hinted)
        bare = min(_SAYS_ENOUGH, rendered * (1.0 - denied))
        near = (plain_near, any_near) if bare < _BARE else (0.0, 0.0)
        rank = (*near, -bare, plain_near, any_near, rendered, denied)
        if best is None or rank < best[0]:
            best = (rank, cue)
    deficit = len(own["+"]) - len(others["+"])
    if best is None or (best[0][0] > 0 and parsed.evidence) or (deficit <= 0 and best[0][1] > 0):
        return
    (*_, plain_near, any_near, rendered, denied), cue = best
    hints = _hints_near(parsed, cue, side)
    part = part_of_word(parsed.pair.en, parsed.pair.zh, cue.span) if side == 1 else (False, False)
    features = {
        "none": float(not answers),
        "no plain": float(not others["+"]),
        "deficit": float(min(3, max(0, deficit))),
        "whole deficit": float(min(3, max(0, len(own["+"]) - len(answers)))),
        "surplus": float(min(3, max(0, -deficit))),
        "no plain near": float(plain_near == 0),
        "none near": float(any_near == 0),
        "hint deficit": max(-3.0, min(3.0, _hint_deficit(parsed, side))),
        "no hint near": float(hints == 0),
        "hints near": min(3.0, hints),
        "own soft": float(bool(own["~"])),
        "scope rendered": min(_SAYS_ENOUGH, rendered),
        "scope denied": denied,
        "scope bare": min(_SAYS_ENOUGH, rendered * (1.0 - denied)),
        "part of a word": float(part[0]),
        "part of a linked word": float(part[1]),
        "gain": (gain := _gain(parsed, cue, side)),
        "likelier": float(gain > 0.0),
        f"form {_form(cue, side)}": 1.0,
    }
    blind = "" if parsed.evidence else BLIND
    if side == 0:
        message = f"English denies ('{cue.text}'), nothing in the Chinese seems to"
        yield Candidate("negation", f"negation{kind} lost{blind}", message, (cue.span, None), features)
    else:
        message = f"Chinese denies ({cue.text}), nothing in the English seems to"
        yield Candidate("negation", f"negation{kind} added{blind}", message, (None, cue.span), features)


def _is_said_once(pair: Pair, cue: Cue) -> bool:
    """Tell a denial that Chinese need not repeat, and one that it renders by 才: not seen until."""
    if _GOES_ON.search(pair.en, max(0, cue.span[0] - 80), cue.span[0]):
        return True
    return _UNTIL.match(pair.en, cue.span[1]) is not None and _THEN.search(pair.zh) is not None


def _form(cue: Cue, side: int) -> str:
    """Name what a word of denial is alike with: itself in English, its first character, or its part."""
    text = cue.text.lower()
    part = _DENYING_PART[side].search(text)
    return text if side == 0 and cue.polarity == "+" else part.group() if part else text[:1]


def _answers_near(
    parsed: ParsedPair, cue: Cue, side: int, others: dict[str, list[Cue]]
) -> tuple[float, float]:
    """Count the plain denials, and all, of the segments that may render the one the cue stands in."""
    evidence = parsed.evidence
    if evidence is None:
        return float(len(others["+"])), float(len(others["+"]) + len(others["~"]))
    places = evidence.counterpart(cue.span, side)
    near = {
        polarity: sum(any(a <= other.span[0] < b for a, b in places) for other in cues)
        for polarity, cues in others.items()
    }
    return float(near["+"]), float(near["+"] + near["~"])


def _hints(parsed: ParsedPair, side: int) -> Iterator[Span]:
    """Find what may deny on the other side."""
    text, hint = (parsed.pair.zh, _HINT["zh"]) if side == 0 else (parsed.pair.en, _HINT["en"])
    return (match.span() for match in hint.finditer(text))


def _hint_deficit(parsed: ParsedPair, side: int) -> float:
    """Tell by how many words that may deny a side has more than the other."""
    en, zh = (
        len(_HINT[language].findall(text))
        for language, text in (("en", parsed.pair.en), ("zh", parsed.pair.zh))
    )
    return float(en - zh if side == 0 else zh - en)


def _hints_near(parsed: ParsedPair, cue: Cue, side: int) -> float:
    """Count what may deny in the places that may render the cue's."""
    text, hint = (parsed.pair.zh, _HINT["zh"]) if side == 0 else (parsed.pair.en, _HINT["en"])
    evidence = parsed.evidence
    places = evidence.counterpart(cue.span, side) if evidence else [(0, len(text))]
    return float(len({match.start() for span in places for match in hint.finditer(text, *span)}))


def _gain(parsed: ParsedPair, cue: Cue, side: int) -> float:
    """Tell whether the pair would be more alike without the denial."""
    if parsed.evidence is None:
        return 0.0
    text = (parsed.pair.en, parsed.pair.zh)[side]
    if cue.polarity == "~":
        new = _affirmed(cue) if side == 1 else _DENYING_PART[0].sub("", cue.text)
    else:
        new = _ENGLISH_WITHOUT.get(cue.text.lower(), "") if side == 0 else _WITHOUT.get(cue.text, "")
    changed = text[: cue.span[0]] + new + text[cue.span[1] :]
    return parsed.evidence.gain(en=changed) if side == 0 else parsed.evidence.gain(zh=changed)


CHECK = Check(
    check,
    wrong=of_pair("No leakage was seen.", "可见渗漏。"),
    right=of_pair("No leakage was seen.", "未见渗漏。"),
)
